"""The relations that rules select from, as of D: `people`, `unions`, `held`, `enrolled`.

They are common table expressions put in front of a rule's own text, so that one rule file, unchanged, runs on SQLite and
PostgreSQL. Whatever differs between the two stands in `_Dialect` and nowhere else. Source: lists.md "Words, exactly".
"""

from dataclasses import dataclass

from kyosai_lists.products import PRODUCTS, WHOLE_HOUSEHOLD
from kyosai_lists.retirement import REEMPLOYED_UNTIL_AGE, RetirementTable

# Relation → column → what it is called when a person reads it.
COLUMNS: dict[str, dict[str, str]] = {
    "people": {
        "member_key": "組合員の鍵",
        "pref": "県コード",
        "member_no": "組合員番号",
        "union_code": "単組コード",
        "workplace": "職場名",
        "workplace_order": "職場順",
        "name": "氏名",
        "kana": "氏名カナ",
        "born_on": "生年月日",
        "sex": "性別",
        "hired_on": "採用年月日",
        "employment": "雇用区分",
        "status": "在籍区分",
        "leaving_planned_on": "退職予定日",
        "after_leaving": "退職後区分",
        "householder": "世帯主",
        "spouse": "配偶者",
        "children": "子の人数",
        "youngest_born_on": "末子生年月日",
        "dwelling": "住居区分",
        "union_role": "組合役職",
        "phone": "電話番号",
        "mobile": "携帯電話",
        "age": "年齢",
        "hired_fiscal_year": "採用年度",
        "hired_year_no": "採用何年目",
        "leaving_on": "退職日(見込み)",
        "leaving_derived": "退職日は定年等から計算",
        "leaving_guessed": "退職日は年度末と仮定",
        "age_at_leaving": "退職日の年齢",
    },
    "unions": {
        "union_code": "単組コード",
        "pref": "県コード",
        "name": "単組名",
        "kind": "単組区分",
        "sogo_participation": "総合共済取組",
        "group_life_menu": "団体生命メニュー",
        "cali_agreement": "自賠責協定",
        "model_union": "モデル単組",
    },
    "held": {
        "member_key": "組合員の鍵",
        "contract_key": "契約の鍵",
        "contract_no": "契約番号",
        "product": "共済種類",
        "type": "タイプ",
        "insured": "被共済者",
        "units": "口数",
        "premium": "月額掛金",
        "effective_on": "発効日",
        "renews_on": "満期日",
        "ended_on": "終了日",
        "main_contract_key": "主契約の鍵",
        "riders": "特約",
        "inspection_on": "車検満期日",
        "label": "契約",
    },
}
COLUMNS["enrolled"] = {**COLUMNS["held"], "state": "状態"}

# Bound for every rule without being declared.
STANDARD_DATES = {
    "as_of": "基準日",
    "fiscal_year_start": "基準日の年度の初日(4月1日)",
    "fiscal_year_end": "基準日の年度の末日(3月31日)",
}


@dataclass(frozen=True)
class _Dialect:
    """The two things that SQLite and PostgreSQL say differently."""

    ymd: str  # a date as the whole number 20270331
    march_31: str  # the date 31 March of a year

    def ymd_of(self, column: str) -> str:
        return self.ymd.format(column)

    def march_31_of(self, year: str) -> str:
        return self.march_31.format(year)


_DIALECTS = {
    "sqlite": _Dialect("CAST(REPLACE({}, '-', '') AS INTEGER)", "CAST({} AS TEXT) || '-03-31'"),
    "postgresql": _Dialect("CAST(TO_CHAR({}, 'YYYYMMDD') AS INTEGER)", "MAKE_DATE({}, 3, 31)"),
}


def with_clause(dialect_name: str, retirement: RetirementTable) -> str:
    """`WITH people AS (…), held AS (…), enrolled AS (…)`; marks: :as_of, :as_of_ymd, :fiscal_year, :fiscal_year_end."""
    dialect = _DIALECTS[dialect_name]
    relations = {
        "leavers": _leavers(dialect, retirement),
        "people": _people(dialect),
        "held": _held(),
        "enrolled": _enrolled(),
    }
    return "WITH " + ",\n".join(f"{name} AS NOT MATERIALIZED ({sql})" for name, sql in relations.items())


