"""Everything wrong with a rule file is found in one go, each with its line; one wrong file leaves the other lists alone."""

from pathlib import Path

import pytest

from kyosai_lists.errors import RuleError, UsageError
from kyosai_lists.paths import resource_dir
from kyosai_lists.segments.rulebook import choose, load_rules, read_draft

from .rulefile import AGE_LINE, FRONT, PARAMETER, SELECT_LINE, SQL, STATUS_LINE, rule_file, with_condition


def said(path: Path) -> list[tuple[int, str]]:
    return sorted((f.line, f.what) for f in read_draft(path, own=True).findings)


def test_everything_wrong_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    front = FRONT.replace('"group_life"', '"団体生命"').replace("{age}", "{aeg}") + "colour = 1\n" + PARAMETER
    sql = (
        "\nSELECT m.member_key, m.agee AS note\nFROM people m\n"
        "WHERE m.status = 'active'\n"
        "  AND pg_sleep(9) = 1  -- {limti}秒\n"
        "  AND (m.age < 3 OR m.age > 5 AND m.sex = :sex)  -- 何か\n"
    )
    found = said(rule_file(tmp_path, front, sql))
    assert [(line, what) for line, what in found] == [
        (3, "offers の 団体生命 という共済種類はありません。"),
        (7, "reason の {aeg} にあたる列がありません。"),
        (9, "先頭の説明の colour は使えません。"),
        (10, "limit はどこにも使われていません。"),
        (14, "m.agee という列はありません。"),
        (16, "条件に、その意味を書いた「-- …」がありません。"),
        (17, "pg_sleep という関数は使えません。"),
        (17, "条件の説明の {limti} という数はありません。"),
        (18, ":sex は先頭の説明にありません。"),
        (18, "AND と OR がかっこなしで混ざっています。"),
    ]


def test_a_front_matter_is_looked_at_even_where_the_sql_cannot_be_read(tmp_path: Path) -> None:
    path = rule_file(tmp_path, FRONT.replace('"group_life"', '"団体生命"') + PARAMETER, with_condition("m.age <= <="))
    assert said(path) == [
        (3, "offers の 団体生命 という共済種類はありません。"),
        (AGE_LINE + 3, "SQLとして読めません。"),
    ]


def test_what_is_wrong_is_not_told_a_second_time_as_its_consequence(tmp_path: Path) -> None:
    front = FRONT.replace('offers = "group_life"\n', "") + "[parameters.limit]\ndefault = 30\n"
    path = rule_file(tmp_path, front, with_condition("m.age <= :limit"))
    assert [line for line, _ in said(path)] == [1, 8]


def test_a_column_that_is_nearly_right_comes_with_the_right_one(tmp_path: Path) -> None:
    (finding,) = read_draft(rule_file(tmp_path, sql=with_condition("m.aeg <= 30")), own=True).findings
    assert finding.todo.startswith("m.age ではありませんか。")


def test_a_comment_over_several_lines_moves_no_line(tmp_path: Path) -> None:
    sql = SQL.replace("FROM people m", "/* 一\n二\n三 */ FROM people m").replace("m.age <=", "m.aeg <=")
    assert said(rule_file(tmp_path, sql=sql)) == [(AGE_LINE + 2, "m.aeg という列はありません。")]


def test_a_wrong_file_leaves_the_other_lists_alone_and_is_refused_itself(tmp_path: Path) -> None:
    built_in = resource_dir("queries")
    rule_file(tmp_path, sql=with_condition("m.aeg <= 30"), name="fire-only")
    rule_file(tmp_path, sql=SQL.replace("  -- 在職中である", ""), name="own")
    rule_file(tmp_path, name="good")
    rules = load_rules(built_in, tmp_path)
    assert rules.wrong.keys() == {"fire-only", "own"}
    assert "fire-only" not in set(rules)
    assert [rule.id for rule in choose(rules, ("good", "disaster-standard"))] == ["disaster-standard", "good"]
    for list_id, line in (("fire-only", AGE_LINE), ("own", STATUS_LINE)):
        with pytest.raises(RuleError, match=rf"queries/{list_id}.sql:{line}"):
            choose(rules, ("good", list_id))
    with pytest.raises(UsageError):
        choose(rules, ("nowhere",))


def test_a_branchs_own_rule_is_known_for_what_it_is(tmp_path: Path) -> None:
    rule_file(tmp_path, name="fire-only")
    rules = load_rules(resource_dir("queries"), tmp_path)
    assert {rule.id for rule in rules.values() if rule.own} == {"fire-only"}


def test_a_built_in_rule_that_is_wrong_is_refused_at_once(tmp_path: Path) -> None:
    rule_file(tmp_path, sql=SQL.replace("m.member_key", "m.agee"))
    with pytest.raises(RuleError, match=f":{SELECT_LINE}"):
        load_rules(tmp_path)


def test_no_list_is_called_as_all_of_them_are(tmp_path: Path) -> None:
    (finding,) = read_draft(rule_file(tmp_path, name="all"), own=True).findings
    assert "リストの名前にできません" in finding.what
