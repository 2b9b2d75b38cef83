"""What can be known of a rule before it runs: its tables, columns, joins, marks, functions and values."""

from pathlib import Path

import pytest

from kyosai_lists.errors import RuleError
from kyosai_lists.paths import resource_dir
from kyosai_lists.segments.rulebook import MAIN_LISTS, load_rules

from .rulefile import AGE_LINE, FROM_LINE, FRONT, PARAMETER, SELECT_LINE, SQL, loaded, with_condition

DATES = '[dates]\nborn_from = "earliest_birth(limit)"\n'
BORN = with_condition("m.born_on >= :born_from")


def refusal(folder: Path, front: str = FRONT, sql: str = SQL) -> RuleError:
    with pytest.raises(RuleError) as caught:
        loaded(folder, front, sql)
    assert str(caught.value).startswith(f"{caught.value.place}: ")
    assert caught.value.todo.endswith(("。", "です。"))
    return caught.value


def line_of(key: str, front: str) -> int:
    """Where the front matter speaks of `key`; the file begins with a line before it."""
    return next(
        n for n, line in enumerate(front.splitlines(), 2) if line.startswith((f"{key} =", f"[parameters.{key}]"))
    )


def test_the_rules_that_come_with_the_product_are_good_and_the_main_four_are_there() -> None:
    assert set(MAIN_LISTS) <= load_rules(resource_dir("queries")).keys()


@pytest.mark.parametrize(
    "sql",
    [
        SQL,
        with_condition("(m.age < 3 OR (m.age > 5 AND m.age < 9))"),
        with_condition("(m.age BETWEEN 3 AND 5 OR m.age = 9)"),
        with_condition("COALESCE(m.kana, '') <> '' AND m.age < 3"),
        with_condition("m.born_on < :fiscal_year_start").replace("30歳以下", "{fiscal_year_start}より前の生まれ"),
        SQL.replace("people m", "people m JOIN unions u ON u.union_code = m.union_code"),
        SQL.replace("people m", "people m LEFT JOIN held h ON h.member_key = m.member_key AND h.product = 'fire'"),
        SQL.replace("SELECT m.member_key", "SELECT m.member_key, CASE WHEN m.age = 1 THEN 'a' ELSE '' END AS note"),
        with_condition("EXISTS (SELECT 1 FROM enrolled e WHERE e.member_key = m.member_key AND e.state = 'applied')"),
        with_condition("(SELECT COUNT(*) FROM held h WHERE h.member_key = m.member_key) > 1"),
    ],
)
def test_a_good_rule_is_taken(tmp_path: Path, sql: str) -> None:
    assert loaded(tmp_path, sql=sql.replace("AND m.age < 3  --", "-- 何か\n  AND m.age < 3 --")).id == "trial"


