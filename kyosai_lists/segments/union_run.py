"""Running a bound rule about unions: which of them stand on the list with what figures, how many each condition leaves."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from kyosai_lists import dates
from kyosai_lists.retirement import RetirementTable
from kyosai_lists.segments.funnel import FunnelStep, funnel
from kyosai_lists.segments.own_rules import fetch_guarded
from kyosai_lists.segments.parameters import BoundRule, standard_binds
from kyosai_lists.segments.union_relations import (
    FIGURES,
    UNION_COLUMNS,
    known_mark,
    union_with_clause,
    with_known_figures,
)
from kyosai_lists.store.query import Bind, dialect, fetch

if TYPE_CHECKING:
    from datetime import date

    from kyosai_lists.store.engine import Connection
    from kyosai_lists.store.guard.terms import Guard

_TYPES: dict[str, tuple[pl.DataType, str]] = {
    "number": (pl.Int64(), "BIGINT"),
    "percent": (pl.Float64(), "DOUBLE PRECISION"),
    "text": (pl.String(), "TEXT"),
}


@dataclass(frozen=True)
class UnionSegments:
    """The store's unions as of D, asked through rules. `connection` is a reading one; an own rule runs behind `guard`.

    `known`: of this connection's moment, the figures that were asked for already.
    """

    connection: "Connection"
    retirement: RetirementTable
    guard: "Guard"
    business_start_month: int = dates.BUSINESS_START_MONTH
    known: dict[tuple[str, "date"], str] = field(default_factory=dict)

    def rows(self, bound: BoundRule) -> pl.DataFrame:
        """The key (`union_code` or `pref`) and the rule's columns: Int64, Float64 (a share of 1) or String; ordered by key."""
        kinds = {column.name: column.kind for column in bound.rule.columns}
        kinds[key_of(bound)] = "text"
        names = bound.rule.outputs
        columns = ", ".join(f"CAST(x.{name} AS {_TYPES[kinds[name]][1]})" for name in names)
        schema = {name: _TYPES[kinds[name]][0] for name in names}
        return self.fetch(f"SELECT {columns} FROM ({bound.rule.sql}) x", bound, schema).sort(key_of(bound))

    def funnel(self, bound: BoundRule) -> list[FunnelStep]:
        """From every union (or prefecture) of the store to those of the list, condition by condition."""
        key = "u.union_code" if key_of(bound) == "union_code" else "p.pref"
        return funnel(bound, key, lambda sql, schema: self.fetch(sql, bound, schema))

    def fetch(self, sql: str, bound: BoundRule, schema: Mapping[str, pl.DataType]) -> pl.DataFrame:
        """`sql` with the relations in front of it; its marks are those of `bound`."""
        database, binds = dialect(self.connection), {**bound.binds, **self._more_binds(bound.as_of)}
        if bound.rule.own:
            relations = union_with_clause(database, self.retirement)
            return fetch_guarded(self.connection, self.guard, bound.rule, relations, sql, binds, schema)
        named = [relation for relation in FIGURES if re.search(rf"\b{relation}\b", sql)]
        binds |= {known_mark(relation): self._known(relation, bound) for relation in named}
        return fetch(self.connection, f"{with_known_figures(database, self.retirement, named)}\n{sql}", binds, schema)

    def _known(self, relation: str, bound: BoundRule) -> str:
        """The rows of one of FIGURES as JSON: a nation's take seconds, and most rules ask for the same."""
        if (relation, bound.as_of) not in self.known:
            columns = UNION_COLUMNS[relation]
            schema = {name: pl.String() if name == FIGURES[relation] else pl.Int64() for name in columns}
            values = (name if name == FIGURES[relation] else f"CAST({name} AS BIGINT)" for name in columns)
            sql = f"SELECT {', '.join(values)} FROM {relation}"
            relations = union_with_clause(dialect(self.connection), self.retirement)
            binds = {**standard_binds(bound.as_of), **self._more_binds(bound.as_of)}
            found = fetch(self.connection, f"{relations}\n{sql}", binds, schema)
            self.known[relation, bound.as_of] = found.write_json()
        return self.known[relation, bound.as_of]

    def _more_binds(self, as_of: "date") -> dict[str, Bind]:
        return {
            "year_ago": dates.years_before(as_of, 1),
            "business_year": dates.business_year(as_of, self.business_start_month),
        }


def key_of(bound: BoundRule) -> str:
    """`union_code` or `pref`"""
    return bound.rule.outputs[0]
