"""The whole invented branch on one day: people and contracts."""

from dataclasses import dataclass
from datetime import date
from random import Random

from kyosai_lists.demo.branch.contracts import Contract
from kyosai_lists.demo.branch.history import cancelled, coming, end_soon, end_with_work
from kyosai_lists.demo.branch.holdings import Holdings, numbered
from kyosai_lists.demo.branch.population import Person, make_people
from kyosai_lists.demo.moment import Moment

CONTRACTS = 60_000
_COMING = 600


@dataclass(frozen=True)
class Branch:
    """`people` in the order of 組合員番号, `contracts` in that of 契約番号."""

    moment: Moment
    seed: int
    people: list[Person]
    contracts: list[Contract]


def make_branch(as_of: date, seed: int) -> Branch:
    """The same branch for the same day and seed."""
    moment = Moment(as_of)
    people = make_people(moment, seed)
    held = Holdings(people, moment, seed).draw_all()
    rng = Random(f"{seed}/history")
    ended = end_with_work(rng, people, moment)
    ahead = coming(rng, people, held, moment, _COMING)
    given_up = cancelled(rng, people, held, moment, CONTRACTS - len(held) - len(ended) - len(ahead))
    end_soon(rng, held, moment)
    return Branch(moment, seed, people, numbered([*held, *ended, *ahead, *given_up]))
