"""Everything about a rule that can be known before it runs. A courtesy to whoever writes one; the database is the guard."""

import re
from collections.abc import Iterator
from datetime import date

import sqlglot
from sqlglot import exp

from kyosai_lists.errors import RuleError
from kyosai_lists.products import BY_ID
from kyosai_lists.segments.parameters import date_call, is_date_or_name, standard_binds
from kyosai_lists.segments.parse import line_of, place, rule_text
from kyosai_lists.segments.relations import COLUMNS, STANDARD_DATES
from kyosai_lists.segments.rule import Rule

# What the lists room adds for the sentences, beside the columns of `people` and of the rule itself.
SENTENCE_EXTRAS = ("contract_names", "contract_count", "renewal_month")
# What may stand in a hint, which goes round a workplace: nothing of birth, leaving, telephone or contracts held.
HARMLESS = ("hired_year_no", "hired_fiscal_year", "renewal_month")
# Nothing in a rule reads the clock, the disk or another database: what is not named here is refused.
FUNCTIONS = (
    *(exp.And, exp.Or, exp.Exists, exp.Case, exp.If, exp.Cast, exp.Coalesce, exp.Nullif, exp.Count, exp.Min, exp.Max),
    *(exp.Sum, exp.Abs, exp.Round, exp.Length, exp.Lower, exp.Upper, exp.Trim, exp.Replace, exp.Substring),
)
# What the engine itself binds: a rule that declared one of them would change D for everything.
RESERVED = frozenset(standard_binds(date(2000, 1, 1))) | {"explained_member", "only_member"}
_MARK = re.compile(r"\{(\w+)\}")
_BIND = re.compile(r"(?<![:\w\\]):(\w+)(?!:)")  # what would be bound even inside quotes


def check_rule(rule: Rule) -> None:
    """
    Raises:
        RuleError: the first thing wrong with the rule, with file and line.
    """
    for line, what, todo in _faults(rule):
        raise RuleError(place(rule.path, line), what, todo)


def _faults(rule: Rule) -> Iterator[tuple[int, str, str]]:
    tree = sqlglot.parse_one(rule.sql)
    text = rule_text(rule.path)
    first = text.count("\n", 0, text.index("---*/")) + 1
    for fault in (_names, _shape, _functions, _marks, _columns):
        yield from ((first + line - 1, what, todo) for line, what, todo in fault(rule, tree))
    yield from ((1, what, todo) for what, todo in _front_matter(rule, tree))
    yield from _sentences(rule)


def _names(_rule: Rule, tree: exp.Expr) -> Iterator[tuple[int, str, str]]:
    tables: dict[str, set[str]] = {}
    for table in tree.find_all(exp.Table):
        if table.name not in COLUMNS or table.db:
            yield line_of(table), f"{table.sql()} という表はありません。", f"使えるのは {'・'.join(COLUMNS)} です。"
        tables.setdefault(table.alias_or_name, set()).add(table.name)
    for star in tree.find_all(exp.Star):
        yield line_of(star.parent or star), "* は使えません。", "列の名前を書いてください。"
    for column in tree.find_all(exp.Column):
        known = [COLUMNS[t] for t in tables.get(column.table, ()) if t in COLUMNS]
        if not column.table or not any(column.name in names for names in known):
            yield (
                line_of(column),
                f"{column.sql()} という列はありません。",
                "docs のルールの手引きにある列を、m.born_on のように表の名前を付けて書いてください。",
            )


def _shape(_rule: Rule, tree: exp.Expr) -> Iterator[tuple[int, str, str]]:
    source = tree.args["from_"].this if tree.args.get("from_") else tree.args["from"].this
    if not isinstance(source, exp.Table) or source.name != "people" or source.alias != "m":
        yield line_of(source), "FROM は people m で始めます。", "FROM people m に直してください。"
    for join in tree.args.get("joins") or ():
        if join.side != "LEFT" and not (join.side == "" and join.this.name == "unions" and _on_union_code(join)):
            what = "人ごとに理由を示せるように、unions のほかは LEFT JOIN でつなぎます。"
            todo = (
                "LEFT JOIN(単組は JOIN unions u ON u.union_code = m.union_code)に直し、条件を WHERE に書いてください。"
            )
            yield line_of(join.this), what, todo
    for node in tree.find_all(exp.Or, exp.And):
        other = exp.And if isinstance(node, exp.Or) else exp.Or
        if isinstance(node.left, other) or isinstance(node.right, other):
            yield (
                line_of(node),
                "AND と OR がかっこなしで混ざっています。",
                "どちらを先にまとめるか、かっこで囲んでください。",
            )


def _on_union_code(join: exp.Join) -> bool:
    """Each person has one union: any other join to `unions` would double people or lose them."""
    on = join.args.get("on")
    return isinstance(on, exp.EQ) and {on.left.name, on.right.name} == {"union_code"}


