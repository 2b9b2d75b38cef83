"""The four main lists against the oracle, exactly: who matches, who is listed, who is kept off and why, which contracts."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from kyosai_lists.segments.rulebook import MAIN_LISTS
from kyosai_lists.usecases.look_at_lists import count_lists, explain_member, show_list

from .asking import answers_of, differences, drawn, expected_of, occasion_of, workspace_of
from .facts import World
from .fill import fill
from .oracle import verdict
from .worlds import DAYS, worlds

# A failing test names the very person, so there is nothing to shrink; a world is large on purpose.
LARGE = (HealthCheck.large_base_example, HealthCheck.too_slow, HealthCheck.data_too_large)


def examples(count: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return settings(max_examples=count, phases=[Phase.generate], deadline=None, suppress_health_check=LARGE)


def compare(engine: sa.Engine, world: World) -> None:
    fill(engine, world)
    workspace = workspace_of(world, engine)
    wrong = differences(world, answers_of(drawn(workspace, world)), expected_of(world))
    assert not wrong, wrong


@examples(8)
@given(world=worlds(people=120))
def test_the_lists_hold_exactly_whom_lists_md_names(store: sa.Engine, world: World) -> None:
    compare(store, world)
