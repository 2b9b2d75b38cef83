"""One person's whole story from real imports: what is stored, which import brought it, what was taken back, what is on 保留."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from kyosai_lists.errors import UsageError
from kyosai_lists.usecases.asking.look_up_person import LookedUp, Person, StoredRow, look_up_person
from kyosai_lists.usecases.asking.person_history import Event
from kyosai_lists.usecases.entering.stops_by_hand import add_stops
from kyosai_lists.usecases.importing.import_files import import_files
from kyosai_lists.usecases.importing.past_imports import undo_import
from kyosai_lists.usecases.workspace import Workspace
from tests.importing.importing_files import Cells, Files, Here, contract, member, stop, union

D = date(2026, 11, 1)
NUMBER = "00000013"
New = Callable[..., Workspace]


@pytest.fixture
def workspace(new_workspace: New) -> Workspace:
    return new_workspace("17")


@pytest.fixture
def came(workspace: Workspace, files: Files) -> Callable[..., int]:
    """`came("名簿.csv", member(), day=5)`: imports one file, gives the import's number."""

    def take(name: str, *rows: Cells, day: int = 1) -> int:
        path: Path = files(name, *rows)
        return import_files(workspace, [path], today=date(2026, 11, day), readers=Here).number

    return take


@pytest.fixture
def started(came: Callable[..., int]) -> Callable[..., int]:
    """One union (第1回) and one person (第2回)."""
    came("単組.csv", union())
    came("名簿.csv", member(職場名="税務課", 氏名カナ="ﾔﾏﾀﾞ ﾊﾅｺ"), day=2)
    return came


def ask(workspace: Workspace, text: str = NUMBER, as_of: date = D) -> LookedUp:
    return look_up_person(workspace, text, as_of)


def one(workspace: Workspace, text: str = NUMBER, as_of: date = D) -> Person:
    found = ask(workspace, text, as_of).person
    assert found is not None
    return found


def told(events: list[Event]) -> list[tuple[int, str, str, list[tuple[str, str, str]]]]:
    return [
        (e.import_number, e.table, e.kind, [(c.column, c.before, c.after) for c in e.changes]) for e in events
    ]  # fmt: skip


def states(rows: list[StoredRow], field: str) -> dict[str, str]:
    return {row.values[field]: row.state for row in rows}


def test_each_import_that_changed_something_is_told_newest_first_in_the_words_of_the_files(
    workspace: Workspace, started: Callable[..., int]
) -> None:
    started("第3.csv", member(職場名="課税課", 在籍区分="休職"), day=3)
    started("同じ.csv", member(職場名="課税課", 在籍区分="休職"), day=4)
    started("第5.csv", member(職場名=""), day=5)
    history = one(workspace).history
    assert told(history) == [
        (5, "members", "changed", [("職場名", "課税課", ""), ("在籍区分", "休職", "現職")]),
        (3, "members", "changed", [("職場名", "税務課", "課税課"), ("在籍区分", "現職", "休職")]),
        (2, "members", "created", []),
    ]
    assert [(e.on.day, e.files) for e in history] == [(5, ("第5.csv",)), (3, ("第3.csv",)), (2, ("名簿.csv",))]


def test_contracts_applications_and_stops_have_their_history_too(
    workspace: Workspace, started: Callable[..., int]
) -> None:
    application = {"組合員番号": NUMBER, "共済種類": "団体生命共済", "受付日": "2026/11/3"}
    started("申込.csv", application, day=3)
    started("停止.csv", stop(NUMBER, "火災共済"), day=4)
    started("契約.csv", contract("0000000007", 共済種類="団体生命共済", 発効日="2026/12/1", 口数="1"), day=5)
    started("停止2.csv", stop(NUMBER, "火災共済", 終了日="2026/11/5"), day=6)
    started("契約2.csv", contract("0000000007", 共済種類="団体生命共済", 発効日="2026/12/1", 口数="2"), day=7)
    history = one(workspace).history
    assert [(e.import_number, e.kind, e.table, e.record) for e in history] == [
        (7, "changed", "contracts", "0000000007"),
        (6, "changed", "suppressions", "火災共済"),
        (5, "created", "contracts", "0000000007"),
        (5, "changed", "applications", "団体生命共済 2026-11-03"),
        (4, "created", "suppressions", "火災共済"),
        (3, "created", "applications", "団体生命共済 2026-11-03"),
        (2, "created", "members", ""),
    ]
    changes = {e.import_number: [(c.column, c.before, c.after) for c in e.changes] for e in history if e.changes}
    assert changes == {
        7: [("口数", "1", "2")],
        6: [("終了日", "", "2026-11-05")],
        5: [("結び付いた契約", "", "0000000007")],
    }


