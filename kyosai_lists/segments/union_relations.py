"""The relations that rules about unions select from, as of D: figures of each union, of each prefecture, of the nation.

Counts only: no row and no column of a person. As in `relations.py` they are common table expressions before a rule's own
text, on SQLite and PostgreSQL alike; what a rule does not name costs nothing. Source: lists.md "Words, exactly" and
"Lists of unions and branches"; plan 1(1) on 目標.
"""

from collections.abc import Iterable

from kyosai_lists.products import MAIN_OF_ATTACHED
from kyosai_lists.retirement import RetirementTable
from kyosai_lists.segments.contracts_sql import held_sql
from kyosai_lists.segments.relations import COLUMNS, with_clause

PREFECTURES_OF_THE_NATION = 47

# Relation → column → what it is called when a person reads it.
UNION_COLUMNS: dict[str, dict[str, str]] = {
    "unions": COLUMNS["unions"],
    "prefectures": {"pref": "県コード"},
    "union_figures": {
        "union_code": "単組コード",
        "in_service": "在職者(現職・休職)の人数",
        "group_life_people": "在職者のうち団体生命に加入している人数",
        "group_life_contracts": "団体生命の保有件数(在職者に限らない)",
        "group_life_target": "団体生命の保有件数の目標",
        "new_hires": "正規の採用1年目の人数",
        "new_hires_unenrolled": "正規の採用1年目のうち団体生命に未加入(申込中でもない)の人数",
        "fire": "火災共済の保有件数",
        "fire_covered": "自然災害共済が付いている火災共済の件数",
        "natural_disaster": "自然災害共済の保有件数",
        "natural_disaster_large": "自然災害共済の大型タイプの件数",
        "my_car": "マイカー共済の保有件数",
        "my_car_covered": "車両損害補償が付いているマイカー共済の件数",
    },
    "prefecture_figures": {
        "pref": "県コード",
        "group_life_contracts": "団体生命の保有件数",
        "group_life_contracts_before": "1年前の同じ日の団体生命の保有件数",
    },
    "nation": {
        "is_whole": "47県すべての単組が登録されている",
        "group_life_contracts": "全国の団体生命の保有件数",
        "group_life_contracts_before": "全国の1年前の同じ日の団体生命の保有件数",
    },
}
# A rule selects from one of these, one row for each of which stands on its list; its key by alias.
SUBJECTS = {"unions": ("u", "union_code"), "prefectures": ("p", "pref")}
# … and joins any of these, by the column that names one row of it (nation has only one).
FIGURES = {"union_figures": "union_code", "prefecture_figures": "pref", "nation": None}
# Beside its key, such a row holds whole numbers.
COUNTS = frozenset(name for table, key in FIGURES.items() for name in UNION_COLUMNS[table] if name != key)


def union_with_clause(dialect_name: str, retirement: RetirementTable) -> str:
    """Those of `relations.with_clause` and these; further marks: :year_ago, :business_year, :fiscal_year_start."""
    relations = {
        "prefectures": _PREFECTURES_THERE,
        "held_a_year_ago": held_sql(("member_key", "product"), family=False, day=":year_ago"),
        "people_figures": _PEOPLE,
        "contract_figures": _contracts(),
        "target_figures": _TARGETS,
        "union_figures": _UNIONS,
        "prefecture_figures": _PREFECTURES,
        "nation": _NATION,
    }
    own = ",\n".join(f"{name} AS MATERIALIZED ({sql})" for name, sql in relations.items())
    return f"{with_clause(dialect_name, retirement)},\n{own}"


def with_known_figures(dialect_name: str, retirement: RetirementTable, known: Iterable[str]) -> str:
    """As `union_with_clause`, with those FIGURES that were worked out before and are bound to `known_mark`, as JSON; no others."""
    relations = {"prefectures": _PREFECTURES_THERE, **{name: _known(dialect_name, name) for name in known}}
    own = ",\n".join(f"{name} AS MATERIALIZED ({sql})" for name, sql in relations.items())
    return f"{with_clause(dialect_name, retirement)},\n{own}"


def known_mark(relation: str) -> str:
    return f"known_{relation}"


def _known(dialect_name: str, relation: str) -> str:
    columns = UNION_COLUMNS[relation]
    if dialect_name == "postgresql":
        typed = ", ".join(f"{name} {'TEXT' if name == FIGURES[relation] else 'BIGINT'}" for name in columns)
        return f"SELECT * FROM json_to_recordset(CAST(:{known_mark(relation)} AS json)) AS x ({typed})"
    values = ", ".join(f"json_extract(value, '$.{name}') AS {name}" for name in columns)
    return f"SELECT {values} FROM json_each(:{known_mark(relation)})"


_PREFECTURES_THERE = "SELECT DISTINCT pref FROM unions"

