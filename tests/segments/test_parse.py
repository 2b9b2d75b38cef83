"""From a rule file to its parts: front matter, one SELECT, and each top-level condition with its sentence."""

from pathlib import Path

import pytest

from kyosai_lists.errors import RuleError
from kyosai_lists.segments.parse import parse_rule
from kyosai_lists.segments.rule import Condition, Rule

from .rulefile import AGE_LINE, FRONT, PARAMETER, SELECT_LINE, SQL, STATUS_LINE, rule_file, with_condition

IN_SERVICE = Condition("m.status IN ('active', 'leave')", "在職中である", STATUS_LINE)


def parsed(path: Path) -> Rule:
    return parse_rule(path, own=True).usable()


def refusal(path: Path) -> RuleError:
    with pytest.raises(RuleError) as caught:
        parsed(path)
    assert str(caught.value).startswith(f"{caught.value.place}: ")
    assert "データは前のままです。" in str(caught.value)
    return caught.value


def test_a_good_rule_comes_apart_into_exact_slices(tmp_path: Path) -> None:
    rule = parsed(rule_file(tmp_path, FRONT + PARAMETER, SQL.replace("30  -- 30歳", ":limit  -- {limit}歳")))
    assert (rule.id, rule.title, rule.offers, rule.plan) == ("trial", "試し", "group_life", ("1(2)団生オ",))
    assert (rule.priority, rule.discreet, rule.reason, rule.hint) == (50, False, "{age}歳", "")
    assert rule.from_sql == "FROM people m"
    assert rule.outputs == ("member_key",)
    assert rule.conditions[0].text == IN_SERVICE.text
    assert rule.conditions[1] == Condition("m.age <= :limit", "{limit}歳以下である", AGE_LINE + 3)
    assert (rule.parameters["limit"].default, rule.parameters["limit"].meaning) == (30, "上限の年齢(歳)")


@pytest.mark.parametrize(
    "condition",
    [
        "m.age BETWEEN 20 AND 30",
        "m.age BETWEEN (CASE WHEN m.age BETWEEN 1 AND 2 THEN 1 ELSE 2 END) AND 30",
        "CASE WHEN m.age = 1 AND m.name = 'END' THEN 1 ELSE 0 END = 1",
        "m.name <> '-- これは名前'",
        "m.name <> 'それは''--''である'",
        "(m.age < 3 OR m.age > 5 AND m.age < 9)",
        "m.age IS DISTINCT FROM 30",
        "NOT EXISTS (SELECT 1 FROM held h WHERE h.member_key = m.member_key AND h.product = 'fire')",
        "m.name LIKE '% AND %'",
    ],
)
def test_a_condition_is_one_piece_whatever_stands_in_it(tmp_path: Path, condition: str) -> None:
    rule = parsed(rule_file(tmp_path, sql=with_condition(condition)))
    assert rule.conditions == (IN_SERVICE, Condition(condition, "30歳以下である", AGE_LINE))
    assert rule.from_sql == "FROM people m"


def test_the_sentence_may_stand_inside_a_long_condition(tmp_path: Path) -> None:
    condition = "NOT EXISTS (SELECT 1 FROM held h -- 加入していない\n WHERE h.member_key = m.member_key)"
    rule = parsed(rule_file(tmp_path, sql=with_condition(condition).replace("  -- 30歳以下である", "")))
    first, second = rule.conditions[1].sql.split("\n")
    assert (first.strip(), second.strip()) == ("NOT EXISTS (SELECT 1 FROM held h", "WHERE h.member_key = m.member_key)")
    assert rule.conditions[1].text == "加入していない"


@pytest.mark.parametrize(
    ("sql", "runs"),
    [
        (SQL.rstrip(), "m.age <= 30"),  # no line end at the end
        (SQL + ";\n", "m.age <= 30"),
        (with_condition("m.age <= 30 /* -- :gone */"), "m.age <= 30"),
        (SQL.replace("30歳以下である", "(例) :gone である"), "m.age <= 30"),
    ],
)
def test_what_runs_holds_no_comment_and_no_semicolon(tmp_path: Path, sql: str, runs: str) -> None:
    rule = parsed(rule_file(tmp_path, sql=sql))
    assert rule.sql.endswith(runs)
    assert rule.conditions[1].sql == runs
    assert "gone" not in rule.sql


def test_a_windows_file_is_the_same_rule(tmp_path: Path) -> None:
    path = rule_file(tmp_path)
    plain = parsed(path)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert parsed(path) == plain


def test_a_file_that_is_not_utf_8_is_refused_and_not_half_read(tmp_path: Path) -> None:
    path = rule_file(tmp_path)
    path.write_bytes(path.read_text("utf-8").encode("cp932"))
    assert refusal(path).happened == "queries/trial.sql:1: 文字がUTF-8ではありません。"


def test_a_file_without_front_matter_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "trial.sql"
    path.write_text(SQL, "utf-8")
    assert refusal(path).happened.startswith("queries/trial.sql:1: 先頭に /*--- と ---*/")


