"""What the branch itself decides: its unions' settings, campaigns, targets, and the tables of めやす."""

from datetime import date, timedelta
from random import Random

from kyosai_lists.dates import business_year, fiscal_year
from kyosai_lists.demo.branch import Branch
from kyosai_lists.demo.date_styles import slashes
from kyosai_lists.demo.enrolment import PLAN_HELD, PLAN_TOTAL, quota
from kyosai_lists.demo.holdings import HELD
from kyosai_lists.demo.names import FULL_WIDTH_SPACE, name_stock
from kyosai_lists.demo.places import PREFECTURE, UNIONS
from kyosai_lists.products import BY_ID
from kyosai_lists.vocabulary import UNION_KIND

Rows = list[dict[str, str]]

# 新契約 of the plan's business year 2023 (退職後共済: 移行).
_PLAN_NEW = {
    "sogo": 34_849, "group_life": 13_264, "retiree_group_life": 5_078, "long_term": 10_308, "tax_pension": 6_587,
    "my_car": 22_011, "vehicle_damage": 21_403, "cali": 12_405, "fire": 6_119, "natural_disaster": 5_726,
    "child_maturity": 763, "traffic": 6_047, "care": 240, "post_retirement": 2_592,
}  # fmt: skip


def union_rows(branch: Branch) -> Rows:
    rng = Random(f"{branch.seed}/unions")
    renewal = date(fiscal_year(branch.moment.as_of), 10, 1)
    rows = []
    for union in UNIONS:
        contact = _contact(rng)
        rows.append(
            {
                "県コード": PREFECTURE,
                "単組コード": union.code,
                "単組名": union.name,
                "単組区分": UNION_KIND.words[union.kind],
                "総合共済取組": _yes(union.participates),
                "団体生命メニュー": union.menus,
                "自賠責協定": _yes(union.cali_agreement),
                "モデル単組": _yes(union.model),
                "継続募集開始日": slashes(renewal + timedelta(days=7 * rng.randrange(6))),
                "担当者名": contact,
                "担当者メール": f"u{union.code}@example.jp",
            }
        )
    return rows


def _contact(rng: Random) -> str:
    """The list of unions is CP932, so a name that it cannot write is not chosen."""
    while True:
        kanji, _ = name_stock().full_name(rng, rng.choice("男女"), 1980)
        if kanji.encode("cp932", errors="ignore").decode("cp932") == kanji:
            return kanji.replace(FULL_WIDTH_SPACE, " ")


def _yes(value: bool) -> str:
    return "有" if value else "無"


def campaign_rows(branch: Branch) -> Rows:
    """A スポット soon after D, the one for those who retire this 年度, and the next 新規採用者."""
    as_of = branch.moment.as_of
    year = fiscal_year(as_of)
    starts = as_of + timedelta(days=15)
    ends = starts + timedelta(days=32)
    main_lists = "young-unenrolled;fire-only;disaster-standard"
    return [
        _campaign(f"{year}-SP2", f"{year}年度 第2回スポット募集", "スポット", "", starts, ends, 14, main_lists),
        _campaign(
            f"{year}-RET", f"{year}年度末 退職予定者対策", "スポット", "", date(year + 1, 1, 12), date(year + 1, 3, 12),
            30, "retiree-transfer",
        ),
        _campaign(
            f"{year + 1}-NEW", f"{year + 1}年度 新規採用者対策", "新規採用者", "17001;17002", date(year + 1, 4, 1),
            date(year + 1, 5, 31), 7, "new-hire-unenrolled;young-unenrolled",
        ),
    ]  # fmt: skip


def _campaign(
    code: str, name: str, kind: str, unions: str, starts: date, ends: date, ahead: int, lists: str
) -> dict[str, str]:
    return {
        "募集コード": code,
        "募集名": name,
        "種別": kind,
        "県コード": PREFECTURE,
        "単組コード": unions,
        "開始日": slashes(starts),
        "終了日": slashes(ends),
        "発行日数前": str(ahead),
        "対象リスト": lists,
    }


def target_rows(branch: Branch) -> Rows:
    """団体生命 for each union by its size; every product for the prefecture, the plan's figures in proportion."""
    year = str(business_year(branch.moment.as_of))
    everyone = sum(union.size for union in UNIONS)
    share = HELD / PLAN_TOTAL
    rows = []
    for union in UNIONS:
        part = union.size / everyone * share
        rows.append(_target(year, union.code, "group_life", "新契約", _PLAN_NEW["group_life"] * part))
        rows.append(_target(year, union.code, "group_life", "保有", PLAN_HELD["group_life"] * part * 1.02))
    for product in PLAN_HELD:
        kind = "移行" if product == "post_retirement" else "新契約"
        rows.append(_target(year, "", product, kind, _PLAN_NEW[product] * share))
        rows.append(_target(year, "", product, "保有", quota(product, HELD) * 1.01))
    return rows


def _target(year: str, union_code: str, product: str, kind: str, value: float) -> dict[str, str]:
    return {
        "事業年度": year,
        "県コード": PREFECTURE,
        "単組コード": union_code,
        "共済種類": BY_ID[product].name,
        "区分": kind,
        "目標値": str(max(1, round(value))),
    }


# Ages from–to, then 口数 for a family of 1, 2, 3, 4, 5.
_LIFE_GUIDE = ((18, 29, (6, 14, 20, 22, 24)), (30, 39, (8, 16, 24, 28, 32)), (40, 49, (10, 18, 26, 30, 34)),
               (50, 59, (10, 16, 22, 24, 26)), (60, 69, (6, 10, 12, 12, 12)))  # fmt: skip
_CONTENTS_GUIDE = ((18, 29, (40, 60, 70, 80, 90)), (30, 39, (60, 90, 100, 110, 120)), (40, 49, (80, 120, 130, 140, 150)),
                   (50, 89, (90, 140, 150, 160, 170)))  # fmt: skip


def guide_rows() -> Rows:
    """めやす in 口数; a member of another family size or age has none."""
    return [
        {
            "種別": kind, "年齢下限": str(low), "年齢上限": str(high), "家族数": str(size), "住居区分": "",
            "口数": str(units),
        }
        for kind, table in (("団体生命", _LIFE_GUIDE), ("家財", _CONTENTS_GUIDE))
        for low, high, by_size in table
        for size, units in enumerate(by_size, start=1)
    ]  # fmt: skip
