"""suppress and applications as typed: what is said, the documents for programs, exit codes."""

import json
import re
from pathlib import Path

import pytest

from tests.cli.running import Answer, Typed

ENGLISH = re.compile(r"Usage|Options|Commands|Arguments|Show this|Error|Missing|default|required", re.IGNORECASE)
TODAY = ("--today", "2026-11-01")
D = ("--as-of", "2026-11-01")
MEMBERS = (
    "組合員番号,単組コード,氏名,生年月日,採用年月日,雇用区分,在籍区分\n"
    "0001,17001,山田𠮷子,2000-05-05,2020-04-01,正規,現職\n"
)
COMMANDS = [("suppress",), ("suppress", "add"), ("suppress", "lift"), ("suppress", "list"), ("applications",)]
COMMANDS += [("applications", "add"), ("applications", "list")]


@pytest.fixture
def typing(typed_at_empty: Typed, tmp_path: Path) -> Typed:
    """Types in a workspace with one person, 0001."""
    (tmp_path / "u.csv").write_text("単組コード,単組名\n17001,金沢\n", "utf-8")
    (tmp_path / "m.csv").write_text(MEMBERS, "utf-8")
    assert typed_at_empty("import", tmp_path / "u.csv", tmp_path / "m.csv", *TODAY).code == 0
    return typed_at_empty


def explained(typing: Typed, list_id: str = "young-unenrolled") -> dict[str, object]:
    document: dict[str, object] = typing("lists", "explain", list_id, "0001", *D, "--json").json()
    return document


def is_refused(answer: Answer) -> str:
    assert answer.code == 2
    assert answer.out == ""
    assert len(answer.err.splitlines()) == 3
    assert not ENGLISH.findall(re.sub(r"--[\w-]+", "", answer.err))
    return answer.err


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_help_is_in_japanese(typed: Typed, words: tuple[str, ...]) -> None:
    answer = typed(*words, "--help")
    assert answer.code == 0
    assert "書き方" in answer.out
    assert not ENGLISH.findall(re.sub(r"--[\w-]+", "", answer.out))


def test_a_stop_says_who_what_the_family_until_when_and_how_to_undo_it(typing: Typed) -> None:
    answer = typing("suppress", "add", "0001", "--product", "火災", "--product", "介護", "--until", "R9.3.31", *TODAY)
    assert answer.code == 0
    for said in ("0001 山田𠮷子", "火災共済(始めから、2027-03-31まで)", "同じ仲間の 自然災害共済", "介護保障"):
        assert said in answer.out
    assert "imports undo 2" in answer.out
    assert "手入力" in typing("imports").out
    assert typing("imports", "undo", "2").code == 0
    assert typing("suppress", "list", *D, "--all", "--json").json()["stops"] == []


def test_a_stop_is_obeyed_and_answered_for_in_a_document(typing: Typed) -> None:
    document = typing("suppress", "add", "17-0001", "--reason", "本人", *TODAY, "--json").json()
    assert (document["import"], document["pref"], document["member_no"], document["registered"]) == (
        2, "17", "0001", True,
    )  # fmt: skip
    [stop] = document["stops"]
    assert (stop["product"], stop["starts_on"], stop["ends_on"], stop["fate"]) == (None, None, None, "new")
    assert explained(typing)["suppressed"] == "案内停止"
    again = typing("suppress", "add", "0001", "--from", "", *TODAY)
    assert "前から同じ内容" in again.out


def test_an_unknown_number_is_done_but_needs_a_person(typing: Typed) -> None:
    answer = typing("suppress", "add", "1", *TODAY)
    assert answer.code == 4
    assert "まだ登録のない番号です。番号を確かめてください" in answer.out
    assert "0001" in answer.out
    document = typing("suppress", "add", "9", *TODAY, "--json")
    assert (document.code, document.json()["registered"]) == (4, False)
    assert typing("applications", "add", "9", "--product", "火災", *TODAY).code == 4
    assert "登録のない番号" in typing("suppress", "list", "9", *D).out


def test_a_wrong_entry_is_wrong_usage_in_three_sentences(typing: Typed) -> None:
    assert "かさい" in is_refused(typing("suppress", "add", "0001", "--product", "かさい", *TODAY))
    assert "終了日" in is_refused(typing("suppress", "add", "0001", "--until", "2026-02-30", *TODAY))
    assert "山田" not in is_refused(typing("suppress", "add", "山田", *TODAY))
    assert "終わらせる案内停止" in is_refused(typing("suppress", "lift", "0001", *TODAY))
    assert "取り下げる" in is_refused(
        typing("applications", "add", "0001", "--product", "火災", "--state", "取下", *TODAY)
    )
    assert "「--product」が足りません" in is_refused(typing("applications", "add", "0001", *TODAY))
    is_refused(typing("suppress", "add", *TODAY))
    assert typing("suppress").code == 0  # its help
    assert [one["import"] for one in typing("imports", "--json").json()["imports"]] == [1]


