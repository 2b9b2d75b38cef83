"""Lists of unions as they are typed: listed, shown, counted, refused for a person, checked, exported without a password."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kyosai_lists.paths import resource_dir
from kyosai_lists.usecases.workspace import Workspace
from tests.cli.running import Typed, typed_into

D = ("--as-of", "2026-11-01")
ABOUT_UNIONS = (
    *("union-not-participating", "union-joint-enrolment-missed", "union-low-enrolment", "union-model"),
    *("union-cali-agreement", "union-attachment", "branch-priority"),
)
MODEL = (resource_dir("queries") / "union-model.sql").read_text("utf-8")


@pytest.fixture
def branch(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Typed]:
    """`branch(sqlite_branch)`: a copy of it that may be written to; further words are rule files, `own="…"`."""

    def make(of: Workspace, **rules: str) -> Typed:
        of.engine.dispose()
        shutil.copytree(of.folder, tmp_path / "w")
        (tmp_path / "w" / "queries").mkdir(exist_ok=True)
        for name, text in rules.items():
            (tmp_path / "w" / "queries" / f"{name}.sql").write_text(text, "utf-8")
        return typed_into(tmp_path / "w", capsys, monkeypatch)

    return make


def test_they_stand_in_the_overview_by_their_kind(typed_at_samples: Typed) -> None:
    kinds = {entry["id"]: entry["kind"] for entry in typed_at_samples("lists", "--json").json()}
    assert {list_id for list_id, kind in kinds.items() if kind == "unions"} == set(ABOUT_UNIONS)


def test_counts_are_of_unions_and_of_prefectures(typed_at_samples: Typed) -> None:
    words = ("union-cali-agreement", "branch-priority", "fire-only", *D, "--json")
    counted = {entry["id"]: entry for entry in typed_at_samples("lists", "count", *words).json()["lists"]}
    unions = dict.fromkeys(("17003", "17004", "17006", "17011"), 1)
    assert counted["union-cali-agreement"] == {
        "id": "union-cali-agreement", "kind": "unions", "people": 4, "unions": unions,
    }  # fmt: skip
    priority = counted["branch-priority"]
    assert (priority["people"], priority["unions"], priority["prefectures"]) == (0, {}, {})
    assert counted["fire-only"].keys() == {"id", "people", "unions"}
    said = typed_at_samples("lists", "count", "union-cali-agreement", *D).out
    assert "自賠責 協定未締結単組" in said
    assert "17003" in said


def test_shown_with_numbers_and_a_funnel_of_unions(typed_at_samples: Typed) -> None:
    shown = typed_at_samples("lists", "show", "union-low-enrolment", *D, "--set", "low_rate=101", "--json").json()
    assert shown["parameters"]["low_rate"]["value"] == 101
    assert [step["remaining"] for step in shown["funnel"]] == [shown["people"]] == [12]
    said = typed_at_samples("lists", "show", "branch-priority", *D).out
    assert "national_rate = 未設定" in said
    assert "「全国の減少率が分かる" in said


def test_without_the_nation_a_branch_may_say_the_national_rate(typed_at_samples: Typed) -> None:
    words = ("branch-priority", *D, "--set", "least_decrease=-100000", "--set", "national_rate=-1000", "--json")
    counted = typed_at_samples("lists", "count", *words).json()["lists"][0]
    assert counted["prefectures"] == {"17": 1}


def test_why_a_person_is_on_it_cannot_be_asked(typed_at_samples: Typed) -> None:
    answer = typed_at_samples("lists", "explain", "union-model", "00000153", *D)
    assert answer.code == 2
    assert "単組のリスト" in answer.err
    everything = typed_at_samples("lists", "explain", "all", "00000153", *D, "--json").json()
    assert not {entry["list"] for entry in everything} & set(ABOUT_UNIONS)


def test_an_export_of_unions_alone_names_nobody_and_needs_no_password(
    branch: Callable[..., Typed], sqlite_branch: Workspace, tmp_path: Path
) -> None:
    typed = branch(sqlite_branch)
    lists = [word for list_id in ABOUT_UNIONS for word in ("--list", list_id)]
    answer = typed("export", *lists, *D, "--out", tmp_path / "o", "--json")
    assert answer.code == 0
    document = answer.json()
    assert (document["workbooks"], document["matched"]) == ([], 0)
    assert document["union_lists"]["path"] == "県支部控え/単組リスト.xlsx"
    assert document["union_lists"]["rows"].keys() == set(ABOUT_UNIONS)
    assert set(document["union_lists"]["notes"]) >= {"branch-priority"}
    said = typed("export", *lists, *D, "--out", tmp_path / "p").out
    assert "モデル単組 目標と未加入者" in said
    with_people = typed("export", *lists, "--list", "fire-only", *D, "--out", tmp_path / "q")
    assert with_people.code == 2
    assert "--no-password" in with_people.err


def test_a_campaign_may_name_them(branch: Callable[..., Typed], sqlite_branch: Workspace, tmp_path: Path) -> None:
    typed = branch(sqlite_branch)
    (tmp_path / "c.csv").write_text(
        "募集コード,募集名,種別,県コード,単組コード,開始日,終了日,発行日数前,対象リスト\n"
        "U,単組訪問,スポット,17,17003;17004,2026-11-16,2026-12-18,14,union-cali-agreement;union-model\n",
        "utf-8",
    )
    typed("import", tmp_path / "c.csv", "--today", "2026-11-01")
    document = typed("export", "--campaign", "U", "--out", tmp_path / "o", "--json").json()
    assert document["as_of"] == "2026-11-16"
    assert document["union_lists"]["rows"] == {"union-cali-agreement": 2, "union-model": 0}


def test_a_branch_s_own_list_of_unions_is_checked_and_counted(
    branch: Callable[..., Typed], sqlite_branch: Workspace
) -> None:
    own = MODEL.replace("u.model_union = 'yes'", "u.model_union = 'no'")
    typed = branch(sqlite_branch, own=own, slip=MODEL.replace("fiscal-year-staff", "fiscal-year-staf"))
    checked = typed("lists", "check", "own")
    assert checked.code == 0, checked.err
    assert typed("lists", "count", "own", *D, "--json").json()["lists"][0]["people"] == 11
    slip = typed("lists", "check", "slip")
    assert slip.code == 1
    assert "fiscal-year-staf" in slip.out + slip.err
    assert typed("lists", "count", "slip", *D).code == 1
