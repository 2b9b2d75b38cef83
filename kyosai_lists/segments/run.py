"""Running a bound rule: who matches, how many are left after each condition, and why one person is or is not on it."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from kyosai_lists import vocabulary
from kyosai_lists.retirement import RetirementTable
from kyosai_lists.segments.parameters import BoundRule, standard_binds
from kyosai_lists.segments.relations import COLUMNS, with_clause
from kyosai_lists.segments.rule import Condition
from kyosai_lists.store.query import dialect, fetch

if TYPE_CHECKING:
    from datetime import date

    from kyosai_lists.store.engine import Connection

_WITH_LABEL = "|".join(name for name, columns in COLUMNS.items() if "label" in columns)
_EXISTS = re.compile(rf"EXISTS\s*\(\s*SELECT\s+1\s+FROM\s+(?:{_WITH_LABEL})\s+(\w+)\b", re.IGNORECASE)
_COLUMN = re.compile(r"\b([a-z]\w*)\.([a-z]\w*)\b")
_WORDS = {
    "employment": vocabulary.EMPLOYMENT,
    "status": vocabulary.STATUS,
    "after_leaving": vocabulary.AFTER_LEAVING,
    "dwelling": vocabulary.DWELLING,
    "householder": vocabulary.YES_NO,
    "spouse": vocabulary.YES_NO,
    "insured": vocabulary.INSURED,
    "kind": vocabulary.UNION_KIND,
    "sogo_participation": vocabulary.YES_NO,
}
_DATES = {name for columns in COLUMNS.values() for name in columns if name.endswith("_on")}
_PEOPLE_TYPES: dict[str, pl.DataType] = {
    name: pl.Date() if name in _DATES else pl.Int64() if name in {
        "workplace_order", "children", "family_size", "youngest_age", "age", "age_in_fiscal_year",
        "hired_fiscal_year", "hired_year_no", "leaving_derived", "leaving_guessed", "age_at_leaving",
    } else pl.String()
    for name in COLUMNS["people"]
}  # fmt: skip
_CONTRACT_TYPES: dict[str, pl.DataType] = {
    "member_key": pl.String(), "contract_key": pl.String(), "contract_no": pl.String(), "product": pl.String(),
    "type": pl.String(), "effective_on": pl.Date(), "renews_on": pl.Date(),
}  # fmt: skip


@dataclass(frozen=True)
class ConditionResult:
    """One condition for one person: its sentence, whether it is met, and what the person's record says about it."""

    text: str
    met: bool
    value: str


@dataclass(frozen=True)
class FunnelStep:
    """How many people are left once this condition and all before it hold."""

    text: str
    remaining: int


