"""Small wrong turns of an SQL text: each comparison, IN, NULL test, NOT EXISTS, AND and number made to say something else."""

from collections.abc import Iterator
from dataclasses import replace

import sqlglot
from sqlglot.tokens import Token, TokenType

from kyosai_lists.segments.rule import Condition, Rule

_OTHERWISE = {
    TokenType.LT: ("<=", ">="),
    TokenType.LTE: ("<", ">"),
    TokenType.GT: (">=", "<="),
    TokenType.GTE: (">", "<"),
    TokenType.EQ: ("<>",),
    TokenType.NEQ: ("=",),
    TokenType.IN: ("NOT IN",),
    TokenType.LIKE: ("NOT LIKE",),
    TokenType.AND: ("OR",),
    TokenType.OR: ("AND",),
}


def wrong_turns(sql: str) -> Iterator[tuple[str, str]]:
    """(what was changed, the changed text), one change at a time."""
    tokens = sqlglot.tokenize(sql)
    for i, token in enumerate(tokens):
        after = tokens[i + 1] if i + 1 < len(tokens) else token
        for text in _others(token, after):
            changed = f"{sql[: token.start]}{text}{sql[token.end + 1 :]}"
            yield f"{_around(sql, token)} → {text or 'nothing'}", changed
        if token.token_type == TokenType.STRING and _in_a_list(tokens, i):
            first, last = (tokens[i - 1], token) if tokens[i - 1].token_type == TokenType.COMMA else (token, after)
            yield f"{_around(sql, token)} left out", f"{sql[: first.start]}{sql[last.end + 1 :]}"


def _others(token: Token, after: Token) -> tuple[str, ...]:
    if token.token_type == TokenType.NOT and after.token_type in (TokenType.EXISTS, TokenType.NULL):
        return ("",)  # NOT EXISTS, IS NOT NULL
    if token.token_type == TokenType.IS and after.token_type == TokenType.NULL:
        return ("IS NOT",)
    if token.token_type == TokenType.NUMBER and token.text != "1":  # SELECT 1
        return (str(int(token.text) + 1), str(int(token.text) - 1))
    return _OTHERWISE.get(token.token_type, ())


def _in_a_list(tokens: list[Token], i: int) -> bool:
    """One of several strings after IN."""
    start = i
    while tokens[start - 1].token_type in (TokenType.STRING, TokenType.COMMA):
        start -= 1
    several = TokenType.COMMA in (t.token_type for t in tokens[i - 1 : i + 2])
    return several and tokens[start - 2].token_type == TokenType.IN


def _around(sql: str, token: Token) -> str:
    """Enough of the text to find the place: `m.hired_on [<] :fiscal_year_start`."""
    before, at = " ".join(sql[: token.start].split())[-30:], sql[token.start : token.end + 1]
    return f"{before} [{at}] {' '.join(sql[token.end + 1 :].split())[:30]}"


def mutants_of(rule: Rule) -> Iterator[tuple[str, Rule]]:
    """The rule without each of its conditions, and with each wrong turn in a condition, in FROM and in the columns."""
    columns = rule.sql[: rule.sql.index(rule.from_sql)]
    conditions = [condition.sql for condition in rule.conditions]
    for i, sql in enumerate(conditions):
        yield (
            f"without {' '.join(sql.split())}",
            _made(rule, columns, rule.from_sql, conditions[:i] + conditions[i + 1 :]),
        )
        for what, changed in wrong_turns(sql):
            yield what, _made(rule, columns, rule.from_sql, [*conditions[:i], changed, *conditions[i + 1 :]])
    for what, changed in wrong_turns(rule.from_sql):
        yield what, _made(rule, columns, changed, conditions)
    for what, changed in wrong_turns(columns):
        yield what, _made(rule, changed, rule.from_sql, conditions)


def _made(rule: Rule, columns: str, from_sql: str, conditions: list[str]) -> Rule:
    sql = f"{columns}{from_sql}\nWHERE " + "\n  AND ".join(f"({condition})" for condition in conditions)
    return replace(rule, sql=sql, conditions=tuple(Condition(c, c, 1) for c in conditions))
