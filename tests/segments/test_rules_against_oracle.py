"""The lists against the oracle, exactly: who matches, who is listed, who is kept off and why, which contracts, what is said."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import cycle, product
from random import Random

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, given, settings

from kyosai_lists.usecases.asking.count_lists import count_lists
from kyosai_lists.usecases.asking.explain_member import explain_member
from kyosai_lists.usecases.asking.look_at_lists import show_list

from .asking import answers_of, differences, drawn, expected_of, occasion_of, workspace_of
from .edges import days_about
from .enrolments import enrolments_told, expected_enrolments, expected_guides, guides_told
from .facts import PRODUCTS, Stop, World
from .fill import fill
from .oracle import IN_SERVICE, LISTS, SUBJECTS, verdict
from .worlds import DAYS, EVERYTHING, made_world, worlds

# A failing test names the very person, so there is nothing to shrink; a world is large on purpose.
LARGE = (HealthCheck.large_base_example, HealthCheck.too_slow, HealthCheck.data_too_large)


def examples(count: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """`count` worlds, after the one that hypothesis always tries first, which is the same at every run."""
    return settings(max_examples=count + 1, phases=[Phase.generate], deadline=None, suppress_health_check=LARGE)


def compare(engine: sa.Engine, world: World, list_ids: tuple[str, ...]) -> None:
    fill(engine, world)
    workspace = workspace_of(world, engine)
    wrong = differences(world, answers_of(drawn(workspace, world, list_ids)), expected_of(world, list_ids))
    assert not wrong, wrong


@pytest.mark.parametrize("subject", SUBJECTS)
@pytest.mark.parametrize("half", [DAYS[::2], DAYS[1::2]], ids=["one_day", "another_day"])
def test_the_lists_hold_exactly_whom_lists_md_names(store: sa.Engine, subject: str, half: tuple[date, ...]) -> None:
    @examples(1)
    @given(world=worlds(150, (subject,), half))
    def check(world: World) -> None:
        compare(store, world, tuple(SUBJECTS[subject]))

    check()


@examples(1)
@given(world=worlds(150))
def test_people_of_every_kind_are_judged_alike_by_every_list(store: sa.Engine, world: World) -> None:
    compare(store, world, tuple(LISTS))


@examples(3)
@given(world=worlds(100))
def test_what_people_hold_and_have_applied_for_is_known_for_every_product(store: sa.Engine, world: World) -> None:
    fill(store, world)
    told, expected = enrolments_told(world, store), expected_enrolments(world)
    wrong = sorted({str(row[0]) for row in ((told - expected) + (expected - told))})
    assert not wrong, f"{told - expected}\n{expected - told}\n{world.everything_about(wrong[0])}"


@examples(1)
@given(world=worlds(150, ("guides",)))
def test_the_guide_that_fits_a_person_is_the_one_that_says_most(store: sa.Engine, world: World) -> None:
    fill(store, world)
    told, expected = guides_told(world, store), expected_guides(world)
    wrong = [key for key in expected if told[key] != expected[key]]
    assert not wrong, f"{told[wrong[0]]} instead of {expected[wrong[0]]}\n{world.everything_about(wrong[0])}"


@examples(1)
@given(world=worlds(150))
def test_counts_are_the_listed_people_of_each_union(store: sa.Engine, world: World) -> None:
    fill(store, world)
    counts = count_lists(workspace_of(world, store), tuple(LISTS), occasion_of(world))
    assert {count.id for count in counts} == set(LISTS)
    for count in counts:
        listed = Counter(m.union.code for m in world.members if verdict(world, count.id, m).listed)
        assert (count.people, count.unions) == (listed.total(), dict(listed))


@examples(1)
@given(world=worlds(150))
def test_the_funnel_never_grows_and_ends_with_the_matched(store: sa.Engine, world: World) -> None:
    fill(store, world)
    workspace = workspace_of(world, store)
    for list_id in LISTS:
        shown = show_list(workspace, list_id, occasion_of(world))
        verdicts = [*expected_of(world, (list_id,)).values()]
        left = [step.remaining for step in shown.funnel]
        assert len(left) == len(shown.bound.rule.conditions)
        assert left == sorted(left, reverse=True)
        assert left[0] == sum(m.status in IN_SERVICE for m in world.members)  # what every list asks first
        assert left[-1] == len(verdicts), list_id
        assert shown.people == sum(one.listed for one in verdicts)
        assert shown.suppressed == Counter(one.suppressed for one in verdicts if one.suppressed)


def explain_agrees(engine: sa.Engine, world: World, list_ids: tuple[str, ...]) -> None:
    fill(engine, world)
    workspace = workspace_of(world, engine)
    for member in world.members:
        for told in explain_member(workspace, list_ids, member.key, occasion_of(world)):
            judged = verdict(world, told.list_id, member)
            everything = f"{told.list_id}\n{told.conditions}\n{world.everything_about(member.key)}"
            assert all(c.met for c in told.conditions) == judged.matched, everything
            assert (told.listed, told.suppressed) == (judged.listed, judged.suppressed), everything
            assert len(told.conditions) == len(workspace.rules[told.list_id].conditions)
            assert all(c.text and c.value for c in told.conditions), everything


@pytest.mark.parametrize("subject", SUBJECTS)
def test_explain_agrees_with_the_lists_for_everybody(store: sa.Engine, subject: str) -> None:
    @examples(1)
    @given(world=worlds(5, (subject,)))
    def check(world: World) -> None:
        explain_agrees(store, world, tuple(SUBJECTS[subject]))

    check()


def test_a_stop_for_any_product_of_a_family_keeps_off_while_it_is_in_force(store: sa.Engine) -> None:
    """Everybody asked not to hear of one product, or of all; from, until or about D and the days of the campaign."""
    world = made_world(Random("stops"), 300, EVERYTHING, DAYS[0])
    days = [world.as_of, *((world.window.first, world.window.last) if world.window else ())]
    edges = [None, *(edge for day in days for edge in days_about(day))]
    spans = [(a, b) for a, b in product(edges, edges) if a is None or b is None or a <= b]
    asked = zip(world.members, cycle(("", *PRODUCTS)), cycle(spans), strict=False)
    compare(store, replace(world, stops=[Stop(m.key, what, *span) for m, what, span in asked]), tuple(LISTS))


@pytest.mark.long
@examples(60)
@given(world=worlds(150, tuple(SUBJECTS)))
def test_nine_thousand_people_are_judged_alike(store: sa.Engine, world: World) -> None:
    compare(store, world, tuple(LISTS))


@pytest.mark.long
@examples(2)
@given(world=worlds(40))
def test_explain_agrees_with_the_lists_for_hundreds(store: sa.Engine, world: World) -> None:
    explain_agrees(store, world, tuple(LISTS))
