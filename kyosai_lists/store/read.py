"""What the use cases read of the store besides what rules select: unions, rosters, stops, campaigns."""

import polars as pl
import sqlalchemy as sa

from kyosai_lists.store import tables

UNION_SCHEMA: dict[str, pl.DataType] = {
    "union_code": pl.String(),
    "pref": pl.String(),
    "name": pl.String(),
    "renewal_campaign_on": pl.Date(),
    "roster_on": pl.Date(),
}
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
    return pl.DataFrame([tuple(row) for row in connection.execute(query)], schema=UNION_SCHEMA, orient="row")


def stops(connection: sa.Connection) -> pl.DataFrame:
    """Every 案内停止 (STOP_SCHEMA); product "" is everything, a null date is open."""
    query = sa.select(*(tables.suppressions.c[name] for name in STOP_SCHEMA))
    return pl.DataFrame([tuple(row) for row in connection.execute(query)], schema=STOP_SCHEMA, orient="row")


def campaign(connection: sa.Connection, code: str) -> sa.RowMapping | None:
    """The stored row of one 募集 (`tables.campaigns`), or None."""
    query = sa.select(tables.campaigns).where(tables.campaigns.c.code == code)
    return connection.execute(query).mappings().one_or_none()


def waiting_contracts(connection: sa.Connection) -> set[str]:
    """Keys of the contracts whose member is not in the store."""
    c, m = tables.contracts, tables.members
    absent = ~sa.exists().where(m.c.member_key == c.c.member_key)
    return set(connection.execute(sa.select(c.c.contract_key).where(absent)).scalars())


def member_keys(connection: sa.Connection, number: str) -> list[str]:
    """The keys of everyone with this normalised 組合員番号, one per prefecture at most; `17-00000090` is one person's key."""
    m = tables.members.c.member_key
    own = m.like(f"__-{_literal(number)}", escape="\\")
    found = connection.execute(sa.select(m).where(sa.or_(own, m == number))).scalars()
    return sorted(key for key in found if number in (key, key.partition("-")[2]))  # SQLite's LIKE takes A for a


def _literal(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
