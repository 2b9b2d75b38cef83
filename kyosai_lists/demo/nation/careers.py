"""Working lives as columns: when people were born and hired, on what terms, when and how they leave."""

from datetime import date

import polars as pl

from kyosai_lists.dates import fiscal_year
from kyosai_lists.demo.moment import Moment
from kyosai_lists.demo.nation.chance import Chance
from kyosai_lists.demo.proportions import ENTRY, ENTRY_WEIGHTS, LATER_MONTHS
from kyosai_lists.retirement import REEMPLOYED_UNTIL_AGE, RetirementTable, law_steps

# Of ten thousand on a roster; 正規 to 臨時 are in service (about 0.8 million of 1.1), those after them are not.
_GROUPS = ("正規", "会計年度任用職員", "再任用", "臨時・非常勤", "退職", "脱退", "死亡")
_GROUP_WEIGHTS = (5_660, 1_170, 330, 170, 2_555, 75, 40)
_YOUNGEST, _OLDEST = 19, 105  # years from a cohort's start to D's 年度


class Careers:
    """`moment`'s careers. A cohort is named by the year whose 2 April it begins with; everyone in it leaves by 定年 at once."""

    def __init__(self, moment: Moment, chance: Chance) -> None:
        self.moment = moment
        self.chance = chance
        self.year = fiscal_year(moment.roster_on)
        law = RetirementTable({"city": law_steps()})
        cohorts = range(self.year - _OLDEST, self.year - _YOUNGEST + 1)
        leaving = {cohort: law.leaving_date("city", date(cohort, 10, 1)) or date.max for cohort in cohorts}
        self.first = cohorts[0]
        self.leaves = pl.Series(list(leaving.values()), dtype=pl.Date)
        self.working = [cohort for cohort, day in leaving.items() if day >= moment.as_of]
        self.newest_retired = max(cohort for cohort, day in leaving.items() if day < moment.roster_on)
        self.reemployed = [
            cohort for cohort, day in leaving.items()
            if day < moment.roster_on and date(cohort + REEMPLOYED_UNTIL_AGE + 1, 3, 31) >= moment.as_of
        ] or self.working  # fmt: skip

    def added_to(self, people: pl.DataFrame) -> pl.DataFrame:
        """`people` with employment, status (words), born, hired, since, leaving, gone_on (Date), after (words) and age at D.

        `since`: the first day as a member; `gone_on`: the day cover at work ended, null for those in service.
        """
        c = self.chance
        frame = people.with_columns(group=c.one_of("group", _GROUPS, _GROUP_WEIGHTS)).with_columns(
            cohort=self._cohort()
        )
        frame = frame.with_columns(
            born=pl.date("cohort", 4, 2) + pl.duration(days=c.below("birthday", 365)),
            leaves=pl.lit(self.leaves).gather(pl.col("cohort") - self.first),
            after_school=self._after_school(),
        )
        frame = frame.with_columns(hired=self._hired(), age=_completed_years("born", self.moment.as_of))
        frame = frame.with_columns(gone_on=self._gone_on(), status=self._status(), plan=self._plan())
        return frame.with_columns(
            employment=pl.when(pl.col("group").is_in(_GROUPS[:4])).then("group").otherwise(pl.lit("正規")),
            since=pl.when(pl.col("group").is_in(["再任用", "退職"])).then("after_school").otherwise("hired"),
            **self._leaving_and_after(),
        ).drop("group", "cohort", "leaves", "plan", "after_school")

    def _cohort(self) -> pl.Expr:
        c = self.chance
        ages = (c.below("age", 46) + c.below("age again", 46)) // 2
        return (
            pl.when(pl.col("group") == "会計年度任用職員").then(self.year - 26 - ages * 39 // 46)
            .when(pl.col("group") == "臨時・非常勤").then(self.year - 25 - ages)
            .when(pl.col("group") == "再任用").then(c.one_of("reemployed", self.reemployed))
            .when(pl.col("group") == "退職")
            .then(self.newest_retired - pl.min_horizontal(c.below("years ago", 24), c.below("years ago too", 28)))
            .otherwise(c.one_of("cohort", self.working, [_hirings(self.year - cohort) for cohort in self.working]))
        )  # fmt: skip

    def _after_school(self) -> pl.Expr:
        """The first day at work, mostly the 1 April after school, else a later first of a month in that 年度."""
        c = self.chance
        year = pl.min_horizontal(pl.col("cohort") + c.one_of("entry", ENTRY, ENTRY_WEIGHTS), pl.lit(self.year))
        month = c.one_of("month", LATER_MONTHS)
        later = pl.date(year + (month < 4).cast(pl.Int64), month, 1)
        late = c.happens("later in the year", 0.1) & (later <= self.moment.roster_on)
        return pl.when(late).then(later).otherwise(pl.date(year, 4, 1))

    def _hired(self) -> pl.Expr:
        c = self.chance
        by_the_year = pl.date(self.year - c.one_of("years on", (0, 1, 2, 3, 4, 5), (25, 20, 17, 15, 13, 10)), 4, 1)
        first = self.moment.roster_on.replace(day=1)
        months = first.year * 12 + first.month - 1 - c.below("months on", 40)
        return (
            pl.when(pl.col("group") == "会計年度任用職員").then(by_the_year)
            .when(pl.col("group") == "臨時・非常勤").then(pl.date(months // 12, months % 12 + 1, 1))
            .when(pl.col("group") == "再任用").then(pl.col("leaves") + pl.duration(days=1))
            .otherwise("after_school")
        )  # fmt: skip

    def _gone_on(self) -> pl.Expr:
        on = self.moment.roster_on
        days = pl.min_horizontal((pl.lit(on) - pl.col("hired")).dt.total_days(), pl.lit(4 * 365)) + 1
        left = pl.lit(on) - pl.duration(days=self.chance.below("gone", days))
        return (
            pl.when(pl.col("group") == "退職").then("leaves").when(pl.col("group").is_in(["脱退", "死亡"])).then(left)
        )

    def _status(self) -> pl.Expr:
        mothers = (pl.col("sex") == "女") & pl.col("age").is_between(25, 40)
        leave = self.chance.happens("leave", pl.when(mothers).then(0.07).otherwise(0.012))
        on_leave = leave & (pl.col("group") == "正規")
        gone = pl.col("group").is_in(["退職", "脱退", "死亡"])
        return pl.when(gone).then("group").when(on_leave).then(pl.lit("休職")).otherwise(pl.lit("現職"))

    def _plan(self) -> pl.Expr:
        """Which of `_leaving_and_after` is said of the person, "" for most."""
        end, draw = self.moment.year_end, self.chance.fraction("plan")
        regular, group = pl.col("group") == "正規", pl.col("group")
        return (
            pl.when(regular & (pl.col("leaves") == end)).then(pl.lit("定年"))
            .when(regular & (draw < 0.012)).then(pl.lit("早期"))
            .when(regular & (pl.col("leaves").dt.year() == end.year + 1) & (draw < 0.3)).then(pl.lit("来年"))
            .when((group == "再任用") & (pl.col("cohort") + REEMPLOYED_UNTIL_AGE + 1 == end.year) & (draw < 0.6))
            .then(pl.lit("満了"))
            .when((group == "会計年度任用職員") & (draw < 0.1)).then(pl.lit("年度末"))
            .when((group == "退職") & (draw < 0.7)).then(pl.lit("退職"))
            .otherwise(pl.lit(""))
        )  # fmt: skip

    def _leaving_and_after(self) -> dict[str, pl.Expr]:
        c, end, plan = self.chance, self.moment.year_end, pl.col("plan")
        soon = min(end, max(self.moment.as_of, date(self.moment.as_of.year, 12, 31)))
        early = pl.when(c.happens("at year end", 0.75)).then(end).otherwise(soon)
        leaving = (
            pl.when((plan == "定年") & c.happens("said", 0.8)).then(end)
            .when(plan == "早期").then(early)
            .when(plan == "来年").then("leaves")
            .when((plan == "満了") | (plan == "年度末") & c.happens("known", 0.5)).then(end)
        )  # fmt: skip
        words = ("完全離脱", "再任用予定", "未定", "他団体", "")
        after = (
            pl.when(plan == "定年").then(c.one_of("after", words, (40, 34, 10, 5, 11)))
            .when(plan == "早期").then(c.one_of("after early", words, (50, 0, 10, 25, 15)))
            .when(plan.is_in(["満了", "退職"])).then(pl.lit("完全離脱"))
            .when(plan == "来年").then(pl.lit("未定"))
            .when(plan == "年度末").then(c.one_of("after the year", words, (50, 0, 50, 0, 0)))
            .otherwise(pl.lit(""))
        )  # fmt: skip
        return {"leaving": leaving.cast(pl.Date), "after": after}


def _hirings(years: int) -> int:
    """Many around thirty and around fifty, few in their early forties. `years`: from the cohort's start to D's 年度."""
    bounds = ((22, 4), (32, 13), (38, 10), (45, 8), (55, 14), (_OLDEST, 9))
    return next(weight for limit, weight in bounds if years - 1 < limit)


def _completed_years(column: str, on: date) -> pl.Expr:
    born = pl.col(column)
    not_yet = (born.dt.month() * 100 + born.dt.day()) > on.month * 100 + on.day
    return on.year - born.dt.year().cast(pl.Int64) - not_yet.cast(pl.Int64)
