"""Why one person is or is not on a list, and the first day in the year to come on which they will be."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from kyosai_lists.dates import first_days_after
from kyosai_lists.lists.suppress import Stops, in_force, suppress
from kyosai_lists.segments.explain import ConditionResult, explain, matches
from kyosai_lists.segments.rule import Rule
from kyosai_lists.segments.run import Segments
from kyosai_lists.store.engine import reading
from kyosai_lists.store.query import as_list
from kyosai_lists.usecases.asking.people_lists import people_lists
from kyosai_lists.usecases.draw import Occasion, bind_for, segments_of, stop_window, stops_for
from kyosai_lists.usecases.find_person import only_person
from kyosai_lists.usecases.workspace import Workspace

MONTHS_AHEAD = 12


@dataclass(frozen=True)
class Explanation:
    """`listed` is what a workbook shows: every condition met and nothing that suppresses.

    `listed_from`: of somebody not listed, the first of the next twelve firsts of a month on which they are listed, if
    nothing that is stored changes; None where there is no such day.
    """

    list_id: str
    title: str
    member_no: str
    as_of: date
    listed: bool
    suppressed: str | None
    conditions: list[ConditionResult]
    listed_from: date | None

    @property
    def unmet(self) -> list[ConditionResult]:
        return [condition for condition in self.conditions if not condition.met]


def explain_member(workspace: Workspace, ids: tuple[str, ...], member_no: str, occasion: Occasion) -> list[Explanation]:
    """Condition by condition, why the person is or is not on each list; `ids` () asks all of them.

    Near misses come first, the nearest before the others; then the lists they are on; then the rest, by how little is amiss.

    Raises:
        UsageError: nobody, or more than one person, has the number (`17-00000090` names the prefecture too); or a list is
            one of unions, on which no person is.
    """
    rules = people_lists(workspace, ids or tuple(workspace.rules))
    with reading(workspace.engine) as connection:
        segments = segments_of(connection, workspace)
        key = only_person(connection, member_no)
        person = segments.answer(segments.ask_people(occasion.as_of, as_list([key])))
        stops = stops_for(connection, occasion)
        own = replace(stops, asked=stops.asked.filter(pl.col("member_key") == key))
        case = _Case(workspace, segments, person, own, occasion)
        return sorted(case.explanations(rules), key=_nearest_first)


def _nearest_first(found: Explanation) -> tuple[int, date, int]:
    if found.listed_from is not None:
        return 0, found.listed_from, 0
    return (1, found.as_of, 0) if found.listed else (2, found.as_of, len(found.unmet))


@dataclass(frozen=True)
class _Case:
    """One person's: `person` is their row of the relation `people`, `stops` what keeps them off, of 案内停止 theirs alone."""

    workspace: Workspace
    segments: Segments
    person: pl.DataFrame
    stops: Stops
    occasion: Occasion

    def explanations(self, rules: list[Rule]) -> Iterator[Explanation]:
        later = [replace(self.occasion, as_of=day) for day in first_days_after(self.occasion.as_of, MONTHS_AHEAD)]
        suppressed, *suppressed_later = self._suppressed(rules, [self.occasion, *later])
        for rule in rules:
            conditions = explain(self.segments, bind_for(self.workspace, rule, self.occasion), self._key)
            listed = all(condition.met for condition in conditions) and rule.id not in suppressed
            open_days = [day for day, kept_off in zip(later, suppressed_later, strict=True) if rule.id not in kept_off]
            yield Explanation(
                rule.id,
                rule.title,
                self.person["member_no"][0],
                self.occasion.as_of,
                listed,
                suppressed.get(rule.id),
                conditions,
                None if listed else self._first_listed(rule, open_days),
            )

    @property
    def _key(self) -> str:
        return str(self.person["member_key"][0])

    def _first_listed(self, rule: Rule, occasions: list[Occasion]) -> date | None:
        """The first of the occasions on which every condition holds."""
        bounds = [bind_for(self.workspace, rule, occasion) for occasion in occasions]
        asked = zip(occasions, matches(self.segments, rule, bounds, self._key), strict=True)
        return next((occasion.as_of for occasion, matched in asked if matched), None)

    def _suppressed(self, rules: list[Rule], occasions: list[Occasion]) -> list[dict[str, str]]:
        """Why the person is kept off on each of the occasions, by list: asked once for all with the same stops in force."""
        found: dict[tuple[object, ...], dict[str, str]] = {}
        told = []
        for occasion in occasions:
            first_day, last_day = stop_window(occasion)
            stops = replace(self.stops, first_day=first_day, last_day=last_day)
            same = tuple(in_force(stops).iter_rows())
            if same not in found:
                found[same] = self._kept_off(rules, stops)
            told.append(found[same])
        return told

    def _kept_off(self, rules: list[Rule], stops: Stops) -> dict[str, str]:
        rows = pl.DataFrame({"list_id": [rule.id for rule in rules]}).with_columns(member_key=pl.lit(self._key))
        _, kept_off = suppress(rows, self.person, stops, {rule.id: rule.offers for rule in rules})
        return dict(kept_off.select("list_id", "suppressed").iter_rows())
