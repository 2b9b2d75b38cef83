"""`person`: what a clerk reads and what a program reads."""

import json
from pathlib import Path

import pytest

from kyosai_lists.paths import resource_dir
from kyosai_lists.segments.rulebook import load_rules
from tests.cli.running import Answer, Typed
from tests.conftest import SAMPLES
from tests.importing.importing_files import Files, contract, member, stop, union

EXPECTED = json.loads((SAMPLES / "expected.json").read_text("utf-8"))
D = ("--as-of", "2026-11-01")
NUMBER = "00000034"  # on two of the four main lists
STOPPED = "00000153"


@pytest.fixture
def at_one(typed_at_empty: Typed, tmp_path: Path) -> Typed:
    """A workspace with one union."""
    typed_at_empty("import", Files(tmp_path)("u.csv", union()), "--today", "2026-11-01")
    return typed_at_empty


def take_in(typed: Typed, tmp_path: Path, name: str, *rows: dict[str, str], day: int = 1) -> Answer:
    return typed("import", Files(tmp_path)(name, *rows), "--today", f"2026-11-{day:02}", "--json")


def test_one_person_is_answered_with_everything_under_stable_keys(typed_at_samples: Typed) -> None:
    document = typed_at_samples("person", NUMBER, *D, "--json").json()
    assert set(document) == {"as_of", "matches", "people", "person"}
    assert (document["as_of"], document["matches"]) == ("2026-11-01", 1)
    person = document["person"]
    assert set(person) == {
        "key", "member_no", "union_name", "member", "contracts", "applications", "stops", "on_hold", "lists",
        "handed_out", "history",
    }  # fmt: skip
    member_row = person["member"]
    assert (member_row["name"], member_row["born_on"], member_row["children"]) == ("濵田　太郎", "1990-10-31", 0)
    assert (member_row["mail"], member_row["status"]) == (None, "active")
    fire = next(row for row in person["contracts"] if row["contract_no"] == "0000000016")
    assert (fire["now"], fire["units"], fire["ended_on"]) == ("in_force", 20, "2026-11-02")
    assert {e["kind"] for e in person["history"]} == {"created"}
    assert all(set(e) == {"import", "on", "undone_on", "files", "table", "record", "kind", "changes"} for e in person["history"])  # fmt: skip


@pytest.mark.parametrize("list_id", list(EXPECTED["lists"]))
def test_every_list_is_told_as_the_list_itself_and_explain_have_it(typed_at_samples: Typed, list_id: str) -> None:
    for number in (EXPECTED["lists"][list_id]["member_no"][0], STOPPED):
        lists = {one["list"]: one for one in typed_at_samples("person", number, *D, "--json").json()["person"]["lists"]}
        assert lists.keys() == {*load_rules(resource_dir("queries")).of("people")}
        explained = typed_at_samples("lists", "explain", list_id, number, *D, "--json").json()
        one = lists[list_id]
        assert (one["listed"], one["suppressed"]) == (explained["listed"], explained["suppressed"])
        unmet = [c for c in explained["conditions"] if not c["met"]]
        assert one["unmet"] == [{"text": c["text"], "value": c["value"]} for c in unmet]
        assert one["listed"] == (number in EXPECTED["lists"][list_id]["member_no"])


def test_a_clerk_reads_headings_words_and_reasons(typed_at_samples: Typed) -> None:
    lists = typed_at_samples("person", NUMBER, *D, "--json").json()["person"]["lists"]
    listed = sum(one["listed"] for one in lists)
    out = typed_at_samples("person", NUMBER, *D).out
    for said in (
        "濵田　太郎", "17010 能美市職員労働組合", "1990-10-31(36歳)", "在籍区分", "現職", "自然災害共済", "発効前",
        "主契約番号:0000000016", "火災共済のみ加入", "35歳以下である", "第1回", "登録", f"リスト {listed}件に載ります",
    ):  # fmt: skip
        assert said in out
    for hidden in ("member_key", "active", "natural_disaster", "メール"):
        assert hidden not in out
    assert "案内停止" in typed_at_samples("person", STOPPED, *D).out


def test_several_people_are_a_table_that_says_when_it_is_cut(typed_at_samples: Typed) -> None:
    answer = typed_at_samples("person", "林", *D)
    document = typed_at_samples("person", "林", *D, "--json").json()
    assert answer.code == 0
    assert document["person"] is None
    assert document["matches"] == len(document["people"]) > 50
    assert f"{document['matches']}人います" in answer.out
    assert f"ほか{document['matches'] - 50}人" in answer.out
    assert sum(line.startswith("17-") for line in answer.out.splitlines()) == 50
    few = typed_at_samples("person", "髙橋", "健一", *D)
    assert "ほか" not in few.out
    assert 1 < sum(line.startswith("17-") for line in few.out.splitlines()) < 50


