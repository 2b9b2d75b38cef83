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
from .facts import Application, Contract, Member, World
from .holdings import DAY, LONG_AGO, PRODUCTS
from .words import is_held, is_open, is_to_come
from .worlds import UNIONS

Enrolments = Counter[tuple[str | None, ...]]
"""member, product, タイプ, main contract, state (held, pending, applied; "" in `held`), contract."""
_COLUMNS = ("member_key", "product", "type", "main_contract_key")


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
        states = (["held", ""] if is_held(world, c) else []) + (["pending"] if is_to_come(world, c) else [])
        found.update((c.member, c.product, c.type, c.main, state, c.key) for state in states)
    open_ones = (a for a in world.applications if is_open(a))
    found.update((a.member, a.product, a.type, a.main, "applied", None) for a in open_ones)
    return found


def enrolments_told(world: World, engine: sa.Engine) -> Enrolments:
    columns = ", ".join(_COLUMNS)
    sql = f"""SELECT {columns}, state, contract_key FROM enrolled
              UNION ALL SELECT {columns}, '' AS state, contract_key FROM held"""
    schema: dict[str, pl.DataType] = dict.fromkeys([*_COLUMNS, "state", "contract_key"], pl.String())
    with reading(engine) as connection:
        relations = run.with_clause(dialect(connection), workspace_of(world, engine).settings.retirement_table())
        return Counter(fetch(connection, f"{relations}\n{sql}", standard_binds(world.as_of), schema).iter_rows())
