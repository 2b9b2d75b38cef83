"""campaigns, run-due and schedule as they are typed, and what a clerk reads of them."""

import json
import re
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from kyosai_lists.cli import options
from kyosai_lists.cli.commands import main_commands
from kyosai_lists.config import STORE_VARIABLE
from kyosai_lists.store.engine import writing
from kyosai_lists.usecases.running import run_due as running
from kyosai_lists.usecases.workspace import Workspace
from tests.cli.running import Typed, typed_into
from tests.running.campaigning import at

ADD = (
    "campaigns", "add", "2026-SP3", "--name", "第3回スポット", "--kind", "スポット", "--start", "2026-11-23",
    "--end", "2026-12-18", "--list", "fire-only", "--union", "17003", "--today", "2026-10-01",
)  # fmt: skip
MONDAY = ("--today", "2026-11-02")
NONE = "--no-password"


@pytest.fixture
def typed(own_branch: Workspace, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Typed:
    return typed_into(own_branch.folder, capsys, monkeypatch)


def test_the_calendar_shows_days_lists_and_why_a_day_was_moved(typed: Typed) -> None:
    shown = typed("campaigns", "--today", "2026-11-01")
    assert shown.code == 0
    for words in (
        "2026-11-02(月)",
        "2026-SP2",
        "fire-only",
        "2026-12-11(金)",
        "2026-12-13(日)は日曜日なので、前へ動かしました",
    ):
        assert words in shown.out
    assert "次に出るのは 2026-11-02(月): 2026-SP2" in shown.out
    told = typed("campaigns", "--today", "2026-11-01", "--json").json()
    assert told["next"]["campaign"] == "2026-SP2"
    moved = next(one for one in told["campaigns"] if one["campaign"] == "2026-RET")
    assert (moved["issue_on"], moved["planned_on"], moved["moved_because"]) == ("2026-12-11", "2026-12-13", "日曜日")
    assert (moved["state"], moved["run"]) == ("planned", None)


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        (("--month", "2026-11"), ["2026-SP2"]),
        (("--month", "2026年12月"), ["2026-SP2", "2026-RET"]),
        (("--month", "2027-03"), ["2026-RET", "2027-NEW"]),
        (("--list", "young-unenrolled"), ["2026-SP2", "2027-NEW"]),
        (("--list", "retiree-transfer", "--month", "2026-11"), []),
        (("--all",), ["2026-SP2", "2026-RET", "2027-NEW"]),
    ],
)
def test_the_calendar_by_month_and_by_list(typed_at_samples: Typed, words: tuple[str, ...], codes: list[str]) -> None:
    told = typed_at_samples("campaigns", "--today", "2026-11-01", *words, "--json").json()
    assert [one["campaign"] for one in told["campaigns"]] == codes


@pytest.mark.parametrize("words", [("--month", "2026-13"), ("--month", "11月"), ("--list", "fire-onyl")])
def test_a_month_or_list_that_is_none_is_refused(typed_at_samples: Typed, words: tuple[str, ...]) -> None:
    assert typed_at_samples("campaigns", *words).code == 2


