"""Every people list of lists.md is there under its own words, and is counted, explained and exported."""

import re
from datetime import date
from pathlib import Path

import pytest

from kyosai_lists.paths import resource_dir
from kyosai_lists.products import BY_ID, ID_BY_NAME
from kyosai_lists.segments.rulebook import MAIN_LISTS, load_rules
from kyosai_lists.store.engine import reading
from kyosai_lists.usecases.asking.count_lists import count_lists
from kyosai_lists.usecases.asking.explain_member import explain_member
from kyosai_lists.usecases.asking.look_at_lists import show_list
from kyosai_lists.usecases.draw import Occasion, Scope, draw
from kyosai_lists.usecases.exporting.export_lists import export_lists
from kyosai_lists.usecases.exporting.order import Order
from kyosai_lists.usecases.workspace import Workspace
from tests.conftest import ACT

from .lists_md import PEOPLE_LISTS, ListOfThePlan

D = date(2026, 11, 1)
IDS = tuple(one.id for one in PEOPLE_LISTS)
RULES = load_rules(resource_dir("queries")).of("people")
NEED_GUIDES = {"cover-below-guide": "group_life", "contents-below-guide": "contents"}
LEAVING_WORDS = ("退職", "再任用", "役職定年", "50代")


def test_there_are_these_people_lists_and_the_main_four_are_among_them() -> None:
    assert set(IDS) == set(RULES)
    assert len(IDS) == 37
    assert set(MAIN_LISTS) == set(IDS[:4])


@pytest.mark.parametrize("of_plan", PEOPLE_LISTS, ids=lambda one: one.id)
def test_a_list_carries_the_plans_words(of_plan: ListOfThePlan) -> None:
    rule = RULES[of_plan.id]
    assert (rule.title, rule.discreet) == (of_plan.title, of_plan.discreet)
    assert rule.offers == ID_BY_NAME[of_plan.offers]
    assert rule.plan == (of_plan.plan or rule.plan)
    assert rule.plan
    assert rule.needs_guide == NEED_GUIDES.get(rule.id, "")


def test_no_two_lists_have_one_priority_and_who_loses_a_right_by_waiting_comes_first() -> None:
    order = list(RULES)
    assert len({rule.priority for rule in RULES.values()}) == len(RULES)
    main = ["retiree-transfer", "young-unenrolled", "fire-only", "disaster-standard"]
    assert [list_id for list_id in order if list_id in MAIN_LISTS] == main
    assert order[0] == "retiree-transfer"
    later = min(order.index(list_id) for list_id in order if list_id.endswith(("-keep", "-notice", "-follow-up")))
    assert all(order.index(list_id) < later for list_id in order if list_id.endswith("-unenrolled"))


@pytest.mark.parametrize("list_id", IDS)
def test_what_lies_on_a_desk_gives_nothing_away(list_id: str) -> None:
    rule = RULES[list_id]
    assert not (rule.discreet and rule.hint)
    if list_id != "retiree-transfer":  # what is handed over there bears the product's own name
        assert not any(word in rule.document for word in LEAVING_WORDS)
    assert not any(word in rule.document for word in ("未加入", "不足", "未付帯", "のみ"))


@pytest.mark.parametrize("list_id", IDS)
def test_every_number_of_a_list_is_a_parameter_with_a_meaning(list_id: str) -> None:
    """Of the numbers of lists.md (ages, months, days, units) none stands in a condition; 1 is 採用1年目 or one contract."""
    rule = RULES[list_id]
    for condition in rule.conditions:
        assert set(re.findall(r"(?<![\w:.])\d+", condition.sql)) <= {"1"}, condition.text
    assert all(parameter.meaning for parameter in rule.parameters.values())


def test_a_name_means_one_number_in_every_list_that_has_it() -> None:
    meant = {(name, p.default, p.meaning) for rule in RULES.values() for name, p in rule.parameters.items()}
    assert len({name for name, _, _ in meant}) == len(meant)


def test_every_list_is_counted_and_its_funnel_ends_with_its_people(sample_branch: Workspace) -> None:
    counts = {count.id: count for count in count_lists(sample_branch, IDS, Occasion(D))}
    assert set(counts) == set(IDS)
    for list_id, count in counts.items():
        shown = show_list(sample_branch, list_id, Occasion(D))
        assert (shown.people, count.people) == (count.people, sum(count.unions.values()))
        assert shown.funnel[-1].remaining == count.people + sum(shown.suppressed.values())
        assert (count.people > 0) == (list_id not in NEED_GUIDES)


def test_whoever_is_on_a_list_is_explained_as_listed_with_every_value_named(sample_branch: Workspace) -> None:
    with reading(sample_branch.engine) as connection:
        rules = list(sample_branch.rules.values())
        drawn = draw(connection, sample_branch, rules, Occasion(D), Scope())
    for (list_id,), rows in drawn.passed.group_by("list_id"):
        told = explain_member(sample_branch, (str(list_id),), rows["member_key"].min(), Occasion(D))[0]
        assert told.listed
        assert all(condition.text and condition.value for condition in told.conditions)


def test_a_reason_is_a_sentence_with_nothing_left_to_fill_in(sample_branch: Workspace) -> None:
    with reading(sample_branch.engine) as connection:
        rules = list(sample_branch.rules.values())
        drawn = draw(connection, sample_branch, rules, Occasion(D), Scope())
    for row in drawn.passed.iter_rows(named=True):
        assert not re.search(r"[{}]|None|null|\d{4}-\d\d|active|yes", row["reason"]), row["reason"]
        assert not row["reason"].startswith(("、", "・")), row["reason"]
        about_contracts = "contract_key" in RULES[row["list_id"]].outputs
        assert bool(row["contracts"]) == about_contracts


def test_every_list_is_exported(sqlite_branch: Workspace, tmp_path: Path) -> None:
    result = export_lists(sqlite_branch, Order(IDS, as_of=D), act=ACT, passwords=None, out=tmp_path / "o")
    rows = {list_id: sum(book.rows.get(list_id, 0) for book in result.books) for list_id in IDS}
    assert rows == {count.id: count.people for count in count_lists(sqlite_branch, IDS, Occasion(D))}
    assert result.titles.keys() == set(IDS)
    assert all(BY_ID[RULES[list_id].offers] for list_id in rows)
