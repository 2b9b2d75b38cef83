"""Everything about a rule that can be known before it runs. A courtesy to whoever writes one; the database is the guard."""

import re
from collections.abc import Iterator

import sqlglot
from sqlglot import exp

from kyosai_lists.errors import RuleError
from kyosai_lists.products import BY_ID
from kyosai_lists.segments.parameters import date_call
from kyosai_lists.segments.parse import place
from kyosai_lists.segments.relations import COLUMNS, STANDARD_DATES
from kyosai_lists.segments.rule import Rule

# What the lists room adds for the sentences, beside the columns of `people` and of the rule itself.
SENTENCE_EXTRAS = ("contract_names", "contract_count", "renewal_month")
_MARK = re.compile(r"\{(\w+)\}")


def check_rule(rule: Rule) -> None:
    """
    Raises:
        RuleError: the first thing wrong with the rule, with file and line.
    """
    for line, what, todo in _faults(rule):
        raise RuleError(place(rule.path, line), what, todo)


def _faults(rule: Rule) -> Iterator[tuple[int, str, str]]:
    tree = sqlglot.parse_one(rule.sql)
    first = rule.path.read_text("utf-8").count("\n", 0, rule.path.read_text("utf-8").index("---*/")) + 1
    yield from ((first + line - 1, *rest) for line, *rest in _names(tree))  # type: ignore[misc]  # what, todo
    yield from ((first + line - 1, *rest) for line, *rest in _shape(tree))  # type: ignore[misc]
    yield from ((1, what, todo) for what, todo in _front_matter(rule, tree))


def _line(node: exp.Expr) -> int:
    return next((n.meta["line"] for n in node.walk() if "line" in n.meta), 1)


def _names(tree: exp.Expr) -> Iterator[tuple[int, str, str]]:
    tables: dict[str, set[str]] = {}
    for table in tree.find_all(exp.Table):
        if table.name not in COLUMNS or table.db:
            yield _line(table), f"{table.sql()} という表はありません。", f"使えるのは {'・'.join(COLUMNS)} です。"
        tables.setdefault(table.alias_or_name, set()).add(table.name)
    for star in tree.find_all(exp.Star):
        yield _line(star.parent or star), "* は使えません。", "列の名前を書いてください。"
    for column in tree.find_all(exp.Column):
        known = [COLUMNS[t] for t in tables.get(column.table, ()) if t in COLUMNS]
        if not column.table or not any(column.name in names for names in known):
            yield (
                _line(column),
                f"{column.sql()} という列はありません。",
                "docs のルールの手引きにある列を、m.born_on のように表の名前を付けて書いてください。",
            )


def _shape(tree: exp.Expr) -> Iterator[tuple[int, str, str]]:
    source = tree.args["from_"].this if tree.args.get("from_") else tree.args["from"].this
    if not isinstance(source, exp.Table) or source.name != "people" or source.alias != "m":
        yield _line(source), "FROM は people m で始めます。", "FROM people m に直してください。"
    for join in tree.args.get("joins") or ():
        if join.side != "LEFT" and join.this.name != "unions":
            what = "人ごとに理由を示せるように、unions のほかは LEFT JOIN でつなぎます。"
            yield _line(join.this), what, "LEFT JOIN に直し、条件を WHERE に書いてください。"
    for node in tree.find_all(exp.Or, exp.And):
        other = exp.And if isinstance(node, exp.Or) else exp.Or
        if isinstance(node.left, other) or isinstance(node.right, other):
            yield (
                _line(node),
                "AND と OR がかっこなしで混ざっています。",
                "どちらを先にまとめるか、かっこで囲んでください。",
            )


def _front_matter(rule: Rule, tree: exp.Expr) -> Iterator[tuple[str, str]]:
    if rule.offers not in BY_ID:
        yield f"offers の {rule.offers} という共済種類はありません。", f"{'・'.join(BY_ID)} のどれかです。"
    used = {mark.name for mark in tree.find_all(exp.Placeholder)}
    declared = rule.parameters.keys() | rule.dates.keys() | STANDARD_DATES.keys()
    for name in sorted(used - declared):
        yield f":{name} は先頭の説明にありません。", "parameters か dates に書いてください。"
    calls = {name: date_call(call) for name, call in rule.dates.items()}
    for name, call in calls.items():
        if call is None:
            yield f"dates.{name} の書き方が違います。", "earliest_birth(young_max_age) のように書いてください。"
        elif call[1] not in rule.parameters and not call[1].isdigit():
            yield f"dates.{name} の {call[1]} は parameters にありません。", "parameters に書いてください。"
    needed = used | {call[1] for call in calls.values() if call}
    for name in sorted((rule.parameters.keys() | rule.dates.keys()) - needed):
        yield f"{name} はどこにも使われていません。", "使うか、消してください。"
    if not rule.outputs or rule.outputs[0] != "member_key":
        yield "SELECT の最初の列は m.member_key です。", "SELECT m.member_key から書いてください。"
    for mark in (*_MARK.findall(rule.reason), *_MARK.findall(rule.hint)):
        if mark not in COLUMNS["people"] and mark not in rule.outputs and mark not in SENTENCE_EXTRAS:
            yield f"reason か hint の {{{mark}}} にあたる列がありません。", "列の名前を直してください。"
    for condition in rule.conditions:
        for mark in _MARK.findall(condition.text):
            if mark not in rule.parameters and mark not in rule.dates and mark not in STANDARD_DATES:
                yield f"条件の説明の {{{mark}}} という数はありません。", "parameters の名前に直してください。"