@pytest.mark.parametrize(
    ("one", "other"),
    [("髙橋健一", "高橋　健一"), ("ﾀｶﾊｼ ｹﾝｲﾁ", "たかはしけんいち"), ("渡邊太郎", "渡辺 太郎"), ("ハヤシジョージ", "ﾊﾔｼ ｼﾞﾖｳｼﾞ")],
)  # fmt: skip
def test_spelling_does_not_matter(typed_at_samples: Typed, one: str, other: str) -> None:
    found = [typed_at_samples("person", text, *D, "--json").json()["people"] for text in (one, other)]
    assert found[0] == found[1]
    assert found[0]


def test_nobody_is_wrong_usage_that_repeats_no_name(typed_at_samples: Typed) -> None:
    answer = typed_at_samples("person", "存在　しない", *D)
    assert (answer.code, answer.out) == (2, "")
    assert "存在" not in answer.err
    assert "もしかして 00000034" in typed_at_samples("person", "34", *D).err


def test_what_changed_is_told_with_its_import_and_file(at_one: Typed, tmp_path: Path) -> None:
    take_in(at_one, tmp_path, "名簿.csv", member(職場名="税務課"), day=1)
    take_in(at_one, tmp_path, "名簿11.csv", member(職場名="課税課"), day=20)
    take_in(at_one, tmp_path, "誤り.csv", member(職場名=""), day=21)
    at_one("imports", "undo", "4", "--today", "2026-11-22")
    lines = [line.strip() for line in at_one("person", "山田", *D).out.splitlines() if "第" in line]
    assert lines == [
        "2026-11-21 第4回 誤り.csv: (2026-11-22に元に戻した) 職場名 「課税課」→「(空欄)」",
        "2026-11-20 第3回 名簿11.csv: 職場名 「税務課」→「課税課」",
        "2026-11-01 第2回 名簿.csv: 登録",
    ]


def test_rows_that_came_together_are_told_in_one_line(at_one: Typed, tmp_path: Path) -> None:
    take_in(at_one, tmp_path, "名簿.csv", member())
    take_in(at_one, tmp_path, "契約.csv", contract("1"), contract("2"))
    assert "契約.csv: 契約 1、2: 登録" in at_one("person", "山田", *D).out


def test_a_person_on_hold_is_told_with_number_place_reason_and_remedy(at_one: Typed, tmp_path: Path) -> None:
    take_in(at_one, tmp_path, "名簿.csv", member(在籍区分="死亡？"))
    held = at_one("person", "00000013", *D, "--json").json()["person"]
    out = at_one("person", "00000013", *D).out
    assert held["member"] is None
    for said in (held["on_hold"][0]["number"], "名簿.csv", "2行目", "死亡？", "直して", "どのリストにも載りません"):
        assert said in out


def test_neither_a_cell_nor_a_file_name_can_recolour_the_terminal(at_one: Typed, tmp_path: Path) -> None:
    take_in(at_one, tmp_path, "[red]名簿.csv", member(職場名="[bold]税務\n課[/]", 氏名="[link=x]山田"))
    take_in(at_one, tmp_path, "名簿2.csv", member(職場名="[/nothing]", 氏名="[link=x]山田"))
    take_in(at_one, tmp_path, "停止.csv", stop(理由="[red]\t本人"))
    take_in(
        at_one, tmp_path, "名簿3.csv", member(氏名="\x1b[31m赤", 職場名=""), member("2", 氏名="[link=x]山田", 職場名="")
    )
    for words in (("00000013",), ("山田",)):
        out = at_one("person", *words, *D).out
        assert "\x1b" not in out
        assert "[link=x]山田" in out
    shown = at_one("person", "00000013", *D).out
    for said in ("[/nothing]", "「[bold]税務␛課[/]」", "[red]␛本人", "[red]名簿.csv", "␛[31m赤"):
        assert said in shown


def test_the_answer_holds_only_characters_of_cp932(typed_at_samples: Typed) -> None:
    out = typed_at_samples("person", "00000055", *D).out + typed_at_samples("person", "加藤", *D).out
    out.replace("✓", "").replace("✗", "").encode("cp932")
