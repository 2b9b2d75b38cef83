"""What a rule about unions must be beside what every rule must: one row for each union or prefecture, counts, nobody's data."""

from collections.abc import Iterator

from sqlglot import exp

from kyosai_lists.segments.finding import Finding
from kyosai_lists.segments.parse import line_of
from kyosai_lists.segments.rule import Rule
from kyosai_lists.segments.union_relations import FIGURES, SUBJECTS

_FROM = " か ".join(f"{table} {alias}" for table, (alias, _) in SUBJECTS.items())


def check_source(_rule: Rule, select: exp.Select) -> Iterator[Finding]:
    source = select.args["from_"].this
    if not isinstance(source, exp.Table) or SUBJECTS.get(source.name, ("",))[0] != source.alias:
        yield Finding(line_of(source), f"FROM は {_FROM} で始めます。", f"FROM {_FROM} に直してください。")


def check_joins(_rule: Rule, select: exp.Select) -> Iterator[Finding]:
    """Figures only, by their key: nothing can double a row, lose one, or bring a person's."""
    for join in select.args.get("joins") or ():
        if join.side != "LEFT" or join.this.name not in FIGURES or not _by_key(join):
            what = f"つなげるのは {'・'.join(FIGURES)} だけで、LEFT JOIN を使います。"
            todo = "LEFT JOIN union_figures f ON f.union_code = u.union_code のように書いてください。"
            yield Finding(line_of(join.this), what, todo)


def _by_key(join: exp.Join) -> bool:
    key, on = FIGURES[join.this.name], join.args.get("on")
    if key is None:
        return on is not None
    sides = (on.left, on.right) if isinstance(on, exp.EQ) else ()
    named = [(side.table, side.name) for side in sides if isinstance(side, exp.Column)]
    return [name for _, name in named] == [key, key] and named[0] != named[1]


def check_columns(rule: Rule, select: exp.Select) -> Iterator[Finding]:
    """The key first, then exactly the columns that the front matter describes; none of them a subquery."""
    first, wanted = select.expressions[0], SUBJECTS.get(select.args["from_"].this.name)
    if wanted and not (isinstance(first, exp.Column) and (first.table, first.name) == wanted):
        name = ".".join(wanted)
        yield Finding(line_of(select), f"SELECT の最初の列は {name} です。", f"SELECT {name} から書いてください。")
    for inner in (found for column in select.expressions for found in column.find_all(exp.Subquery, exp.Exists)):
        todo = "union_figures などの列を使ってください。"
        yield Finding(line_of(inner), "SELECT の列に、かっこの中の SELECT は使えません。", todo)
    described = [column.name for column in rule.columns if not column.lists]
    if set(rule.outputs[1:]) != set(described):
        todo = f"SELECT({'・'.join(rule.outputs[1:])})と columns({'・'.join(described)})をそろえてください。"
        yield Finding(line_of(select), "SELECT の列と、先頭の説明の columns が合いません。", todo)
