"""Writes a world straight into the tables, in place of whatever stood there: no intake between the test and the rules."""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

import sqlalchemy as sa

from kyosai_lists.products import BY_ID, riders_key
from kyosai_lists.store import tables
from kyosai_lists.store.engine import writing

from .facts import World

IMPORT = 1
_EMPTIED = (
    tables.quarantine,
    tables.guides,
    tables.targets,
    tables.suppressions,
    tables.applications,
    tables.contracts,
    tables.members,
    tables.rosters,
    tables.unions,
    tables.import_files,
    tables.imports,
)


def fill(engine: sa.Engine, world: World) -> None:
    with writing(engine) as connection:
        for table in _EMPTIED:
            connection.execute(sa.delete(table))
        connection.execute(sa.insert(tables.imports), [{"id": IMPORT, "taken_in_on": date(2020, 1, 1)}])
        for table, rows in _rows(world).items():
            if rows:
                connection.execute(sa.insert(table), rows)


def _rows(world: World) -> dict[sa.Table, list[dict[str, Any]]]:
    return {
        tables.unions: _stamped(
            {
                "union_code": u.code,
                "pref": u.pref,
                "name": f"{u.code}職員組合",
                "kind": u.kind,
                "group_life_menu": u.menu,
                "sogo_participation": u.sogo,
                "cali_agreement": u.cali,
                "model_union": u.model,
            }
            for u in world.unions
        ),
        tables.members: _members(world),
        tables.contracts: _contracts(world),
        tables.applications: _stamped(
            _of_person(a.member)
            | {"product": a.product, "received_on": a.received, "state": a.state}
            | _typed(a.type)
            | {"main_contract_key": a.main, "main_contract_no": _number(a.main), "contract_key": a.contract}
            for a in world.applications
        ),
        tables.suppressions: _stamped(
            _of_person(s.member) | {"product": s.product, "starts_on": s.starts, "ends_on": s.ends} for s in world.stops
        ),
        tables.guides: _stamped(
            {"kind": g.kind, "age_from": g.age_from, "age_to": g.age_to}
            | {"family_size": g.family, "dwelling": g.dwelling, "units": g.units}
            for g in world.guides
        ),
        tables.targets: _stamped(
            {"business_year": t.year, "pref": t.pref, "union_code": t.union, "product": t.product}
            | {"kind": t.kind, "measure": t.measure, "round": t.round, "value": t.value}
            for t in world.targets
        ),
        tables.quarantine: _stamped(
            {"layout": h.layout, "member_key": h.member, "resolved_by": IMPORT if h.mended else None}
            | {"file": "f", "sheet": "", "row": i, "record_key": h.member, "problems": "[]"}
            | {"raw": json.dumps({"共済種類": BY_ID[h.product].name} if h.product else {"共済種類": "火災共斉"})}
            for i, h in enumerate(world.on_hold)
        ),
    }


def _members(world: World) -> list[dict[str, Any]]:
    return _stamped(
        _of_person(m.key)
        | {"union_code": m.union.code, "name": "氏名", "kana": "シメイ", "born_on": m.born, "hired_on": m.hired}
        | {"employment": m.employment, "status": m.status, "leaving_planned_on": m.planned, "after_leaving": m.after}
        | {"householder": m.householder, "spouse": m.spouse, "children": m.children}
        | {"youngest_born_on": m.youngest, "dwelling": m.dwelling}
        for m in world.members
    )


def _contracts(world: World) -> list[dict[str, Any]]:
    return _stamped(
        _of_person(c.member)
        | {"contract_key": c.key, "contract_no": _number(c.key), "product": c.product, "insured": c.insured}
        | {"effective_on": c.effective, "ended_on": c.ended, "renews_on": c.renews}
        | {
            "units": c.units,
            "riders": c.riders,
            "riders_key": c.riders and riders_key(c.riders),
            "inspection_on": c.inspection,
        }
        | _typed(c.type)
        | {"main_contract_key": c.main, "main_contract_no": _number(c.main)}
        for c in world.contracts
    )


def _of_person(member_key: str) -> dict[str, Any]:
    return {"member_key": member_key, "pref": member_key[:2], "member_no": _number(member_key)}


def _typed(type_key: str | None) -> dict[str, Any]:
    """タイプ as it came, which no rule may compare, and its key, which rules compare."""
    return {"type": type_key and f" {type_key}", "type_key": type_key}


def _number(key: str | None) -> str | None:
    return key and key.split("-", 1)[1]


def _stamped(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row | {"import_id": IMPORT} for row in rows]
