"""Running a branch's own rule behind the database's guard, and saying in words why it was stopped."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache

import polars as pl

from kyosai_lists.errors import RuleError
from kyosai_lists.retirement import RetirementTable, law_steps
from kyosai_lists.segments.functions import CALLED
from kyosai_lists.segments.relations import COLUMNS
from kyosai_lists.segments.rule import Rule
from kyosai_lists.segments.union_relations import UNION_COLUMNS, union_with_clause
from kyosai_lists.store.engine import Connection
from kyosai_lists.store.guard.connect import guarded
from kyosai_lists.store.guard.readable import reads
from kyosai_lists.store.guard.terms import Allowed, Guard, Reason, Stopped
from kyosai_lists.store.query import Bind, fetch, fetch_each

ROWS = 5_000_000  # of one rule: the nation's people several times over
_WORDS = {
    Reason.TOO_LONG: (
        "{seconds:g}秒たっても終わらないため、止めました。",
        "EXISTS などのかっこの中に e.member_key = m.member_key のような結び付けがあるかを見てください。"
        "もっと待つには kyosai.toml の [rules] seconds を大きくします。",
    ),
    Reason.FORBIDDEN: (
        "ルールではできないこと(書き込み、決められた表・列・関数以外の利用など)をしようとしたため、止めました。",
        "docs/rules.md にある表・列・関数だけを使ってください。",
    ),
    Reason.TOO_MUCH: (
        "結果が多すぎるか、値が長すぎるため、止めました。",
        "LEFT JOIN の ON に member_key の結び付けがあるかを見てください。",
    ),
    Reason.KINDS: (
        "種類の違う値を比べています(文字と数、文字と日付など)。",
        "数は 35、文字は '35' のように書き、列の種類を docs/rules.md で確かめてください。",
    ),
    Reason.OTHER: (
        "データベースがこのルールを受け付けませんでした。",
        "docs/rules.md の例に近い形に書き直してください。",
    ),
}


@cache
def allowed() -> Allowed:
    """What a rule may use: the stored columns that the relations are made of, and the functions of `functions.py`."""
    law = RetirementTable({"": law_steps()})
    made_of = reads(f"{union_with_clause('sqlite', law)} {_every_column({**COLUMNS, **UNION_COLUMNS})}")
    return Allowed(made_of.columns, made_of.functions | CALLED)


def _every_column(relations: Mapping[str, Iterable[str]]) -> str:
    columns = ", ".join(f"{relation}.{name}" for relation, names in relations.items() for name in names)
    return f"SELECT {columns} FROM {', '.join(relations)}"


def fetch_guarded(
    connection: Connection,
    guard: Guard,
    rule: Rule,
    relations: str,
    sql: str,
    binds: Mapping[str, Bind],
    schema: Mapping[str, pl.DataType],
) -> pl.DataFrame:
    """As `store.query.fetch`, for an own rule; `relations` is the WITH that stands in front of `sql`.

    Raises:
        RuleError: the database stopped it.
        StoreError: there can be no guard here.
    """
    with _in_words(rule, guard), guarded(connection, guard, allowed()) as beside:
        found = fetch(beside, f"{relations}\nSELECT * FROM ({sql}\n) own_rule LIMIT {ROWS + 1}", binds, schema)
    if found.height > ROWS:
        raise _refused(rule, Reason.TOO_MUCH, guard)
    return found


def rows_guarded(
    connection: Connection, guard: Guard, rule: Rule, relations: str, sql: str, binds: Iterable[Mapping[str, Bind]]
) -> Iterator[list[tuple[object, ...]]]:
    """As `store.query.fetch_each`, for an own rule, with what `fetch_guarded` raises."""
    with _in_words(rule, guard), guarded(connection, guard, allowed()) as beside:
        yield from fetch_each(beside, f"{relations}\nSELECT * FROM ({sql}\n) own_rule LIMIT {ROWS}", binds)


@contextmanager
def _in_words(rule: Rule, guard: Guard) -> Iterator[None]:
    try:
        yield
    except Stopped as stopped:
        raise _refused(rule, stopped.reason, guard) from None


def _refused(rule: Rule, reason: Reason, guard: Guard) -> RuleError:
    what, todo = _WORDS[reason]
    return RuleError(f"queries/{rule.path.name}", what.format(seconds=guard.seconds), todo)