def test_an_import_taken_back_is_told_as_such_and_does_not_count_as_the_beginning(
    workspace: Workspace, started: Callable[..., int]
) -> None:
    undo_import(workspace, started("誤り.csv", member(職場名="広報課"), day=3), date(2026, 11, 9))
    history = one(workspace).history
    assert [(e.import_number, e.kind, e.undone_on) for e in history] == [
        (3, "changed", date(2026, 11, 9)),
        (2, "created", None),
    ]


def test_a_row_brought_again_after_its_import_was_taken_back_begins_with_the_later_one(
    workspace: Workspace, started: Callable[..., int]
) -> None:
    first, changed = started("契約.csv", contract(口数="1"), day=3), started("契約2.csv", contract(口数="2"), day=4)
    undo_import(workspace, changed, date(2026, 11, 5))
    undo_import(workspace, first, date(2026, 11, 5))
    assert one(workspace).contracts == []
    again = started("契約3.csv", contract(口数="3"), day=6)
    contracts = [e for e in one(workspace).history if e.table == "contracts"]
    assert [(e.import_number, e.kind, e.undone_on is None) for e in contracts] == [
        (again, "created", True),
        (changed, "changed", False),
    ]


def test_a_contract_that_was_anothers_began_with_the_import_that_brought_it_for_them(
    workspace: Workspace, started: Callable[..., int]
) -> None:
    brought = started("契約.csv", contract(), day=3)
    started("名簿2.csv", member("00000014"), day=4)
    started("契約2.csv", contract(member_no="00000014"), day=5)
    contracts = [e for e in one(workspace, "00000014").history if e.table == "contracts"]
    assert [(e.import_number, e.kind) for e in contracts] == [(5, "changed"), (brought, "created")]
    assert [(c.column, c.before, c.after) for c in contracts[0].changes] == [("組合員番号", NUMBER, "00000014")]
    assert one(workspace).contracts == []


def test_every_row_says_what_it_is_at_the_day_that_is_asked_for(
    workspace: Workspace, started: Callable[..., int]
) -> None:
    started(
        "契約.csv",
        contract("1", 発効日="2026/11/1", 終了日=""),
        contract("2", 発効日="2026/11/2", 終了日=""),
        contract("3", 発効日="2020/4/1", 終了日="2026/10/31"),
        contract("4", 発効日="2020/4/1", 終了日="2026/11/1"),
    )
    started(
        "停止.csv",
        stop(NUMBER, "火災共済"),
        stop(NUMBER, "長期共済", 終了日="2026/10/31"),
        stop(NUMBER, "マイカー共済", 開始日="2026/11/2"),
    )
    row = {"組合員番号": NUMBER, "共済種類": "長期共済", "状態": "受付"}
    started("申込.csv", row | {"受付日": "2026/10/1"}, row | {"受付日": "2026/10/2", "状態": "取下"})
    person = one(workspace)
    assert states(person.contracts, "contract_no") == {"1": "in_force", "4": "in_force", "2": "to_come", "3": "ended"}
    assert [r.values["contract_no"] for r in person.contracts] == ["1", "4", "2", "3"]
    assert states(person.stops, "product") == {"fire": "in_force", "long_term": "ended", "my_car": "to_come"}
    assert states(person.applications, "received_on") == {"2026-10-01": "open", "2026-10-02": "withdrawn"}
    later = one(workspace, as_of=date(2026, 11, 2))
    assert states(later.contracts, "contract_no")["4"] == "ended"


def test_a_person_of_whom_there_is_only_a_row_on_hold_is_shown_with_it(
    workspace: Workspace, started: Callable[..., int]
) -> None:
    row = member("00000077", 氏名="﨑山　次郎", 氏名カナ="ｻｷﾔﾏ", 生年月日="1990/2/30")
    started("名簿3.csv", member("00000078", 氏名カナ=""), row, day=3)
    for text in ("00000077", "17-00000077", "崎山", "サキヤマ"):
        person = one(workspace, text)
        assert (person.who.name, person.own, person.lists, person.history) == ("﨑山　次郎", None, [], [])
        held = person.on_hold[0]
        assert (held.layout, held.file, held.row, held.raw) == ("members", "名簿3.csv", 3, row)
        assert held.problems[0]["reason"]
        assert held.number.partition("-")[2]


def test_a_row_on_hold_without_a_number_is_found_by_name_alone(
    workspace: Workspace, started: Callable[..., int]
) -> None:
    started("名簿3.csv", member("", 氏名="五十嵐　一"), member("", 氏名="五十嵐　二"), day=3)
    assert [p.name for p in ask(workspace, "五十嵐").people] == ["五十嵐　一", "五十嵐　二"]
    assert one(workspace, "五十嵐二").on_hold[0].raw["氏名"] == "五十嵐　二"


