"""What programs read: the JSON documents of interface.md §2, one on stdout and nothing else there, and exit codes."""

import json
from pathlib import Path

import pytest

from kyosai_lists.paths import resource_dir
from kyosai_lists.segments.rulebook import load_rules
from kyosai_lists.workbook.seal import open_sealed
from tests.cli.running import Typed
from tests.conftest import SAMPLES, sample_files

EXPECTED = json.loads((SAMPLES / "expected.json").read_text("utf-8"))
RULES = load_rules(resource_dir("queries"))
D = ("--as-of", "2026-11-01")


@pytest.mark.reads_apart
def test_import_answers_for_every_file(typed_at_empty: Typed) -> None:
    answer = typed_at_empty("import", *sample_files(), "--today", "2026-11-01", "--json")
    assert answer.code == 0
    files = {Path(file["path"]).name: file for file in answer.json()["files"]}
    contracts = files["契約_基幹システム_20261031.csv"]
    assert (contracts["layout"], contracts["encoding"], contracts["read"], contracts["new"]) == (
        "contracts", "cp932", 6487, 6487,
    )  # fmt: skip
    fates = ("new", "changed", "unchanged", "duplicate", "quarantined", "held")
    assert all(file["read"] == sum(file[fate] for fate in fates) for file in files.values())
    read: dict[str, int] = {}
    for file in files.values():
        read[file["layout"]] = read.get(file["layout"], 0) + file["read"]
    assert read == EXPECTED["rows"]


def test_import_with_rows_on_hold_exits_4_and_says_where_what_and_how(typed_at_empty: Typed, tmp_path: Path) -> None:
    (tmp_path / "単組.csv").write_text("単組コード,単組名\n17001,金沢\n", "utf-8")
    (tmp_path / "名簿.csv").write_text(
        "組合員番号,単組コード,氏名,生年月日,採用年月日,雇用区分,在籍区分\n"
        "1,17001,甲,1990-02-30,2020-04-01,正規,現職\n2,17001,乙,1990-02-28,2020-04-01,正規,現職\n",
        "utf-8",
    )
    answer = typed_at_empty("import", tmp_path / "単組.csv", tmp_path / "名簿.csv")
    assert answer.code == 4
    line = next(line for line in answer.out.splitlines() if "1990-02-30" in line)
    for said in ("名簿.csv", "2行目", "「生年月日」", "1990-02-30", "存在しない日", "直して"):
        assert said in line


def test_a_refused_file_exits_1_and_says_that_nothing_changed(typed_at_empty: Typed, tmp_path: Path) -> None:
    (tmp_path / "名簿.csv").write_text("組合員番号,氏名\n1,甲\n", "utf-8")
    answer = typed_at_empty("import", tmp_path / "名簿.csv")
    assert answer.code == 1
    assert "名簿.csv" in answer.err
    assert "データは前のままです。" in answer.err


def test_count_answers_by_list_and_union(typed_at_samples: Typed) -> None:
    document = typed_at_samples("lists", "count", *D, "--json").json()
    assert document["as_of"] == "2026-11-01"
    counted = {entry["id"]: entry for entry in document["lists"]}
    for list_id, expected in EXPECTED["lists"].items():
        assert counted[list_id]["people"] == expected["people"] == sum(counted[list_id]["unions"].values())
    one = typed_at_samples("lists", "count", "fire-only", *D, "--json").json()["lists"]
    assert [entry["id"] for entry in one] == ["fire-only"]


@pytest.mark.parametrize("list_id", list(EXPECTED["lists"]))
def test_explain_agrees_with_the_list(typed_at_samples: Typed, list_id: str) -> None:
    on_it = EXPECTED["lists"][list_id]["member_no"][0]
    document = typed_at_samples("lists", "explain", list_id, on_it, *D, "--json").json()
    assert set(document) == {"list", "member_no", "as_of", "listed", "suppressed", "conditions", "from"}
    assert (document["list"], document["member_no"], document["listed"]) == (list_id, on_it, True)
    assert all(condition["met"] for condition in document["conditions"])
    assert all(set(condition) == {"text", "met", "value"} for condition in document["conditions"])


def test_explain_all_is_an_array_and_shows_who_asked_not_to_be_approached(typed_at_samples: Typed) -> None:
    documents = typed_at_samples("lists", "explain", "all", "00000153", *D, "--json").json()
    assert {document["list"] for document in documents} == {*RULES.of("people")}
    by_list = {document["list"]: document for document in documents}
    assert by_list["young-unenrolled"]["suppressed"] == "案内停止"  # a stop for 退職者団体生命, of the same family
    assert by_list["fire-only"]["suppressed"] is None


