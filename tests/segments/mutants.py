"""Small wrong turns of a rule and of the relations: each comparison, IN, EXISTS, NULL test, AND, number, mark, relation
and list item made to say something else; each condition dropped; each parameter's default and each date that follows from D changed."""

from collections.abc import Iterator
from dataclasses import replace

import sqlglot
from sqlglot.tokens import Token, TokenType

from kyosai_lists.segments.rule import Condition, Rule

from .facts import PRODUCTS
from .words import WHOSE_EVER

_OTHERWISE = {
    TokenType.LT: ("<=", ">="),
    TokenType.LTE: ("<", ">"),
    TokenType.GT: (">=", "<="),
    TokenType.GTE: (">", "<"),
    TokenType.EQ: ("<>",),
    TokenType.NEQ: ("=",),
    TokenType.IN: ("NOT IN",),
    TokenType.LIKE: ("NOT LIKE",),
    TokenType.BETWEEN: ("NOT BETWEEN",),
    TokenType.EXISTS: ("NOT EXISTS",),
    TokenType.AND: ("OR",),
    TokenType.OR: ("AND",),
    TokenType.PLUS: ("-",),
    TokenType.DASH: ("+",),
}
_AGGREGATES = {"MIN": "MAX", "MAX": "MIN", "SUM": "MAX"}
_MARKS = {"as_of": "fiscal_year_start", "fiscal_year_start": "as_of", "fiscal_year_end": "as_of"}
# Held is not yet held or pending, and the member's own is not the whole family's.
_RELATIONS = {
    "held": ("enrolled", "family_held"),
    "enrolled": ("held", "family_contracts"),
    "family_held": ("held", "family_contracts"),
    "family_contracts": ("enrolled", "family_held"),
}
_DATE_FUNCTIONS = {
    "earliest_birth": "latest_birth",
    "latest_birth": "earliest_birth",
    "months_before": "years_before",
    "years_before": "months_before",
    "days_after": "months_before",
}


def wrong_turns(sql: str) -> Iterator[tuple[str, str]]:
    """(what was changed, the changed text), one change at a time."""
    tokens = sqlglot.tokenize(sql)
    for i, token in enumerate(tokens):
        for text in _others(tokens, i):
            changed = f"{sql[: token.start]}{text}{sql[token.end + 1 :]}"
            yield f"{_around(sql, token)} → {text or 'nothing'}", changed
        if token.token_type in (TokenType.STRING, TokenType.NUMBER) and _in_a_list(tokens, i):
            first, last = (
                (tokens[i - 1], token) if tokens[i - 1].token_type == TokenType.COMMA else (token, tokens[i + 1])
            )
            yield f"{_around(sql, token)} left out", f"{sql[: first.start]}{sql[last.end + 1 :]}"


def _others(tokens: list[Token], i: int) -> tuple[str, ...]:
    token, kind = tokens[i], tokens[i].token_type
    before, after = tokens[i - 1].token_type, tokens[i + 1].token_type if i + 1 < len(tokens) else None
    if kind == TokenType.NOT:
        return ("",) if after in (TokenType.EXISTS, TokenType.NULL, TokenType.IN) else ()  # NOT EXISTS, IS NOT NULL
    if kind in (TokenType.EXISTS, TokenType.IN) and before == TokenType.NOT:
        return ()  # said by NOT already
    if kind == TokenType.IS and after == TokenType.NULL:
        return ("IS NOT",)
    if kind == TokenType.NUMBER and before != TokenType.SELECT:  # SELECT 1
        value = float(token.text) if "." in token.text else int(token.text)
        return (str(value + 1), str(value - 1))
    if before == TokenType.COLON and token.text in _MARKS:
        return (_MARKS[token.text],)
    if after == TokenType.L_PAREN and token.text.upper() in _AGGREGATES:
        return (_AGGREGATES[token.text.upper()],)
    if token.text in _RELATIONS:
        return _other_relations(tokens, i)
    return _OTHERWISE.get(kind, ())


def _other_relations(tokens: list[Token], i: int) -> tuple[str, ...]:
    """The family's is no other relation for a product that asks nobody whom it covers."""
    products = [t.text for t in tokens[i:] if t.token_type == TokenType.STRING and t.text in PRODUCTS]
    same = bool(products) and products[0] in WHOSE_EVER
    return tuple(other for other in _RELATIONS[tokens[i].text] if not (same and other.startswith("family_")))


def _in_a_list(tokens: list[Token], i: int) -> bool:
    """One of several values after IN."""
    start = i
    while tokens[start - 1].token_type in (TokenType.STRING, TokenType.NUMBER, TokenType.COMMA):
        start -= 1
    several = TokenType.COMMA in (t.token_type for t in tokens[i - 1 : i + 2])
    return several and tokens[start - 2].token_type == TokenType.IN


def _around(sql: str, token: Token) -> str:
    """Enough of the text to find the place: `m.hired_on [<] :fiscal_year_start`."""
    before, at = " ".join(sql[: token.start].split())[-30:], sql[token.start : token.end + 1]
    return f"{before} [{at}] {' '.join(sql[token.end + 1 :].split())[:30]}"


def mutants_of(rule: Rule) -> Iterator[tuple[str, Rule]]:
    """The rule with one thing wrong: a condition dropped, a turn in a condition, in FROM, in the columns, in a number."""
    columns = rule.sql[: rule.sql.index(rule.from_sql)]
    conditions = [condition.sql for condition in rule.conditions]
    for i, sql in enumerate(conditions):
        without = conditions[:i] + conditions[i + 1 :]
        yield f"without {' '.join(sql.split())}", _made(rule, columns, rule.from_sql, without)
        for what, changed in wrong_turns(sql):
            yield what, _made(rule, columns, rule.from_sql, [*conditions[:i], changed, *conditions[i + 1 :]])
    for what, changed in wrong_turns(rule.from_sql):
        yield what, _made(rule, columns, changed, conditions)
    for what, changed in wrong_turns(columns):
        yield what, _made(rule, changed, rule.from_sql, conditions)
    yield from _other_numbers(rule)


def _made(rule: Rule, columns: str, from_sql: str, conditions: list[str]) -> Rule:
    sql = f"{columns}{from_sql}\nWHERE " + "\n  AND ".join(f"({condition})" for condition in conditions)
    return replace(rule, sql=sql, conditions=tuple(Condition(c, c, 1) for c in conditions))


def _other_numbers(rule: Rule) -> Iterator[tuple[str, Rule]]:
    for name, parameter in rule.parameters.items():
        if isinstance(parameter.default, int | float):
            for value in (parameter.default + 1, parameter.default - 1):
                changed = replace(parameter, default=value)
                yield f"[{name}] default → {value}", replace(rule, parameters={**rule.parameters, name: changed})
    for name, call in rule.dates.items():
        function, argument = call.split("(", 1)
        if other := _DATE_FUNCTIONS.get(function):
            yield f"[{name}] {function} → {other}", replace(rule, dates={**rule.dates, name: f"{other}({argument}"})
