"""What the use cases read of the store besides what rules select: unions, rosters, stops, campaigns."""

from collections.abc import Iterable, Sequence
from datetime import date

import polars as pl
import sqlalchemy as sa

from kyosai_lists.store import tables
from kyosai_lists.store.at_once import Query
from kyosai_lists.store.load import KEY_SEPARATOR
from kyosai_lists.store.query import as_list, frame, listed

UNION_SCHEMA: dict[str, pl.DataType] = {
    "union_code": pl.String(),
    "pref": pl.String(),
    "name": pl.String(),
    "renewal_campaign_on": pl.Date(),
    "roster_on": pl.Date(),
}
IN_SERVICE = ("active", "leave")
STOP_SCHEMA: dict[str, pl.DataType] = {
    "member_key": pl.String(),
    "product": pl.String(),
    "starts_on": pl.Date(),
    "ends_on": pl.Date(),
}


def unions(connection: sa.Connection) -> pl.DataFrame:
    """Every union by code (UNION_SCHEMA); `roster_on`: the date of its newest roster, null when none came."""
    u, r = tables.unions, tables.rosters
    query = (
        sa.select(u.c.union_code, u.c.pref, u.c.name, u.c.renewal_campaign_on, r.c.as_of)
        .join_from(u, r, u.c.union_code == r.c.union_code, isouter=True)
        .order_by(u.c.union_code)
    )
    return frame(connection, query, UNION_SCHEMA)


def stops(connection: sa.Connection) -> pl.DataFrame:
    """Every 案内停止 (STOP_SCHEMA); product "" is everything, a null date is open."""
    query = sa.select(*(tables.suppressions.c[name] for name in STOP_SCHEMA))
    return frame(connection, query, STOP_SCHEMA)


def campaign(connection: sa.Connection, code: str) -> sa.RowMapping | None:
    """The stored row of one 募集 (`tables.campaigns`), or None."""
    query = sa.select(tables.campaigns).where(tables.campaigns.c.code == code)
    return connection.execute(query).mappings().one_or_none()


def campaigns(connection: sa.Connection) -> Sequence[sa.RowMapping]:
    """Every stored row of 募集 by code, and `known_on`: when the store first knew of it, however often it was changed since."""
    c, i = tables.campaigns.c, tables.imports.c
    before = _first_imports("campaigns")
    first = sa.func.coalesce(before.c.import_id, c.import_id)
    query = (
        sa.select(tables.campaigns, i.taken_in_on.label("known_on"))
        .join(before, before.c.record_key == c.code, isouter=True)
        .join(tables.imports, i.id == first)
    )
    return connection.execute(query.order_by(c.code)).mappings().all()


def _first_imports(table_name: str) -> sa.Subquery:
    """Of each row that was changed since, and that is nobody's: the import that brought it. What was taken back does not count."""
    c, i = tables.changes.c, tables.imports.c
    return (
        sa.select(c.record_key, sa.func.min(c.before_import_id).label("import_id"))
        .join(tables.imports, i.id == c.import_id)
        .where(c.member_key == "", c.table_name == table_name, i.undone_on.is_(None))
        .group_by(c.record_key)
        .subquery("first_imports")
    )


def waiting_contracts(connection: sa.Connection) -> set[str]:
    """Keys of the contracts whose member is not in the store."""
    c, m = tables.contracts, tables.members
    absent = ~sa.exists().where(m.c.member_key == c.c.member_key)
    return set(connection.execute(sa.select(c.c.contract_key).where(absent)).scalars())


def ask_waiting_contracts() -> Query:
    """How many of them there are: `waiting` (Int64)."""
    sql = """SELECT COUNT(*) AS waiting FROM contracts c
             WHERE NOT EXISTS (SELECT 1 FROM members m WHERE m.member_key = c.member_key)"""
    return Query(sql, {}, {"waiting": pl.Int64()})


def people_in_service(connection: sa.Connection) -> dict[str, int]:
    """How many people of each union are in service."""
    m = tables.members.c
    query = sa.select(m.union_code, sa.func.count()).where(m.status.in_(IN_SERVICE)).group_by(m.union_code)
    return {row[0]: row[1] for row in connection.execute(query)}


STORED_SCHEMA: dict[str, pl.DataType] = {
    "record_key": pl.String(),
    "member_key": pl.String(),
    "scope": pl.String(),
}