@pytest.mark.parametrize(
    ("sql", "line", "said"),
    [
        # a part of the store that is no relation, a column that is none
        (with_condition("EXISTS (SELECT 1 FROM members x WHERE x.name = 'a')"), AGE_LINE, "members AS x という表は"),
        (SQL.replace("people m", "main.people m"), FROM_LINE, "main.people AS m という表は"),
        (with_condition("EXISTS (SELECT 1 FROM pg_read_file('x') x)"), AGE_LINE, "という表はありません。"),
        ("\nSELECT m.member_key\nFROM held m\nWHERE m.units = 1  -- 1口である\n", FROM_LINE, "FROM は people m で"),
        (SQL.replace("people m", "people p").replace("m.", "p."), FROM_LINE, "FROM は people m で始めます。"),
        (with_condition("m.aeg <= 30"), AGE_LINE, "m.aeg という列はありません。"),
        (with_condition("age <= 30"), AGE_LINE, "age という列はありません。"),
        (with_condition("h.units <= 30"), AGE_LINE, "h.units という列はありません。"),
        (SQL.replace("SELECT m.member_key", "SELECT m.*"), SELECT_LINE, "* は使えません。"),
        (SQL.replace("SELECT m.member_key", "SELECT *"), SELECT_LINE, "* は使えません。"),
        # joins that double people or lose them
        (SQL.replace("people m", "people m\nJOIN held h ON h.member_key = m.member_key"), FROM_LINE + 1, "LEFT JOIN"),
        (SQL.replace("people m", "people m, held h"), FROM_LINE, "LEFT JOIN"),
        (SQL.replace("people m", "people m, unions u"), FROM_LINE, "LEFT JOIN"),
        (SQL.replace("people m", "people m JOIN unions u ON u.pref = m.pref"), FROM_LINE, "LEFT JOIN"),
        (SQL.replace("people m", "people m FULL JOIN unions u ON u.union_code = m.union_code"), FROM_LINE, "LEFT JOIN"),
        # AND and OR
        (with_condition("(m.age < 3 OR m.age > 5 AND m.age < 9)"), AGE_LINE, "AND と OR がかっこなしで"),
        (with_condition("(m.age < 3 AND m.age > 5 OR m.age < 9)"), AGE_LINE, "AND と OR がかっこなしで"),
        (with_condition("(NOT m.age < 3 AND m.age > 5 OR m.age < 9)"), AGE_LINE, "AND と OR がかっこなしで"),
        (with_condition("EXISTS (SELECT 1 FROM held h\n WHERE h.units = 1 AND h.units = 2 OR h.units = 3)"), AGE_LINE + 1, "AND と OR"),
        (SQL.replace("m.member_key\n", "m.member_key, CASE WHEN m.age = 1 OR m.age = 2 AND m.sex = 'f' THEN 'a' END AS n\n"), SELECT_LINE, "AND と OR"),
        # marks
        (with_condition("m.age <= :limit"), AGE_LINE, ":limit は先頭の説明にありません。"),
        (with_condition("m.age <= @limit"), AGE_LINE, "@limit は先頭の説明にありません。"),
        (with_condition("m.age <= ?"), AGE_LINE, "先頭の説明にありません。"),
        (with_condition("m.name <> ' :limit'"), AGE_LINE, "文字の中に :limit と書くことはできません。"),
        (SQL.replace("30歳以下", "{limit}歳以下"), AGE_LINE, "条件の説明の {limit} という数はありません。"),
        # the clock, the disk, the database
        (with_condition("m.born_on < CURRENT_DATE"), AGE_LINE, "CURRENT_DATE という関数は使えません。"),
        (with_condition("load_extension('x') = 1"), AGE_LINE, "load_extension という関数は使えません。"),
        (with_condition("pg_sleep(9) = 1"), AGE_LINE, "pg_sleep という関数は使えません。"),
        (with_condition("set_config('role', 'x', TRUE) = 'x'"), AGE_LINE, "set_config という関数は使えません。"),
        # columns
        (SQL.replace("SELECT m.member_key", "SELECT m.age"), SELECT_LINE, "SELECT の最初の列は m.member_key です。"),
        (SQL.replace("SELECT m.member_key", "SELECT m.name AS member_key"), SELECT_LINE, "SELECT の最初の列は"),
        (SQL.replace("SELECT m.member_key", "SELECT m.member_key, m.age + 1"), SELECT_LINE, "SELECT の列に名前がないか"),
        (SQL.replace("SELECT m.member_key", "SELECT m.member_key, m.age, m.kana AS age"), SELECT_LINE, "同じ名前の列"),
    ],
)  # fmt: skip
def test_a_rule_with_a_fault_is_refused_where_it_stands(tmp_path: Path, sql: str, line: int, said: str) -> None:
    error = refusal(tmp_path, sql=sql)
    assert error.place == f"queries/trial.sql:{line}"
    assert said in str(error)


