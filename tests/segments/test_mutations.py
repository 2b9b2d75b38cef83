"""A rule that is wrong in one small place is noticed: the worlds are rich enough for the oracle to tell.

Survivors are named one by one, each with the argument why nobody could tell it from the right rule.
"""

from collections.abc import Callable, Iterator
from datetime import date
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

from .asking import answers_of, drawn, expected_of, workspace_of
from .careers import careers_told, careers_world, expected_careers
from .conftest import sqlite_url
from .enrolments import applied_world, enrolments_told, expected_enrolments
from .facts import World
from .fill import fill
from .mutants import mutants_of, wrong_turns
from .worlds import worlds

pytestmark = pytest.mark.long
EQUIVALENT: dict[str, dict[str, str]] = {
    "retiree-transfer": {
        "without g.contract_key IS NOT NULL": "The next condition, that the contract lasts until L, says so too. "
        "It stands in the rule so that `explain` and the funnel can tell apart 未加入 and 退職日まで続かない.",
    },
    "relations": dict.fromkeys(
        (
            "red_on, '-', '') AS INTEGER) - [401] ) / 10000 AS hired_fiscal_year → 400",
            "red_on, '-', '') AS INTEGER) - [401] ) / 10000 + 1 AS hired_year_no → 400",
        ),
        "No day is written 0400: 31 March (331) lies below either number and 1 April (401) does not.",
    ),
}


class Stage:
    """Worlds that stand in databases of their own, and what the oracle says of each."""

    def __init__(self, folder: Path, made: list[World]) -> None:
        self._folder = folder
        self.scenes = [(world, self._set_up(n, world), expected_of(world)) for n, world in enumerate(made)]
        careers = careers_world(date(2027, 3, 1), {})
        self.careers = (careers, self._set_up(len(made), careers), expected_careers(careers))
        applied = applied_world(date(2027, 3, 1))
        self.applied = (applied, self._set_up(len(made) + 1, applied))

    def _set_up(self, number: int, world: World) -> sa.Engine:
        (self._folder / str(number)).mkdir()
        engine = open_engine(sqlite_url(self._folder / str(number)))
        upgrade(engine)
        fill(engine, world)
        return engine

    def notices(self, *rules: Rule) -> bool:
        """Does any world show that one of `rules` is not right?"""
        names = {rule.id for rule in rules}
        for world, engine, expected in self.scenes:
            right = {key: one for key, one in expected.items() if key[0] in names}
            if self._falls_over_or_differs(
                lambda w=world, e=engine: answers_of(drawn(workspace_of(w, e), w, [*rules])), right
            ):
                return True
        return False

    def notices_enrolments(self) -> bool:
        """Does any world show that the relations do not know what is held and applied for?"""
        for world, engine in [self.applied, *((world, engine) for world, engine, _ in self.scenes)]:
            right = expected_enrolments(world)
            if self._falls_over_or_differs(lambda w=world, e=engine: enrolments_told(w, e), right):
                return True
        return False

    def notices_careers(self) -> bool:
        """Does anybody's age or leaving date show that the relations are not right?"""
        world, engine, expected = self.careers
        return self._falls_over_or_differs(lambda: careers_told(world, engine), expected)

    @staticmethod
    def _falls_over_or_differs(ask: Callable[[], object], right: object) -> bool:
        try:
            return ask() != right
        except (StoreError, PolarsError, AssertionError):
            return True


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
    assert survivors == EQUIVALENT.get(list_id, {}).keys()


def test_every_wrong_turn_of_the_relations_is_noticed(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """`people`, `held` and `enrolled`, which every rule stands on."""
    rules = [rule_named(stage, list_id) for list_id in MAIN_LISTS]
    stage.scenes = [scene for scene in stage.scenes if not scene[0].retirement]
    world, engine, _ = stage.scenes[0]
    survivors = set()
    for what, changed in wrong_turns(with_clause("sqlite", workspace_of(world, engine).settings.retirement_table())):
        monkeypatch.setattr(run, "with_clause", lambda *_, text=changed: text)
        if not (stage.notices_careers() or stage.notices(*rules) or stage.notices_enrolments()):
            survivors.add(what)
    assert survivors == EQUIVALENT.get("relations", {}).keys()
