"""A small good rule, to be spoilt in one place at a time."""

from pathlib import Path

from kyosai_lists.segments.rule import Rule
from kyosai_lists.segments.rulebook import read_draft

FRONT = """\
title = "試し"
offers = "group_life"
plan = ["1(2)団生オ"]
priority = 50
document = "ご案内"
reason = "{age}歳"
hint = ""
"""
SQL = """
SELECT m.member_key
FROM people m
WHERE m.status IN ('active', 'leave')  -- 在職中である
  AND m.age <= 30  -- 30歳以下である
"""
SELECT_LINE, FROM_LINE, STATUS_LINE, AGE_LINE = 10, 11, 12, 13  # in the file that `rule_file` writes
PARAMETER = '[parameters.limit]\ndefault = 30\nmeaning = "上限の年齢(歳)"\n'


def rule_file(folder: Path, front: str = FRONT, sql: str = SQL, name: str = "trial") -> Path:
    path = folder / f"{name}.sql"
    path.write_text(f"/*---\n{front}---*/{sql}", "utf-8")
    return path


def loaded(folder: Path, front: str = FRONT, sql: str = SQL, *, own: bool = False) -> Rule:
    """
    Raises:
        RuleError: the first thing wrong with it.
    """
    return read_draft(rule_file(folder, front, sql), own=own).usable()


def with_condition(condition: str) -> str:
    """The rule with `condition` in place of the one about age."""
    return SQL.replace("m.age <= 30", condition)
