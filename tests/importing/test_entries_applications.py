"""申込受付 by telephone or on paper: the person counts as having it at once, until it is withdrawn."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from kyosai_lists.errors import UsageError
from kyosai_lists.usecases.entering.applications_by_hand import EnteredApplication, add_application, list_applications
from kyosai_lists.usecases.importing.past_imports import past_imports, undo_import
from kyosai_lists.usecases.workspace import Workspace
from tests.importing.by_hand import FIRE, NUMBER, YOUNG, is_listed, with_one_person
from tests.importing.importing_files import TODAY, Files, column, contents, contract, on_hold, take_in

DAY = timedelta(days=1)


@pytest.fixture
def branch(new_workspace: Callable[..., Workspace], files: Files) -> Workspace:
    return with_one_person(new_workspace("17"), files)


def add(branch: Workspace, product: str = "団体生命", number: str = NUMBER, **more: str) -> EnteredApplication:
    return add_application(branch, number, product, today=TODAY, **more)


def test_who_has_applied_is_on_no_list_of_the_unenrolled_at_once_and_again_when_it_is_undone(
    branch: Workspace,
) -> None:
    assert is_listed(branch, YOUNG)
    result = add(branch)
    assert not result.needs_a_person
    assert (result.fate, result.application.received_on, result.application.state) == ("new", TODAY, "received")
    assert not is_listed(branch, YOUNG)
    assert [(f["name"], f["title"]) for f in past_imports(branch)[0].files] == [("手入力", "申込受付")]
    undo_import(branch, result.number, TODAY)
    assert is_listed(branch, YOUNG)


def test_a_defective_application_counts_and_a_withdrawn_one_does_not(branch: Workspace) -> None:
    add(branch, received="2026-10-05")
    for state, listed, fate in (("不備", False, "changed"), ("取下", True, "changed"), ("取下", True, "unchanged")):
        assert add(branch, received="R8.10.5", state=state).fate == fate
        assert is_listed(branch, YOUNG) == listed
    assert add(branch, received="2026-10-05").fate == "changed"  # 受付, though it was withdrawn before
    assert not is_listed(branch, YOUNG)


def test_withdrawing_leaves_main_contract_and_type_alone(branch: Workspace) -> None:
    add(branch, "自然災害", main="0000000001", type_="標準")
    withdrawn = add(branch, "自然災害", state="取下").application
    assert (withdrawn.main_contract_no, withdrawn.type) == ("0000000001", "標準")


def test_two_applications_of_one_product_are_told_apart_by_their_days(branch: Workspace) -> None:
    first, second = "2026-10-05", "2026-10-06"
    add(branch, received=first)
    assert [a.received_on for a in add(branch, received=second).others] == [date(2026, 10, 5)]
    assert [a.received_on for a in add(branch, received=first, state="取下").others] == [date(2026, 10, 6)]
    assert not is_listed(branch, YOUNG)
    assert add(branch, received=second, state="取下").others == ()
    assert is_listed(branch, YOUNG)


def test_an_application_covers_the_main_contract_it_names_and_a_wrong_one_is_said(
    branch: Workspace, files: Files
) -> None:
    take_in(branch, files("契約.csv", contract()))
    assert is_listed(branch, FIRE)
    wrong = add(branch, "自然災害", main="0000000002")
    assert wrong.needs_a_person
    assert not wrong.main_known
    assert is_listed(branch, FIRE)
    right = add(branch, "自然災害", main="0000000001")
    assert not right.needs_a_person
    assert not is_listed(branch, FIRE)


def test_an_unknown_number_is_kept_and_said(branch: Workspace) -> None:
    result = add(branch, number="00000099")
    assert result.needs_a_person
    assert column(branch, "applications", "member_key") == ["17-00000099"]


def test_a_type_that_its_product_does_not_have_is_remarked_upon(branch: Workspace) -> None:
    assert "標準・大型" in add(branch, "自然災害", type_="特大").remarks[0]
    assert add(branch, "自然災害", type_="大型タイプ").remarks == ()


WRONG: list[tuple[dict[str, str], str]] = [
    ({"product": "かさい"}, "共済種類「かさい」"),
    ({"product": ""}, "共済種類が空欄"),
    ({"received": "2026-02-30"}, "受付日「2026-02-30」"),
    ({"received": "2026-11-02"}, "まだ来ていない"),
    ({"received": ""}, "受付日が空欄"),
    ({"received": "99999999"}, "受付日が空欄"),
    ({"received": "1101"}, "Excelの日付番号"),
    ({"state": "済"}, "受付、不備、取下"),
    ({"state": "取下"}, "取り下げる申込"),
    ({"number": "氏名"}, "番号の形"),
    ({"type_": "\x00"}, "制御文字"),
    ({"pref": "18"}, "この作業フォルダーの県ではありません"),
]


def test_a_wrong_entry_is_refused_with_words_and_never_put_on_hold(branch: Workspace) -> None:
    before = contents(branch, without=())
    for words, said in WRONG:
        with pytest.raises(UsageError, match=said):
            add(branch, **words)
        assert contents(branch, without=()) == before, words
    assert on_hold(branch) == []


def test_a_withdrawal_of_what_is_not_there_names_the_days_of_what_is(branch: Workspace) -> None:
    add(branch, received="2026-10-05")
    add(branch, "火災", received="2026-10-06")
    with pytest.raises(UsageError, match="受付日は 2026-10-05 です"):
        add(branch, state="取下")
    assert not is_listed(branch, YOUNG)


def test_the_list_shows_open_ones_oldest_first(branch: Workspace) -> None:
    add(branch, received="2026-10-31")
    add(branch, "介護", received="2026-10-01", number="00000099")
    add(branch, "火災")
    add(branch, "火災", state="取下")
    found = list_applications(branch, today=TODAY + 9 * DAY)
    assert [(a.member_no, a.name, a.product) for a in found.applications] == [
        ("00000099", None, "care"),
        (NUMBER, "山田　花子", "group_life"),
    ]
    assert found.others == 1
    mine = list_applications(branch, today=TODAY, member_no=NUMBER, everything=True)
    assert [(a.product, a.state) for a in mine.applications] == [("group_life", "received"), ("fire", "withdrawn")]