@dataclass(frozen=True)
class Segments:
    """The store's people as of D, asked through rules. `connection` is a reading one."""

    connection: "Connection"
    retirement: RetirementTable

    def members(self, bound: BoundRule) -> pl.DataFrame:
        """Who matches: `member_key` and the rule's further columns, all String; one row per person and contract."""
        schema: dict[str, pl.DataType] = dict.fromkeys(bound.rule.outputs, pl.String())
        columns = ", ".join(f"CAST(x.{name} AS TEXT)" for name in bound.rule.outputs)
        return self._fetch(f"SELECT {columns} FROM ({bound.rule.sql}) x", bound, schema)

    def funnel(self, bound: BoundRule) -> list[FunnelStep]:
        """From everyone in the store to the people of the list, condition by condition, before suppression."""
        conditions = bound.rule.conditions
        flags = ", ".join(f"CASE WHEN {c.sql} THEN 1 ELSE 0 END AS c{i}" for i, c in enumerate(conditions))
        steps = []
        for i in range(len(conditions)):
            all_met = " AND ".join(f"c{k} = 1" for k in range(i + 1))
            steps.append(f"COUNT(DISTINCT CASE WHEN {all_met} THEN member_key END)")
        sql = f"SELECT {', '.join(steps)} FROM (SELECT m.member_key AS member_key, {flags} {bound.rule.from_sql}) x"
        counts = self._fetch(sql, bound, {f"s{i}": pl.Int64() for i in range(len(conditions))}).row(0)
        return [FunnelStep(bound.sentence(c.text), n) for c, n in zip(conditions, counts, strict=True)]

    def explain(self, bound: BoundRule, member_key: str) -> list[ConditionResult]:
        """Every condition for one person; of several contracts, the one that comes nearest to matching."""
        conditions = bound.rule.conditions
        flags = [f"CASE WHEN {c.sql} THEN 1 ELSE 0 END AS c{i}" for i, c in enumerate(conditions)]
        values = [expression for c in conditions for expression in _value_expressions(c)]
        named = [f"{expression} AS v{i}" for i, expression in enumerate(values)]
        schema: dict[str, pl.DataType] = {f"c{i}": pl.Int64() for i in range(len(flags))}
        schema |= {f"v{i}": pl.String() for i in range(len(named))}
        sql = f"SELECT {', '.join(flags + named)} {bound.rule.from_sql} WHERE m.member_key = :explained_member"
        rows = self._fetch(sql, bound, schema, explained_member=member_key)
        best = max(rows.iter_rows(), key=lambda row: (sum(row[: len(flags)]), row[: len(flags)]))
        return _condition_results(bound, best)

    def people(self, as_of: "date", member_key: str | None = None) -> pl.DataFrame:
        """Everyone in the store as of D, or one person: the columns of the relation `people`, dates as Date."""
        sql = f"{self._with()}\nSELECT {', '.join(COLUMNS['people'])} FROM people"
        if member_key is None:
            return fetch(self.connection, sql, standard_binds(as_of), _PEOPLE_TYPES)
        one = {**standard_binds(as_of), "only_member": member_key}
        return fetch(self.connection, f"{sql} WHERE member_key = :only_member", one, _PEOPLE_TYPES)

    def held(self, as_of: "date") -> pl.DataFrame:
        """Every contract held at D: member_key, contract_key, contract_no, product, type, effective_on, renews_on."""
        sql = f"SELECT {', '.join(_CONTRACT_TYPES)} FROM held"
        return fetch(self.connection, f"{self._with()}\n{sql}", standard_binds(as_of), _CONTRACT_TYPES)

    def _with(self) -> str:
        return with_clause(dialect(self.connection), self.retirement)

    def _fetch(self, sql: str, bound: BoundRule, schema: dict[str, pl.DataType], **more: str) -> pl.DataFrame:
        return fetch(self.connection, f"{self._with()}\n{sql}", {**bound.binds, **more}, schema)


def _value_expressions(condition: Condition) -> list[str]:
    """SQL for what a person's record says: the columns the condition looks at, or the contract it looks for, as text."""
    if found := _EXISTS.search(condition.sql):
        inner = condition.sql[found.start() :]
        start = inner.index("(") + 1
        subquery = inner[start : _closing(inner, start)]
        first, many = f"MIN({found.group(1)}.label)", "COUNT(*)"
        return [
            f"({re.sub('SELECT +1', f'SELECT {e}', subquery, count=1, flags=re.IGNORECASE)})" for e in (first, many)
        ]
    return [
        f"CAST({alias}.{'label' if name == 'contract_key' else name} AS TEXT)" for alias, name in _columns(condition)
    ]


def _columns(condition: Condition) -> list[tuple[str, str]]:
    """The columns a condition compares, without those inside a subquery, each once."""
    outside = re.sub(r"\(\s*SELECT.*", "", condition.sql, flags=re.IGNORECASE | re.DOTALL)
    return list(dict.fromkeys((found.group(1), found.group(2)) for found in _COLUMN.finditer(outside)))


def _closing(text: str, start: int) -> int:
    depth = 1
    for at in range(start, len(text)):
        depth += {"(": 1, ")": -1}.get(text[at], 0)
        if depth == 0:
            return at
    return len(text)


def _condition_results(bound: BoundRule, row: tuple[object, ...]) -> list[ConditionResult]:
    conditions = bound.rule.conditions
    values = list(row[len(conditions) :])
    results = []
    for i, condition in enumerate(conditions):
        if _EXISTS.search(condition.sql):
            first, many = values.pop(0), int(str(values.pop(0)))
            value = "なし" if first is None else f"{first}{f' ほか{many - 1}件' if many > 1 else ''}"
        else:
            value = "、".join(_shown(name, values.pop(0)) for _, name in _columns(condition))
        results.append(ConditionResult(bound.sentence(condition.text), row[i] == 1, value))
    return results


def _shown(name: str, value: object) -> str:
    if name == "contract_key":  # shown by its label: the product and the number
        return str(value or "なし")
    label = next(columns[name] for columns in COLUMNS.values() if name in columns)
    return f"{label} {_word(name, value)}"


def _word(name: str, value: object) -> str:
    if value is None or value == "":
        return "なし"
    if name in _WORDS:
        return _WORDS[name].words.get(str(value), str(value))
    if name in _DATES:
        year, month, day = str(value).split("-")
        return f"{int(year)}年{int(month)}月{int(day)}日"
    return str(value)
