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
# Quoted text is matched first, so that a -- in it starts no comment; group 1 is the sentence of a comment to the line's end.
_COMMENT = re.compile(r"'(?:[^']|'')*'|/\*.*?\*/|--[ \t]*([^\n]*)", re.DOTALL)
_REQUIRED = {"title": str, "offers": str, "plan": list, "priority": int, "document": str, "reason": str, "hint": str}
_OPTIONAL = {"discreet": bool, "parameters": dict, "dates": dict}
_PARAMETER = {"default": (int, float, str), "meaning": (str,)}
_CLAUSES = {"expressions", "from_", "joins", "where", "distinct"}
_SAID = {"order": "ORDER BY", "group": "GROUP BY", "with_": "WITH", "locks": "FOR UPDATE", "windows": "WINDOW"}
_MEND = "ルールのファイルを直してください。"


def parse_rule(path: Path) -> Rule:
    """Reads one rule file. That its tables, columns and parameters exist is `check.py`'s work.

    Raises:
        RuleError: with file and line.
    """
    text = rule_text(path)
    front, body_line, sql = _split(path, text)
    select = _parse(path, sql, body_line)
    from_at, where_at = _clauses(path, sql, body_line)
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
        sql=_bare(sql),
        from_sql=_bare(sql[from_at:where_at]),
        conditions=_conditions(path, sql, body_line, where_at),
        outputs=tuple(select.named_selects),
        digest=hashlib.sha256(text.encode()).hexdigest(),
    )


def rule_text(path: Path) -> str:
    """
    Raises:
        RuleError: the file was not saved as UTF-8.
    """
    try:
        return path.read_text("utf-8-sig")  # line ends of Windows become \n
    except UnicodeDecodeError as error:
        raise RuleError(
            place(path, 1), "文字がUTF-8ではありません。", "文字コードをUTF-8にして保存し直してください。"
        ) from error


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
    for name in sorted(front.keys() - _REQUIRED.keys()):
        if not isinstance(front[name], _OPTIONAL.get(name, ())):
            raise RuleError(place(path, 1), f"先頭の説明の {name} は使えないか、書き方が違います。", _MEND)
    for name, parameter in front.get("parameters", {}).items():
        if not _is_parameter(parameter):
            what = f"parameters.{name} には default(数か日付)と meaning を書きます。"
            raise RuleError(place(path, 1), what, _MEND)
    for name in [*front["plan"], *front.get("dates", {}).values()]:
        if not isinstance(name, str):
            raise RuleError(place(path, 1), f"先頭の説明の plan か dates の {name} は文字ではありません。", _MEND)
    lead = text[: found.end()]
    return front, lead.count("\n") + 1, text[found.end() :]


def _is_parameter(value: object) -> bool:
    if not isinstance(value, dict) or set(value) != set(_PARAMETER) or isinstance(value["default"], bool):
        return False
    return all(isinstance(value[name], kinds) for name, kinds in _PARAMETER.items())


def _bare(sql: str) -> str:
    """The text as written without its comments: what runs. A mark like :name in a comment must not become one that is bound."""
    bare = _COMMENT.sub(lambda found: found.group() if found.group().startswith("'") else " ", sql)
    return re.sub(r"\s*;\s*\Z", "", bare).rstrip()


def _parse(path: Path, sql: str, first_line: int) -> exp.Select:
    try:
        statements = [s for s in sqlglot.parse(sql) if s is not None]
    except (ParseError, TokenError) as error:
        at = error.errors[0].get("line", 1) if isinstance(error, ParseError) and error.errors else 1
        raise RuleError(place(path, first_line + at - 1), "SQLとして読めません。", _MEND) from error
    if len(statements) != 1 or not isinstance(statements[0], exp.Select):
        raise RuleError(place(path, first_line), "SELECT文を一つだけ書きます。", _MEND)
    for name, value in statements[0].args.items():
        if value and name not in _CLAUSES:
            line = first_line + line_of(value[0] if isinstance(value, list) else value) - 1
            what = f"{_SAID.get(name, name.upper())} は使えません。並べ方や件数は出力のときに決まります。"
            raise RuleError(place(path, line), what, _MEND)
    return statements[0]


def line_of(node: exp.Expr) -> int:
    """The line on which `node` stands in the SQL, as near as the parser says."""
    lines = [n.meta["line"] for n in node.walk() if "line" in n.meta]
    if not lines and node.parent is not None:
        return line_of(node.parent)
    return lines[0] if lines else 1


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


def _clauses(path: Path, sql: str, first_line: int) -> tuple[int, int]:
    """Where FROM and WHERE begin."""
    top = _at_top(sqlglot.tokenize(sql))
    starts = {t.token_type: t.start for t in reversed(top) if t.token_type in (TokenType.FROM, TokenType.WHERE)}
    if len(starts) != 2:
        raise RuleError(place(path, first_line), "FROM と WHERE が要ります。", _MEND)
    return starts[TokenType.FROM], starts[TokenType.WHERE]


def _conditions(path: Path, sql: str, first_line: int, where_at: int) -> tuple[Condition, ...]:
    top = _at_top([t for t in sqlglot.tokenize(sql) if t.start >= where_at])
    for token in top:
        if token.token_type == TokenType.OR:
            line = first_line + token.line - 1
            raise RuleError(place(path, line), "条件のいちばん外側に OR があります。かっこで囲んでください。", _MEND)
    starts = [t.end + 1 for t in top if t.token_type in (TokenType.WHERE, TokenType.AND)]
    stops = [t.start for t in top if t.token_type == TokenType.AND] + [len(sql)]
    return tuple(_condition(path, sql, first_line, a, b) for a, b in zip(starts, stops, strict=True))


def _condition(path: Path, sql: str, first_line: int, start: int, stop: int) -> Condition:
    whole = sql[start:stop]
    line = first_line + sql[:start].count("\n")
    sentences = [found.group(1).strip() for found in _COMMENT.finditer(whole) if found.group(1) is not None]
    if not sentences or not sentences[0]:
        raise RuleError(place(path, line), "条件に、その意味を書いた「-- …」がありません。", _MEND)
    return Condition(sql=re.sub(r"\n\s*\n", "\n", _bare(whole)).strip(), text=sentences[0], line=line)