def test_lists_and_show_name_plan_parameters_and_funnel(typed_at_samples: Typed) -> None:
    assert {entry["id"] for entry in typed_at_samples("lists", "--json").json()} == {*RULES}
    shown = typed_at_samples("lists", "show", "young-unenrolled", *D, "--json").json()
    assert shown["parameters"]["young_max_age"]["value"] == 35
    assert "3(1)②ア" in shown["plan"]
    remaining = [step["remaining"] for step in shown["funnel"]]
    assert remaining == sorted(remaining, reverse=True)
    assert remaining[-1] - sum(shown["suppressed"].values()) == shown["people"] == 224


def test_a_value_from_the_command_line_changes_the_list(typed_at_samples: Typed) -> None:
    fewer = typed_at_samples("lists", "count", "young-unenrolled", *D, "--set", "young_max_age=25", "--json").json()
    assert 0 < fewer["lists"][0]["people"] < 224


def test_export_answers_with_its_workbooks_and_totals(typed_at_samples: Typed, tmp_path: Path) -> None:
    answer = typed_at_samples("export", *D, "--no-password", "--out", tmp_path / "o", "--json")
    document = answer.json()
    assert answer.code == 0
    assert document["matched"] == document["delivered"] + sum(document["suppressed"].values()) + document["unplaced"]
    for book in document["workbooks"]:
        assert (tmp_path / "o" / book["path"]).is_file()
        assert set(book) == {"union", "path", "sha256", "rows"}
    rows = [n for book in document["workbooks"] for n in book["rows"].values()]
    assert sum(rows) == document["delivered"]


def test_export_without_a_word_about_passwords_is_wrong_usage(typed_at_samples: Typed, tmp_path: Path) -> None:
    for words in ((), ("--no-password", "--password-file", tmp_path / "p")):
        answer = typed_at_samples("export", *D, "--out", tmp_path / "o", *words)
        assert answer.code == 2
        assert "--no-password" in answer.err
        assert not (tmp_path / "o").exists()


@pytest.mark.parametrize("content", ["", "\n", "17001,\n17002,abc\n", "17001\n17002\n", "17001,\n"])
def test_a_password_file_with_an_empty_password_is_refused(
    typed_at_samples: Typed, tmp_path: Path, content: str
) -> None:
    (tmp_path / "p.txt").write_text(content, "utf-8")
    answer = typed_at_samples("export", *D, "--out", tmp_path / "o", "--password-file", tmp_path / "p.txt")
    assert answer.code == 2
    assert not (tmp_path / "o").exists()


def test_there_is_no_option_that_takes_a_password_itself(typed: Typed) -> None:
    for words in (("export", "--password", "x"), ("import", "--password", "x", "f")):
        assert typed(*words).code == 2


@pytest.mark.parametrize(
    "content", ["himitu-1", "himitu-1 \n", "\ufeff himitu-1\r\n", "17003, himitu-1 \r\n17004,other\n"]
)
def test_spaces_around_a_password_are_not_part_of_it(typed_at_samples: Typed, tmp_path: Path, content: str) -> None:
    (tmp_path / "p.txt").write_text(content, "utf-8")
    words = ("--union", "17003", "--out", tmp_path / "o", "--password-file", tmp_path / "p.txt", "--json")
    book = typed_at_samples("export", *D, *words).json()["workbooks"][0]
    assert open_sealed((tmp_path / "o" / book["path"]).read_bytes(), "himitu-1")[:2] == b"PK"


def test_a_parameter_that_no_list_has_is_wrong_usage(typed_at_samples: Typed) -> None:
    answer = typed_at_samples("lists", "count", *D, "--set", "yuong_max_age=30")
    assert answer.code == 2
    assert "yuong_max_age" in answer.err


@pytest.mark.parametrize("value", ["young_max_age=若い", "max_offers=0", "young_max_age=1e999"])
def test_a_value_of_the_wrong_kind_that_was_typed_is_wrong_usage(
    typed_at_samples: Typed, tmp_path: Path, value: str
) -> None:
    answer = typed_at_samples("export", *D, "--no-password", "--out", tmp_path / "o", "--set", value)
    assert answer.code == 2
    assert value.partition("=")[0] in answer.err
    assert not (tmp_path / "o").exists()


def test_an_empty_store_is_said_not_exported(typed_at_empty: Typed, tmp_path: Path) -> None:
    answer = typed_at_empty("export", "--no-password", "--out", tmp_path / "o")
    assert answer.code == 2
    assert not (tmp_path / "o").exists()