def _leavers(dialect: _Dialect, retirement: RetirementTable) -> str:
    """Every member with the leaving date L and where it comes from."""
    cohort = f"(({dialect.ymd_of('m.born_on')} - 402) / 10000)"  # the year whose 2 April to 1 April holds the birthday
    derived = (
        f"CASE WHEN m.employment = 'regular' THEN {_retirement_age(retirement)}"
        f" WHEN m.employment = 'reemployed' THEN {REEMPLOYED_UNTIL_AGE} END"
    )
    return f"""
    SELECT x.*,
           CASE WHEN x.leaving_planned_on IS NOT NULL THEN x.leaving_planned_on
                WHEN x.leaving_age IS NOT NULL THEN {dialect.march_31_of("(x.cohort + x.leaving_age + 1)")}
                WHEN x.after_leaving = 'complete' THEN :fiscal_year_end END AS leaving_on
    FROM (SELECT m.*, {cohort} AS cohort, {derived} AS leaving_age
          FROM members m JOIN unions u ON u.union_code = m.union_code) x"""


def _retirement_age(table: RetirementTable) -> str:
    cases = []
    for kind, steps in table.steps_by_kind.items():
        ages = " ".join(f"WHEN m.born_on <= '{s.born_to.isoformat()}' THEN {s.age}" for s in steps if s.born_to)
        last = next((s.age for s in steps if s.born_to is None), None)
        otherwise = f" ELSE {last}" if last is not None else ""
        by_birth = f"CASE {ages}{otherwise} END" if ages else str(last)
        cases.append(f"WHEN COALESCE(u.kind, '') = '{kind}' THEN {by_birth}")
    return f"CASE {' '.join(cases)} END" if cases else "NULL"


def _people(dialect: _Dialect) -> str:
    born, hired, leaving = (dialect.ymd_of(f"m.{c}") for c in ("born_on", "hired_on", "leaving_on"))
    derived = {
        "age": f"(:as_of_ymd - {born}) / 10000",
        "hired_fiscal_year": f"({hired} - 401) / 10000",
        "hired_year_no": f":fiscal_year - ({hired} - 401) / 10000 + 1",
        "leaving_derived": "CASE WHEN m.leaving_planned_on IS NULL AND m.leaving_age IS NOT NULL THEN 1 ELSE 0 END",
        "leaving_guessed": "CASE WHEN m.leaving_planned_on IS NULL AND m.leaving_age IS NULL"
        " AND m.leaving_on IS NOT NULL THEN 1 ELSE 0 END",
        "age_at_leaving": f"({leaving} - {born}) / 10000",
    }
    columns = [f"{derived[c]} AS {c}" if c in derived else f"m.{c}" for c in COLUMNS["people"]]
    return f"\n    SELECT {', '.join(columns)}\n    FROM leavers m"


def _product_name() -> str:
    cases = " ".join(f"WHEN '{p.id}' THEN '{p.name}'" for p in PRODUCTS)
    return f"CASE c.product {cases} ELSE c.product END"


def _own() -> str:
    """被共済者 is the member; for a car or a house it is ignored, and こども満期金付 may be for anyone."""
    free = ", ".join(f"'{p}'" for p in (*WHOLE_HOUSEHOLD, "child_maturity"))
    return f"(c.insured IS NULL OR c.insured = 'self' OR c.product IN ({free}))"


def _contract_columns() -> str:
    stored = {"type": "c.type_key AS type"}
    return ", ".join(stored.get(name, f"c.{name}") for name in COLUMNS["held"] if name != "label")


def _held() -> str:
    return f"""
    SELECT {_contract_columns()}, {_product_name()} || ' ' || c.contract_no AS label
    FROM contracts c
    WHERE c.effective_on <= :as_of AND (c.ended_on IS NULL OR c.ended_on >= :as_of) AND {_own()}"""


def _enrolled() -> str:
    """Held, or a contract still to begin, or an application at the branch that was not withdrawn.

    An application counts, whatever contracts there are, until the contract that came of it is here
    (`intake/accepting/applications.py`): nobody who has just applied is approached.
    """
    application = {
        "member_key": "c.member_key",
        "product": "c.product",
        "type": "c.type_key",
        "effective_on": "c.received_on",
        "main_contract_key": "c.main_contract_key",
    }
    types = {"units": "INTEGER", "premium": "INTEGER", "renews_on": "DATE", "ended_on": "DATE", "inspection_on": "DATE"}
    columns = ", ".join(
        application.get(name, f"CAST(NULL AS {types.get(name, 'TEXT')})") + f" AS {name}"
        for name in COLUMNS["held"]
        if name != "label"
    )
    return f"""
    SELECT {_contract_columns()}, {_product_name()} || ' ' || c.contract_no AS label,
           CASE WHEN c.effective_on > :as_of THEN 'pending' ELSE 'held' END AS state
    FROM contracts c
    WHERE (c.ended_on IS NULL OR c.ended_on >= :as_of) AND {_own()}
    UNION ALL
    SELECT {columns}, {_product_name()} || ' (申込受付)' AS label, 'applied' AS state
    FROM applications c
    WHERE c.state <> 'withdrawn' AND c.contract_key IS NULL"""
