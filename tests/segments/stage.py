"""Worlds in memory, the same at every run, and what the oracle says of each: does any of them show that a rule is wrong?"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from random import Random
from typing import TypeVar

import polars as pl
import sqlalchemy as sa
from polars.exceptions import PolarsError

from kyosai_lists.errors import KyosaiError
from kyosai_lists.lists.describe import contracts_told, one_row_per_person
from kyosai_lists.segments.parameters import bind
from kyosai_lists.segments.rule import Rule
from kyosai_lists.segments.run import Segments
from kyosai_lists.store import tables
from kyosai_lists.store.engine import StatementFailed, open_engine, reading
from kyosai_lists.usecases.draw import segments_of

from .asking import contract_keys, facts_in, occasion_of, workspace_of
from .facts import RetirementSettings, World
from .fill import fill
from .oracle import verdict
from .verdict import Verdict
from .worlds import DAYS, made_world

PEOPLE = 150
Answer = TypeVar("Answer")
Frames = tuple[pl.DataFrame, pl.DataFrame]
"""The relations `people` and `held`."""


class FallsOver(Exception):
    """What was asked cannot be answered at all, which nobody could overlook."""


@contextmanager
def or_falls_over() -> Iterator[None]:
    try:
        yield
    except (KyosaiError, StatementFailed, PolarsError) as error:
        raise FallsOver from error


def everybody(segments: Segments, as_of: date) -> Frames:
    """The people of the store and what they hold."""
    return segments.answer(segments.ask_people(as_of)), segments.answer(segments.ask_held(as_of))


@dataclass
class Scene:
    """A world in a database of its own. `shown`: how many wrong rules it has shown so far."""

    world: World
    shown: int = 0
    expected: dict[str, dict[str, Verdict]] = field(default_factory=dict)

    @cached_property
    def engine(self) -> sa.Engine:
        engine = open_engine("sqlite://")
        tables.metadata.create_all(engine)
        fill(engine, self.world)
        return engine

    @cached_property
    def frames(self) -> Frames:
        return self.ask(lambda segments: everybody(segments, self.world.as_of))

    def ask(self, question: Callable[[Segments], Answer]) -> Answer:
        """
        Raises:
            FallsOver: it cannot be answered.
        """
        workspace = workspace_of(self.world, self.engine)
        with or_falls_over(), reading(self.engine) as connection:
            return question(segments_of(connection, workspace))

    def shows(self, rule: Rule, frames: Frames | None = None) -> bool:
        """Is somebody judged otherwise than the oracle does, who matches, or which contracts and facts are named?

        Raises:
            FallsOver: the rule cannot run.
        """
        if rule.id not in self.expected:
            judged = {m.key: verdict(self.world, rule.id, m) for m in self.world.members}
            self.expected[rule.id] = {key: replace(v, suppressed=None) for key, v in judged.items() if v.matched}
        people, held = frames or self.frames
        told = self.ask(lambda segments: _told(segments, rule, self.world, people, held))
        return told != self.expected[rule.id]


def _told(segments: Segments, rule: Rule, world: World, people: pl.DataFrame, held: pl.DataFrame) -> dict[str, Verdict]:
    bound = bind(rule, world.as_of, (occasion_of(world).values,))
    matched = segments.members(bound)
    (contracts,) = contracts_told([matched], held)
    rows = one_row_per_person(matched, people, contracts, reason=rule.reason, hint=rule.hint)
    return {
        row["member_key"]: Verdict(
            True, None, contract_keys(row["member_key"], row["contracts"]), facts_in(row["reason"])
        )
        for row in rows.iter_rows(named=True)
    }


def scenes(subjects: Iterable[str], retirement: RetirementSettings | None = None) -> list[Scene]:
    """Two worlds near each of `subjects` for every one of the days; the same ones at every run."""
    made = [made_world(Random(f"{s} {day} {n}"), PEOPLE, s, day) for n in (1, 2) for day in DAYS for s in subjects]
    return [Scene(world) for world in made if retirement is None or world.retirement == retirement]


def noticed(rule: Rule, stage: list[Scene]) -> bool:
    """Does any world show that `rule` is wrong? The ones that have shown most are asked first."""
    for scene in sorted(stage, key=lambda s: -s.shown):
        if scene.shows(rule):
            scene.shown += 1
            return True
    return False
