"""Of every shape a condition may have, what the person's record says about it: never nothing."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from kyosai_lists.config import Settings
from kyosai_lists.segments.explain import explain
from kyosai_lists.segments.parameters import bind
from kyosai_lists.segments.run import Segments
from kyosai_lists.store.engine import reading
from kyosai_lists.store.guard.terms import Guard

from .facts import Application, Contract, Member, World
from .fill import fill
from .rulefile import loaded, with_condition
from .worlds import UNIONS

D = date(2026, 11, 1)
WHO = Member("17-001", UNIONS[1], date(2000, 1, 1), date(2020, 4, 1), "regular", "active")
HOUSE = Contract("17-001-0", WHO.key, "fire", date(2020, 4, 1), type="家財")
CARE = Contract("17-001-9", WHO.key, "care", date(2023, 6, 1))
WORLD = World(
    D,
    UNIONS,
    [WHO],
    [HOUSE, replace(HOUSE, key="17-001-1", effective=date(2021, 4, 1)), replace(CARE, main=HOUSE.key)],
    [Application(WHO.key, "my_car", date(2026, 10, 1), "received")],
)
OF = "h.member_key = m.member_key"
FIRE = f"FROM held h WHERE {OF} AND h.product = 'fire'"

SHAPES = {
    "m.age BETWEEN 20 AND 30": "年齢 26",
    "m.after_leaving IS NULL": "退職後区分 なし",
    "(m.employment = 'regular' OR m.age < 20 OR m.employment IS NULL)": "雇用区分 正規、年齢 26",
    "CASE WHEN m.status = 'leave' THEN 1 ELSE 2 END = 2": "在籍区分 現職",
    "COALESCE(m.children, 0) = 0": "子の人数 なし",
    f"EXISTS (SELECT 1 {FIRE})": "火災共済 001-0 ほか1件",
    f"NOT EXISTS (SELECT h.member_key {FIRE} AND h.type = '住宅')": "契約 なし",
    f"EXISTS (SELECT 1 FROM enrolled h WHERE {OF} AND h.product = 'my_car')": "マイカー共済 (申込受付)",
    f"NOT EXISTS (SELECT 1 FROM enrolled h WHERE {OF} AND h.product = 'sogo')": "契約・申込 なし",
    f"(m.spouse = 'yes' OR 1 > (SELECT COUNT(h.product) FROM enrolled h WHERE {OF} AND h.product = 'my_car'))": (
        "配偶者 なし、契約・申込 1件"
    ),
    f"EXISTS (SELECT 1 FROM held h JOIN held o ON o.contract_key = h.main_contract_key WHERE {OF})": "介護保障 001-9",
    f"(EXISTS (SELECT 1 {FIRE}) OR NOT EXISTS (SELECT 1 FROM held c WHERE c.member_key = m.member_key AND c.product = 'care'))": (
        "火災共済 001-0 ほか1件、介護保障 001-9"
    ),
    f"(m.spouse = 'yes' OR EXISTS (SELECT 1 {FIRE} AND (h.type = '家財' OR h.type = '住宅')))": (
        "配偶者 なし、火災共済 001-0 ほか1件"
    ),
    "EXISTS (SELECT 1 FROM unions o WHERE o.union_code = m.union_code AND o.kind = 'city')": "1件",
    "EXISTS (SELECT 1 FROM unions o WHERE o.union_code = m.union_code AND o.kind = 'x')": "なし",
    f"EXISTS (SELECT h.product {FIRE} GROUP BY h.product HAVING COUNT(h.member_key) > 1)": "あり",
    f"EXISTS (SELECT 1 {FIRE} UNION SELECT 2 FROM unions o WHERE o.kind = 'x')": "あり",
    f"(SELECT COUNT(h.member_key) {FIRE}) = 2": "契約 2件",
    f"2 <= (SELECT COUNT(h.member_key) AS n {FIRE} AND EXISTS (SELECT 1 FROM held i WHERE i.contract_key = h.contract_key))": "契約 2件",
    f"(SELECT COALESCE(SUM(h.units), 0) {FIRE}) <= 5": "口数の合計 0",
    f"(SELECT SUM(h.units) {FIRE}) IS NULL": "口数の合計 なし",
    f"(SELECT MIN(h.effective_on) {FIRE}) < :fiscal_year_start": "いちばん早い発効日 2020年4月1日",
    f"(SELECT MAX(h.effective_on) {FIRE}) < m.born_on": "生年月日 2000年1月1日、いちばん遅い発効日 2021年4月1日",
    f"m.employment <> (SELECT MIN(h.type) {FIRE})": "雇用区分 正規、最小のタイプ 家財",
    "(SELECT o.kind FROM unions o WHERE o.union_code = m.union_code) = 'city'": "単組区分 市",
    "m.union_code IN (SELECT o.union_code FROM unions o WHERE o.kind = 'city')": f"単組コード {UNIONS[1].code}",
    f"'fire' IN (SELECT h.product FROM held h WHERE {OF})": "あてはまる",
    f"'care' NOT IN (SELECT h.product FROM held h WHERE {OF})": "あてはまらない",
    "m.member_key = '17-002'": "組合員番号 001",
    "1 = 1": "あてはまる",
}


@pytest.fixture(scope="module")
def filled(store: sa.Engine) -> sa.Engine:
    fill(store, WORLD)
    return store


@pytest.mark.parametrize(("sql", "value"), SHAPES.items(), ids=list(SHAPES))
def test_a_condition_of_any_shape_has_a_value(filled: sa.Engine, tmp_path: Path, sql: str, value: str) -> None:
    rule = loaded(tmp_path, sql=with_condition(sql))
    with reading(filled) as connection:
        told = explain(Segments(connection, Settings().retirement_table(), Guard(60)), bind(rule, D), WHO.key)
    assert [condition.value for condition in told] == ["在籍区分 現職", value]


def test_a_contract_joined_is_named_and_what_is_missing_is_said(filled: sa.Engine, tmp_path: Path) -> None:
    joined = """
SELECT m.member_key
FROM people m
JOIN unions u ON u.union_code = m.union_code
LEFT JOIN held c ON c.member_key = m.member_key AND c.product = '{}'
WHERE c.contract_key IS NOT NULL       -- 加入している
  AND c.main_contract_key IS NOT NULL  -- 主契約がある
  AND u.kind = 'town'                  -- 町である
"""
    values = {}
    for product in ("care", "cali"):
        rule = loaded(tmp_path, sql=joined.format(product))
        with reading(filled) as connection:
            told = explain(Segments(connection, Settings().retirement_table(), Guard(60)), bind(rule, D), WHO.key)
        values[product] = [condition.value for condition in told]
    assert values == {
        "care": ["介護保障 001-9", "主契約番号 001-0", "単組区分 市"],
        "cali": ["契約 なし", "主契約番号 なし", "単組区分 市"],
    }
