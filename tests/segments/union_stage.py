"""Worlds of unions in memory, the same at every run: does any of them show that a rule about unions, or its figures, are wrong?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from random import Random
from unittest import mock

import polars as pl
import sqlalchemy as sa

from kyosai_lists.config import Settings
from kyosai_lists.segments import union_run
from kyosai_lists.segments.parameters import bind
from kyosai_lists.segments.rule import Rule
from kyosai_lists.store import tables
from kyosai_lists.store.engine import open_engine, reading
from kyosai_lists.usecases.draw_unions import union_segments
from kyosai_lists.usecases.workspace import Workspace

from .facts import World
from .fill import fill
from .stage import or_falls_over
from .union_figures import AllFigures, expected_figures, figures_told
from .union_oracle import ABOUT_UNIONS, Figures, expected_rows
from .union_worlds import DAYS, bounds_world, made_nation, made_union_world

WORLDS = 5  # of each day


@dataclass
class UnionScene:
    """A world in a database of its own. `shown`: how many wrong rules it has shown so far."""

    world: World
    shown: int = 0
    expected: dict[str, dict[str, Figures]] = field(default_factory=dict)

    @cached_property
    def engine(self) -> sa.Engine:
        engine = open_engine("sqlite://")
        tables.metadata.create_all(engine)
        fill(engine, self.world)
        return engine

    @cached_property
    def figures(self) -> AllFigures:
        return expected_figures(self.world)

    def shows(self, rule: Rule) -> bool:
        """Is what `rule` says (but for the people of lists of people) other than what the oracle says?"""
        if rule.id not in self.expected:
            self.expected[rule.id] = expected_rows(self.world, rule.id)
        bound = bind(rule, self.world.as_of, (dict(self.world.numbers),))
        with or_falls_over(), reading(self.engine) as connection:
            told = union_segments(connection, Workspace(Path(), Settings(), self.engine)).rows(bound)
        return _seen(_in_order(rule, told)) != _seen(_of_sql(rule, self.expected[rule.id]))


@cache
def union_scenes(list_id: str) -> list[UnionScene]:
    make = made_nation if list_id == "branch-priority" else made_union_world
    worlds = [make(Random(f"{list_id}{day}{n}"), day) for day in DAYS for n in range(WORLDS)]
    return [UnionScene(world) for world in (*worlds, bounds_world(DAYS[0]))]


def union_noticed(rule: Rule, scenes: Sequence[UnionScene]) -> bool:
    for scene in sorted(scenes, key=lambda s: -s.shown):
        if scene.shows(rule):
            scene.shown += 1
            return True
    return False


def relations_noticed(text: str, rules: Mapping[str, Rule]) -> bool:
    """Would it show, if `text` were what rules about unions select from?"""
    with mock.patch.object(union_run, "union_with_clause", return_value=text):
        if any(_figures(scene) != scene.figures for scene in union_scenes("union-model")):
            return True
        return any(union_noticed(rules[list_id], union_scenes(list_id)) for list_id in ABOUT_UNIONS)


def _figures(scene: UnionScene) -> AllFigures:
    with or_falls_over():
        return figures_told(scene.world, scene.engine)


def _in_order(rule: Rule, told: pl.DataFrame) -> Iterator[tuple[object, ...]]:
    names = [column.name for column in rule.columns if not column.lists]
    return told.select(rule.outputs[0], *names).iter_rows()


def _of_sql(rule: Rule, expected: dict[str, Figures]) -> Iterator[tuple[object, ...]]:
    kept = [at for at, column in enumerate(rule.columns) if not column.lists]
    return ((key, *(row[at] for at in kept)) for key, row in sorted(expected.items()))


def _seen(rows: Iterator[tuple[object, ...]]) -> list[tuple[object, ...]]:
    return [tuple(round(v, 12) if isinstance(v, float) else v for v in row) for row in rows]
