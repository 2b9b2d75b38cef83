"""Slots in the store: claimed by primary key, taken over when their holder died, filled in the transaction that enters the run.

Whoever enters a run for a slot must still hold it: so each slot comes out exactly once, whoever dies or is slow, and whatever
the clocks say.
"""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from kyosai_lists.store.ledger_tables import slots

CLAIMED, ISSUED, CLOSED = "claimed", "issued", "closed"


@dataclass(frozen=True)
class Claim:
    """`claimed_by`: a mark that no other claim has; `claimed_at`: UTC, ISO text; `lock`: the file that its holder on `machine` has
    locked."""

    campaign_code: str
    starts_on: date
    issue_on: date
    claimed_by: str
    claimed_at: str
    machine: str
    lock: str


@dataclass(frozen=True)
class StoredSlot:
    """`state`: CLAIMED, ISSUED or CLOSED. `run_id`: of the run that filled it. `closed_for`: of one that is CLOSED, the unions
    that had its day then; () where it has one day for all.
    """

    claim: Claim
    state: str
    run_id: str | None
    late: bool
    closed_for: tuple[str, ...] = ()


_OF_CLAIM = tuple(Claim.__dataclass_fields__)
_s = slots.c


def every(connection: sa.Connection) -> list[StoredSlot]:
    return [_stored(row) for row in connection.execute(sa.select(slots)).mappings()]


def one(connection: sa.Connection, code: str, starts_on: date) -> StoredSlot | None:
    query = sa.select(slots).where(_s.campaign_code == code, _s.starts_on == starts_on)
    row = connection.execute(query).mappings().one_or_none()
    return _stored(row) if row else None


def _stored(row: sa.RowMapping) -> StoredSlot:
    own = Claim(**{name: row[name] for name in _OF_CLAIM})
    return StoredSlot(own, row["state"], row["run_id"], row["late"], tuple(row["closed_for"].split()))


def claim(connection: sa.Connection, new: Claim) -> bool:
    """Whether `new` is the first row of its slot; of many that try at once, one is."""
    return _is_first(connection, {**vars(new), "state": CLAIMED})


def close(connection: sa.Connection, new: Claim, union_codes: tuple[str, ...], seen: Claim | None = None) -> bool:
    """Whether its slot is CLOSED now, for `union_codes`; `seen`: the claim of a dead one in whose place it stands."""
    row = {**vars(new), "state": CLOSED, "closed_for": " ".join(union_codes)}
    if seen is None:
        return _is_first(connection, row)
    return connection.execute(_held(seen).values(**row)).rowcount == 1


def _is_first(connection: sa.Connection, row: dict[str, object]) -> bool:
    insert = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(slots)
    statement = insert.values(**row).on_conflict_do_nothing()
    return connection.execute(statement.returning(_s.campaign_code)).first() is not None  # no driver counts it alike


def take_over(connection: sa.Connection, seen: Claim, new: Claim) -> bool:
    """Whether `new` stands now in the place of `seen`; not when that was changed in between, or filled."""
    return connection.execute(_held(seen).values(**vars(new), state=CLAIMED)).rowcount == 1


def hold(connection: sa.Connection, own: Claim) -> bool:
    """Whether the slot is still this claim's; until the transaction ends, nobody else can have it."""
    return connection.execute(_held(own).values(state=CLAIMED)).rowcount == 1


def fill(connection: sa.Connection, own: Claim, run_id: str, *, late: bool) -> None:
    """It came out with this run. `hold` said that it is this claim's."""
    connection.execute(_held(own).values(state=ISSUED, run_id=run_id, late=late))


def let_go(connection: sa.Connection, own: Claim) -> None:
    """Nothing came of the claim: the slot is free again."""
    connection.execute(sa.delete(slots).where(*_is(own)))


def reopen(connection: sa.Connection, code: str, starts_on: date) -> bool:
    """Whether the slot was CLOSED; it is free again."""
    closed = (_s.campaign_code == code, _s.starts_on == starts_on, _s.state == CLOSED)
    return connection.execute(sa.delete(slots).where(*closed)).rowcount == 1


def _held(seen: Claim) -> sa.Update:
    return sa.update(slots).where(*_is(seen))


def _is(seen: Claim) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        _s.campaign_code == seen.campaign_code,
        _s.starts_on == seen.starts_on,
        _s.claimed_by == seen.claimed_by,
        _s.claimed_at == seen.claimed_at,
        _s.state == CLAIMED,
    )
