"""Ten rows with the mistakes that clerks really make, so that 保留 can be seen at work."""

from kyosai_lists.demo.branch.branch import Branch
from kyosai_lists.demo.branch.population import Person
from kyosai_lists.demo.branch.union_workbooks import STYLE_OF_UNION

Rows = list[dict[str, str]]

NOBODY = "09999999"


def spoil_roster(rows: Rows, branch: Branch) -> None:
    """Four rows of the CSV roster; of people without contracts, so that nothing else is held up with them."""
    by_number = {row["組合員番号"]: row for row in rows}
    victims = _without_contracts(branch)
    for step, (heading, mistake) in enumerate(
        (("生年月日", "昭和61年2月30日"), ("在籍区分", "死亡？"), ("単組コード", "17099"), ("採用年月日", "来春"))
    ):
        by_number[victims[(step + 1) * len(victims) // 5].number][heading] = mistake


def _without_contracts(branch: Branch) -> list[Person]:
    owners = {contract.owner for contract in branch.contracts}
    return [p for p in branch.people if p.in_service and p not in owners and p.union.code not in STYLE_OF_UNION]


def spoil_extract(rows: Rows) -> None:
    """Four rows: an unknown 共済種類, an unknown member, an end before the start, a day that does not exist."""
    lonely = [row for row in rows if row["共済種類"] == "交通災害共済"]
    open_ended = [row for row in lonely if row["終了日"] == "99999999"]
    ended = [row for row in lonely if row["終了日"] != "99999999"]
    open_ended[100]["共済種類"] = "ペット共済"
    open_ended[200]["組合員番号"] = NOBODY
    ended[100]["発効日"], ended[100]["終了日"] = "20240401", "20230331"
    open_ended[300]["発効日"] = "20230229"


def spoil_stops(rows: Rows) -> None:
    """One row whose start cannot be: until it is mended, everything is stopped for that person."""
    rows[len(rows) // 2]["開始日"] = "2026/13/1"


def spoil_applications(rows: Rows) -> None:
    """One row whose day cannot be read."""
    rows[len(rows) // 2]["受付日"] = "先週末"