def still_there(connection: sa.Connection, table: sa.Table, scope: str, today: date) -> pl.DataFrame:
    """STORED_SCHEMA: the rows that a complete file would still have; whoever left and whatever ended may be gone from it.

    `scope`: the column whose value comes as `scope`.
    """
    first, *others = (sa.cast(column, sa.Text) for column in table.primary_key)
    record_key: sa.ColumnElement[str] = first
    for other in others:
        record_key = record_key + KEY_SEPARATOR + other
    whose = table.c.member_key if "member_key" in table.c else sa.literal("")
    query = sa.select(record_key, whose, table.c[scope]).order_by(record_key)
    if table.name == "members":
        query = query.where(table.c.status.in_(IN_SERVICE))
    for end in {"ended_on", "ends_on"} & set(table.c.keys()):
        query = query.where(table.c[end].is_(None) | (table.c[end] >= today))
    if table.name == "applications":
        query = query.where(table.c.state != "withdrawn", table.c.contract_key.is_(None))
    return frame(connection, query, STORED_SCHEMA)


ADDRESS_SCHEMA: dict[str, pl.DataType] = {"member_key": pl.String(), "address": pl.String()}


def ask_addresses(connection: sa.Connection, members: str) -> Query:
    """ADDRESS_SCHEMA: the 住所 of those of `members` (as `query.as_list` writes them) who have one. (No rule sees it: it is no
    column of the relation `people`.)
    """
    sql = f"""SELECT member_key, address FROM members
              WHERE address <> '' AND member_key IN ({listed(connection, "members")})"""
    return Query(sql, {"members": members}, ADDRESS_SCHEMA)


def ask_members_of(connection: sa.Connection, union_codes: Iterable[str]) -> Query:
    """`member_key` of everyone in these unions."""
    sql = f"SELECT member_key FROM members WHERE union_code IN ({listed(connection, 'unions')})"
    return Query(sql, {"unions": as_list(union_codes)}, {"member_key": pl.String()})


NAME_SCHEMA: dict[str, pl.DataType] = {"member_key": pl.String(), "name": pl.String()}


def member_names(connection: sa.Connection) -> pl.DataFrame:
    """member_key, name (String) of everybody."""
    m = tables.members.c
    return frame(connection, sa.select(m.member_key, m.name), NAME_SCHEMA)


STATE_SCHEMA: dict[str, pl.DataType] = {"member_key": pl.String(), "status": pl.String()}


def member_states(connection: sa.Connection) -> pl.DataFrame:
    """STATE_SCHEMA: the 在籍区分 of everybody."""
    m = tables.members.c
    return frame(connection, sa.select(m.member_key, m.status), STATE_SCHEMA)


MATCH_SCHEMA: dict[str, pl.DataType] = {
    "member_key": pl.String(),
    "product": pl.String(),
    "main_contract_key": pl.String(),
    "type_key": pl.String(),
}


def open_applications(connection: sa.Connection) -> pl.DataFrame:
    """MATCH_SCHEMA and received_on (Date): applications neither withdrawn nor matched to a contract."""
    a = tables.applications.c
    schema = MATCH_SCHEMA | {"received_on": pl.Date()}
    still_open = sa.and_(a.state != "withdrawn", a.contract_key.is_(None))
    return frame(connection, sa.select(*(a[name] for name in schema)).where(still_open), schema)


def contracts_of(connection: sa.Connection, import_id: int) -> pl.DataFrame:
    """MATCH_SCHEMA, contract_key, insured, effective_on and ended_on (Date): the contracts that this import last changed."""
    c = tables.contracts.c
    dates = {"effective_on": pl.Date(), "ended_on": pl.Date()}
    schema = MATCH_SCHEMA | {"contract_key": pl.String(), "insured": pl.String()} | dates
    return frame(connection, sa.select(*(c[name] for name in schema)).where(c.import_id == import_id), schema)


def contracts_in_force(connection: sa.Connection, today: date) -> pl.DataFrame:
    """MATCH_SCHEMA, contract_key and insured: contracts not ended of everyone with an open application for that product."""
    c, a = tables.contracts.c, tables.applications.c
    schema = MATCH_SCHEMA | {"contract_key": pl.String(), "insured": pl.String()}
    waiting = sa.exists().where(a.member_key == c.member_key, a.product == c.product, a.contract_key.is_(None))
    query = sa.select(*(c[name] for name in schema)).where(waiting, c.ended_on.is_(None) | (c.ended_on >= today))
    return frame(connection, query, schema)


def guide_kinds(connection: sa.Connection) -> set[str]:
    """The kinds of めやす of which there is at least one."""
    return set(connection.execute(sa.select(tables.guides.c.kind).distinct()).scalars())


def member_keys(connection: sa.Connection, number: str) -> list[str]:
    """The keys of everyone with this normalised 組合員番号, one per prefecture at most; `17-00000090` is one person's key."""
    m = tables.members.c.member_key
    own = m.like(f"__-{_literal(number)}", escape="\\")
    found = connection.execute(sa.select(m).where(sa.or_(own, m == number))).scalars()
    return sorted(key for key in found if number in (key, key.partition("-")[2]))  # SQLite's LIKE takes A for a


def _literal(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
