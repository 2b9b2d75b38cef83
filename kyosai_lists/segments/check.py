"""Everything about a rule that can be known before it runs. A courtesy to whoever writes one; the database is the guard."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from difflib import get_close_matches

from sqlglot import exp

from kyosai_lists.segments.check_kinds import check_kinds
from kyosai_lists.segments.check_words import check_front, check_sentences
from kyosai_lists.segments.finding import Draft, Finding
from kyosai_lists.segments.functions import FUNCTIONS
from kyosai_lists.segments.marks import BOUND_IN_TEXT, SENTENCE_EXTRAS
from kyosai_lists.segments.parse import line_of
from kyosai_lists.segments.relations import COLUMNS, STANDARD_DATES
from kyosai_lists.segments.rule import Rule
from kyosai_lists.segments.union_check import check_columns, check_joins, check_source
from kyosai_lists.segments.union_relations import UNION_COLUMNS

_Check = Callable[[Rule, exp.Select], Iterable[Finding]]
# What the parser counts among the functions and is none to whoever writes it.
_FORMS = (exp.And, exp.Or, exp.Exists, exp.Case, exp.If, exp.Cast)


def check_rule(draft: Draft) -> Draft:
    """`draft` with everything that is wrong with its names, joins, functions, marks, columns and sentences."""
    rule, select = draft.rule, draft.select
    if rule is None:
        return draft
    found = [] if select is None else [*_select_findings(rule, select, draft.first_line)]
    found += [*check_front(rule, select, draft.text), *check_sentences(rule)]
    return replace(draft, findings=(*draft.findings, *dict.fromkeys(found)))


def _select_findings(rule: Rule, select: exp.Select, first_line: int) -> Iterator[Finding]:
    own: tuple[_Check, ...] = (_from, _joins, _columns)
    if rule.kind == "unions":
        own = (check_source, check_joins, check_columns)
    for check in (_names, _named, *own, _brackets, _functions, _marks, check_kinds):
        for finding in check(rule, select):
            yield replace(finding, line=first_line + finding.line - 1)


def _names(rule: Rule, select: exp.Select) -> Iterator[Finding]:
    relations = {**COLUMNS, **UNION_COLUMNS} if rule.kind == "unions" else COLUMNS
    tables: dict[str, set[str]] = {}
    for table in select.find_all(exp.Table):
        if table.name not in relations or table.db:
            todo = f"使えるのは {'・'.join(relations)} です。"
            yield Finding(line_of(table), f"{table.sql(comments=False)} という表はありません。", todo)
        tables.setdefault(table.alias_or_name, set()).add(table.name)
    for star in select.find_all(exp.Star):
        if not isinstance(star.parent, exp.Count):
            yield Finding(line_of(star.parent or star), "* は使えません。", "列の名前を書いてください。")
    for column in select.find_all(exp.Column):
        named = tables.get(column.table, set())
        known = [relations[table] for table in named if table in relations]
        if column.table and named and not known:
            continue  # of a table that is no relation, which is told already
        if not column.table or not any(column.name in names for names in known):
            what = f"{column.sql(comments=False)} という列はありません。"
            yield Finding(line_of(column), what, _mend_column(column, known))


def _mend_column(column: exp.Column, known: list[dict[str, str]]) -> str:
    names = [name for columns in known or COLUMNS.values() for name in columns]
    if near := get_close_matches(column.name, names, n=1):
        return f"{column.table or 'm'}.{near[0]} ではありませんか。使える列は docs/rules.md にあります。"
    return "docs/rules.md にある列を、m.born_on のように表の名前を付けて書いてください。"


def _from(_rule: Rule, select: exp.Select) -> Iterator[Finding]:
    source = (select.args.get("from_") or select.args["from"]).this
    if not isinstance(source, exp.Table) or source.name != "people" or source.alias != "m":
        yield Finding(line_of(source), "FROM は people m で始めます。", "FROM people m に直してください。")


def _joins(_rule: Rule, select: exp.Select) -> Iterator[Finding]:
    for join in select.args.get("joins") or ():
        if join.side != "LEFT" and not (join.side == "" and join.this.name == "unions" and _on_union_code(join)):
            what = "人ごとに理由を示せるように、unions のほかは LEFT JOIN でつなぎます。"
            todo = (
                "LEFT JOIN(単組は JOIN unions u ON u.union_code = m.union_code)に直し、条件を WHERE に書いてください。"
            )
            yield Finding(line_of(join.this), what, todo)


def _on_union_code(join: exp.Join) -> bool:
    """Each person has one union: any other join to `unions` would double people or lose them."""
    on = join.args.get("on")
    return isinstance(on, exp.EQ) and {on.left.name, on.right.name} == {"union_code"}


def _brackets(_rule: Rule, select: exp.Select) -> Iterator[Finding]:
    for node in select.find_all(exp.Or, exp.And):
        other = exp.And if isinstance(node, exp.Or) else exp.Or
        if isinstance(node.left, other) or isinstance(node.right, other):
            what = "AND と OR がかっこなしで混ざっています。"
            yield Finding(line_of(node), what, "どちらを先にまとめるか、かっこで囲んでください。")


def _functions(_rule: Rule, select: exp.Select) -> Iterator[Finding]:
    for total in select.find_all(exp.AggFunc):
        if total.find_ancestor(exp.Select) is select:
            what = f"{total.sql_name()} は、EXISTS などのかっこの中でだけ使えます。"
            yield Finding(line_of(total), what, "一行ずつの条件に書き直してください。")
    for call in select.find_all(exp.Func):
        if not isinstance(call, _FORMS) and call.sql_name() not in FUNCTIONS:
            name = call.name if isinstance(call, exp.Anonymous) else call.sql_name()
            todo = "使わない形に書き直してください。使える関数は docs/rules.md にあります。"
            yield Finding(line_of(call), f"{name} という関数は使えません。", todo)


def _marks(rule: Rule, select: exp.Select) -> Iterator[Finding]:
    declared = rule.parameters.keys() | rule.dates.keys() | STANDARD_DATES.keys()
    lines = rule.sql.split("\n")
    for mark in select.find_all(exp.Placeholder, exp.Parameter):
        if isinstance(mark, exp.Parameter) or mark.name not in declared:
            text = f":{mark.name}" if isinstance(mark, exp.Placeholder) else mark.sql(comments=False)
            line = next((n for n, line in enumerate(lines, 1) if text.strip(":") in line), 1)
            yield Finding(line, f"{text} は先頭の説明にありません。", "parameters か dates に書いてください。")
    for literal in select.find_all(exp.Literal):
        if literal.is_string and (found := BOUND_IN_TEXT.search(literal.name)):
            line = next((n for n, line in enumerate(lines, 1) if literal.name in line), 1)
            what = f"文字の中に {found.group()} と書くことはできません。"
            yield Finding(line, what, "別の書き方にしてください。")


def _named(rule: Rule, select: exp.Select) -> Iterator[Finding]:
    for column in select.expressions:
        if not column.alias_or_name.isidentifier() or rule.outputs.count(column.alias_or_name) > 1:
            what = "SELECT の列に名前がないか、同じ名前の列が二つあります。"
            yield Finding(line_of(column), what, "CASE … END AS menu のように、列ごとに違う名前を付けてください。")


def _columns(_rule: Rule, select: exp.Select) -> Iterator[Finding]:
    first = select.expressions[0]
    if not (isinstance(first, exp.Column) and (first.table, first.name) == ("m", "member_key")):
        todo = "SELECT m.member_key から書いてください。"
        yield Finding(line_of(select), "SELECT の最初の列は m.member_key です。", todo)
    for column in select.expressions[1:]:  # or a sentence would show something else than its mark says
        if column.alias_or_name in (*COLUMNS["people"], *SENTENCE_EXTRAS):
            what = f"{column.alias_or_name} という名前は使えません。"
            yield Finding(line_of(column), what, "AS のあとに、ほかの名前を付けてください。")