def test_rows_on_hold_stand_beside_what_is_stored_also_where_the_prefecture_is_unclear(
    new_workspace: New, files: Files
) -> None:
    workspace = new_workspace()
    rows = [union("17001", 県コード="17"), union("18001", 県コード="18")]
    import_files(workspace, [files("単組.csv", *rows)], today=D, readers=Here)
    import_files(workspace, [files("名簿.csv", member(), member(union_code="18001"))], today=D, readers=Here)
    import_files(workspace, [files("停止.csv", stop())], today=D, readers=Here)
    assert [p.member_key for p in ask(workspace).people] == ["17-00000013", "18-00000013"]
    for key in ("17-00000013", "18-00000013"):
        assert [row.layout for row in one(workspace, key).on_hold] == ["suppressions"]


def test_a_number_that_only_a_stop_or_a_waiting_contract_names_is_shown(
    workspace: Workspace, started: Callable[..., int]
) -> None:
    started("停止.csv", stop("00000098"))
    started("契約.csv", contract(member_no="00000099"))
    assert [row.state for row in one(workspace, "00000098").stops] == ["in_force"]
    person = one(workspace, "00000099")
    assert (len(person.contracts), person.own, person.who.member, person.lists) == (1, None, False, [])
    assert [e.kind for e in person.history] == ["created"]


def test_names_are_found_by_any_spelling_and_the_whole_name_goes_before_a_part(
    workspace: Workspace, started: Callable[..., int]
) -> None:
    started(
        "名簿2.csv",
        member("1", 氏名="髙橋　翔子", 氏名カナ="ﾀｶﾊｼ ｼｮｳｺ"),
        member("2", 氏名="小髙橋　翔", 氏名カナ="コタカハシ ショウ"),
        member("3", 氏名="林　一", 氏名カナ="ハヤシ ハジメ"),
        member("4", 氏名="小林　一", 氏名カナ="コバヤシ ハジメ"),
        member("5", 氏名="辻\U000e0100　𠮷", 氏名カナ="ツジ ヨシ"),
    )

    def numbers(text: str) -> list[str]:
        return [p.member_no for p in ask(workspace, text).people]

    assert numbers("高橋") == ["1", "2"]
    assert numbers("高橋翔子") == numbers("たかはし しょーこ") == numbers("ﾀｶﾊｼ ｼﾖｳｺ") == numbers("翔子") == ["1"]
    assert numbers("林 一") == ["3"]
    assert numbers("林") == ["3", "4"]
    assert numbers("はじめ") == ["4", "3"]
    assert numbers("辻吉") == ["5"]


@pytest.mark.parametrize(
    "text", ["山本", "ヤマモト", "%", "_", "' OR 1=1--", "17-", "\ud800", "13\ud800", "\0", "　", ".*", "13\n"]
)
def test_nobody_is_wrong_usage_and_a_number_is_never_completed_by_itself(
    text: str, workspace: Workspace, started: Callable[..., int]
) -> None:
    with pytest.raises(UsageError) as refused:
        ask(workspace, text)
    assert text.strip() not in refused.value.happened or not text.strip()
    assert "山田" not in str(refused.value)


@pytest.mark.parametrize("text", ["13", "0013", "１３", "17-13"])
def test_a_number_that_differs_by_leading_zeros_is_only_suggested(
    text: str, workspace: Workspace, started: Callable[..., int]
) -> None:
    started("名簿2.csv", member("00000113", 氏名カナ=""))
    with pytest.raises(UsageError) as refused:
        ask(workspace, text)
    assert "もしかして 00000013 ですか" in refused.value.todo
    assert "00000113" not in refused.value.todo


def test_the_number_to_type_names_the_prefecture_where_it_is_known(new_workspace: New, files: Files) -> None:
    workspace = new_workspace()
    rows = [union("17001", 県コード="17"), union("18001", 県コード="18")]
    import_files(workspace, [files("単組.csv", *rows)], today=D, readers=Here)
    import_files(workspace, [files("名簿.csv", member(), member("7", 単組コード="99999"))], today=D, readers=Here)
    found = [*ask(workspace).people, *ask(workspace, "7").people]
    assert [(p.number_to_type, p.member) for p in found] == [("17-00000013", True), ("7", False)]


def test_what_a_clerk_typed_is_told_as_typed(workspace: Workspace, started: Callable[..., int]) -> None:
    add_stops(workspace, NUMBER, today=date(2026, 11, 3), products=("火災",))
    newest = one(workspace).history[0]
    assert (newest.table, newest.kind, newest.files, newest.on.day) == ("suppressions", "created", ("手入力",), 3)


def test_a_person_who_is_stored_and_has_a_row_on_hold_is_one_person(
    workspace: Workspace, started: Callable[..., int]
) -> None:
    started("名簿3.csv", member(在籍区分="死亡？"), day=3)
    for text in (NUMBER, "山田", "17-00000013"):
        found = ask(workspace, text)
        assert [(p.member, p.on_hold) for p in found.people] == [(True, True)]
        assert found.person is not None
        assert found.person.own is not None
        assert [row.file for row in found.person.on_hold] == ["名簿3.csv"]