def test_lifting_says_what_ended_and_what_still_holds(typing: Typed) -> None:
    typing("suppress", "add", "0001", *TODAY)
    typing("suppress", "add", "0001", "--product", "団体生命", "--from", "2026-12-01", *TODAY)
    first = typing("suppress", "lift", "0001", *TODAY)
    assert first.code == 0
    assert "すべて(始めから、2026-10-31まで) … 終わらせました" in first.out
    assert "まだ止まっています: 団体生命共済(2026-12-01から、終わりなし)" in first.out
    second = typing("suppress", "lift", "0001", "--product", "団体生命", *TODAY, "--json").json()
    assert (second["still"], second["not_begun"]) == ([], ["group_life"])
    assert explained(typing)["listed"]


def test_lifting_says_that_a_stop_on_hold_holds_all_the_same(typing: Typed, tmp_path: Path) -> None:
    typing("suppress", "add", "0001", *TODAY)
    (tmp_path / "s.csv").write_text("組合員番号,共済種類,開始日,終了日\n0001,介護,,来春\n", "utf-8")
    assert typing("import", tmp_path / "s.csv", *TODAY).code == 4
    answer = typing("suppress", "lift", "0001", *TODAY)
    assert answer.code == 4
    assert "保留の案内停止があり、直すまですべて止まったままです" in answer.out
    listed = typing("suppress", "list", *D)
    assert "s.csv 2行目" in listed.out
    [held] = typing("suppress", "list", "0001", *D, "--json").json()["on_hold"]
    assert (held["file"], held["row"], held["member_no"]) == ("s.csv", 2, "0001")
    assert explained(typing)["suppressed"] == "案内停止の行が保留"


def test_the_list_of_stops_is_of_a_day(typing: Typed) -> None:
    typing("suppress", "add", "0001", "--product", "介護", "--from", "2026-11-10", "--reason", "[red]電話", *TODAY)
    assert "止まっている案内停止はありません" in typing("suppress", "list", *D).out
    assert "ほかに、終わったものか、これから始まるものが1件" in typing("suppress", "list", *D).out
    shown = typing("suppress", "list", "--as-of", "2026-11-10").out
    for said in ("0001", "山田𠮷子", "介護保障", "2026-11-10から", "[red]電話", "第2回", "手入力"):
        assert said in shown
    [stop] = typing("suppress", "list", *D, "--all", "--json").json()["stops"]
    assert (stop["in_force"], stop["import"], stop["files"]) == (False, 2, ["手入力"])


def test_an_application_counts_at_once_and_is_listed_with_its_age(typing: Typed) -> None:
    assert explained(typing)["listed"]
    answer = typing("applications", "add", "0001", "--product", "団体生命", "--received", "2026-10-05", *TODAY)
    assert answer.code == 0
    for said in ("0001 山田𠮷子", "団体生命共済 受付日 2026-10-05 受付", "imports undo 2"):
        assert said in answer.out
    assert not explained(typing)["listed"]
    assert "27日" in typing("applications", "list", *TODAY).out
    [told] = typing("applications", "list", "0001", *TODAY, "--json").json()["applications"]
    assert (told["days"], told["open"], told["state"], told["contract_no"]) == (27, True, "received", None)


def test_an_application_that_became_a_contract_is_shown_with_it(typing: Typed, tmp_path: Path) -> None:
    typing("applications", "add", "0001", "--product", "団体生命", *TODAY)
    (tmp_path / "c.csv").write_text("契約番号,組合員番号,共済種類,発効日\n77-1,0001,団体生命,2026-12-01\n", "utf-8")
    typing("import", tmp_path / "c.csv", *TODAY)
    assert "契約を待っている申込はありません" in typing("applications", "list", *TODAY).out
    assert "77-1" in typing("applications", "list", "--all", *TODAY).out
    assert "もう契約 77-1 になっています" in typing("applications", "add", "0001", "--product", "団体生命", *TODAY).out


def test_withdrawing_is_the_same_application_with_another_state(typing: Typed) -> None:
    words = ("applications", "add", "0001", "--product", "団体生命", *TODAY)
    typing(*words)
    document = typing(*words, "--state", "取下", "--json").json()
    assert (document["fate"], document["application"]["open"]) == ("changed", False)
    assert explained(typing)["listed"]


def test_a_main_contract_that_is_not_there_needs_a_person(typing: Typed) -> None:
    answer = typing("applications", "add", "0001", "--product", "自然災害", "--main", "123", *TODAY)
    assert answer.code == 4
    assert "主契約番号 123 の契約は登録がありません" in answer.out


def test_every_document_is_one_line_of_json_and_nothing_else(typing: Typed) -> None:
    lines = [
        typing("suppress", "add", "0001", *TODAY, "--json").out,
        typing("suppress", "lift", "0001", *TODAY, "--json").out,
        typing("suppress", "list", *D, "--json").out,
        typing("applications", "add", "0001", "--product", "火災", *TODAY, "--json").out,
        typing("applications", "list", *TODAY, "--json").out,
    ]
    assert all(isinstance(json.loads(line), dict) and line.count("\n") == 1 for line in lines)
