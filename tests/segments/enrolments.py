"""Every contract held or still to come and every open application, of every product: the relations `held` and `enrolled`."""

from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import product

import polars as pl
import sqlalchemy as sa

from kyosai_lists.segments import run
from kyosai_lists.segments.parameters import standard_binds
from kyosai_lists.store.engine import reading
from kyosai_lists.store.query import dialect, fetch

from .asking import workspace_of
from .edges import DAY
from .facts import PRODUCTS, Application, Contract, Member, World
from .holdings import LONG_AGO
from .oracle_guides import guide_units
from .words import is_in_force, is_open, is_own
from .worlds import UNIONS

Enrolments = Counter[tuple[object, ...]]
"""relation, state (held, pending, applied; "" in the relations of what is held), own (1, 0; None where it is not said),
contract, and _COLUMNS."""
Guides = dict[str, tuple[int | None, ...]]
"""Member key → 口数 of the めやす for 団体生命 and for 家財."""
_COLUMNS: dict[str, pl.DataType] = {
    **dict.fromkeys(("member_key", "product", "type", "main_contract_key", "insured"), pl.String()),
    "units": pl.Int64(),
    **dict.fromkeys(("effective_on", "renews_on", "ended_on", "inspection_on"), pl.Date()),
}


def applied_world(as_of: date) -> World:
    """An application beside every kind of contract that has ended since: it counts until one of them has come of it."""
    world = World(as_of, UNIONS)
    pairs = [(None, None), ("17-X", None), (None, "17-X"), ("17-X", "17-X"), ("17-X", "17-Y")]
    for kind, insured, late in product(PRODUCTS, (None, "self", "spouse"), (-1, 0, 1)):
        ended = Contract("", "", kind, LONG_AGO, as_of - DAY, insured=insured)
        _add(world, ended, LONG_AGO + late * DAY)
        _add(world, ended, LONG_AGO + late * DAY, came=True)
    for mains, types in product(pairs, pairs):
        made = Contract("", "", "natural_disaster", LONG_AGO, as_of - DAY, type=types[0], main=mains[0])
        _add(world, made, LONG_AGO, type=types[1], main=mains[1])
    return world


def _add(world: World, contract: Contract, received: date, *, came: bool = False, **more: str | None) -> None:
    member = Member(f"17-{len(world.members):05}", UNIONS[1], date(1980, 7, 7), date(2005, 4, 1), "regular", "active")
    world.members.append(member)
    world.contracts.append(replace(contract, key=f"{member.key}-0", member=member.key))
    of = f"{member.key}-0" if came else None
    world.applications.append(Application(member.key, contract.product, received, "received", contract=of, **more))


def expected_enrolments(world: World) -> Enrolments:
    found: Enrolments = Counter()
    for c in world.contracts:
        facts = (c.key, c.member, c.product, c.type, c.main, c.insured, c.units)
        facts += (c.effective, c.renews, c.ended, c.inspection)
        for family, own in (("", None), ("family_", int(is_own(c)))):
            wider = "family_contracts" if family else "enrolled"
            if (family or is_own(c)) and is_in_force(world, c):
                found.update([(f"{family}held", "", own, *facts), (wider, "held", own, *facts)])
            if (family or is_own(c)) and c.effective > world.as_of:
                found.update([(wider, "pending", own, *facts)])
    for a in filter(is_open, world.applications):
        facts = (None, a.member, a.product, a.type, a.main, None, None, a.received, None, None, None)
        found.update([("enrolled", "applied", None, *facts)])
    return found


def enrolments_told(world: World, engine: sa.Engine) -> Enrolments:
    columns = ", ".join(_COLUMNS)
    unsaid = "CAST(NULL AS INTEGER)"
    asked = (("held", "''", unsaid), ("enrolled", "state", unsaid), ("family_held", "''", "own"))
    sql = " UNION ALL ".join(
        f"SELECT '{relation}' AS relation, {state} AS state, {own} AS own, contract_key, {columns} FROM {relation}"
        for relation, state, own in (*asked, ("family_contracts", "state", "own"))
    )
    schema: dict[str, pl.DataType] = {"relation": pl.String(), "state": pl.String(), "own": pl.Int64()}
    schema |= {"contract_key": pl.String(), **_COLUMNS}
    with reading(engine) as connection:
        relations = run.with_clause(dialect(connection), workspace_of(world, engine).settings.retirement_table())
        return Counter(fetch(connection, f"{relations}\n{sql}", standard_binds(world.as_of), schema).iter_rows())


def guides_told(world: World, engine: sa.Engine) -> Guides:
    schema: dict[str, pl.DataType] = {"member_key": pl.String(), "g": pl.Int64(), "c": pl.Int64()}
    sql = "SELECT member_key, group_life_units, contents_units FROM fitting_guides"
    with reading(engine) as connection:
        relations = run.with_clause(dialect(connection), workspace_of(world, engine).settings.retirement_table())
        told = fetch(connection, f"{relations}\n{sql}", standard_binds(world.as_of), schema)
    return {member: (life, contents) for member, life, contents in told.iter_rows()}


def expected_guides(world: World) -> Guides:
    kinds = ("group_life", "contents")
    return {m.key: tuple(guide_units(world, m, kind) for kind in kinds) for m in world.members}
