"""The four main lists against the oracle, exactly: who matches, who is listed, who is kept off and why, which contracts."""

from collections import Counter
from collections.abc import Callable
from datetime import date

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, given, settings

from kyosai_lists.segments.rulebook import MAIN_LISTS
from kyosai_lists.usecases.asking.look_at_lists import count_lists, explain_member, show_list

from .asking import answers_of, differences, drawn, expected_of, occasion_of, workspace_of
from .enrolments import enrolments_told, expected_enrolments
from .facts import World
from .fill import fill
from .oracle import IN_SERVICE, verdict
from .worlds import DAYS, worlds

# A failing test names the very person, so there is nothing to shrink; a world is large on purpose.
LARGE = (HealthCheck.large_base_example, HealthCheck.too_slow, HealthCheck.data_too_large)


def examples(count: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """`count` worlds, after the one that hypothesis always tries first: the simplest, where everybody is alike."""
    return settings(max_examples=count + 1, phases=[Phase.generate], deadline=None, suppress_health_check=LARGE)


def compare(engine: sa.Engine, world: World) -> None:
    fill(engine, world)
    workspace = workspace_of(world, engine)
    wrong = differences(world, answers_of(drawn(workspace, world)), expected_of(world))
    assert not wrong, wrong


@pytest.mark.parametrize("as_of", DAYS, ids=str)
def test_the_lists_hold_exactly_whom_lists_md_names(store: sa.Engine, as_of: date) -> None:
    @examples(1)
    @given(world=worlds(people=80, days=(as_of,)))
    def check(world: World) -> None:
        compare(store, world)

    check()


@examples(3)
@given(world=worlds(people=100))
def test_what_people_hold_and_have_applied_for_is_known_for_every_product(store: sa.Engine, world: World) -> None:
    fill(store, world)
    told, expected = enrolments_told(world, store), expected_enrolments(world)
    wrong = sorted({str(row[0]) for row in ((told - expected) + (expected - told))})
    assert not wrong, f"{told - expected}\n{expected - told}\n{world.everything_about(wrong[0])}"


@examples(2)
@given(world=worlds(people=100))
def test_counts_are_the_listed_people_of_each_union(store: sa.Engine, world: World) -> None:
    fill(store, world)
    counts = count_lists(workspace_of(world, store), MAIN_LISTS, occasion_of(world))
    assert {count.id for count in counts} == set(MAIN_LISTS)
    for count in counts:
        listed = Counter(m.union.code for m in world.members if verdict(world, count.id, m).listed)
        assert (count.people, count.unions) == (listed.total(), dict(listed))


@examples(2)
@given(world=worlds(people=100))
def test_the_funnel_never_grows_and_ends_with_the_matched(store: sa.Engine, world: World) -> None:
    fill(store, world)
    for list_id in MAIN_LISTS:
        shown = show_list(workspace_of(world, store), list_id, occasion_of(world))
        verdicts = [one for (_, _), one in expected_of(world, (list_id,)).items()]
        left = [step.remaining for step in shown.funnel]
        assert len(left) == len(shown.bound.rule.conditions)
        assert left == sorted(left, reverse=True)
        assert left[0] == sum(m.status in IN_SERVICE for m in world.members)  # what every list asks first
        assert left[-1] == len(verdicts)
        assert shown.people == sum(one.listed for one in verdicts)
        assert shown.suppressed == Counter(one.suppressed for one in verdicts if one.suppressed)


@examples(1)
@given(world=worlds(people=40))
def test_explain_agrees_with_the_lists_for_everybody(store: sa.Engine, world: World) -> None:
    fill(store, world)
    workspace = workspace_of(world, store)
    for member in world.members:
        for told in explain_member(workspace, MAIN_LISTS, member.key, occasion_of(world)):
            judged = verdict(world, told.list_id, member)
            everything = world.everything_about(member.key)
            assert all(c.met for c in told.conditions) == judged.matched, everything
            assert (told.listed, told.suppressed) == (judged.listed, judged.suppressed), everything
            assert len(told.conditions) == len(workspace.rules[told.list_id].conditions)
            assert all(c.text and c.value for c in told.conditions)


@pytest.mark.long
@examples(60)
@given(world=worlds(people=150))
def test_nine_thousand_people_are_judged_alike(store: sa.Engine, world: World) -> None:
    compare(store, world)
