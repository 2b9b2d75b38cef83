"""From a file of `queries/` to a `Rule`: front matter (TOML in a comment), then one SELECT with a sentence per condition.

The text that runs is the text that was written: sqlglot splits and checks it, its own output is never run.
"""

import hashlib
import re
import tomllib
from pathlib import Path
from typing import Any

import sqlglot
from sqlglot import exp
from sqlglot.errors import ParseError, TokenError
from sqlglot.tokens import Token, TokenType  # type: ignore[attr-defined]  # its home in sqlglot, though not listed there

from kyosai_lists.errors import RuleError
from kyosai_lists.segments.rule import Condition, Parameter, Rule

_FRONT = re.compile(r"\A\s*/\*---\n(.*?)\n---\*/", re.DOTALL)
_COMMENT = re.compile(r"'(?:[^']|'')*'|--[ \t]*([^\n]*)")
_REQUIRED = {"title": str, "offers": str, "plan": list, "priority": int, "document": str, "reason": str, "hint": str}
_OPTIONAL = {"discreet": bool, "parameters": dict, "dates": dict}
_MEND = "ルールのファイルを直してください。"


def parse_rule(path: Path) -> Rule:
    """Reads one rule file. That its tables, columns and parameters exist is `check.py`'s work.

    Raises:
        RuleError: with file and line.
    """
    text = path.read_text("utf-8").replace("\r\n", "\n")
    front, body_line, sql = _split(path, text)
    select = _parse(path, sql, body_line)
    from_at, where_at, end = _clauses(path, sql, body_line)
    return Rule(
        id=path.stem,
        path=path,
        title=front["title"],
        offers=front["offers"],
        plan=tuple(front["plan"]),
        priority=front["priority"],
        discreet=front.get("discreet", False),
        document=front["document"],
        reason=front["reason"],
        hint=front["hint"],
        parameters={
            name: Parameter(name, p["default"], p["meaning"]) for name, p in front.get("parameters", {}).items()
        },
        dates=dict(front.get("dates", {})),
        sql=sql,
        from_sql=sql[from_at:where_at].rstrip(),
        conditions=_conditions(path, sql, body_line, where_at, end),
        outputs=tuple(select.named_selects),
        digest=hashlib.sha256(text.encode()).hexdigest(),
    )


def place(path: Path, line: int) -> str:
    return f"queries/{path.name}:{line}"


def _split(path: Path, text: str) -> tuple[dict[str, Any], int, str]:
    found = _FRONT.match(text)
    if not found:
        raise RuleError(place(path, 1), "先頭に /*--- と ---*/ で囲んだ説明がありません。", _MEND)
    try:
        front = tomllib.loads(found.group(1))
    except tomllib.TOMLDecodeError as error:
        raise RuleError(place(path, 1), f"先頭の説明を読めません({error})。", _MEND) from error
    for name, kind in _REQUIRED.items():
        if not isinstance(front.get(name), kind):
            raise RuleError(place(path, 1), f"先頭の説明に {name} がないか、書き方が違います。", _MEND)
    for name in front.keys() - _REQUIRED.keys() - _OPTIONAL.keys():
        raise RuleError(place(path, 1), f"先頭の説明の {name} は使えません。", _MEND)
    for name, parameter in front.get("parameters", {}).items():
        if set(parameter) != {"default", "meaning"}:
            raise RuleError(place(path, 1), f"parameters.{name} には default と meaning を書きます。", _MEND)
    lead = text[: found.end()]
    return front, lead.count("\n") + 1, text[found.end() :]


def _parse(path: Path, sql: str, first_line: int) -> exp.Select:
    try:
        statements = [s for s in sqlglot.parse(sql) if s is not None]
    except (ParseError, TokenError) as error:
        at = error.errors[0].get("line", 1) if isinstance(error, ParseError) and error.errors else 1
        raise RuleError(place(path, first_line + at - 1), "SQLとして読めません。", _MEND) from error
    if len(statements) != 1 or not isinstance(statements[0], exp.Select):
        raise RuleError(place(path, first_line), "SELECT文を一つだけ書きます。", _MEND)
    return statements[0]


def _at_top(tokens: list[Token]) -> list[Token]:
    """The tokens outside every bracket and every CASE … END, without the AND of a BETWEEN."""
    depth, between, top = 0, 0, []
    for token in tokens:
        kind = token.token_type
        if kind in (TokenType.R_PAREN, TokenType.END):
            depth -= 1
        elif depth == 0 and kind == TokenType.AND and between:
            between -= 1
        elif depth == 0:
            between += kind == TokenType.BETWEEN
            top.append(token)
        if kind in (TokenType.L_PAREN, TokenType.CASE):
            depth += 1
    return top


def _clauses(path: Path, sql: str, first_line: int) -> tuple[int, int, int]:
    """Where FROM and WHERE begin, and where WHERE ends."""
    top = _at_top(sqlglot.tokenize(sql))
    starts = {kind: t.start for kind in (TokenType.FROM, TokenType.WHERE) for t in top if t.token_type == kind}
    if len(starts) != 2:
        raise RuleError(place(path, first_line), "FROM と WHERE が要ります。", _MEND)
    after = (TokenType.ORDER_BY, TokenType.GROUP_BY, TokenType.HAVING, TokenType.LIMIT, TokenType.UNION)
    for token in top:
        if token.token_type in after:
            line = first_line + token.line - 1
            raise RuleError(
                place(path, line), f"{token.text.upper()} は使えません。並べ方や件数は出力のときに決まります。", _MEND
            )
    return starts[TokenType.FROM], starts[TokenType.WHERE], len(sql)


def _conditions(path: Path, sql: str, first_line: int, where_at: int, end: int) -> tuple[Condition, ...]:
    top = _at_top([t for t in sqlglot.tokenize(sql) if t.start >= where_at])
    for token in top:
        if token.token_type == TokenType.OR:
            line = first_line + token.line - 1
            raise RuleError(place(path, line), "条件のいちばん外側に OR があります。かっこで囲んでください。", _MEND)
    starts = [t.end + 1 for t in top if t.token_type in (TokenType.WHERE, TokenType.AND)]
    stops = [t.start for t in top if t.token_type == TokenType.AND] + [end]
    return tuple(_condition(path, sql, first_line, a, b) for a, b in zip(starts, stops, strict=True))


def _condition(path: Path, sql: str, first_line: int, start: int, stop: int) -> Condition:
    whole = sql[start:stop]
    line = first_line + sql[:start].count("\n")
    sentences = [found.group(1).strip() for found in _COMMENT.finditer(whole) if found.group(1) is not None]
    if not sentences or not sentences[0]:
        raise RuleError(place(path, line), "条件に、その意味を書いた「-- …」がありません。", _MEND)
    bare = _COMMENT.sub(lambda found: "" if found.group(1) is not None else found.group(), whole)
    return Condition(sql=re.sub(r"\n\s*\n", "\n", bare).strip().rstrip(";"), text=sentences[0], line=line)
