"""A rule that is wrong in one small place is noticed: the worlds are rich enough for the oracle to tell.

Survivors are named one by one, each with the argument why nobody could tell it from the right rule.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, given, settings
from polars.exceptions import PolarsError

from kyosai_lists.errors import StoreError
from kyosai_lists.segments import run
from kyosai_lists.segments.relations import with_clause
from kyosai_lists.segments.rule import Rule
from kyosai_lists.segments.rulebook import MAIN_LISTS
from kyosai_lists.store.engine import open_engine
from kyosai_lists.store.migrate import upgrade

from .asking import Answers, answers_of, drawn, expected_of, workspace_of
from .conftest import sqlite_url
from .facts import World
from .fill import fill
from .mutants import mutants_of, wrong_turns
from .worlds import worlds

pytestmark = pytest.mark.long
EQUIVALENT: dict[str, dict[str, str]] = {}


class Stage:
    """Worlds that stand in databases of their own, and what the oracle says of each."""

    def __init__(self, folder: Path, made: list[World]) -> None:
        self.scenes: list[tuple[World, sa.Engine, Answers]] = []
        for number, world in enumerate(made):
            (folder / str(number)).mkdir()
            engine = open_engine(sqlite_url(folder / str(number)))
            upgrade(engine)
            fill(engine, world)
            self.scenes.append((world, engine, expected_of(world)))

    def notices(self, rule: Rule) -> bool:
        for world, engine, expected in self.scenes:
            right = {key: one for key, one in expected.items() if key[0] == rule.id}
            try:
                said = answers_of(drawn(workspace_of(world, engine), world, [rule]))
            except (StoreError, PolarsError, AssertionError):
                return True  # it falls over
            if said != right:
                return True
        return False


def many_worlds(count: int) -> list[World]:
    """The same ones at every run."""
    made: list[World] = []

    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(worlds(people=150))
    def collect(world: World) -> None:
        made.append(world)

    collect()
    return made


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    stage = Stage(tmp_path_factory.mktemp("stage"), many_worlds(30))
    yield stage
    for _, engine, _ in stage.scenes:
        engine.dispose()


def rule_named(stage: Stage, list_id: str) -> Rule:
    world, engine, _ = stage.scenes[0]
    return workspace_of(world, engine).rules[list_id]


@pytest.mark.parametrize("list_id", MAIN_LISTS)
def test_the_rule_itself_is_right(stage: Stage, list_id: str) -> None:
    assert not stage.notices(rule_named(stage, list_id))


@pytest.mark.parametrize("list_id", MAIN_LISTS)
def test_every_wrong_turn_of_a_rule_is_noticed(stage: Stage, list_id: str) -> None:
    survivors = {what for what, mutant in mutants_of(rule_named(stage, list_id)) if not stage.notices(mutant)}
    print(len(list(mutants_of(rule_named(stage, list_id)))))
    assert survivors == EQUIVALENT.get(list_id, {}).keys()


def test_every_wrong_turn_of_the_relations_is_noticed(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """`people`, `held` and `enrolled`, which every rule stands on."""
    rules = [rule_named(stage, list_id) for list_id in MAIN_LISTS]
    stage.scenes = [scene for scene in stage.scenes if not scene[0].retirement]
    world, engine, _ = stage.scenes[0]
    survivors = set()
    for what, changed in wrong_turns(with_clause("sqlite", workspace_of(world, engine).settings.retirement_table())):
        monkeypatch.setattr(run, "with_clause", lambda *_, text=changed: text)
        if not any(stage.notices(rule) for rule in rules):
            survivors.add(what)
    assert survivors == EQUIVALENT.get("relations", {}).keys()
