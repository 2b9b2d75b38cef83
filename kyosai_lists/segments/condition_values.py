"""What a condition looks at, so that a person can be told why: columns, contracts looked for, sums, each as SQL for one row.

The subqueries that run are the rule's own text: the parser only says where they stand and what they ask.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import sqlglot
from sqlglot import exp
from sqlglot.tokens import Token, TokenType  # type: ignore[attr-defined]  # its home in sqlglot, though not listed there

from kyosai_lists.segments.relations import COLUMNS
from kyosai_lists.segments.rule import Condition
from kyosai_lists.segments.value_words import NOTHING, column_heading, kind_of_rows, plain_word, word

# An aggregate over a UNION ALL makes SQLite read all of it; a LIMIT within keeps it to the rows of one person.
_ROWS = 1_000
_PLAIN = {"expressions", "from_", "joins", "where"}


@dataclass(frozen=True)
class Look:
    """`sql` gives what is looked at as text (or NULL) in a row of the rule's FROM; `say` puts it into words."""

    sql: str
    say: Callable[[str | None], str]


@dataclass(frozen=True)
class _Subquery:
    """A subquery as written. `before` is what its bracket follows; `start` to `stop` covers it, EXISTS and bracket too."""

    before: TokenType
    start: int
    stop: int
    text: str
    from_text: str  # from FROM on

    @property
    def tree(self) -> exp.Expr:
        return sqlglot.parse_one(self.text)


@lru_cache(maxsize=128)  # to take the lists apart is half of explaining them, and the same for everybody
def looks(conditions: tuple[Condition, ...], from_sql: str) -> tuple[tuple[Look, ...], ...]:
    """Everything that each condition of a rule looks at, each once: columns first, then what its subqueries ask."""
    tables = sqlglot.parse_one(f"SELECT 1 {from_sql}").find_all(exp.Table)
    relations = {table.alias_or_name: table.name for table in tables}
    return tuple(_looks(condition, relations) for condition in conditions)


def _looks(condition: Condition, relations: Mapping[str, str]) -> tuple[Look, ...]:
    """`relations`: by alias."""
    subqueries = list(_subqueries(condition.sql))
    outside, at = "", 0
    for subquery in subqueries:
        outside += f"{condition.sql[at : subquery.start]} NULL "
        at = subquery.stop
    columns = sqlglot.parse_one(outside + condition.sql[at:]).find_all(exp.Column, bfs=False)
    found = [_of_column(column, relations) for column in columns if column.table in relations]
    found += [look for subquery in subqueries if (look := _of_subquery(subquery)) is not None]
    return tuple({look.sql: look for look in found}.values())


def _subqueries(sql: str) -> Iterator[_Subquery]:
    """The outermost ones, in the order in which they are written."""
    tokens = sqlglot.tokenize(sql)
    at = 0
    while at < len(tokens):
        if not _opens(tokens, at):
            at += 1
            continue
        last = _closing(tokens, at)
        before = tokens[at - 1].token_type if at else TokenType.L_PAREN
        start = tokens[at - 1].start if before == TokenType.EXISTS else tokens[at].start + (before == TokenType.IN)
        stop = tokens[last].end + (before != TokenType.IN)
        from_at = _clause(tokens[at + 1 : last], TokenType.FROM)
        text = sql[tokens[at + 1].start : tokens[last].start]
        yield _Subquery(before, start, stop, text, sql[from_at : tokens[last].start] if from_at is not None else "")
        at = last + 1


def _opens(tokens: list[Token], at: int) -> bool:
    following = tokens[at + 1].token_type if at + 1 < len(tokens) else None
    return tokens[at].token_type == TokenType.L_PAREN and following == TokenType.SELECT


def _closing(tokens: list[Token], opening: int) -> int:
    depth = 0
    for at in range(opening, len(tokens)):
        depth += {TokenType.L_PAREN: 1, TokenType.R_PAREN: -1}.get(tokens[at].token_type, 0)
        if depth == 0:
            return at
    return len(tokens) - 1


