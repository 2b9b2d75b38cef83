"""案内停止 and 申込受付 one by one, with the person's name and the import that each came with."""

import json
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from kyosai_lists.store.quarantine import number as hold_number
from kyosai_lists.store.tables import (
    applications,
    contracts,
    import_files,
    imports,
    members,
    quarantine,
    suppressions,
)
from kyosai_lists.text import UNCLEAR_PREF


@dataclass(frozen=True)
class Source:
    """The import that last changed a row. `files`: the names of its files of that layout."""

    number: int
    taken_in_on: date
    files: tuple[str, ...]


@dataclass(frozen=True)
class StoredStop:
    """One 案内停止; `product` "" stops everything, a date that is None is open. `name`: None while nobody has the number."""

    member_key: str
    member_no: str
    name: str | None
    product: str
    starts_on: date | None
    ends_on: date | None
    reason: str
    source: Source


@dataclass(frozen=True)
class HeldStop:
    """A row of 案内停止 on 保留: it stops everything for its person. `member_key` as in `tables.quarantine`; `reasons`: sentences."""

    number: str
    member_key: str
    file: str
    row: int
    reasons: tuple[str, ...]
    source: Source


@dataclass(frozen=True)
class StoredApplication:
    """One 申込受付; `contract_no` is that of the contract that came of it, "" while there is none."""

    member_key: str
    member_no: str
    name: str | None
    product: str
    received_on: date
    state: str
    main_contract_no: str
    type: str
    contract_key: str
    contract_no: str
    source: Source


def stops(connection: sa.Connection, member_key: str | None = None) -> list[StoredStop]:
    """Every stop, or one person's, by number and product, whether in force or not."""
    s = suppressions.c
    query = (
        sa.select(suppressions, members.c.name)
        .join_from(suppressions, members, members.c.member_key == s.member_key, isouter=True)
        .order_by(s.member_key, s.product)
    )
    if member_key is not None:
        query = query.where(s.member_key == member_key)
    sources = _sources(connection, "suppressions")
    return [
        StoredStop(
            r.member_key, r.member_no, r.name, r.product, r.starts_on, r.ends_on, r.reason or "", sources[r.import_id]
        )
        for r in connection.execute(query)
    ]


def stops_on_hold(connection: sa.Connection, member_key: str | None = None) -> list[HeldStop]:
    """Every row of 案内停止 on 保留, or those that hold back one person, the oldest first."""
    q = quarantine.c
    query = sa.select(quarantine).where(q.layout == "suppressions", q.resolved_by.is_(None)).order_by(q.id)
    if member_key is not None:
        unclear = f"{UNCLEAR_PREF}-{member_key.partition('-')[2]}"
        query = query.where(q.member_key.in_((member_key, unclear)))
    sources = _sources(connection, "suppressions")
    return [
        HeldStop(
            hold_number(r.id, r.raw), r.member_key, r.file, r.row,
            tuple(problem["reason"] for problem in json.loads(r.problems)), sources[r.import_id],
        )
        for r in connection.execute(query)
    ]  # fmt: skip


def received(connection: sa.Connection, member_key: str | None = None) -> list[StoredApplication]:
    """Every application, or one person's, the oldest first, whether open or not."""
    a = applications.c
    query = (
        sa.select(applications, members.c.name, contracts.c.contract_no)
        .join_from(applications, members, members.c.member_key == a.member_key, isouter=True)
        .join(contracts, contracts.c.contract_key == a.contract_key, isouter=True)
        .order_by(a.received_on, a.member_key, a.product)
    )
    if member_key is not None:
        query = query.where(a.member_key == member_key)
    sources = _sources(connection, "applications")
    return [
        StoredApplication(
            r.member_key, r.member_no, r.name, r.product, r.received_on, r.state, r.main_contract_no or "", r.type or "",
            r.contract_key or "", r.contract_no or "", sources[r.import_id],
        )
        for r in connection.execute(query)
    ]  # fmt: skip


def _sources(connection: sa.Connection, layout: str) -> dict[int, Source]:
    """By import; all of them, since matching a contract changes an application in an import of contracts."""
    days = {row.id: row.taken_in_on for row in connection.execute(sa.select(imports.c.id, imports.c.taken_in_on))}
    f = import_files.c
    query = sa.select(f.import_id, f.name, f.layout).order_by(f.import_id, f.number)
    names: dict[int, list[str]] = {number: [] for number in days}
    others: dict[int, list[str]] = {number: [] for number in days}
    for row in connection.execute(query):
        (names if row.layout == layout else others)[row.import_id].append(row.name)
    return {number: Source(number, day, tuple(names[number] or others[number])) for number, day in days.items()}


def named(connection: sa.Connection, member_key: str) -> tuple[str, str] | None:
    """組合員番号 as it came and 氏名, or None for a number that nobody has."""
    m = members.c
    row = connection.execute(sa.select(m.member_no, m.name).where(m.member_key == member_key)).one_or_none()
    return (row.member_no, row.name) if row else None


def numbers_like(connection: sa.Connection, member_key: str) -> tuple[str, ...]:
    """The registered numbers of the same prefecture that differ from this one in nothing but zeros at the front."""
    pref, _, number = member_key.partition("-")
    plain = number.lstrip("0")
    m = members.c
    own = sa.func.ltrim(sa.func.substr(m.member_key, len(pref) + 2), "0") == plain
    found = connection.execute(sa.select(m.member_key).where(m.pref == pref, own)).scalars()
    return tuple(sorted(key.partition("-")[2] for key in found if key != member_key)) if plain else ()


def keys_of(connection: sa.Connection, number: str) -> list[str]:
    """As `read.member_keys`, of those who have a stop or an application, registered or not."""
    found = sa.union(sa.select(suppressions.c.member_key), sa.select(applications.c.member_key))
    keys = connection.execute(found).scalars()
    return sorted(key for key in keys if number in (key, key.partition("-")[2]))


def is_contract(connection: sa.Connection, contract_key: str) -> bool:
    found = sa.select(contracts.c.contract_key).where(contracts.c.contract_key == contract_key)
    return connection.execute(found).first() is not None


def put_back_on_hold(connection: sa.Connection, import_id: int) -> None:
    """Whatever this import took off 保留 is on it again."""
    connection.execute(sa.update(quarantine).where(quarantine.c.resolved_by == import_id).values(resolved_by=None))