def test_a_person_whose_only_row_is_on_hold_is_told_so(typed_at_empty: Typed, tmp_path: Path) -> None:
    (tmp_path / "u.csv").write_text("単組コード,単組名\n17001,金沢\n", "utf-8")
    (tmp_path / "m.csv").write_text(
        "組合員番号,単組コード,氏名,生年月日,採用年月日,雇用区分,在籍区分\n007,17001,甲,来春,2020-04-01,正規,現職\n",
        "utf-8",
    )
    typed_at_empty("import", tmp_path / "u.csv", tmp_path / "m.csv")
    assert "保留" in typed_at_empty("lists", "explain", "all", "007").err
    assert "登録されていません" in typed_at_empty("lists", "explain", "all", "008").err


MEMBERS = (
    "組合員番号,単組コード,氏名,生年月日,採用年月日,雇用区分,在籍区分\n0001,17001,甲,2000-05-05,2020-04-01,正規,現職\n"
)


@pytest.fixture
def one_person(typed_at_empty: Typed, tmp_path: Path) -> Typed:
    (tmp_path / "u.csv").write_text("単組コード,単組名\n17001,金沢\n", "utf-8")
    (tmp_path / "m.csv").write_text(MEMBERS, "utf-8")
    typed_at_empty("import", tmp_path / "u.csv", tmp_path / "m.csv", "--today", "2026-11-01")
    return typed_at_empty


def test_contracts_whose_member_is_not_there_are_counted_at_every_export(one_person: Typed, tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text("契約番号,組合員番号,共済種類,発効日\n1,1,団体生命,2020-04-01\n", "utf-8")
    held = one_person("import", tmp_path / "c.csv", "--json").json()
    assert (held["files"][0]["held"], held["waiting"]) == (1, 1)
    assert one_person("export", *D, "--no-password", "--out", tmp_path / "o", "--json").json()["waiting"] == 1


@pytest.mark.parametrize("written", ["大型", "大型タイプ", "大 型", "大型　タイプ"])
def test_a_type_is_known_however_it_is_written(one_person: Typed, tmp_path: Path, written: str) -> None:
    (tmp_path / "c.csv").write_text(
        f"契約番号,組合員番号,共済種類,タイプ,発効日\n1,0001,自然災害,標準タイプ,2020-04-01\n2,0001,自然災害,{written},2020-04-01\n",
        "utf-8",
    )
    one_person("import", tmp_path / "c.csv")
    explained = one_person("lists", "explain", "disaster-standard", "0001", *D, "--json").json()
    met = [condition["met"] for condition in explained["conditions"]]
    assert met[:2] == [True, True]  # the 標準 one was found
    assert not all(met)  # and the 大型 one too


def test_a_type_that_is_none_of_the_product_s_is_remarked_upon(one_person: Typed, tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text(
        "契約番号,組合員番号,共済種類,タイプ,発効日\n1,0001,自然災害,特大,2020-04-01\n", "utf-8"
    )
    answer = one_person("import", tmp_path / "c.csv")
    assert answer.code == 0
    assert "標準・大型" in answer.out


def test_a_folder_with_an_earlier_export_says_which_run_it_replaced(one_person: Typed, tmp_path: Path) -> None:
    first = one_person("export", *D, "--no-password", "--out", tmp_path / "o", "--json").json()["run"]
    assert (
        f"名簿番号 {first})と入れ替えました" in one_person("export", *D, "--no-password", "--out", tmp_path / "o").out
    )
    (tmp_path / "o" / "県支部控え" / "まとめ.xlsx").write_bytes(b"edited")
    assert one_person("export", *D, "--no-password", "--out", tmp_path / "o").code == 2


def test_json_survives_a_pipe_that_is_not_utf_8(one_person: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    from kyosai_lists.cli import terminal

    class Pipe:
        encoding = "cp932"
        written = ""

        def write(self, text: str) -> None:
            self.written += text.encode("cp932").decode("cp932")

    pipe = Pipe()
    monkeypatch.setattr(terminal.sys, "stdout", pipe)
    terminal.as_document({"氏名": "𠮷田"})
    assert json.loads(pipe.written) == {"氏名": "𠮷田"}


def test_a_store_that_was_moved_away_is_missed_not_made_anew(one_person: Typed, tmp_path: Path) -> None:
    for path in (tmp_path / "w").glob("kyosai.db*"):
        path.unlink()
    answer = one_person("lists", "count")
    assert answer.code == 1
    assert "kyosai.db が見つかりません" in answer.err
    assert not (tmp_path / "w" / "kyosai.db").exists()


def test_init_answers_a_program_too(typed: Typed, tmp_path: Path) -> None:
    assert typed("init", "石川", "--pref", "17", "--json").json()["prefectures"] == ["17"]
