"""The branch's contracts in force at D, product by product, in the plan's proportions."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from random import Random

from kyosai_lists.demo.branch.contracts import Contract, draw_start, make_contract
from kyosai_lists.demo.branch.enrolment import WEIGHTS, Weight, pick, quota
from kyosai_lists.demo.branch.population import Person
from kyosai_lists.demo.moment import Moment
from kyosai_lists.demo.terms import FAMILY_SHARE, HOUSE_AND_CONTENTS, HOUSE_AND_CONTENTS_WEIGHTS, SECOND_CARS
from kyosai_lists.products import MAIN_OF_ATTACHED, PRODUCTS

HELD = 47_000


class Holdings:
    """Contracts in force, collected by product; `draw_all` fills them."""

    def __init__(self, people: list[Person], moment: Moment, seed: int) -> None:
        self.people = people
        self.moment = moment
        self.rng = Random(f"{seed}/holdings")
        self.of: dict[str, list[Contract]] = defaultdict(list)

    def draw_all(self) -> list[Contract]:
        for product in (p.id for p in PRODUCTS):
            count = quota(product, HELD)
            if product in MAIN_OF_ATTACHED:
                self._attach(product, count)
            elif product == "group_life":
                self._group_life(count)
            elif product == "my_car":
                self._cars(count)
            elif product == "fire":
                self._houses(count)
            elif product == "post_retirement":
                self._after_retirement(count)
            elif product == "child_maturity":
                self._savings(count)
            else:
                self._one_each(product, count, self._leaning_on_group_life(product))
        return [contract for contracts in self.of.values() for contract in contracts]

    def holders(self, product: str) -> set[Person]:
        return {contract.owner for contract in self.of[product]}

    def _add(self, owner: Person, product: str, **details: str | None) -> None:
        start = draw_start(self.rng, product, owner, self.moment.roster_on)
        insured = details.get("insured") or "本人"
        contract = make_contract(
            self.rng, owner, product, self.moment, start=start, type_=details.get("type_"), insured=insured
        )
        self.of[product].append(contract)

    def _one_each(self, product: str, count: int, weight: Weight) -> None:
        for owner in pick(self.rng, self.people, weight, count):
            self._add(owner, product)

    def _leaning_on_group_life(self, product: str) -> Weight:
        """長期, 税適 and 交通災害 are sold together with 団体生命."""
        if product not in {"long_term", "tax_pension", "traffic"}:
            return WEIGHTS[product]
        holders = self.holders("group_life")
        return lambda person: WEIGHTS[product](person) * (2.5 if person in holders else 1.0)

    def _group_life(self, count: int) -> None:
        family = {insured: round(count * share) for insured, share in FAMILY_SHARE.items()}
        self._one_each("group_life", count - sum(family.values()), WEIGHTS["group_life"])
        holders = sorted(self.holders("group_life"), key=lambda person: person.number)
        spouses = [person for person in holders if person.household.spouse == "有"]
        parents = [person for person in holders if person.household.children]
        for insured, candidates in (("配偶者", spouses), ("子", parents)):
            for owner in pick(self.rng, candidates, _alike, family[insured]):
                self._add(owner, "group_life", insured=insured)

    def _cars(self, count: int) -> None:
        second = round(count * SECOND_CARS)
        self._one_each("my_car", count - second, WEIGHTS["my_car"])
        families = [contract.owner for contract in self.of["my_car"] if contract.owner.household.size > 1]
        for owner in pick(self.rng, families, _alike, second):
            self._add(owner, "my_car")

    def _houses(self, count: int) -> None:
        for owner in pick(self.rng, self.people, WEIGHTS["fire"], count):
            owned = owner.household.dwelling == "持家"
            types = self.rng.choices(HOUSE_AND_CONTENTS, HOUSE_AND_CONTENTS_WEIGHTS)[0] if owned else ("家財",)
            for type_ in types:
                self._add(owner, "fire", type_=type_)
        # A house and its contents may be two contracts, so more were drawn than the branch holds.
        self.rng.shuffle(self.of["fire"])
        del self.of["fire"][count:]

    def _savings(self, count: int) -> None:
        limit = date(self.moment.as_of.year - 12, 1, 1)
        young = [p for p in self.people if p.household.youngest and p.household.youngest > limit]
        for owner in pick(self.rng, young, WEIGHTS["child_maturity"], count):
            self._add(owner, "child_maturity", insured="子")

    def _after_retirement(self, count: int) -> None:
        """Someone who retired has one to three of the four types."""
        retired = [person for person in self.people if WEIGHTS["post_retirement"](person)]
        wanted = ("年金", "医療", "終身", "遺族")
        slots = [(person, type_) for person in retired for type_ in wanted]
        keys = {"年金": 1.6, "医療": 1.1, "終身": 0.6, "遺族": 0.5}
        ranked = sorted(range(len(slots)), key=lambda i: -(self.rng.random() ** (1 / keys[slots[i][1]])))
        for index in sorted(ranked[:count]):
            owner, type_ = slots[index]
            self._add(owner, "post_retirement", type_=type_)

    def _attach(self, product: str, count: int) -> None:
        """自然災害 to 火災, 車両損害 to マイカー, mostly from the same day; the core system lost a few main numbers."""
        mains = self.of[MAIN_OF_ATTACHED[product]]
        for index in sorted(self.rng.sample(range(len(mains)), count)):
            main = mains[index]
            start = main.effective
            if self.rng.random() < 0.15:
                start += (self.moment.roster_on - start) * self.rng.random()
            contract = make_contract(self.rng, main.owner, product, self.moment, start=start, main=main)
            if self.rng.random() < 0.004:
                contract.main = None
            self.of[product].append(contract)


def _alike(_: Person) -> float:
    return 1.0


def numbered(contracts: Iterable[Contract]) -> list[Contract]:
    """Given 契約番号 in the order of 組合員番号, main contracts before what is attached to them."""
    ordered = sorted(contracts, key=lambda c: (c.owner.number, c.effective, c.main is not None))
    for number, contract in enumerate(ordered, start=1):
        contract.number = f"{number:010}"
    return ordered
