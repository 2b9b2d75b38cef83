"""From application to contract: one's application no longer counts once its contract is here, and counts until then."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyosai_lists.errors import UsageError
from kyosai_lists.intake.accepting.applications import matched
from kyosai_lists.usecases.entering.applications_by_hand import add_application, list_applications
from kyosai_lists.usecases.importing.past_imports import undo_import
from kyosai_lists.usecases.workspace import Workspace
from tests.importing.by_hand import NUMBER, YOUNG, explained, is_listed, with_one_person
from tests.importing.importing_files import TODAY, Cells, Files, contract, take_in

DAY = timedelta(days=1)
RECEIVED = date(2026, 10, 5)


@pytest.fixture
def branch(new_workspace: Callable[..., Workspace], files: Files) -> Workspace:
    return with_one_person(new_workspace("17"), files)


def apply(branch: Workspace, product: str = "団体生命", received: date = RECEIVED, **more: str) -> int:
    return add_application(branch, NUMBER, product, today=TODAY, received=received.isoformat(), **more).number


def came(number: str = "1", product: str = "団体生命", effective: date = TODAY + DAY, **cells: str) -> Cells:
    return contract(number, 共済種類=product, 発効日=effective.isoformat(), **cells)


def contracts_of_applications(branch: Workspace) -> list[str]:
    """The 契約番号 of each application, "" for an open one, the oldest first."""
    found = list_applications(branch, today=TODAY, everything=True).applications
    assert len(list_applications(branch, today=TODAY).applications) == sum(
        not a.contract_no and a.state != "withdrawn" for a in found
    )
    return [a.contract_no for a in found]


# -- the whole way ---------------------------------------------------------------------------------------------------


def test_from_application_to_contract_to_its_end(branch: Workspace, files: Files) -> None:
    assert is_listed(branch, YOUNG)
    apply(branch)
    assert not is_listed(branch, YOUNG)
    take_in(branch, files("契約.csv", came()))
    assert contracts_of_applications(branch) == ["1"]
    assert not is_listed(branch, YOUNG)  # it will be held
    assert not is_listed(branch, YOUNG, TODAY + 30 * DAY)  # it is held
    take_in(branch, files("契約2.csv", came(終了日="2026-12-31")))
    assert contracts_of_applications(branch) == ["1"]
    assert not is_listed(branch, YOUNG, date(2026, 12, 31))
    assert is_listed(branch, YOUNG, date(2027, 1, 1))  # an open application would keep the person off for good


def test_taking_the_contract_back_opens_the_application_again(branch: Workspace, files: Files) -> None:
    applied = apply(branch)
    imported = take_in(branch, files("契約.csv", came()))
    with pytest.raises(UsageError, match="元に戻せません"):
        undo_import(branch, applied, TODAY)
    undo_import(branch, imported.number, TODAY)
    assert contracts_of_applications(branch) == [""]
    assert not is_listed(branch, YOUNG)
    take_in(branch, files("契約.csv", came("2")))
    assert contracts_of_applications(branch) == ["2"]


def test_the_list_tells_which_contract_and_which_import(branch: Workspace, files: Files) -> None:
    apply(branch)
    imported = take_in(branch, files("契約.csv", came()))
    [told] = list_applications(branch, today=TODAY, everything=True).applications
    assert (told.contract_no, told.source.number, told.source.files) == ("1", imported.number, ("契約.csv",))


def test_an_application_in_a_file_is_matched_just_so(branch: Workspace, files: Files) -> None:
    told: Cells = {"組合員番号": NUMBER, "共済種類": "団体生命", "受付日": RECEIVED.isoformat(), "状態": "不備"}
    take_in(branch, files("申込.csv", told))
    take_in(branch, files("契約.csv", came()))
    assert contracts_of_applications(branch) == ["1"]


def test_a_contract_and_an_application_told_of_in_one_call_are_not_matched(branch: Workspace, files: Files) -> None:
    told: Cells = {"組合員番号": NUMBER, "共済種類": "団体生命", "受付日": RECEIVED.isoformat()}
    take_in(branch, files("申込.csv", told), files("契約.csv", came()))
    assert contracts_of_applications(branch) == [""]


def test_a_contract_that_was_there_before_the_application_is_not_matched(branch: Workspace, files: Files) -> None:
    take_in(branch, files("契約.csv", came()))
    apply(branch)
    take_in(branch, files("契約2.csv", came(口数="3"), came("2", "介護", 口数="1")))  # the first changed, it is not new
    assert contracts_of_applications(branch) == [""]
    assert not is_listed(branch, YOUNG)


# What came new, and whether it came of an application for 自然災害 標準 on main contract M, received on RECEIVED.
LIKE: dict[str, Any] = {"product": "自然災害", "タイプ": "標準", "主契約番号": "M"}
CASES: dict[str, tuple[dict[str, Any], bool]] = {
    "the very same": ({}, True),
    "no type, no main contract": ({"タイプ": "", "主契約番号": ""}, True),
    "another type": ({"タイプ": "大型"}, False),
    "another main contract": ({"主契約番号": "N"}, False),
    "another product": ({"product": "火災", "タイプ": ""}, False),
    "from the day it was received": ({"effective": RECEIVED}, True),
    "effective before it was received": ({"effective": RECEIVED - DAY}, False),
    "to its end today": ({"effective": RECEIVED, "終了日": TODAY.isoformat()}, True),
    "ended already": ({"effective": RECEIVED, "終了日": (TODAY - DAY).isoformat()}, False),
    "the house is in the 配偶者's name": ({"被共済者": "配偶者"}, True),
    "someone else's": ({"組合員番号": "00000014"}, False),
}


def test_what_comes_of_an_application_and_what_does_not(branch: Workspace, files: Files) -> None:
    apply(branch, "自然災害", main="M", type_="標準")
    for number, (what, (differs, comes)) in enumerate(CASES.items()):
        cells = {**LIKE, **differs}
        row = came(str(number), cells.pop("product"), cells.pop("effective", TODAY + DAY))
        imported = take_in(branch, files("契約.csv", {**row, **cells}))
        assert contracts_of_applications(branch) == ([str(number)] if comes else [""]), what
        undo_import(branch, imported.number, TODAY)


def test_cover_of_another_person_is_not_the_members_own(branch: Workspace, files: Files) -> None:
    apply(branch)
    for number, (insured, comes) in enumerate({"配偶者": False, "子": False, "親": False, "本人": True}.items()):
        take_in(branch, files("契約.csv", came(str(number), 被共済者=insured)))
        assert contracts_of_applications(branch) == ([str(number)] if comes else [""])
        assert not is_listed(branch, YOUNG)


def test_one_contract_is_of_the_oldest_application_only(branch: Workspace, files: Files) -> None:
    apply(branch, received=RECEIVED + DAY)
    apply(branch, received=RECEIVED)
    apply(branch, received=RECEIVED - DAY, state="不備")
    apply(branch, received=RECEIVED - DAY, state="取下")
    take_in(branch, files("契約.csv", came()))
    assert contracts_of_applications(branch) == ["", "1", ""]
    later = came("3", effective=TODAY + 2 * DAY, 主契約番号="M"), came("2", 主契約番号="M")
    take_in(branch, files("契約2.csv", *later))
    assert contracts_of_applications(branch) == ["", "1", "2"]


def test_a_contract_like_one_in_force_may_be_that_one_renewed_and_leaves_the_application_open(
    branch: Workspace, files: Files
) -> None:
    take_in(branch, files("契約.csv", came("1")))
    apply(branch)
    take_in(branch, files("契約2.csv", came("2", effective=TODAY + DAY)))
    assert contracts_of_applications(branch) == [""]
    take_in(branch, files("契約3.csv", came("3", effective=TODAY + DAY, タイプ="別")))
    assert contracts_of_applications(branch) == ["3"]


def test_explain_names_the_application_until_the_contract_is_here(branch: Workspace, files: Files) -> None:
    apply(branch)
    assert any("申込受付" in condition.value for condition in explained(branch, YOUNG).conditions)
    take_in(branch, files("契約.csv", came()))
    assert not any("申込受付" in condition.value for condition in explained(branch, YOUNG).conditions)


# -- the rule alone, against its docstring read word by word ----------------------------------------------------------

Row = dict[str, Any]
SAID = st.sampled_from([None, None, "A", "B"])
DAYS = st.sampled_from([TODAY + n * DAY for n in (-2, -1, 0, 1)])
WHOSE = st.fixed_dictionaries(
    {
        "member_key": st.sampled_from(["17-1", "17-1", "18-1"]),
        "product": st.sampled_from(["group_life", "group_life", "child_maturity", "fire"]),
        "main_contract_key": SAID,
        "type_key": SAID,
    }
)
APPLICATIONS = st.lists(
    st.tuples(WHOSE, DAYS).map(lambda drawn: {**drawn[0], "received_on": drawn[1]}),
    max_size=5,
    unique_by=lambda row: (row["member_key"], row["product"], row["received_on"]),
)
CONTRACTS = st.lists(
    st.tuples(WHOSE, st.sampled_from([None, "self", "spouse", "child"]), DAYS, st.none() | DAYS).map(
        lambda drawn: {**drawn[0], "insured": drawn[1], "effective_on": drawn[2], "ended_on": drawn[3]}
    ),
    max_size=6,
).map(lambda rows: [{"contract_key": f"17-{n}", **row} for n, row in enumerate(rows)])
_TEXT = dict.fromkeys(("member_key", "product", "main_contract_key", "type_key"), pl.String())
_OF_CONTRACT = {
    **dict.fromkeys(("contract_key", "insured"), pl.String()),
    **dict.fromkeys(("effective_on", "ended_on"), pl.Date()),
}


def comes_of(application: Row, contract: Row) -> bool:
    if any(application[name] != contract[name] for name in ("member_key", "product")):
        return False
    if contract["effective_on"] < application["received_on"]:
        return False
    if contract["ended_on"] is not None and contract["ended_on"] < TODAY:
        return False
    if contract["product"] == "group_life" and contract["insured"] not in (None, "self"):
        return False
    named = [(application[name], contract[name]) for name in ("main_contract_key", "type_key")]
    return all(said is None or found is None or said == found for said, found in named)


def is_like(contract: Row, other: Row) -> bool:
    own = other["product"] != "group_life" or other["insured"] in (None, "self")
    return own and all(contract[n] == other[n] for n in ("member_key", "product", "main_contract_key", "type_key"))


def told_plainly(applications: list[Row], contracts: list[Row], others: list[Row]) -> dict[tuple[str, str, str], str]:
    """The oldest application first; each takes the earliest contract that could be its own and nobody has taken."""
    found: dict[tuple[str, str, str], str] = {}
    for application in sorted(applications, key=lambda row: row["received_on"]):
        own = [c for c in contracts if comes_of(application, c) and c["contract_key"] not in found.values()]
        own = [c for c in own if not any(is_like(c, other) for other in others)]
        if own:
            first = min(own, key=lambda c: (c["effective_on"], c["contract_key"]))
            key = (application["member_key"], application["product"], application["received_on"].isoformat())
            found[key] = first["contract_key"]
    return found


@given(applications=APPLICATIONS, contracts=CONTRACTS, others=st.lists(CONTRACTS, max_size=1))
def test_matching_says_what_its_description_says(
    applications: list[Row], contracts: list[Row], others: list[list[Row]]
) -> None:
    there = [row for rows in others for row in rows[:2]]
    told = matched(
        pl.DataFrame(applications, schema=_TEXT | {"received_on": pl.Date()}),
        pl.DataFrame(contracts, schema=_TEXT | _OF_CONTRACT),
        pl.DataFrame(there, schema=_TEXT | _OF_CONTRACT),
        TODAY,
    )
    assert told.columns == ["member_key", "product", "received_on", "contract_key"]
    assert {tuple(row[:3]): row[3] for row in told.iter_rows()} == told_plainly(applications, contracts, there)
    assert told["contract_key"].is_unique().all()