def _clause(tokens: list[Token], kind: TokenType) -> int | None:
    """Where the word stands in the text, outside every bracket."""
    depth = 0
    for token in tokens:
        depth += {TokenType.L_PAREN: 1, TokenType.R_PAREN: -1}.get(token.token_type, 0)
        if depth == 0 and token.token_type == kind:
            return token.start
    return None


def _of_column(column: exp.Column, relations: Mapping[str, str]) -> Look:
    relation, alias, name = relations[column.table], column.table, column.name
    if name == "contract_key" and "label" in COLUMNS[relation]:  # the product and the number say more than a key
        return Look(f"CAST({alias}.label AS TEXT)", _or_none_of(relation))
    heading = column_heading(relation, name)
    return Look(f"CAST({alias}.{name} AS TEXT)", lambda value: f"{heading} {word(name, value)}")


def _of_subquery(subquery: _Subquery) -> Look | None:
    """None for `IN (SELECT …)`: what is compared with it stands outside."""
    if subquery.before == TokenType.IN:
        return None
    return _of_exists(subquery) if subquery.before == TokenType.EXISTS else _of_scalar(subquery)


def _of_exists(subquery: _Subquery) -> Look:
    tree = subquery.tree
    if any(value and name not in _PLAIN for name, value in tree.args.items()) or not isinstance(tree, exp.Select):
        return Look(f"CASE WHEN EXISTS ({subquery.text}) THEN 'あり' END", plain_word)
    table = tree.args["from_"].this
    if "label" not in COLUMNS.get(table.name, ()):
        rows = f"(SELECT 1 AS one {subquery.from_text} LIMIT {_ROWS}) found_rows"
        return Look(f"(SELECT CAST(NULLIF(COUNT(*), 0) AS TEXT) || '件' FROM {rows})", plain_word)
    rows = f"(SELECT {table.alias_or_name}.label AS label {subquery.from_text} LIMIT {_ROWS}) found_rows"
    more = "CASE WHEN COUNT(*) > 1 THEN ' ほか' || CAST(COUNT(*) - 1 AS TEXT) || '件' ELSE '' END"
    return Look(f"(SELECT MIN(found_rows.label) || {more} FROM {rows})", _or_none_of(table.name))


def _or_none_of(relation: str) -> Callable[[str | None], str]:
    """What was found, else which kind of thing was not."""
    return lambda value: value or f"{kind_of_rows(relation)} {NOTHING}"


def _of_scalar(subquery: _Subquery) -> Look:
    asked = subquery.tree
    if not isinstance(asked, exp.Select):
        return Look(f"CAST(({subquery.text}) AS TEXT)", plain_word)
    first, tables = asked.expressions[0], {t.alias_or_name: t.name for t in asked.find_all(exp.Table)}
    column = first.find(exp.Column)
    name = column.name if column is not None else ""
    relation = tables.get(column.table, "") if column is not None else next(iter(tables.values()), "")
    shown = _aggregated(first, relation, name)
    return Look(f"CAST(({subquery.text}) AS TEXT)", lambda value: shown.format(word(name, value)))


def _aggregated(expression: exp.Expr, relation: str, name: str) -> str:
    """`口数の合計 {}`, with a mark where the value goes."""
    total = expression.find(exp.AggFunc)
    if isinstance(total, exp.Count):
        return f"{kind_of_rows(relation)} {{}}件".lstrip()
    heading = column_heading(relation, name)
    if isinstance(total, exp.Sum):
        return f"{heading}の合計 {{}}"
    least, most = ("いちばん早い", "いちばん遅い") if name.endswith("_on") else ("最小の", "最大の")
    which = least if isinstance(total, exp.Min) else most if isinstance(total, exp.Max) else ""
    return f"{which}{heading} {{}}".lstrip()