def test_a_campaign_typed_in_is_told_with_its_day_of_issue_and_stands_in_the_calendar(typed: Typed) -> None:
    added = typed(*ADD, "--days-ahead", "0")
    assert added.code == 0
    assert "入れました" in added.out
    assert (
        "開始日 2026-11-23(月) → 発行日 2026-11-20(金)(2026-11-23(月)は勤労感謝の日なので、前へ動かしました)"
        in added.out
    )
    assert "imports undo" in added.out
    told = typed(*ADD, "--days-ahead", "3", "--json").json()
    assert (told["fate"], told["slots"][0]["issue_on"]) == ("changed", "2026-11-20")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("--kind", "すぽっと"), "種別"),
        (("--start", "あした"), "開始日"),
        (("--start", "2026-12-19"), "終了日"),
        (("--days-ahead", "三日"), "発行日数前"),
        (("--list", "fire-onyl"), "fire-onyl"),
        (("--union", "17999"), "17999"),
        (("--pref", "99"), "99"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_entered(typed: Typed, change: tuple[str, str], words: str) -> None:
    refused = typed(*ADD, *change)
    assert (refused.code, words in refused.err) == (2, True), refused.err
    codes = [one["campaign"] for one in typed("campaigns", "--today", "2026-10-01", "--json").json()["campaigns"]]
    assert "2026-SP3" not in codes


def test_a_slip_in_the_year_is_exit_4_and_says_that_nothing_comes_out(typed: Typed) -> None:
    asked = typed(*ADD, "--start", "2025-11-24", "--end", "2025-12-18")
    assert (asked.code, "年の打ちまちがいがないか" in asked.out) == (4, True)
    assert "年の打ちまちがいがないか" in typed("campaigns", "--all", *MONDAY).out
    assert "年の打ちまちがいがないか" not in typed("campaigns", *MONDAY).out


def test_a_code_in_full_width_is_the_same_campaign_s_with_all_that_is_asked_of_it(typed: Typed) -> None:
    typed("campaigns", "close", "2026-SP2", *MONDAY)
    typed(*ADD)
    typed("run-due", NONE, "--today", "2026-12-01")
    moved = [words.replace("2026-SP3", "２０２６－ＳＰ３").replace("17003", "１７００３") for words in ADD]
    told = typed(*moved, "--start", "2026-11-30", "--json")
    assert (told.code, told.json()["fate"], told.json()["campaign"]) == (4, "changed", "2026-SP3")
    assert [slot["starts_on"] for slot in told.json()["slots"]] == ["2026-11-30"]
    assert "もう出してあります" in told.json()["questions"][0]["text"]


def test_a_campaign_whose_newest_row_is_on_hold_is_exit_4_while_it_is_due(typed: Typed, tmp_path: Path) -> None:
    file = tmp_path / "募集.csv"
    heads = "募集コード,募集名,種別,開始日,終了日,発行日数前,対象リスト"
    file.write_text(f"{heads}\n2026-SP2,スポット,スポット,2027/2/30,2027-03-31,14,fire-only\n", "utf-8")
    typed("import", file, "--today", "2026-10-01")
    for words in ((NONE,), ("--check",)):
        asked = typed("run-due", *words, *MONDAY)
        assert (asked.code, asked.err.count("確かめてください 2026-SP2")) == (4, 1), asked.err
        assert "新しい行が保留になっています(保留番号 " in asked.err
    shown = typed("campaigns", *MONDAY)
    assert "このままでは名簿を出せません" in shown.out
    assert "次に出るのは 2026-11-02" not in shown.out


def test_a_list_added_after_the_campaign_came_out_comes_by_the_manual_s_command_and_not_by_itself(typed: Typed) -> None:
    typed("campaigns", "close", "2026-SP2", *MONDAY)
    typed(*ADD)
    day = ("--today", "2026-12-01")
    run = typed("run-due", NONE, *day, "--json").json()["slots"][0]["run"]
    assert typed(*ADD, "--list", "young-unenrolled").code == 0
    assert typed("run-due", NONE, *day, "--json").json()["slots"] == []
    shown = typed("ledger", "show", run).out
    assert ("火災共済のみ加入" in shown, "若年層" in shown) == (True, False), shown
    words = ("--campaign", "2026-SP3", "--list", "young-unenrolled", "--as-of", "2026-11-23")
    made = typed("export", *words, NONE, "--json").json()
    assert [(book["union"], [*book["rows"]]) for book in made["workbooks"]] == [("17003", ["young-unenrolled"])]


def test_a_campaign_of_new_hires_without_their_list_is_questioned(typed: Typed) -> None:
    asked = typed(*ADD, "--kind", "新規採用者")
    assert asked.code == 4
    assert "new-hire-unenrolled" in asked.out
    assert "new-hire-unenrolled" in typed("campaigns", "--today", "2026-10-01").out


def test_run_due_must_be_told_how_to_seal(typed: Typed) -> None:
    refused = typed("run-due", *MONDAY)
    assert (refused.code, refused.out) == (2, "")
    assert "--password-file" in refused.err


def test_check_and_remind_only_tell_what_is_due_and_leave_the_button_alone(typed: Typed) -> None:
    assert typed("run-due", "--check", "--today", "2026-11-01").code == 0
    for option in ("--check", "--remind-only"):
        due = typed("run-due", option, *MONDAY)
        assert due.code == 4
        assert "まだ出ていません: 2026-SP2" in due.err
        assert [one["campaign"] for one in typed("run-due", option, *MONDAY, "--json").json()["due"]] == ["2026-SP2"]
    assert typed("ledger", "--json").json()["runs"] == []


@pytest.mark.parametrize(("hour", "code"), [(14, 0), (15, 4)])
def test_the_day_is_japan_s_whatever_the_host_s_clock_is_set_to(
    typed: Typed, monkeypatch: pytest.MonkeyPatch, hour: int, code: int
) -> None:
    """2 November begins in Japan at 15 o'clock of 1 November in UTC."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            moment = datetime(2026, 11, 1, hour, 30, tzinfo=UTC)
            return moment.astimezone(tz) if tz else moment.replace(tzinfo=None)

    monkeypatch.setattr(options, "datetime", Clock)
    assert typed("run-due", "--check").code == code


def test_it_issues_once_says_so_and_the_calendar_and_the_ledger_know(typed: Typed) -> None:
    done = typed("run-due", NONE, "--today", "2026-11-04", "--json")
    assert done.code == 0
    (slot,) = done.json()["slots"]
    assert (slot["happened"], slot["state"], slot["late"], slot["export"]["run"]) == (
        "issued",
        "issued",
        True,
        slot["run"],
    )
    again = typed("run-due", NONE, "--today", "2026-11-04")
    assert again.code == 0
    assert "出す名簿はありません" in again.out
    assert f"出した(期日のあと) {slot['run']}" in typed("campaigns", "--today", "2026-11-04").out
    (run,) = typed("ledger", "--json").json()["runs"]
    assert (run["run"], run["campaign"], run["late"]) == (slot["run"], "2026-SP2", True)
    assert "期日のあと" in typed("ledger").out
    assert typed("run-due", "--check", "--today", "2026-11-04").code == 0


def test_what_never_came_out_is_exit_4_however_it_is_asked(typed: Typed) -> None:
    for words in ((NONE,), ("--check",), ("--remind-only",)):
        missed = typed("run-due", *words, "--today", "2026-12-25")
        assert missed.code == 4
        assert "出ないまま終わりました: 2026-SP2" in missed.err


def with_two_days(typed: Typed, branch: Workspace) -> None:
    """Nothing but K1, 継続: 17003 and 17005 begin on 16 November, 17004 on the 24th."""
    typed("campaigns", "close", "2026-SP2", *MONDAY)
    for code, day in (("17003", "2026-11-16"), ("17004", "2026-11-24"), ("17005", "2026-11-16")):
        with writing(branch.engine) as connection:
            connection.exec_driver_sql(f"UPDATE unions SET renewal_campaign_on = '{day}' WHERE union_code = '{code}'")
    typed(
        "campaigns", "add", "K1", "--name", "継続", "--kind", "継続", "--end", "2026-12-18", "--list", "fire-only",
        "--union", "17003", "--union", "17004", "--union", "17005", "--today", "2026-10-01",
    )  # fmt: skip


def commands_in(said: str, name: str) -> list[list[str]]:
    """As a clerk copies them."""
    return [found.split() for found in re.findall(rf"kyosai-lists ({name} [ -~]+?) で", said)]


def test_what_is_said_of_each_missed_day_of_a_campaign_with_several_works_as_it_is_printed(
    typed: Typed, own_branch: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_two_days(typed, own_branch)
    late = ("--today", "2026-12-25")
    monkeypatch.setattr(main_commands, "this_act", at(date(2026, 12, 25)))
    missed = typed("run-due", "--check", *late).err
    brings_out, closes = commands_in(missed, "export"), commands_in(missed, "campaigns close")
    assert (len(brings_out), len(closes)) == (2, 2), missed
    done = typed(*closes[1], *late, "--json")
    assert [one["starts_on"] for one in done.json()["slots"]] == ["2026-11-24"]
    left = typed("run-due", "--check", *late, "--json").json()["missed"]
    assert [one["starts_on"] for one in left] == ["2026-11-16"]
    export = typed(*brings_out[0], NONE, "--json")
    books = export.json()["workbooks"]
    assert (export.code, {one["union"] for one in books} <= {"17003", "17005"}) == (0, True)
    assert "K1" not in typed("run-due", "--check", *late).err


def test_what_need_not_come_out_is_closed_and_opened_again(typed: Typed) -> None:
    late = ("--today", "2026-12-25")
    assert "campaigns close 2026-SP2" in typed("run-due", "--check", *late).err
    closed = typed("campaigns", "close", "2026-SP2", *late)
    assert (closed.code, "出さないことにしました: 2026-SP2" in closed.out) == (0, True)
    assert "2026-SP2" not in typed("run-due", "--check", *late).err
    assert "出さない" in typed("campaigns", "--all", *late).out
    assert typed("campaigns", "close", "2026-SP2", *late).code == 2
    opened = typed("campaigns", "reopen", "2026-SP2", "--start", "2026-11-16", *late, "--json").json()
    assert [slot["campaign"] for slot in opened["slots"]] == ["2026-SP2"]
    assert "2026-SP2" in typed("run-due", "--check", *late).err


def test_a_campaign_whose_day_was_changed_after_it_came_out_is_asked_about_until_it_is_closed(typed: Typed) -> None:
    typed("campaigns", "close", "2026-SP2", *MONDAY)
    typed(*ADD)
    day = ("--today", "2026-12-01")
    run = typed("run-due", NONE, *day, "--json").json()["slots"][0]["run"]
    moved = typed(*ADD, "--start", "2026-11-30")
    assert (moved.code, f"名簿番号 {run}" in moved.out) == (4, True)
    for words in ((NONE,), ("--check",)):
        asked = typed("run-due", *words, *day)
        assert (asked.code, asked.err.count("確かめてください 2026-SP3")) == (4, 1), asked.err
        assert "まだ出ていません" not in asked.err
        assert "出ていない名簿はありません" not in asked.out
    look = typed("run-due", "--check", *day, "--json").json()
    waiting = [(one["campaign"], one["waits"]) for one in look["waiting_for_a_person"]]
    assert (look["due"], waiting) == ([], [("2026-SP3", True)])
    shown = typed("campaigns", *day, "--json").json()["campaigns"]
    assert [one["campaign"] for one in shown if one["waits"]] == ["2026-SP3"]
    over = typed("run-due", "--check", "--today", "2026-12-25")
    assert (over.code, "出ないまま終わりました: 2026-SP3" in over.err) == (4, False)
    assert "このままでは名簿を出せません" in typed("campaigns", *day).out
    assert "campaigns close 2026-SP3 --start 2026-11-30" in asked.err
    typed("campaigns", "close", "2026-SP3", "--start", "2026-11-30", *day)
    assert typed("run-due", "--check", *day).code == 0
    every = typed("campaigns", "--all", *day, "--json").json()["campaigns"]
    states = [(one["starts_on"], one["state"], one["run"]) for one in every if one["campaign"] == "2026-SP3"]
    assert states == [("2026-11-23", "issued", run), ("2026-11-30", "closed", None)]


def test_a_union_that_joined_later_is_declined_with_the_command_that_the_question_gives_and_asked_about_again(
    typed: Typed,
) -> None:
    typed("campaigns", "close", "2026-SP2", *MONDAY)
    typed(*ADD)
    day = ("--today", "2026-12-01")
    typed("run-due", NONE, *day)
    joined = typed(*ADD, "--union", "17004", "--union", "17005")
    assert joined.code == 4
    asked = typed("run-due", "--check", *day)
    assert asked.code == 4
    command = "campaigns close 2026-SP3 --start 2026-11-23 --union 17004 --union 17005"
    assert f"要らなければ kyosai-lists {command} で止めてください" in asked.err
    look = typed("run-due", "--check", *day, "--json").json()
    assert [(one["campaign"], one["left_out"]) for one in look["left_out"]] == [("2026-SP3", ["17004", "17005"])]
    assert look["declined"] == []
    closed = typed(*command.split(), *day)
    assert (closed.code, "出さないことにしました: 2026-SP3" in closed.out, "17004・17005" in closed.out) == (
        0,
        True,
        True,
    )
    for words in ((NONE,), ("--check",)):
        quiet = typed("run-due", *words, *day, "--json")
        assert quiet.code == 0
        told = quiet.json()
        assert [(one["campaign"], one["declined"]) for one in told["declined"]] == [("2026-SP3", ["17004", "17005"])]
        assert (told["left_out"], told["questions"]) == ([], [])
    assert "2026-SP3: あとから加わった単組 17004・17005 には、出さないことにしました" in typed("campaigns", *day).out
    shown = typed("campaigns", *day, "--json").json()["campaigns"]
    assert [one["declined"] for one in shown if one["campaign"] == "2026-SP3"] == [["17004", "17005"]]
    again = typed(*command.split(), *day)
    assert (again.code, "17004・17005" in again.err) == (2, True)
    opened = typed("campaigns", "reopen", "2026-SP3", "--union", "17005", *day)
    assert (opened.code, "また尋ねることにしました: 2026-SP3" in opened.out) == (0, True)
    assert "export --campaign 2026-SP3 --union 17005 --as-of 2026-11-23" in opened.out
    told = typed("campaigns", "reopen", "2026-SP3", "--union", "17004", *day, "--json").json()
    assert [(one["decided_unions"], one["left_out"]) for one in told["slots"]] == [(["17004"], ["17004", "17005"])]
    assert typed("run-due", "--check", *day).code == 4


def test_that_a_declined_union_is_in_what_is_brought_out_by_hand_is_said_in_one_line(
    typed: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed("campaigns", "close", "2026-SP2", *MONDAY)
    typed(*ADD)
    day = date(2026, 12, 1)
    typed("run-due", NONE, "--today", str(day))
    typed(*ADD, "--union", "17004")
    typed("campaigns", "close", "2026-SP3", "--union", "17004", "--today", str(day))
    monkeypatch.setattr(main_commands, "this_act", at(day))
    words = "campaigns close --union で出さないことにした単組 17004 の名簿も、入っています"
    shown = typed("export", "--campaign", "2026-SP3", NONE)
    assert (shown.code, [words in line for line in shown.out.splitlines()].count(True)) == (0, 1)
    typed(*ADD, "--union", "17005")
    typed("campaigns", "close", "2026-SP3", "--union", "17005", "--today", str(day))
    assert typed("export", "--campaign", "2026-SP3", NONE, "--json").json()["declined_included"] == ["17005"]
    assert typed("export", "--campaign", "2026-SP3", NONE, "--json").json()["declined_included"] == []  # it has its own


def test_of_which_unions_a_decline_goes_with_a_day_that_is_opened_again_is_said_in_one_line(typed: Typed) -> None:
    day = ("--today", "2026-12-01")
    typed("campaigns", "close", "2026-SP2", *MONDAY)
    typed(*ADD)
    typed("run-due", NONE, *day)
    typed(*ADD, "--start", "2026-11-30", "--union", "17004")  # 17003 has its lists
    for form in ((), ("--json",)):
        typed("campaigns", "close", "2026-SP3", "--start", "2026-11-30", *day)
        typed("campaigns", "close", "2026-SP3", "--start", "2026-11-30", "--union", "17004", *day)
        opened = typed("campaigns", "reopen", "2026-SP3", *day, *form)
        assert opened.code == 0
        if form:
            assert [one["undeclined"] for one in opened.json()["slots"]] == [["17004"]]
        else:
            told = [line for line in opened.out.splitlines() if "17004" in line]
            assert ["出さないことにしていたのも、元に戻りました" in line for line in told] == [True], opened.out
    typed("campaigns", "close", "2026-SP3", *day)
    assert "元に戻りました" not in typed("campaigns", "reopen", "2026-SP3", *day).out


def test_after_a_restore_the_manual_s_way_leaves_nothing_to_tell_and_brings_nothing_out_again(
    typed: Typed, own_branch: Workspace, tmp_path: Path
) -> None:
    assert typed("store", "backup", tmp_path / "控え.db").code == 0
    run = typed("run-due", NONE, *MONDAY, "--json").json()["slots"][0]["run"]
    assert run in typed("store", "restore", tmp_path / "控え.db", "--yes").out
    stands = typed("ledger", "verify")
    assert (stands.code, f"台帳にない名簿(名簿番号 {run})が置かれています" in stands.out + stands.err) == (1, True)
    asked = typed("run-due", "--check", *MONDAY)
    assert (asked.code, "台帳には載っていません" in asked.err) == (4, True)
    assert "campaigns close 2026-SP2 --start 2026-11-16" in asked.err
    typed("campaigns", "close", "2026-SP2", "--start", "2026-11-16", *MONDAY)
    (folder,) = (path for path in own_branch.out.iterdir() if path.name.endswith(run))
    folder.rename(tmp_path / folder.name)
    done = typed("ledger", "verify")
    assert (done.code, "書き換えられていません" in done.out) == (0, True)
    quiet = typed("run-due", NONE, *MONDAY, "--json")
    assert (quiet.code, quiet.json()["slots"]) == (0, [])


@pytest.mark.parametrize("by_hand", [True, False])
def test_whom_the_rest_of_a_day_leaves_out_is_said_in_one_line_by_hand_and_by_itself(
    typed: Typed, own_branch: Workspace, by_hand: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def start(code: str, day: str) -> None:
        with writing(own_branch.engine) as connection:
            connection.exec_driver_sql(f"UPDATE unions SET renewal_campaign_on = '{day}' WHERE union_code = '{code}'")

    typed("campaigns", "close", "2026-SP2", *MONDAY)
    for code, day in (("17003", "2026-11-16"), ("17004", "2026-11-24")):
        start(code, day)
    typed(
        "campaigns", "add", "K1", "--name", "継続", "--kind", "継続", "--end", "2027-03-31", "--list", "fire-only",
        "--union", "17003", "--union", "17004", "--today", "2026-10-01",
    )  # fmt: skip
    typed("run-due", NONE, "--today", "2026-11-16")
    start("17003", "2026-11-24")
    day = ("--today", "2026-11-24")
    (look,) = typed("run-due", "--check", *day, "--json").json()["due"]
    assert (look["unions"], look["served_already"]) == (["17004"], ["17003"])
    words = "の名簿は、もう出してあるので、開始日 2026-11-24 の名簿には入れません"
    if by_hand:
        monkeypatch.setattr(main_commands, "this_act", at(date(2026, 11, 24)))
        shown = typed("export", "--campaign", "K1", "--union", "17004", "--as-of", "2026-11-24", NONE)
        assert (shown.code, [words in line for line in shown.out.splitlines()].count(True)) == (0, 1)
    else:
        shown = typed("run-due", NONE, *day)
        assert (shown.code, [words in line for line in shown.err.splitlines()].count(True)) == (4, 1)


def test_rows_on_hold_are_said_when_they_are_what_needs_a_person(typed: Typed, tmp_path: Path) -> None:
    file = tmp_path / "停止.csv"
    file.write_text("組合員番号,共済種類,開始日,終了日,理由\n00000001,,2026/13/1,,本人申出\n", "utf-8-sig")
    typed("import", file, "--today", "2026-11-01")
    shown = typed("run-due", NONE, *MONDAY)
    assert (shown.code, "2026-SP2: 保留のままの行があります: 案内停止 1行" in shown.err) == (4, True)


def test_a_file_s_campaign_that_does_not_fit_is_questioned_when_it_is_taken_in(typed: Typed, tmp_path: Path) -> None:
    file = tmp_path / "募集.csv"
    heads = "募集コード,募集名,種別,開始日,終了日,発行日数前,対象リスト"
    file.write_text(f"{heads}\nN1,新人,新規採用者,2027-04-01,2027-05-31,7,fire-onyl\n", "utf-8")
    taken = typed("import", file, "--today", "2026-11-01")
    assert taken.code == 0
    assert "募集 N1 新人: 対象リスト fire-onyl は、ありません" in taken.out
    assert "new-hire-unenrolled" in taken.out
    assert "募集 2026-SP2" not in taken.out


def test_one_that_fails_is_said_without_a_word_of_what_it_held(
    typed: Typed, own_branch: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def failing(*_: object, **__: object) -> None:
        raise ValueError("山田　花子")

    monkeypatch.setattr(running, "export_lists", failing)
    failed = typed("run-due", NONE, *MONDAY, "--json")
    assert failed.code == 4
    assert "出せませんでした: 2026-SP2" in failed.err
    assert failed.json()["slots"][0]["error"] == "ValueError"
    log = "".join(path.read_text("utf-8") for path in (own_branch.folder / "記録").glob("*.jsonl"))
    details = (tmp_path / "kyosai-lists-error.log").read_text("utf-8")
    assert "山田" not in failed.out + failed.err + log + details
    assert [json.loads(line)["event"] for line in log.splitlines()] == ["failed", "ran"]


def test_a_list_far_off_is_shouted_about(typed: Typed, own_branch: Workspace) -> None:
    assert typed("run-due", NONE, *MONDAY).code == 0
    typed(*ADD, "--name", "次")
    typed("run-due", NONE, "--today", "2026-11-20")
    with writing(own_branch.engine) as connection:
        connection.exec_driver_sql("DELETE FROM contracts")
    far = typed("export", "--campaign", "2026-SP3", NONE, "--json")
    assert far.code == 4
    assert "「火災共済のみ加入」が前回" in far.err
    assert far.json()["far_off"][0]["now"] == 0


@pytest.mark.parametrize("scheduler", ["cron", "systemd", "windows"])
def test_a_schedule_names_the_workspace_the_program_and_the_file(
    typed_at_samples: Typed, sqlite_branch: Workspace, scheduler: str, tmp_path: Path
) -> None:
    import sys

    shown = typed_at_samples(
        "schedule", "show", "--for", scheduler, "--password-file", "パスワード.txt", "--at", "8:05"
    )
    text = "".join(ET.fromstring(shown.out).itertext()) if scheduler == "windows" else shown.out
    assert shown.code == 0
    for words in (sys.executable, str(sqlite_branch.folder.resolve()), "run-due", str(tmp_path / "パスワード.txt")):
        assert words in text
    assert "8" in text
    told = typed_at_samples("schedule", "show", "--for", scheduler, "--remind-only", "--json").json()
    assert told["for"] == scheduler
    assert all("--password-file" not in text for text in told["files"].values())
    assert any("--remind-only" in text for text in told["files"].values())


def test_a_schedule_that_would_go_wrong_when_its_time_comes_says_so_now(
    typed_at_samples: Typed, sqlite_branch: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = typed_at_samples("schedule", "show", "--for", "cron")
    assert (told.code, "passwords make" in told.err) == (4, True)
    assert typed_at_samples("schedule", "show", "--for", "cron", NONE).err == ""
    monkeypatch.setenv(STORE_VARIABLE, f"sqlite:///{(sqlite_branch.folder / 'kyosai.db').as_posix()}")
    told = typed_at_samples("schedule", "show", "--for", "cron", NONE)
    assert (told.code, "kyosai.toml の [store] url" in told.err) == (4, True)


@pytest.mark.parametrize("words", [("--at", "25:00"), ("--at", "8時"), ("--password-file", "a", NONE)])
def test_a_schedule_that_cannot_be_is_refused(typed_at_samples: Typed, words: tuple[str, ...]) -> None:
    assert typed_at_samples("schedule", "show", "--for", "cron", *words).code == 2
