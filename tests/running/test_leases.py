"""Whether another computer's claim is still alive: what its age says (faults 39, 41)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kyosai_lists.store.slots import Claim
from kyosai_lists.usecases.running.claims import LEASE, is_living
from tests.conftest import ACT
from tests.running.campaigning import MONDAY

START = date(2026, 11, 16)


@pytest.mark.parametrize(
    ("age", "living"),
    [
        (timedelta(minutes=1), True),
        (LEASE - timedelta(seconds=1), True),
        (LEASE, False),
        (timedelta(days=3), False),
        (-timedelta(minutes=1), True),  # its clock is a little ahead
        (-timedelta(days=3), False),  # a clock went back: else nobody would issue anything for three days
    ],
)
def test_another_computer_s_claim_is_dead_when_it_is_old_or_from_a_time_to_come(age: timedelta, living: bool) -> None:
    then = replace(ACT, at=ACT.at - age)
    assert is_living(Claim("S1", START, MONDAY, "x", then.made_at, "PC-9", "D:\\x.lock"), ACT) == living