_PEOPLE = """
    SELECT m.union_code, COUNT(*) AS in_service,
           SUM(CASE WHEN EXISTS (SELECT 1 FROM held h WHERE h.member_key = m.member_key AND h.product = 'group_life')
                    THEN 1 ELSE 0 END) AS group_life_people,
           SUM(CASE WHEN m.employment = 'regular' AND m.hired_on BETWEEN :fiscal_year_start AND :fiscal_year_end
                    THEN 1 ELSE 0 END) AS new_hires,
           SUM(CASE WHEN m.employment = 'regular' AND m.hired_on BETWEEN :fiscal_year_start AND :fiscal_year_end
                     AND NOT EXISTS (SELECT 1 FROM enrolled e
                                     WHERE e.member_key = m.member_key AND e.product = 'group_life')
                    THEN 1 ELSE 0 END) AS new_hires_unenrolled
    FROM members m
    WHERE m.status IN ('active', 'leave')
    GROUP BY m.union_code"""


def _contracts() -> str:
    """Whoever holds them: a branch's holdings and the rates it is measured by know no 在籍区分."""
    covered = " OR ".join(
        f"(c.product = '{main}' AND {_attached(attached)})" for attached, main in MAIN_OF_ATTACHED.items()
    )
    return f"""
    SELECT x.union_code,
           SUM(CASE WHEN x.product = 'group_life' THEN 1 ELSE 0 END) AS group_life_contracts,
           SUM(CASE WHEN x.product = 'fire' THEN 1 ELSE 0 END) AS fire,
           SUM(CASE WHEN x.product = 'fire' THEN x.covered ELSE 0 END) AS fire_covered,
           SUM(CASE WHEN x.product = 'natural_disaster' THEN 1 ELSE 0 END) AS natural_disaster,
           SUM(CASE WHEN x.product = 'natural_disaster' AND x.type = '大型' THEN 1 ELSE 0 END) AS natural_disaster_large,
           SUM(CASE WHEN x.product = 'my_car' THEN 1 ELSE 0 END) AS my_car,
           SUM(CASE WHEN x.product = 'my_car' THEN x.covered ELSE 0 END) AS my_car_covered
    FROM (SELECT m.union_code, c.product, c.type, CASE WHEN {covered} THEN 1 ELSE 0 END AS covered
          FROM held c JOIN members m ON m.member_key = c.member_key
          WHERE c.product IN ('group_life', 'fire', 'natural_disaster', 'my_car')) x
    GROUP BY x.union_code"""


def _attached(product: str) -> str:
    """A held contract of `product` names this one as its main contract, or is the same member's and names none."""
    return f"""(EXISTS (SELECT 1 FROM held a WHERE a.product = '{product}' AND a.main_contract_key = c.contract_key)
                OR EXISTS (SELECT 1 FROM held a WHERE a.product = '{product}' AND a.member_key = c.member_key
                           AND a.main_contract_key IS NULL))"""


# 第2次 is 第1次 made more precise (plan 1(1)): it takes its place, the two are never summed.
_TARGETS = """
    SELECT t.union_code, COALESCE(MAX(CASE WHEN t.round = 'second' THEN t.value END), MAX(t.value)) AS group_life_target
    FROM targets t
    WHERE t.business_year = :business_year AND t.product = 'group_life' AND t.kind = 'held' AND t.measure = 'contracts'
    GROUP BY t.union_code"""

_UNIONS = """
    SELECT u.union_code,
           COALESCE(p.in_service, 0) AS in_service,
           COALESCE(p.group_life_people, 0) AS group_life_people,
           COALESCE(c.group_life_contracts, 0) AS group_life_contracts,
           t.group_life_target,
           COALESCE(p.new_hires, 0) AS new_hires,
           COALESCE(p.new_hires_unenrolled, 0) AS new_hires_unenrolled,
           COALESCE(c.fire, 0) AS fire,
           COALESCE(c.fire_covered, 0) AS fire_covered,
           COALESCE(c.natural_disaster, 0) AS natural_disaster,
           COALESCE(c.natural_disaster_large, 0) AS natural_disaster_large,
           COALESCE(c.my_car, 0) AS my_car,
           COALESCE(c.my_car_covered, 0) AS my_car_covered
    FROM unions u
    LEFT JOIN people_figures p ON p.union_code = u.union_code
    LEFT JOIN contract_figures c ON c.union_code = u.union_code
    LEFT JOIN target_figures t ON t.union_code = u.union_code"""


def _held_by_prefecture(relation: str) -> str:
    return f"""(SELECT m.pref, COUNT(*) AS contracts FROM {relation} h JOIN members m ON m.member_key = h.member_key
               WHERE h.product = 'group_life' GROUP BY m.pref)"""


_PREFECTURES = f"""
    SELECT p.pref,
           COALESCE(n.contracts, 0) AS group_life_contracts,
           COALESCE(b.contracts, 0) AS group_life_contracts_before
    FROM prefectures p
    LEFT JOIN {_held_by_prefecture("held")} n ON n.pref = p.pref
    LEFT JOIN {_held_by_prefecture("held_a_year_ago")} b ON b.pref = p.pref"""

_NATION = f"""
    SELECT CASE WHEN COUNT(*) = {PREFECTURES_OF_THE_NATION} THEN 1 ELSE 0 END AS is_whole,
           SUM(f.group_life_contracts) AS group_life_contracts,
           SUM(f.group_life_contracts_before) AS group_life_contracts_before
    FROM prefecture_figures f"""
