"""`python -m tests.segments.mutation_score [LIST…]`: are all wrong turns of the rules noticed by a world of the oracle?

Prints per list, and for the relations they all stand on, how many wrong turns there are, how many are noticed, which are
equivalent to the right rule and why. Exit code 1 when one is neither noticed nor a named equivalent.
"""

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from multiprocessing import get_context
from typing import TypeVar
from unittest import mock

from kyosai_lists.config import Settings
from kyosai_lists.paths import resource_dir
from kyosai_lists.segments import run
from kyosai_lists.segments.relations import with_clause
from kyosai_lists.segments.rulebook import load_rules
from kyosai_lists.segments.union_relations import union_with_clause

from .careers import careers_told, careers_world, expected_careers
from .enrolments import (
    Enrolments,
    Guides,
    applied_world,
    enrolments_told,
    expected_enrolments,
    expected_guides,
    guides_told,
)
from .equivalents import EQUIVALENT
from .mutants import mutants_of, wrong_turns
from .oracle import LISTS, SUBJECTS
from .stage import FallsOver, Scene, everybody, noticed, or_falls_over, scenes
from .union_oracle import ABOUT_UNIONS
from .union_stage import relations_noticed, union_noticed, union_scenes
from .worlds import MAKERS

RELATIONS, UNION_RELATIONS = "relations", "union-relations"
NAMES = (*LISTS, RELATIONS, *ABOUT_UNIONS, UNION_RELATIONS)
Mutant = TypeVar("Mutant")


@dataclass(frozen=True)
class Score:
    """`survivors`: what was changed, of every wrong turn that no world shows. Those that cannot run at all are not counted."""

    name: str
    mutants: int
    survivors: tuple[str, ...]

    @property
    def equivalent(self) -> list[str]:
        return [what for what in self.survivors if what in EQUIVALENT.get(self.name, {})]

    @property
    def unnoticed(self) -> list[str]:
        return [what for what in self.survivors if what not in EQUIVALENT.get(self.name, {})]

    @property
    def outdated(self) -> list[str]:
        """Named as equivalent, but there is no such wrong turn any more, or it is noticed."""
        return [what for what in EQUIVALENT.get(self.name, {}) if what not in self.survivors]

    @property
    def percent(self) -> float:
        told = self.mutants - len(self.survivors)
        return 100 * told / max(self.mutants - len(self.equivalent), 1)


def score(name: str) -> Score:
    """The score of a list, or of the relations."""
    if name in ABOUT_UNIONS:
        return _score_of_union_list(name)
    special = {RELATIONS: _score_of_relations, UNION_RELATIONS: _score_of_union_relations}
    return special[name]() if name in special else _score_of_list(name)


def _score_of_list(list_id: str) -> Score:
    """
    Raises:
        AssertionError: a world shows that the rule itself is wrong.
    """
    rule = load_rules(resource_dir("queries"))[list_id]
    subject = next(name for name, lists in SUBJECTS.items() if list_id in lists)
    near, far = _stage(subject), [s for other in MAKERS if other != subject for s in _stage(other)]
    assert not noticed(rule, [*near, *far]), f"{list_id} differs from the oracle"
    return _counted(list_id, mutants_of(rule), lambda mutant: noticed(mutant, near) or noticed(mutant, far))


@cache
def _stage(subject: str) -> list[Scene]:
    return scenes((subject,))


def _counted(name: str, mutants: Iterable[tuple[str, Mutant]], is_noticed: Callable[[Mutant], bool]) -> Score:
    count, survivors = 0, []
    for what, mutant in mutants:
        try:
            survived = not is_noticed(mutant)
        except FallsOver:
            continue
        count += 1
        survivors += [what] if survived else []
    return Score(name, count, tuple(survivors))


def _score_of_union_list(list_id: str) -> Score:
    """As `_score_of_list`; its figures are compared too."""
    rule, stage = load_rules(resource_dir("queries"))[list_id], union_scenes(list_id)
    assert not union_noticed(rule, stage), f"{list_id} differs from the oracle"
    return _counted(list_id, mutants_of(rule), lambda mutant: union_noticed(mutant, stage))