def _functions(_rule: Rule, tree: exp.Expr) -> Iterator[tuple[int, str, str]]:
    for total in tree.find_all(exp.AggFunc):
        if total.find_ancestor(exp.Select) is tree:
            yield (
                line_of(total),
                f"{total.sql_name()} は、EXISTS などのかっこの中でだけ使えます。",
                "一行ずつの条件に書き直してください。",
            )
    for call in tree.find_all(exp.Func):
        if not isinstance(call, FUNCTIONS):
            name = call.name if isinstance(call, exp.Anonymous) else call.sql_name()
            yield line_of(call), f"{name} という関数は使えません。", "使わない形に書き直してください。"


def _marks(rule: Rule, tree: exp.Expr) -> Iterator[tuple[int, str, str]]:
    declared = rule.parameters.keys() | rule.dates.keys() | STANDARD_DATES.keys()
    lines = rule.sql.split("\n")
    for mark in tree.find_all(exp.Placeholder, exp.Parameter):
        if isinstance(mark, exp.Parameter) or mark.name not in declared:
            text = f":{mark.name}" if isinstance(mark, exp.Placeholder) else mark.sql()
            line = next((n for n, line in enumerate(lines, 1) if text.strip(":") in line), 1)
            yield line, f"{text} は先頭の説明にありません。", "parameters か dates に書いてください。"
    for literal in tree.find_all(exp.Literal):
        if literal.is_string and (found := _BIND.search(literal.name)):
            line = next((n for n, line in enumerate(lines, 1) if literal.name in line), 1)
            yield line, f"文字の中に {found.group()} と書くことはできません。", "別の書き方にしてください。"


def _columns(rule: Rule, tree: exp.Expr) -> Iterator[tuple[int, str, str]]:
    first = tree.expressions[0]
    if not (isinstance(first, exp.Column) and (first.table, first.name) == ("m", "member_key")):
        yield line_of(tree), "SELECT の最初の列は m.member_key です。", "SELECT m.member_key から書いてください。"
    for column in tree.expressions:
        if not column.alias_or_name.isidentifier() or rule.outputs.count(column.alias_or_name) > 1:
            what = "SELECT の列に名前がないか、同じ名前の列が二つあります。"
            yield line_of(column), what, "CASE … END AS menu のように、列ごとに違う名前を付けてください。"
    for column in tree.expressions[1:]:  # or a sentence would show something else than its mark says
        if column.alias_or_name in (*COLUMNS["people"], *SENTENCE_EXTRAS):
            yield line_of(column), f"{column.alias_or_name} という名前は使えません。", "ほかの名前を付けてください。"


def _front_matter(rule: Rule, tree: exp.Expr) -> Iterator[tuple[str, str]]:
    if rule.offers not in BY_ID:
        yield f"offers の {rule.offers} という共済種類はありません。", f"{'・'.join(BY_ID)} のどれかです。"
    for name in (*rule.parameters, *rule.dates):
        if name in RESERVED or (name in rule.parameters and name in rule.dates):
            yield f"{name} という名前は使えません。", "ほかの名前にしてください。"
    for name, parameter in rule.parameters.items():
        if not is_date_or_name(parameter.default):
            yield f"parameters.{name} の default は日付ではありません。", "2027-03-31 のように書いてください。"
    calls = {name: date_call(call) for name, call in rule.dates.items()}
    for name, call in calls.items():
        if call is None:
            yield f"dates.{name} の書き方が違います。", "earliest_birth(young_max_age) のように書いてください。"
        elif not call[1].isdigit() and not _is_number(rule, call[1]):
            yield f"dates.{name} の {call[1]} は parameters にある数ではありません。", "parameters に書いてください。"
    needed = {mark.name for mark in tree.find_all(exp.Placeholder)} | {call[1] for call in calls.values() if call}
    for name in sorted((rule.parameters.keys() | rule.dates.keys()) - needed):
        yield f"{name} はどこにも使われていません。", "使うか、消してください。"
    for mark in _MARK.findall(rule.reason):
        if mark not in COLUMNS["people"] and mark not in rule.outputs and mark not in SENTENCE_EXTRAS:
            yield f"reason の {{{mark}}} にあたる列がありません。", "列の名前を直してください。"
    for mark in _MARK.findall(rule.hint):
        if mark not in HARMLESS:
            yield (
                f"hint に {{{mark}}} は使えません。職場に回る用紙に載ります。",
                f"使えるのは {'・'.join(HARMLESS)} です。",
            )


def _is_number(rule: Rule, name: str) -> bool:
    return name in rule.parameters and not isinstance(rule.parameters[name].default, str)


def _sentences(rule: Rule) -> Iterator[tuple[int, str, str]]:
    for condition in rule.conditions:
        for mark in _MARK.findall(condition.text):
            if mark not in rule.parameters and mark not in rule.dates and mark not in STANDARD_DATES:
                what = f"条件の説明の {{{mark}}} という数はありません。"
                yield condition.line, what, "parameters の名前に直してください。"
