"""A rule about unions is held to one row for each union or prefecture, to figures, and to columns that have a heading."""

from pathlib import Path

import pytest

from kyosai_lists.segments.rulebook import load_rules, read_draft

from .rulefile import rule_file

FRONT = """\
kind = "unions"
title = "試し"
plan = ["3(5)①イ"]
priority = 50

[columns.people]
heading = "在職者(人)"
kind = "number"
"""
SQL = """
SELECT u.union_code, f.in_service AS people
FROM unions u
LEFT JOIN union_figures f ON f.union_code = u.union_code
WHERE f.in_service > 0  -- 在職者がいる
"""
BRANCH = """
SELECT p.pref, f.group_life_contracts AS people
FROM prefectures p
LEFT JOIN prefecture_figures f ON f.pref = p.pref
LEFT JOIN nation n ON 1 = 1
WHERE n.is_whole = 1  -- 全国がそろっている
"""
NAMED = "EXISTS (SELECT 1 FROM people m WHERE m.union_code = u.union_code AND m.age < 20)"


def said(folder: Path, front: str = FRONT, sql: str = SQL) -> str:
    return " ".join(f.what for f in read_draft(rule_file(folder, front, sql), own=True).findings)


@pytest.mark.parametrize(
    "sql", [SQL, BRANCH, SQL.replace("f.in_service > 0", NAMED)], ids=["unions", "prefectures", "people_asked"]
)
def test_a_good_rule_is_taken(tmp_path: Path, sql: str) -> None:
    assert not said(tmp_path, sql=sql)


@pytest.mark.parametrize(
    ("sql", "what"),
    [
        (SQL.replace("unions u", "people u"), "FROM は unions u か prefectures p で始めます。"),
        (SQL.replace("unions u", "unions x").replace("u.", "x."), "FROM は unions u か prefectures p で始めます。"),
        (SQL.replace("LEFT JOIN", "JOIN"), "LEFT JOIN を使います。"),
        (SQL.replace("union_figures f", "people f"), "つなげるのは union_figures"),
        (SQL.replace("f.union_code = u.union_code", "f.union_code = f.union_code"), "つなげるのは union_figures"),
        (SQL.replace("f.union_code = u.union_code", "1 = 1"), "つなげるのは union_figures"),
        (SQL.replace("SELECT u.union_code", "SELECT f.union_code"), "SELECT の最初の列は u.union_code です。"),
        (BRANCH.replace("SELECT p.pref", "SELECT f.pref"), "SELECT の最初の列は p.pref です。"),
        (SQL.replace("AS people", "AS persons"), "SELECT の列と、先頭の説明の columns が合いません。"),
        # a person's name is no figure
        (SQL.replace("f.in_service AS", "(SELECT MIN(m.name) FROM people m) AS"), "かっこの中の SELECT は使えません。"),
        (SQL.replace("f.in_service AS", "f.member_key AS"), "f.member_key という列はありません。"),
        (SQL.replace("> 0", "> :limit"), ":limit は先頭の説明にありません。"),
    ],
)  # fmt: skip
def test_a_row_that_could_be_doubled_lost_or_a_person_s_is_refused(tmp_path: Path, sql: str, what: str) -> None:
    assert what in said(tmp_path, sql=sql)


@pytest.mark.parametrize(
    ("front", "what"),
    [
        (FRONT.replace('"unions"', '"union"'), "先頭の説明の kind が違います。"),
        (FRONT.replace("priority = 50", 'priority = 50\noffers = "fire"'), "先頭の説明の offers は使えません。"),
        (FRONT.replace('"number"', '"money"'), "columns.people には heading(見出し)と kind"),
        (FRONT.replace('heading = "在職者(人)"\n', ""), "columns.people には heading(見出し)と kind"),
        (FRONT[: FRONT.index("[columns")], "先頭の説明に columns がありません。"),
        (FRONT.replace('"number"', '"text"\nlists = ["fire-only"]'), "columns.people には heading(見出し)と kind"),
    ],
)
def test_columns_are_described(tmp_path: Path, front: str, what: str) -> None:
    assert what in said(tmp_path, front)


def test_a_list_of_people_knows_no_figures(tmp_path: Path) -> None:
    people = 'title = "a"\noffers = "fire"\nplan = []\npriority = 1\ndocument = "b"\nreason = "c"\nhint = ""\n'
    sql = "\nSELECT m.member_key\nFROM people m\nLEFT JOIN union_figures f ON f.union_code = m.union_code\nWHERE f.fire > 1  -- a\n"
    assert "union_figures AS f という表はありません。" in said(tmp_path, people, sql)


@pytest.mark.parametrize("counted", ["no-such-list", "trial", "other"])
def test_people_are_counted_of_lists_of_people_that_are_there(tmp_path: Path, counted: str) -> None:
    (tmp_path / "built-in").mkdir()
    column = f'[columns.listed]\nheading = "人"\nkind = "number"\nlists = ["{counted}"]\n'
    rule_file(tmp_path, FRONT + column, SQL)
    rule_file(tmp_path, FRONT, SQL, name="other")
    rules = load_rules(tmp_path / "built-in", tmp_path)
    assert list(rules) == ["other"]
    assert counted in rules.wrong["trial"].findings[0].what


def test_a_number_without_a_default_is_unknown_until_it_is_set(tmp_path: Path) -> None:
    front = FRONT + '[parameters.limit]\nmeaning = "下限(人)"\n'
    path = rule_file(tmp_path, front, SQL.replace("> 0", "> :limit"))
    draft = read_draft(path, own=True)
    assert not draft.findings
    assert draft.usable().parameters["limit"].default is None
    assert "dates.day の limit は parameters にある数ではありません。" in said(
        tmp_path, front + '[dates]\nday = "days_after(limit)"\n', SQL.replace("> 0", "> :limit")
    )
