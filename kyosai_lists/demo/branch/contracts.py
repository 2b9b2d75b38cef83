"""One contract: its dates, type, units, premium, riders. Who holds what is decided in `holdings`."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from kyosai_lists.dates import months_before
from kyosai_lists.demo.branch.population import Person
from kyosai_lists.demo.moment import Moment
from kyosai_lists.demo.terms import AFTER_WORK, ANNUAL, FIRST_OF_MONTH, RIDERS, TYPES, UNITS


@dataclass(slots=True, eq=False)
class Contract:
    """One row of the core system's extract. `premium` is yen a month, None where there is none."""

    owner: Person
    product: str
    type: str
    insured: str
    units: int
    premium: int | None
    effective: date
    renews: date | None = None
    ended: date | None = None
    reason: str = ""
    main: "Contract | None" = None
    riders: str = ""
    inspection: date | None = None
    number: str = ""

    def held(self, on: date) -> bool:
        return self.effective <= on and (self.ended is None or self.ended >= on)


def make_contract(
    rng: Random,
    owner: Person,
    product: str,
    moment: Moment,
    *,
    start: date,
    type_: str | None = None,
    insured: str = "本人",
    main: Contract | None = None,
) -> Contract:
    """A contract from `start` with everything else drawn for its product and owner."""
    low, high, step, yen = UNITS[product]
    units = rng.randrange(low, high + 1, step)
    return Contract(
        owner=owner,
        product=product,
        type=_type(rng, owner, product) if type_ is None else type_,
        insured=insured if rng.random() >= 0.01 or insured != "本人" else "",
        units=units,
        premium=None if yen is None else units * yen,
        effective=start,
        renews=_renewal(product, start, main, moment),
        main=main,
        riders=_one_of(rng, RIDERS.get(product)),
        inspection=_inspection(rng, moment) if product == "my_car" and rng.random() < 0.7 else None,
    )


def draw_start(rng: Random, product: str, owner: Person, last: date) -> date:
    """A 発効日 between joining and `last`, the recent years somewhat likelier; what follows retirement, the day after it."""
    since, gone_on = owner.career.since, owner.career.gone_on
    if gone_on and product in AFTER_WORK:
        return min(gone_on + timedelta(days=1), last)
    if gone_on and product != "cali":
        last = min(last, gone_on)
    if product == "sogo" and rng.random() < 0.9:
        return min(since, last)
    days = 700 if product == "cali" else max(0, (last - since).days)
    start = last - timedelta(days=int(days * rng.random() ** 1.5))
    return max(min(since, last), start.replace(day=1) if product in FIRST_OF_MONTH else start)


def _type(rng: Random, owner: Person, product: str) -> str:
    if product == "fire" and owner.household.dwelling != "持家":
        return "家財"
    if product != "group_life":
        return _one_of(rng, TYPES.get(product))
    menus = owner.union.menus.split(";")
    if "若年層型" in menus and owner.age <= 35 and rng.random() < 0.7:
        return "若年層型"
    if "小口型" in menus and owner.career.employment != "正規" and rng.random() < 0.6:
        return "小口型"
    return "通常"


def _one_of(rng: Random, choices: tuple[tuple[str, ...], tuple[int, ...]] | None) -> str:
    return rng.choices(choices[0], choices[1])[0] if choices else ""


def _renewal(product: str, start: date, main: Contract | None, moment: Moment) -> date | None:
    """満期日: of car and house the next anniversary, of 自賠責 two years on."""
    if main is not None and main.renews:
        return main.renews
    if product == "cali":
        return months_before(start, -24)
    if product not in ANNUAL:
        return None
    years = max(1, moment.roster_on.year - start.year)
    anniversary = months_before(start, -12 * years)
    return anniversary if anniversary > moment.roster_on else months_before(start, -12 * (years + 1))


def _inspection(rng: Random, moment: Moment) -> date:
    """車検 is every two years."""
    return moment.roster_on + timedelta(days=rng.randrange(1, 730))
