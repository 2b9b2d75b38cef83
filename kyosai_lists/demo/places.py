"""The invented branch's unions: the nineteen municipalities of 石川県, their sizes, menus, workplaces and addresses."""

from dataclasses import dataclass
from random import Random

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
        return _workplaces(self.municipality, min(len(_OFFICES), 5 + self.size // 40))


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

# {shi} is 市 or 町. A weight beside the name: how many work there.
_OFFICES: tuple[tuple[str, int], ...] = (
    ("総務課", 8), ("税務課", 8), ("{shi}民課", 9), ("福祉課", 12), ("建設課", 10), ("教育委員会", 12), ("中央保育所", 14),
    ("上下水道局", 10), ("議会事務局", 2), ("健康推進課", 9), ("農林水産課", 8), ("商工観光課", 7), ("{shi}立病院", 60),
    ("消防本部", 30), ("企画財政課", 7), ("子育て支援課", 9), ("会計課", 3), ("図書館", 5), ("ひがし保育所", 12),
    ("にし保育所", 12), ("学校給食センター", 10), ("クリーンセンター", 10), ("監査委員事務局", 1), ("都市計画課", 8),
    ("用地・管財課", 4), ("情報政策課", 4), ("危機管理課", 3), ("スポーツ振興課", 3), ("みなみ保育所", 12),
    ("介護・高齢者支援室", 8), ("第1分庁舎", 6), ("第2分庁舎", 6), ("動物園", 3), ("文化財保護課", 3),
)  # fmt: skip
_OFFICE_WEIGHTS = tuple(weight for _, weight in _OFFICES)
_TOWNS = (
    "本町", "栄町", "緑町", "旭町", "末広町", "桜町", "泉町", "若葉町", "新町", "中央町", "大手町", "松風町", "千代町",
    "高砂町", "春日町", "幸町", "浜町", "港町", "寿町", "緑が丘", "美里町", "西町", "東町", "川端町", "曙町",
)  # fmt: skip


def _workplaces(municipality: str, count: int) -> tuple[str, ...]:
    shi = "市" if municipality.endswith("市") else "町"
    return tuple(name.format(shi=shi) for name, _ in _OFFICES[:count])


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
        address=f"{union.county}{union.municipality}{rng.choice(_TOWNS)}{digits(1, 9)}-{digits(1, 40)}",
        extension=f"{digits(2000, 5000)}" if chance() < 0.7 else "",
        phone=f"076-0{digits(100):02}-{digits(10000):04}" if chance() < 0.6 else "",
        mobile=f"090-0{digits(1000):03}-{digits(10000):04}" if chance() < 0.75 else "",
    )
