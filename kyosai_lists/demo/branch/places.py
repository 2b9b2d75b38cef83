"""The invented branch's unions: the nineteen municipalities of 石川県, their sizes, menus, workplaces and addresses."""

from dataclasses import dataclass
from random import Random

from kyosai_lists.demo.offices import OFFICES, TOWNS

PREFECTURE = "17"


@dataclass(frozen=True)
class Union:
    """`size`: everyone on its roster. `strength`: how willingly its members join, 1.0 is usual."""

    code: str
    municipality: str
    county: str
    size: int
    postal_prefix: str
    menus: str = "通常"
    strength: float = 1.0
    participates: bool = True
    cali_agreement: bool = True
    model: bool = False

    @property
    def name(self) -> str:
        return f"{self.municipality}職員労働組合"

    @property
    def kind(self) -> str:
        """単組区分, its code in `vocabulary`."""
        return "city" if self.municipality.endswith("市") else "town"

    @property
    def workplaces(self) -> tuple[str, ...]:
        """In the order of 職場順. A small office has only the first few."""
        return _workplaces(self.municipality, min(len(OFFICES), 5 + self.size // 40))


UNIONS: tuple[Union, ...] = (
    Union("17001", "金沢市", "", 4050, "920", strength=0.9, model=True),
    Union("17002", "七尾市", "", 1200, "926", "通常;小口型"),
    Union("17003", "小松市", "", 1700, "923", strength=1.1, cali_agreement=False),
    Union("17004", "輪島市", "", 760, "928", strength=0.8, cali_agreement=False),
    Union("17005", "珠洲市", "", 520, "927", "通常;若年層型", strength=0.6),
    Union("17006", "加賀市", "", 1350, "922", strength=1.2),
    Union("17007", "羽咋市", "", 450, "925", "通常;若年層型", strength=1.3, cali_agreement=False),
    Union("17008", "かほく市", "", 640, "929", strength=1.5, model=True),
    Union("17009", "白山市", "", 1950, "924", "通常;若年層型", strength=1.1),
    Union("17010", "能美市", "", 1000, "923"),
    Union("17011", "野々市市", "", 800, "921", "通常;若年層型;小口型", strength=0.7, cali_agreement=False),
    Union("17012", "川北町", "能美郡", 60, "923", strength=1.6),
    Union("17013", "津幡町", "河北郡", 600, "929", "通常;小口型"),
    Union("17014", "内灘町", "河北郡", 380, "920", strength=0.5, participates=False, cali_agreement=False),
    Union("17015", "志賀町", "羽咋郡", 420, "925", strength=1.2),
    Union("17016", "宝達志水町", "羽咋郡", 190, "929", strength=0.9),
    Union("17017", "中能登町", "鹿島郡", 260, "929", "通常;若年層型", strength=1.1),
    Union("17018", "穴水町", "鳳珠郡", 130, "927", strength=0.7, cali_agreement=False),
    Union("17019", "能登町", "鳳珠郡", 560, "927", "通常;小口型", strength=1.4, model=True),
)

_OFFICE_WEIGHTS = tuple(weight for _, weight in OFFICES)


def _workplaces(municipality: str, count: int) -> tuple[str, ...]:
    shi = "市" if municipality.endswith("市") else "町"
    return tuple(name.format(shi=shi) for name, _ in OFFICES[:count])


def pick_workplaces(rng: Random, union: Union, count: int) -> list[int]:
    """For `count` people, which of the union's workplaces each belongs to."""
    places = range(len(union.workplaces))
    return rng.choices(places, weights=_OFFICE_WEIGHTS[: len(places)], k=count)


@dataclass(frozen=True)
class Contact:
    postal_code: str
    address: str
    extension: str
    phone: str
    mobile: str


def invent_contact(rng: Random, union: Union) -> Contact:
    """No real number: an exchange that begins with 0 is never assigned in Japan."""
    chance = rng.random
    digits = rng.randrange
    return Contact(
        postal_code=f"{union.postal_prefix}-{digits(10000):04}",
        address=f"{union.county}{union.municipality}{rng.choice(TOWNS)}{digits(1, 9)}-{digits(1, 40)}",
        extension=f"{digits(2000, 5000)}" if chance() < 0.7 else "",
        phone=f"076-0{digits(100):02}-{digits(10000):04}" if chance() < 0.6 else "",
        mobile=f"090-0{digits(1000):03}-{digits(10000):04}" if chance() < 0.75 else "",
    )
