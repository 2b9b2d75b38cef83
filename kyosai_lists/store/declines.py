"""Unions that somebody said need no lists of a slot, though they joined it after it came out or was closed."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from kyosai_lists.store.ledger_tables import declined_unions

_d = declined_unions.c


def every(connection: sa.Connection) -> dict[tuple[str, date], frozenset[str]]:
    """By 募集コード and 開始日."""
    found: dict[tuple[str, date], frozenset[str]] = {}
    for row in connection.execute(sa.select(declined_unions)):
        key = row.campaign_code, row.starts_on
        found[key] = found.get(key, frozenset()) | {row.union_code}
    return found


def add(connection: sa.Connection, code: str, starts_on: date, union_codes: Sequence[str]) -> None:
    """Whoever said so of one before said the same."""
    insert = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(declined_unions)
    rows = [{"campaign_code": code, "starts_on": starts_on, "union_code": union} for union in union_codes]
    connection.execute(insert.values(rows).on_conflict_do_nothing())


def take_back(connection: sa.Connection, code: str, starts_on: date, union_codes: Sequence[str]) -> None:
    of_unions = (_d.campaign_code == code, _d.starts_on == starts_on, _d.union_code.in_(list(union_codes)))
    connection.execute(sa.delete(declined_unions).where(*of_unions))


def forget(connection: sa.Connection, code: str, starts_on: date) -> tuple[str, ...]:
    """All that was said of a slot: it is to come out after all, for everybody it is for. The unions it was said of, by code."""
    of_slot = (_d.campaign_code == code, _d.starts_on == starts_on)
    said = connection.execute(sa.select(_d.union_code).where(*of_slot).order_by(_d.union_code)).scalars().all()
    connection.execute(sa.delete(declined_unions).where(*of_slot))
    return tuple(said)
