"""A rule that is wrong in one small place is noticed: `mutation_score.py`, which anybody can run as a command."""

import pytest

from .mutation_score import NAMES, score

pytestmark = pytest.mark.long


@pytest.mark.parametrize("name", NAMES)
def test_every_wrong_turn_is_noticed_but_for_named_equivalents(name: str) -> None:
    found = score(name)
    assert (found.unnoticed, found.outdated) == ([], [])
    assert found.mutants > 1
