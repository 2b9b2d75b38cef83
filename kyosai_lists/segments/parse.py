"""From a file of `queries/` to a `Rule`: front matter (TOML in a comment), then one SELECT with a sentence per condition.

The text that runs is the text that was written: sqlglot splits and checks it, its own output is never run.
"""

import hashlib
import re
from pathlib import Path

import sqlglot
from sqlglot import exp
from sqlglot.errors import ParseError, TokenError
from sqlglot.tokens import Token, TokenType  # type: ignore[attr-defined]  # its home in sqlglot, though not listed there

from kyosai_lists.segments.finding import Draft, Finding
from kyosai_lists.segments.front import FrontMatter, read_front
from kyosai_lists.segments.rule import Condition, Rule
from kyosai_lists.segments.union_front import columns_of

# Quoted text is matched first, so that a -- in it starts no comment; group 1 is the sentence of a comment to the line's end.
_COMMENT = re.compile(r"'(?:[^']|'')*'|/\*.*?\*/|--[ \t]*([^\n]*)", re.DOTALL)
_CLAUSES = {"expressions", "from_", "joins", "where", "distinct"}
_SAID = {"order": "ORDER BY", "group": "GROUP BY", "with_": "WITH", "locks": "FOR UPDATE", "windows": "WINDOW"}


def parse_rule(path: Path, *, own: bool) -> Draft:
    """Reads one rule file, however wrong. That its tables, columns and parameters exist is `check.py`'s work.

    `own`: it is a branch's, not one that came with the product.
    """
    text = rule_text(path)
    if text is None:
        todo = "文字コードをUTF-8にして保存し直してください。"
        return Draft(path, (Finding(1, "文字がUTF-8ではありません。", todo),))
    front = read_front(text)
    if isinstance(front, Finding):
        return Draft(path, (front,), text)
    select, findings = _sql(front)
    rule = _rule(path, text, front, select, own=own)
    return Draft(path, (*front.findings, *findings, *_unsaid(rule)), text, rule, select, front.first_line)


def rule_text(path: Path) -> str | None:
    """The file's text, or None when it was not saved as UTF-8."""
    try:
        return path.read_text("utf-8-sig")  # line ends of Windows become \n
    except UnicodeDecodeError:
        return None


def _rule(path: Path, text: str, front: FrontMatter, select: exp.Select | None, *, own: bool) -> Rule:
    fields = front.fields
    sql = front.sql if select else ""
    from_at, where_at = _clauses(sql) or (len(sql), len(sql))
    return Rule(
        id=path.stem,
        path=path,
        own=own,
        kind=fields["kind"],
        title=fields["title"],
        offers=fields["offers"],
        plan=fields["plan"],
        priority=fields["priority"],
        discreet=fields["discreet"],
        needs_guide=fields["needs_guide"],
        document=fields["document"],
        reason=fields["reason"],
        hint=fields["hint"],
        parameters=front.parameters,
        dates=fields["dates"],
        sql=_bare(sql),
        from_sql=_bare(sql[from_at:where_at]),
        conditions=_conditions(sql, front.first_line, where_at),
        columns=columns_of(fields["columns"]),
        outputs=tuple(select.named_selects) if select else (),
        text=text,
        digest=hashlib.sha256(text.encode()).hexdigest(),
    )


def _sql(front: FrontMatter) -> tuple[exp.Select | None, list[Finding]]:
    """The one SELECT, if it is one with FROM and WHERE, and what is wrong with its outline."""
    select = _parse(front.sql, front.first_line)
    if isinstance(select, Finding):
        return None, [select]
    clauses = _clauses(front.sql)
    if clauses is None:
        return None, [
            Finding(front.first_line, "FROM と WHERE が要ります。", "FROM people m と WHERE を書いてください。")
        ]
    return select, [*_more_clauses(select, front.first_line), *_top_or(front, clauses[1])]


def _bare(sql: str) -> str:
    """The text as written without its comments: what runs. A mark like :name in a comment must not become one that is bound."""
    bare = _COMMENT.sub(lambda found: found[0] if found[0].startswith("'") else " " + "\n" * found[0].count("\n"), sql)
    return re.sub(r"\s*;\s*\Z", "", bare).rstrip()


def _parse(sql: str, first_line: int) -> exp.Select | Finding:
    try:
        statements = [s for s in sqlglot.parse(sql) if s is not None]
    except (ParseError, TokenError) as error:
        at = error.errors[0].get("line", 1) if isinstance(error, ParseError) and error.errors else 1
        todo = "この行の前後に、かっこや引用符 ' の閉じ忘れ、余分な文字、抜けた言葉がないかを見てください。"
        return Finding(first_line + at - 1, "SQLとして読めません。", todo)
    if len(statements) != 1 or not isinstance(statements[0], exp.Select):
        todo = "SELECT m.member_key FROM people m WHERE … の形にしてください。"
        return Finding(first_line, "SELECT文を一つだけ書きます。", todo)
    return statements[0]


def _more_clauses(select: exp.Select, first_line: int) -> list[Finding]:
    """A finding for every clause beside SELECT, FROM, JOIN and WHERE."""
    findings = []
    for name, value in select.args.items():
        if value and name not in _CLAUSES:
            line = first_line + line_of(value[0] if isinstance(value, list) else value) - 1
            what = f"{_SAID.get(name, name.upper())} は使えません。並べ方や件数は出力のときに決まります。"
            findings.append(Finding(line, what, "その部分を消してください。"))
    return findings


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


def _clauses(sql: str) -> tuple[int, int] | None:
    """Where FROM and WHERE begin, if both are there."""
    top = _at_top(sqlglot.tokenize(sql))
    starts = {t.token_type: t.start for t in reversed(top) if t.token_type in (TokenType.FROM, TokenType.WHERE)}
    return (starts[TokenType.FROM], starts[TokenType.WHERE]) if len(starts) == 2 else None


def _top_of_where(sql: str, where_at: int) -> list[Token]:
    return _at_top([t for t in sqlglot.tokenize(sql) if t.start >= where_at])


def _top_or(front: FrontMatter, where_at: int) -> list[Finding]:
    todo = "OR でつないだ条件全体を、かっこで囲んでください。"
    return [
        Finding(front.first_line + token.line - 1, "条件のいちばん外側に OR があります。", todo)
        for token in _top_of_where(front.sql, where_at)
        if token.token_type == TokenType.OR
    ]


def _conditions(sql: str, first_line: int, where_at: int) -> tuple[Condition, ...]:
    top = _top_of_where(sql, where_at)
    if not top:
        return ()
    starts = [t.end + 1 for t in top if t.token_type in (TokenType.WHERE, TokenType.AND)]
    stops = [t.start for t in top if t.token_type == TokenType.AND] + [len(sql)]
    return tuple(_condition(sql, first_line, a, b) for a, b in zip(starts, stops, strict=True))


def _condition(sql: str, first_line: int, start: int, stop: int) -> Condition:
    whole = sql[start:stop]
    sentences = [found.group(1).strip() for found in _COMMENT.finditer(whole) if found.group(1) is not None]
    line = first_line + sql[:start].count("\n")
    bare = re.sub(r"\n\s*\n", "\n", _bare(whole)).strip()
    return Condition(sql=bare, text=sentences[0] if sentences else "", line=line)


def _unsaid(rule: Rule) -> list[Finding]:
    todo = "条件と同じ行の終わりに「-- 在職中である」のように書いてください。"
    return [
        Finding(condition.line, "条件に、その意味を書いた「-- …」がありません。", todo)
        for condition in rule.conditions
        if not condition.text
    ]