@pytest.mark.parametrize(
    ("front", "sql", "said"),
    [
        (FRONT.replace('"group_life"', '"団体生命"'), SQL, "offers の 団体生命 という共済種類はありません。"),
        (FRONT + PARAMETER, SQL, "limit はどこにも使われていません。"),
        (FRONT + DATES.replace("limit", "35"), SQL, "born_from はどこにも使われていません。"),
        (FRONT + DATES, BORN, "dates.born_from の limit は parameters にある数ではありません。"),
        (FRONT + PARAMETER.replace("30", '"as_of"') + DATES, BORN, "dates.born_from の limit は parameters にある数"),
        (FRONT + PARAMETER + DATES.replace("earliest_birth", "latest"), BORN, "dates.born_from の書き方が違います。"),
        (FRONT + PARAMETER + DATES.replace("(limit)", ""), BORN, "dates.born_from の書き方が違います。"),
        (
            FRONT + PARAMETER.replace("30", '"やがて"'),
            with_condition("m.leaving_on <= :limit"),
            "limit の default は日付では",
        ),
        (
            FRONT + PARAMETER.replace("limit", "as_of"),
            with_condition("m.age <= :as_of"),
            "as_of という名前は使えません。",
        ),
        (
            FRONT + PARAMETER.replace("limit", "explained_member_3"),
            with_condition("m.age <= :explained_member_3"),
            "explained_member_3 という名前は使えません。",
        ),
        (FRONT + '[dates]\nas_of = "days_after(3)"\n', with_condition("m.born_on < :as_of"), "as_of という名前は"),
        (FRONT.replace("{age}", "{aeg}"), SQL, "reason の {aeg} にあたる列がありません。"),
        (FRONT.replace('hint = ""', 'hint = "{aeg}"'), SQL, "hint に {aeg} は使えません。"),
        (FRONT.replace('hint = ""', 'hint = "{age}歳"'), SQL, "hint に {age} は使えません。"),
    ],
)
def test_a_front_matter_that_does_not_fit_the_rule_is_refused(tmp_path: Path, front: str, sql: str, said: str) -> None:
    error = refusal(tmp_path, front, sql)
    key = said.split(" ", 1)[0].rpartition(".")[2]
    assert error.place == f"queries/trial.sql:{line_of(key, front)}"
    assert said in error.happened


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("m.age <= '35'", "m.age(数) と '35'(文字) は"),
        ("'35' >= m.age", "'35'(文字) と m.age(数) は"),
        ("m.age BETWEEN 20 AND '35'", "m.age(数) と '35'(文字) は"),
        ("m.age IN (35, '36')", "m.age(数) と '36'(文字) は"),
        ("m.union_code = 17001", "m.union_code(文字) と 17001(数) は"),
        ("m.born_on >= 19900401", "m.born_on(日付) と 19900401(数) は"),
        ("m.born_on >= '1990/04/01'", "m.born_on(日付) と '1990/04/01'(文字) は"),
        ("m.born_on >= '1990-4-1'", "m.born_on(日付) と '1990-4-1'(文字) は"),
        ("m.born_on > m.age", "m.born_on(日付) と m.age(数) は"),
        ("m.age <= :fiscal_year_end", "m.age(数) と :fiscal_year_end(日付) は"),
        ("m.born_on >= :limit", "m.born_on(日付) と :limit(数) は"),
        ("EXISTS (SELECT 1 FROM held h WHERE h.member_key = m.member_key AND h.units < '5')", "h.units(数) と '5'(文字)"),
    ],
)  # fmt: skip
def test_what_sqlite_would_compare_without_a_word_is_refused(tmp_path: Path, condition: str, said: str) -> None:
    front = FRONT + (PARAMETER if ":limit" in condition else "")
    error = refusal(tmp_path, front, with_condition(condition))
    assert error.place == f"queries/trial.sql:{AGE_LINE + (3 if ':limit' in condition else 0)}"
    assert said in error.happened


@pytest.mark.parametrize(
    "condition",
    ["m.born_on < '1990-04-01'", "m.age > -1", "m.leaving_on <= :limit", "m.hired_on BETWEEN :as_of AND :fiscal_year_end",
     "LENGTH(m.name) > 3", "CASE WHEN m.age > 3 THEN 'a' END = 'a'", "m.age IN (SELECT n.age FROM people n)"],
)  # fmt: skip
def test_what_is_of_one_kind_may_be_compared(tmp_path: Path, condition: str) -> None:
    front = FRONT + (PARAMETER.replace("30", '"2030-03-31"') if ":limit" in condition else "")
    assert loaded(tmp_path, front, with_condition(condition)).id == "trial"


def test_a_declared_parameter_is_marked_with_a_colon_and_with_nothing_else(tmp_path: Path) -> None:
    error = refusal(tmp_path, FRONT + PARAMETER, with_condition("(m.age <= :limit OR m.age = @limit)"))
    assert error.happened == f"queries/trial.sql:{AGE_LINE + 3}: @limit は先頭の説明にありません。"
