"""Contracts that are over, that end soon, or that have not begun yet on D."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from kyosai_lists.dates import months_before
from kyosai_lists.demo.branch.contracts import Contract, draw_start, make_contract
from kyosai_lists.demo.branch.enrolment import WEIGHTS, pick
from kyosai_lists.demo.branch.population import Person
from kyosai_lists.demo.figures import PLAN_HELD
from kyosai_lists.demo.moment import Moment
from kyosai_lists.demo.proportions import END_WITH_WORK, NOT_CANCELLED
from kyosai_lists.demo.terms import CAR_REASONS, REASONS
from kyosai_lists.products import MAIN_OF_ATTACHED

_REASON_OF_STATUS = {"退職": "退職", "脱退": "脱退", "死亡": "死亡"}


def end_with_work(rng: Random, people: Sequence[Person], moment: Moment) -> list[Contract]:
    """What those who retired, left or died once held: it ended the day they went."""
    over = []
    for person in people:
        gone_on = person.career.gone_on
        if gone_on is None:
            continue
        for product, likely in END_WITH_WORK.items():
            if rng.random() < likely:
                start = draw_start(rng, product, person, gone_on)
                contract = make_contract(rng, person, product, moment, start=start)
                contract.renews, contract.inspection = None, None
                contract.ended, contract.reason = gone_on, _REASON_OF_STATUS[person.career.status]
                over.append(contract)
    return over


def cancelled(
    rng: Random, people: Sequence[Person], held: Sequence[Contract], moment: Moment, count: int
) -> list[Contract]:
    """`count` contracts given up before D by people who do not hold the product now (a car may have been replaced)."""
    products = {product: n for product, n in PLAN_HELD.items() if product not in NOT_CANCELLED}
    total = sum(products.values())
    holders: dict[str, set[Person]] = {}
    for contract in held:
        holders.setdefault(contract.product, set()).add(contract.owner)
    over: list[Contract] = []
    for product, n in products.items():
        here = holders.get(product, set()) if product != "my_car" else set()
        free = [person for person in people if person not in here and person.career.gone_on is None]
        for owner in pick(rng, free, WEIGHTS[product], round(count * n / total)):
            over.append(_cancelled(rng, owner, product, moment))
    return over


def _cancelled(rng: Random, owner: Person, product: str, moment: Moment) -> Contract:
    start = draw_start(rng, product, owner, moment.roster_on)
    contract = make_contract(rng, owner, product, moment, start=start)
    reasons, weights = CAR_REASONS if product == "my_car" else REASONS
    contract.ended = start + timedelta(days=rng.randrange((moment.roster_on - start).days + 1))
    contract.reason = rng.choices(reasons, weights)[0]
    if contract.inspection and contract.inspection > contract.ended:
        contract.inspection = None
    contract.renews = contract.renews if contract.renews and contract.renews <= contract.ended else None
    return contract


def end_soon(rng: Random, held: Sequence[Contract], moment: Moment) -> None:
    """Some contracts in force already have an end: notice was given, or their owner is about to leave."""
    for contract in held:
        leaving = contract.owner.career.leaving
        if contract.product == "sogo" and contract.owner.in_service and leaving and leaving >= moment.as_of:
            contract.ended, contract.reason = leaving, "退職"
        elif rng.random() < 0.012:
            days = rng.choice((0, 0, 29, 30, 60, 90, 150))
            contract.ended, contract.reason = moment.as_of + timedelta(days=days), "解約"


def coming(
    rng: Random, people: Sequence[Person], held: Sequence[Contract], moment: Moment, count: int
) -> list[Contract]:
    """About `count` contracts that were agreed but begin after D, some of them attached to a main contract in force."""
    of: dict[str, list[Contract]] = {}
    for contract in held:
        of.setdefault(contract.product, []).append(contract)
    ahead: list[Contract] = []
    for product in ("group_life", "my_car", "fire", "long_term", "traffic", "sogo"):
        holders = {contract.owner for contract in of[product]}
        free = [person for person in people if person not in holders and person.in_service]
        for owner in pick(rng, free, WEIGHTS[product], count // 8):
            ahead.append(make_contract(rng, owner, product, moment, start=_future(rng, moment)))
    for product, main_product in MAIN_OF_ATTACHED.items():
        covered = {contract.main for contract in of[product]}
        bare = [main for main in of[main_product] if main not in covered]
        for main in rng.sample(bare, min(len(bare), count // 8)):
            ahead.append(make_contract(rng, main.owner, product, moment, start=_future(rng, moment), main=main))
    return ahead + _enlarged(rng, of["natural_disaster"], moment)


def _enlarged(rng: Random, disaster: Sequence[Contract], moment: Moment) -> list[Contract]:
    """A 大型 agreed for a house that still has a 標準."""
    standard = [contract for contract in disaster if contract.type == "標準" and contract.main]
    return [
        make_contract(rng, c.owner, "natural_disaster", moment, start=_future(rng, moment), type_="大型", main=c.main)
        for c in rng.sample(standard, min(25, len(standard)))
    ]


def _future(rng: Random, moment: Moment) -> date:
    first = months_before(moment.as_of.replace(day=1), -rng.choice((1, 1, 1, 2, 2, 3, 5)))
    return first if rng.random() < 0.8 else moment.as_of + timedelta(days=rng.randrange(1, 60))
