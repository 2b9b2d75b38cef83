"""Running a bound rule: who matches, and how many are left after each condition."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from kyosai_lists.retirement import RetirementTable
from kyosai_lists.segments.funnel import FunnelStep, funnel
from kyosai_lists.segments.own_rules import fetch_guarded, rows_guarded
from kyosai_lists.segments.parameters import BoundRule, standard_binds
from kyosai_lists.segments.relations import COLUMNS, NUMBERS, with_clause
from kyosai_lists.segments.rule import Rule
from kyosai_lists.store.at_once import Query
from kyosai_lists.store.query import Bind, dialect, fetch, fetch_each, listed

if TYPE_CHECKING:
    from datetime import date

    from kyosai_lists.store.engine import Connection
    from kyosai_lists.store.guard.terms import Guard

Members = str | None  # member_keys, as `store.query.as_list` writes them
_DATES = {name for columns in COLUMNS.values() for name in columns if name.endswith("_on")}
PEOPLE_SCHEMA: dict[str, pl.DataType] = {
    name: pl.Date() if name in _DATES else pl.Int64() if name in NUMBERS else pl.String() for name in COLUMNS["people"]
}
HELD_SCHEMA: dict[str, pl.DataType] = {
    "member_key": pl.String(), "contract_key": pl.String(), "contract_no": pl.String(), "product": pl.String(),
    "type": pl.String(), "renews_on": pl.Date(), "own": pl.Int64(),
}  # fmt: skip


@dataclass(frozen=True)
class Segments:
    """The store's people as of D, asked through rules. `connection` is a reading one; an own rule runs behind `guard`."""

    connection: "Connection"
    retirement: RetirementTable
    guard: "Guard"

    def members(self, bound: BoundRule) -> pl.DataFrame:
        """Who matches: `member_key` and the rule's further columns, all String; one row per person and contract."""
        return self.fetch(*_matching(bound))

    def ask_members(self, bound: BoundRule) -> Query:
        """`members` as a query; not of an own rule, which needs the guard."""
        sql, _, schema = _matching(bound)
        return Query(f"{self._with()}\n{sql}", bound.binds, schema)

    def funnel(self, bound: BoundRule) -> list[FunnelStep]:
        """From everyone in the store to the people of the list, condition by condition, before suppression."""
        return funnel(bound, "m.member_key", lambda sql, schema: self.fetch(sql, bound, schema))

    def ask_people(self, as_of: "date", members: Members = None, columns: Iterable[str] = PEOPLE_SCHEMA) -> Query:
        """`columns` (PEOPLE_SCHEMA) of the relation `people` as of D: of `members`, None: of all."""
        return self._of_members("people", {name: PEOPLE_SCHEMA[name] for name in columns}, as_of, members)

    def ask_held(self, as_of: "date", members: Members = None) -> Query:
        """Every contract (HELD_SCHEMA) held at D for the families of `members`, None: of all; `own` is 1 for their own."""
        return self._of_members("family_held", HELD_SCHEMA, as_of, members)

    def enrolled(self, as_of: "date", members: str, product: str) -> list[str]:
        """The member_key of those of `members` who have `product` as of D, or will have it (lists.md, "has P")."""
        sql = f"""SELECT DISTINCT member_key FROM enrolled
                  WHERE product = :product AND member_key IN ({listed(self.connection, "members")})"""
        binds = {**standard_binds(as_of), "product": product, "members": members}
        found = fetch(self.connection, f"{self._with()}\n{sql}", binds, {"member_key": pl.String()})
        return found["member_key"].to_list()

    def ask_past_retirement(self, as_of: "date") -> Query:
        """member_key, union_code, member_no of people in service whose computed leaving date lies before D."""
        schema: dict[str, pl.DataType] = dict.fromkeys(("member_key", "union_code", "member_no"), pl.String())
        sql = f"""SELECT {", ".join(schema)} FROM people
                  WHERE status IN ('active', 'leave') AND leaving_derived = 1 AND leaving_on < :as_of"""
        return Query(f"{self._with()}\n{sql}", standard_binds(as_of), schema)

    def _of_members(self, relation: str, schema: Mapping[str, pl.DataType], as_of: "date", members: Members) -> Query:
        sql = f"{self._with()}\nSELECT {', '.join(schema)} FROM {relation}"
        binds = standard_binds(as_of)
        if members is not None:
            sql, binds["members"] = f"{sql} WHERE member_key IN ({listed(self.connection, 'members')})", members
        return Query(sql, binds, schema)

    def answer(self, query: Query) -> pl.DataFrame:
        return fetch(self.connection, query.sql, query.binds, query.schema)

    def fetch(self, sql: str, bound: BoundRule, schema: Mapping[str, pl.DataType], **more: str) -> pl.DataFrame:
        """`sql` with the relations in front of it; its marks are those of `bound` and `more`."""
        binds = {**bound.binds, **more}
        if bound.rule.own:
            return fetch_guarded(self.connection, self.guard, bound.rule, self._with(), sql, binds, schema)
        return fetch(self.connection, f"{self._with()}\n{sql}", binds, schema)

    def fetch_each(
        self, sql: str, rule: Rule, binds: Iterable[Mapping[str, Bind]]
    ) -> Iterator[list[tuple[object, ...]]]:
        """The rows of `sql`, which asks `rule`, for each of `binds` in turn; it is prepared once."""
        if rule.own:
            return rows_guarded(self.connection, self.guard, rule, self._with(), sql, binds)
        return fetch_each(self.connection, f"{self._with()}\n{sql}", binds)

    def _with(self) -> str:
        return with_clause(dialect(self.connection), self.retirement)


def _matching(bound: BoundRule) -> tuple[str, BoundRule, dict[str, pl.DataType]]:
    columns = ", ".join(f"CAST(x.{name} AS TEXT)" for name in bound.rule.outputs)
    return f"SELECT {columns} FROM ({bound.rule.sql}) x", bound, dict.fromkeys(bound.rule.outputs, pl.String())
