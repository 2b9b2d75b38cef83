"""What the branch itself decides: its unions' settings, campaigns, targets, and the tables of めやす."""

from datetime import date, timedelta
from random import Random

from kyosai_lists.dates import business_year, fiscal_year
from kyosai_lists.demo.branch.branch import Branch
from kyosai_lists.demo.branch.date_styles import slashes
from kyosai_lists.demo.branch.enrolment import quota
from kyosai_lists.demo.branch.holdings import HELD
from kyosai_lists.demo.branch.places import PREFECTURE, UNIONS
from kyosai_lists.demo.figures import PLAN_HELD, PLAN_NEW, PLAN_TOTAL
from kyosai_lists.demo.names import FULL_WIDTH_SPACE, name_stock
from kyosai_lists.products import BY_ID
from kyosai_lists.vocabulary import UNION_KIND

Rows = list[dict[str, str]]


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
        rows.append(_target(year, union.code, "group_life", "新契約", PLAN_NEW["group_life"] * part))
        rows.append(_target(year, union.code, "group_life", "保有", PLAN_HELD["group_life"] * part * 1.02))
    for product in PLAN_HELD:
        kind = "移行" if product == "post_retirement" else "新契約"
        rows.append(_target(year, "", product, kind, PLAN_NEW[product] * share))
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