@pytest.mark.parametrize(
    ("front", "line", "named"),
    [
        (FRONT + "colour = 1\n", 9, "colour は使えません"),
        (FRONT + 'discreet = "no"\n', 9, "discreet の書き方が違います"),
        (FRONT + "parameters = 3\n", 9, "parameters の書き方が違います"),
        (FRONT + "dates = 3\n", 9, "dates の書き方が違います"),
        (FRONT + "[parameters]\nlimit = 3\n", 10, "parameters.limit には"),
        (FRONT + "[parameters.limit]\ndefault = 3\n", 9, "parameters.limit には"),
        (FRONT + '[parameters.limit]\ndefault = true\nmeaning = "歳"\n', 9, "parameters.limit には"),
        (FRONT + '[parameters.limit]\ndefault = [3]\nmeaning = "歳"\n', 9, "parameters.limit には"),
        (FRONT + "[parameters.limit]\ndefault = 3\nmeaning = 3\n", 9, "parameters.limit には"),
        (FRONT.replace('"1(2)団生オ"', "1"), 4, "plan に文字でないものがあります"),
        (FRONT + "x = = 1\n", 9, "先頭の説明を読めません"),
        *(
            (FRONT.replace(f"{name} = ", f"# {name} = "), 1, f"{name} がありません")
            for name in ("title", "offers", "plan")
        ),
        *((FRONT.replace(name, '""'), line, "が空です") for line, name in ((2, '"試し"'), (3, '"group_life"'))),
        (FRONT.replace("priority = 50", 'priority = "50"'), 5, "priority の書き方が違います"),
        (FRONT.replace("priority = 50", "priority = true"), 5, "priority の書き方が違います"),
    ],
)
def test_a_front_matter_with_a_slip_is_refused(tmp_path: Path, front: str, line: int, named: str) -> None:
    error = refusal(rule_file(tmp_path, front))
    assert error.place == f"queries/trial.sql:{line}"
    assert named in error.happened


@pytest.mark.parametrize(
    ("sql", "line", "said"),
    [
        (SQL.replace("  -- 30歳以下である", ""), AGE_LINE, "条件に、その意味を書いた「-- …」がありません。"),
        (SQL.replace("30歳以下である", ""), AGE_LINE, "条件に、その意味を書いた「-- …」がありません。"),
        (with_condition("m.name <> '-- 名前'").replace("  -- 30歳以下である", ""), AGE_LINE, "条件に、その意味を"),
        (
            SQL.replace("  -- 在職中である", " /* 在職 */"),
            STATUS_LINE,
            "条件に、その意味を書いた「-- …」がありません。",
        ),
        (SQL.replace("AND m.age", "OR m.age"), AGE_LINE, "いちばん外側に OR があります。"),
        (with_condition("m.age < 30\n  OR m.age > 60"), AGE_LINE + 1, "いちばん外側に OR があります。"),
        (SQL + "ORDER BY m.age\n", AGE_LINE + 1, "ORDER BY は使えません。"),
        (SQL + "GROUP BY m.age\n", AGE_LINE + 1, "GROUP BY は使えません。"),
        (SQL + "LIMIT 3\n", AGE_LINE + 1, "LIMIT は使えません。"),
        (SQL + "OFFSET 3\n", AGE_LINE + 1, "OFFSET は使えません。"),
        ("\nWITH people AS (SELECT 1 AS member_key) " + SQL.strip(), SELECT_LINE, "WITH は使えません。"),
        (SQL + "FOR UPDATE\n", SELECT_LINE, "FOR UPDATE は使えません。"),
        (SQL + "; SELECT 1\n", SELECT_LINE - 1, "SELECT文を一つだけ書きます。"),
        (SQL + "UNION SELECT m.member_key FROM people m\n", SELECT_LINE - 1, "SELECT文を一つだけ書きます。"),
        ("\nINSERT INTO people VALUES (1)\n", SELECT_LINE - 1, "SELECT文を一つだけ書きます。"),
        ("\nDELETE FROM people m WHERE m.age > 1 -- 消す\n", SELECT_LINE - 1, "SELECT文を一つだけ書きます。"),
        ("\nATTACH 'x.db' AS x\n", SELECT_LINE, "SQLとして読めません。"),
        ("\n", SELECT_LINE - 1, "SELECT文を一つだけ書きます。"),
        ("\nSELECT m.member_key FROM people m\n", SELECT_LINE - 1, "FROM と WHERE が要ります。"),
        (with_condition("m.age <= <="), AGE_LINE, "SQLとして読めません。"),
        (with_condition("m.name = 'ab"), SELECT_LINE - 1, "SQLとして読めません。"),
    ],
)
def test_a_text_that_is_no_rule_is_refused_where_it_is_wrong(tmp_path: Path, sql: str, line: int, said: str) -> None:
    error = refusal(rule_file(tmp_path, sql=sql))
    assert error.place == f"queries/trial.sql:{line}"
    assert said in error.happened
    assert error.todo.endswith("。")
