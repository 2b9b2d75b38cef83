"""The relation `union_figures`, which most rules about unions stand on: what it must say of each union, and what it says."""

import polars as pl
import sqlalchemy as sa

from kyosai_lists import dates
from kyosai_lists.config import Settings
from kyosai_lists.segments import union_run
from kyosai_lists.segments.parameters import standard_binds
from kyosai_lists.segments.union_relations import UNION_COLUMNS
from kyosai_lists.store.engine import reading
from kyosai_lists.store.query import dialect, fetch

from .facts import Union, World
from .union_oracle import contracts_of, has_attached, in_service, target_of
from .words import has, held_by, hired_year_no

COLUMNS = tuple(UNION_COLUMNS["union_figures"])
AllFigures = list[dict[str, object]]


def expected_figures(world: World) -> AllFigures:
    return [_of(world, union) for union in sorted(world.unions, key=lambda u: u.code)]


def _of(world: World, union: Union) -> dict[str, object]:
    people = in_service(world, union)
    new = [m for m in people if m.employment == "regular" and hired_year_no(world, m) == 1]
    fires, cars = contracts_of(world, union, "fire"), contracts_of(world, union, "my_car")
    disasters = contracts_of(world, union, "natural_disaster")
    return {
        "union_code": union.code,
        "in_service": len(people),
        "group_life_people": sum(bool(held_by(world, m, "group_life")) for m in people),
        "group_life_contracts": len(contracts_of(world, union, "group_life")),
        "group_life_target": target_of(world, union, 6),
        "new_hires": len(new),
        "new_hires_unenrolled": sum(not has(world, m, "group_life") for m in new),
        "fire": len(fires),
        "fire_covered": sum(has_attached(world, fire, "natural_disaster") for fire in fires),
        "natural_disaster": len(disasters),
        "natural_disaster_large": sum(disaster.type == "大型" for disaster in disasters),
        "my_car": len(cars),
        "my_car_covered": sum(has_attached(world, car, "vehicle_damage") for car in cars),
    }


def figures_told(world: World, engine: sa.Engine) -> AllFigures:
    schema: dict[str, pl.DataType] = dict.fromkeys(COLUMNS, pl.Int64()) | {"union_code": pl.String()}
    casts = ", ".join(f"CAST({name} AS {'TEXT' if name == 'union_code' else 'BIGINT'})" for name in COLUMNS)
    binds = standard_binds(world.as_of) | {
        "year_ago": dates.years_before(world.as_of, 1),
        "business_year": dates.business_year(world.as_of),
    }
    with reading(engine) as connection:
        relations = union_run.union_with_clause(dialect(connection), Settings().retirement_table())
        sql = f"{relations}\nSELECT {casts} FROM union_figures ORDER BY union_code"
        return fetch(connection, sql, binds, schema).to_dicts()