def _score_of_union_relations() -> Score:
    """Of the part that is unions' own."""
    rules = load_rules(resource_dir("queries"))
    shared, text = (clause("sqlite", Settings().retirement_table()) for clause in (with_clause, union_with_clause))
    assert not relations_noticed(text, rules), "the relations of unions differ from the oracle"
    own = wrong_turns(text.removeprefix(shared))
    return _counted(UNION_RELATIONS, own, lambda changed: relations_noticed(f"{shared}{changed}", rules))


def _score_of_relations() -> Score:
    """The text that the worlds under the law's own 定年 stand on: what is asked first are the relations themselves."""
    text = with_clause("sqlite", Settings().retirement_table())
    checks = _checks_of_relations()
    assert not _any_shows(checks), "the relations differ from the oracle"

    def is_noticed(changed: str) -> bool:
        with mock.patch.object(run, "with_clause", return_value=changed):
            return _any_shows(checks)

    return _counted(RELATIONS, wrong_turns(text), is_noticed)


@dataclass
class _Check:
    """`differs`: is what the product says other than what the oracle says?"""

    differs: Callable[[], bool]
    shown: int = 0


def _any_shows(checks: list[_Check]) -> bool:
    for check in sorted(checks, key=lambda c: -c.shown):
        with or_falls_over():
            differs = check.differs()
        if differs:
            check.shown += 1
            return True
    return False


def _checks_of_relations() -> list[_Check]:
    careers, applied = Scene(careers_world(date(2027, 3, 1), {})), Scene(applied_world(date(2027, 3, 1)))
    stage = scenes(MAKERS, retirement={})
    right = expected_careers(careers.world)
    checks: list[Callable[[], bool]] = [lambda: careers_told(careers.world, careers.engine) != right]
    checks += [partial(_enrolments_differ, scene, expected_enrolments(scene.world)) for scene in [applied, *stage]]
    checks += [partial(_guides_differ, scene, expected_guides(scene.world)) for scene in stage]
    first_of_each = stage[:: len(stage) // len(MAKERS)]  # slow, and they say little that the others do not
    checks += [partial(_lists_differ, scene) for scene in first_of_each]
    return [_Check(check) for check in checks]


def _enrolments_differ(scene: Scene, right: Enrolments) -> bool:
    return enrolments_told(scene.world, scene.engine) != right


def _guides_differ(scene: Scene, right: Guides) -> bool:
    return guides_told(scene.world, scene.engine) != right


def _lists_differ(scene: Scene) -> bool:
    frames = scene.ask(lambda segments: everybody(segments, scene.world.as_of))
    return any(scene.shows(rule, frames) for rule in load_rules(resource_dir("queries")).of("people").values())


# -- the command -----------------------------------------------------------------------------------------------------


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.segments.mutation_score", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="LIST", help=f"lists, {RELATIONS}, {UNION_RELATIONS}; none: all")
    parser.add_argument("--processes", type=int, default=1, choices=(1, 2))
    asked = parser.parse_args(arguments)
    names = asked.names or [*NAMES]
    if unknown := sorted({*names} - {*NAMES}):
        parser.error(f"no such list: {', '.join(unknown)}")
    scores = []
    for one in _scores(names, asked.processes):
        print("\n".join(_told(one)), flush=True)
        scores.append(one)
    total, equivalent = sum(s.mutants for s in scores), sum(len(s.equivalent) for s in scores)
    unnoticed = sum(len(s.unnoticed) for s in scores)
    print(
        f"in all: {total} wrong turns, {total - equivalent - unnoticed} noticed, {equivalent} equivalent, {unnoticed} not noticed"
    )
    return 1 if any(s.unnoticed or s.outdated for s in scores) else 0


def _scores(names: list[str], processes: int) -> Iterator[Score]:
    if processes == 1:
        yield from map(score, names)
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        yield from pool.map(score, sorted(names, key=lambda name: name != RELATIONS))  # the longest first


def _told(one: Score) -> Iterator[str]:
    noticed_ones = one.mutants - len(one.survivors)
    yield f"{one.name}: {one.mutants} wrong turns, {noticed_ones} noticed, {len(one.equivalent)} equivalent: {one.percent:.1f}%"
    yield from (f"  NOT NOTICED {what}" for what in one.unnoticed)
    yield from (f"  NO LONGER EQUIVALENT {what}" for what in one.outdated)
    yield from (f"  equivalent: {what}\n    {EQUIVALENT[one.name][what]}" for what in one.equivalent)


if __name__ == "__main__":
    sys.exit(main())
