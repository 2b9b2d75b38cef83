"""A number compared with a text, a date with anything but a date: SQLite takes it without a word, and then every number is
smaller than every text, so that a condition holds for everybody or for nobody. PostgreSQL refuses it only when it runs.
"""

import re
from collections.abc import Iterator

from sqlglot import exp

from kyosai_lists.segments.finding import Finding
from kyosai_lists.segments.parse import line_of
from kyosai_lists.segments.relations import COLUMNS, NUMBERS, STANDARD_DATES
from kyosai_lists.segments.rule import Rule
from kyosai_lists.segments.union_relations import COUNTS, UNION_COLUMNS

_COMPARISONS = (exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Between, exp.In)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_KNOWN = frozenset(name for columns in (*COLUMNS.values(), *UNION_COLUMNS.values()) for name in columns)
_NUMBER, _TEXT, _DATE = "数", "文字", "日付"
_TODO = "数は 35、文字は '35'、日付は '2027-03-31' のように書いてください。列に何が入っているかは docs/rules.md にあります。"


def check_kinds(rule: Rule, select: exp.Select) -> Iterator[Finding]:
    for comparison in select.find_all(*_COMPARISONS):
        one, *others = _sides(comparison)
        for other in others:
            kinds = {kind for side in (one, other) if (kind := _kind(rule, side))}
            if len(kinds) > 1 and not (kinds == {_DATE, _TEXT} and _is_day(one, other)):
                texts = " と ".join(f"{side.sql(comments=False)}({_kind(rule, side)})" for side in (one, other))
                yield Finding(line_of(comparison), f"{texts} は、種類が違うので比べられません。", _TODO)


def _sides(comparison: exp.Expr) -> list[exp.Expr]:
    of_between = [comparison.args.get("low"), comparison.args.get("high")]
    second = [comparison.args.get("expression"), *of_between, *comparison.args.get("expressions", ())]
    return [comparison.this, *filter(None, second)]


def _kind(rule: Rule, side: exp.Expr) -> str:
    """ "" of whatever is no plain column, value or mark."""
    if isinstance(side, exp.Neg):
        side = side.this
    if isinstance(side, exp.Column) and side.name in _KNOWN:
        return _DATE if side.name.endswith("_on") else _NUMBER if side.name in NUMBERS | COUNTS else _TEXT
    if isinstance(side, exp.Literal):
        return _TEXT if side.is_string else _NUMBER
    if isinstance(side, exp.Placeholder) and side.name in rule.parameters:
        return _DATE if isinstance(rule.parameters[side.name].default, str) else _NUMBER
    is_date = isinstance(side, exp.Placeholder) and side.name in rule.dates.keys() | STANDARD_DATES.keys()
    return _DATE if is_date else ""


def _is_day(*sides: exp.Expr) -> bool:
    """A day written as both databases read it; SQLite would compare '1990/4/1' letter by letter."""
    return all(_DAY.fullmatch(side.name) for side in sides if isinstance(side, exp.Literal))
