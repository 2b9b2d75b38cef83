"""Condition by condition, why a person is or is not on a list."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from kyosai_lists.config import Settings
from kyosai_lists.errors import UsageError
from kyosai_lists.segments.explain import conditions_met, explain
from kyosai_lists.segments.parameters import bind
from kyosai_lists.segments.rulebook import MAIN_LISTS
from kyosai_lists.segments.run import Segments
from kyosai_lists.store.engine import reading
from kyosai_lists.store.guard.terms import Guard
from kyosai_lists.usecases.asking.explain_member import Explanation, explain_member
from kyosai_lists.usecases.draw import Occasion

from .asking import workspace_of
from .facts import Contract, Member, World
from .fill import fill
from .rulefile import loaded
from .worlds import UNIONS

D = date(2026, 11, 1)
YOUNG = Member("17-001", UNIONS[1], date(2000, 1, 1), date(2020, 4, 1), "regular", "active")
NAMESAKE = replace(YOUNG, key="18-001", union=UNIONS[10])
HOUSE = Contract("17-001-0", "17-001", "fire", date(2020, 4, 1))
SEVERAL = """
SELECT m.member_key
FROM people m
LEFT JOIN held f ON f.member_key = m.member_key
WHERE f.product = 'fire'  -- 火災である
  AND f.type = '家財'  -- 家財である
  AND f.effective_on >= :fiscal_year_start  -- 今年度からである
"""


def explained(store: sa.Engine, number: str, members: list[Member], list_id: str = "fire-only") -> Explanation:
    world = World(D, UNIONS, members, [HOUSE])
    fill(store, world)
    return explain_member(workspace_of(world, store), (list_id,), number, Occasion(D))[0]


def test_explain_says_of_each_condition_what_the_record_says(store: sa.Engine) -> None:
    told = explained(store, "001", [replace(YOUNG, employment="temporary")], "young-unenrolled")
    assert [(c.text, c.met, c.value) for c in told.conditions] == [
        ("在職中である", True, "在籍区分 現職"),
        ("正規職員である", False, "雇用区分 臨時・非常勤"),
        ("35歳以下である", True, "生年月日 2000年1月1日"),
        ("採用2年目以降である", True, "採用年月日 2020年4月1日"),
        ("団体生命共済に加入していない(申込中を含む)", True, "契約・申込 なし"),
    ]
    assert (told.listed, told.suppressed, told.member_no, told.as_of) == (False, None, "001", D)


@pytest.mark.parametrize(("status", "why"), [("dead", "死亡"), ("left", "脱退"), ("死亡？", "在籍状態が読めない")])
def test_explain_names_the_reason_that_keeps_somebody_off(store: sa.Engine, status: str, why: str) -> None:
    for list_id in MAIN_LISTS:
        told = explained(store, "001", [replace(YOUNG, status=status)], list_id)
        assert (told.listed, told.suppressed, told.conditions[0].met) == (False, why, False)


def test_two_people_with_one_number_are_told_apart_by_their_prefecture(store: sa.Engine) -> None:
    assert explained(store, "17-001", [YOUNG, NAMESAKE]).listed
    assert not explained(store, "18-001", [YOUNG, NAMESAKE]).listed
    with pytest.raises(UsageError, match="2人います"):
        explained(store, "001", [YOUNG, NAMESAKE])
    with pytest.raises(UsageError, match="登録されていません"):
        explained(store, "01", [YOUNG, NAMESAKE])


def test_of_several_contracts_the_one_is_told_that_comes_nearest(store: sa.Engine, tmp_path: Path) -> None:
    contents = Contract("17-001-1", "17-001", "group_life", D, type="家財")
    far = Contract("17-001-2", "17-001", "traffic", date(2020, 4, 1))
    fill(store, World(D, UNIONS, [YOUNG], [HOUSE, contents, far]))
    with reading(store) as connection:
        segments = Segments(connection, Settings().retirement_table(), Guard(60))
        bound = bind(loaded(tmp_path, sql=SEVERAL), D)
        told, met = explain(segments, bound, "17-001"), conditions_met(segments, bound, ["17-001", "17-002"])
    assert [condition.met for condition in told] == [False, True, True]
    assert met == {"17-001": (False, True, True)}  # nobody else is in the store


def test_what_is_looked_for_is_named_and_counted(store: sa.Engine) -> None:
    more = [replace(HOUSE, key=f"17-001-{n}", product="group_life") for n in (5, 6, 7)]
    fill(store, world := World(D, UNIONS, [YOUNG], [HOUSE, *more]))
    told = explain_member(workspace_of(world, store), ("young-unenrolled",), "001", Occasion(D))[0]
    assert told.conditions[-1].value == "団体生命共済 001-5 ほか2件"
