"""The relations that rules select from, as of D.

`people`: everyone, one row each. `unions`. `held`, `enrolled`: the member's own contracts, held, or held or pending.
`family_held`, `family_contracts`: contracts for anyone of the family (`insured` says for whom), held, or held or still to
begin; an application does not say for whom it is. `fitting_guides`: the めやす that fits a person, one row each.

To count or sum, ask `held`, `family_held`, `family_contracts` or `fitting_guides` in a scalar subquery, which looks at that
person alone; `enrolled` would be gone through whole, since applications stand in another table: ask it with EXISTS.

`e.member_key = COALESCE(p.member_key, m.member_key)`, where p is a contract of m, is the same person as m and says to SQLite that p
comes first: it then looks for e only of those few who have p.

They are common table expressions put in front of a rule's own text, so that one rule file, unchanged, runs on SQLite and
PostgreSQL. Whatever differs between the two stands in `dialects.py` and nowhere else. Source: lists.md "Words, exactly".
"""

from kyosai_lists.retirement import RetirementTable
from kyosai_lists.segments.contracts_sql import contracts_sql, enrolled_sql, held_sql
from kyosai_lists.segments.dialects import DIALECTS
from kyosai_lists.segments.guides_sql import GUIDE_UNITS, fitting_guides_sql
from kyosai_lists.segments.people_sql import leavers_sql, people_sql
from kyosai_lists.vocabulary import GUIDE_KIND

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
        "family_size": "家族数",
        "youngest_age": "末子の年齢",
        "dwelling": "住居区分",
        "union_role": "組合役職",
        "phone": "電話番号",
        "mobile": "携帯電話",
        "age": "年齢",
        "age_in_fiscal_year": "基準日の年度に達する年齢",
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
_OWN = {"own": "本人の契約"}  # 1 where the member is the insured, as in `held`, else 0
COLUMNS["family_held"] = {**COLUMNS["held"], **_OWN}
COLUMNS["family_contracts"] = {**COLUMNS["enrolled"], **_OWN}
COLUMNS["fitting_guides"] = {
    "member_key": "組合員の鍵",
    **{f"{kind}{GUIDE_UNITS}": f"{word}のめやすの口数" for kind, word in GUIDE_KIND.words.items()},
}
# The columns that hold whole numbers; those whose names end in _on hold dates, all others text.
NUMBERS = frozenset(
    {"workplace_order", "children", "family_size", "youngest_age", "age", "age_in_fiscal_year", "hired_fiscal_year"}
    | {"hired_year_no", "leaving_derived", "leaving_guessed", "age_at_leaving", "units", "premium", "own"}
    | COLUMNS["fitting_guides"].keys() - {"member_key"}
)

# Bound for every rule without being declared.
STANDARD_DATES = {
    "as_of": "基準日",
    "fiscal_year_start": "基準日の年度の初日(4月1日)",
    "fiscal_year_end": "基準日の年度の末日(3月31日)",
}


def with_clause(dialect_name: str, retirement: RetirementTable) -> str:
    """`WITH people AS (…), held AS (…), …`; marks: :as_of, :as_of_ymd, :fiscal_year, :fiscal_year_end."""
    dialect = DIALECTS[dialect_name]
    relations = {
        "leavers": leavers_sql(dialect, retirement, COLUMNS["people"]),
        "people": people_sql(dialect, COLUMNS["people"]),
        "held": held_sql(COLUMNS["held"], family=False),
        "enrolled": enrolled_sql(COLUMNS["enrolled"]),
        "family_held": held_sql(COLUMNS["family_held"], family=True),
        "family_contracts": contracts_sql(COLUMNS["family_contracts"], family=True),
        "fitting_guides": fitting_guides_sql(GUIDE_KIND.words),
    }
    return "WITH " + ",\n".join(f"{name} AS NOT MATERIALIZED ({sql})" for name, sql in relations.items())
