"""`lists diff`: what a clerk reads and what a program reads."""

from pathlib import Path

import pytest

from tests.cli.running import Typed

DAYS = ("--from", "2026-11-01", "--to", "2027-04-01")
YOUNG = ("lists", "diff", "young-unenrolled")


def test_two_days_are_answered_with_reasons_and_people(typed_at_samples: Typed) -> None:
    document = typed_at_samples(*YOUNG, *DAYS, "--json").json()
    assert set(document) == {"list", "title", "from", "to", "came", "left", "remarks"}
    sides = [(document[side]["as_of"], document[side]["people"]) for side in ("from", "to")]
    counted = [
        typed_at_samples("lists", "count", "young-unenrolled", "--as-of", day, "--json").json()["lists"][0]["people"]
        for day in ("2026-11-01", "2027-04-01")
    ]
    assert sides == [("2026-11-01", counted[0]), ("2027-04-01", counted[1])]
    assert counted[1] - counted[0] == document["came"]["people"] - document["left"]["people"]
    for moved in (document["came"], document["left"]):
        assert moved["people"] == len(moved["members"]) == sum(reason["people"] for reason in moved["reasons"]) > 0
        assert set(moved["members"][0]) == {
            *("member_no", "name", "union", "union_name", "conditions", "suppressed", "remark"),
        }


def test_on_the_screen_reasons_come_first_then_a_screenful_of_people(typed_at_samples: Typed) -> None:
    document = typed_at_samples(*YOUNG, *DAYS, "--json").json()
    out = typed_at_samples(*YOUNG, *DAYS).out
    came = document["came"]
    assert f"新しく載る人 {came['people']}人" in out
    assert out.index("採用2年目以降である") < out.index(came["members"][0]["member_no"])
    shown = [one["member_no"] for one in came["members"] if one["member_no"] in out.split("載らなくなる人")[0]]
    assert shown == [one["member_no"] for one in came["members"]][:20]
    assert f"ほか{came['people'] - 20}人" in out
    assert "今登録されているデータ" in out


def test_a_parameter_is_for_both_days(typed_at_samples: Typed) -> None:
    document = typed_at_samples(*YOUNG, *DAYS, "--set", "young_max_age=25", "--json").json()
    assert document["from"]["parameters"] == document["to"]["parameters"] == {"young_max_age": "25"}
    assert any("25歳以下である" in reason["conditions"] for reason in document["left"]["reasons"])


def test_two_runs_are_compared_by_their_folders(typed_at_samples: Typed, tmp_path: Path) -> None:
    (tmp_path / "p.txt").write_text("himitu-1", "utf-8")
    runs = []
    for name, day, sealing in (
        ("a", DAYS[1], ("--no-password",)),
        ("b", DAYS[3], ("--password-file", tmp_path / "p.txt")),
    ):
        words = ("--union", "17003", "--list", "young-unenrolled", "--out", tmp_path / name, "--json")
        runs.append(typed_at_samples("export", "--as-of", day, *words, *sealing).json()["run"])
    words = ("--from-run", tmp_path / "a", "--to-run", tmp_path / "b", "--password-file", tmp_path / "p.txt")
    document = typed_at_samples(*YOUNG, *words, "--json").json()
    assert [document[side]["run"] for side in ("from", "to")] == runs
    assert {one["union"] for one in document["came"]["members"]} == {"17003"}
    assert f"名簿番号 {runs[0]}" in typed_at_samples(*YOUNG, *words).out


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--to", "2027-04-01"),
        ("--from-run", "a"),
        ("--from", "2026-11-01", "--to-run", "b"),
        ("--from-run", "a", "--to-run", "b", "--set", "young_max_age=30"),
        (*DAYS, "--password-file", "p"),
    ],
    ids=str,
)
def test_what_is_to_be_compared_must_be_clear(typed_at_samples: Typed, words: tuple[str, ...]) -> None:
    answer = typed_at_samples(*YOUNG, *words)
    assert answer.code == 2
    assert "何と何を比べるのか" in answer.err


def test_a_folder_that_is_no_export_is_said(typed_at_samples: Typed, tmp_path: Path) -> None:
    answer = typed_at_samples(*YOUNG, "--from-run", tmp_path, "--to-run", tmp_path)
    assert answer.code == 2
    assert "名簿を出したフォルダーではありません" in answer.err
    assert typed_at_samples("lists", "diff", "no-such-list", *DAYS).code == 2
