"""The fourteen 共済種類: ids, names, accepted short forms, and the families that a 案内停止 spreads over.

Source: plan section 1(2); interface.md §1; lists.md "offers, stops".
"""

import re
from dataclasses import dataclass

from kyosai_lists.text import match_key


@dataclass(frozen=True)
class Product:
    id: str
    name: str
    short: str
    family: str
    types: tuple[str, ...] = ()
    whole_household: bool = False  # 被共済者 says nothing about a car or a house


# In the order in which 加入状況 names them.
PRODUCTS: tuple[Product, ...] = (
    Product("sogo", "総合共済", "総合", "sogo"),
    Product("group_life", "団体生命共済", "団体生命", "group_life"),
    Product("retiree_group_life", "退職者団体生命共済", "退職者団体生命", "group_life"),
    Product("long_term", "長期共済", "長期", "long_term"),
    Product("tax_pension", "税制適格年金", "税適", "long_term"),
    Product("my_car", "マイカー共済", "マイカー", "my_car", whole_household=True),
    Product("vehicle_damage", "車両損害補償", "車両損害", "my_car", ("一般", "エコノミーワイド"), whole_household=True),
    Product("cali", "自賠責共済", "自賠責", "my_car", whole_household=True),
    Product("fire", "火災共済", "火災", "fire", ("住宅", "家財", "住宅家財"), whole_household=True),
    Product("natural_disaster", "自然災害共済", "自然災害", "fire", ("標準", "大型"), whole_household=True),
    Product("child_maturity", "こども保障満期金付タイプ", "こども満期金付", "child_maturity"),
    Product("traffic", "交通災害共済", "交通災害", "traffic"),
    Product("care", "介護保障", "介護", "care"),
    Product("post_retirement", "退職後共済", "退職後", "long_term", ("年金", "医療", "遺族", "終身")),
)

BY_ID: dict[str, Product] = {p.id: p for p in PRODUCTS}
ID_BY_NAME: dict[str, str] = {n: p.id for p in PRODUCTS for n in (p.name, p.short, p.id)}
_ID_BY_KEY = {match_key(name).casefold(): product for name, product in ID_BY_NAME.items()}
WHOLE_HOUSEHOLD: tuple[str, ...] = tuple(p.id for p in PRODUCTS if p.whole_household)
# A main contract and the one that is attached to it by 主契約番号.
MAIN_OF_ATTACHED: dict[str, str] = {"natural_disaster": "fire", "vehicle_damage": "my_car"}


def product_named(text: str) -> str | None:
    """The id of the product that `text` names, in full or short, half or full width; None: of none."""
    return _ID_BY_KEY.get(match_key(text).casefold())


TYPES: frozenset[str] = frozenset(name for p in PRODUCTS for name in p.types)


def type_key(text: str) -> str:
    """The key of a タイプ: 「大型タイプ」 and 「標準型」 are 大型 and 標準; what is no type of ours stays its own key."""
    key = match_key(text)
    return next((name for name in (key, key.removesuffix("タイプ"), key.removesuffix("型")) if name in TYPES), key)


# However a file parts them: a name that was not seen would have the person asked for what they have.
_BETWEEN_RIDERS = re.compile("[;；,，､、･・/／\r\n]")
_RIDER_ENDINGS = ("特約", "共済", "補償")
# The plan's own words (1(2)車カ: 自転車賠償責任補償特約) for what lists.md calls 自転車賠償.
_RIDERS = {"自転車賠償責任": "自転車賠償"}


def riders_key(text: str) -> str:
    """The key of 特約, one or several: `;自転車賠償;弁護士費用;`, so that `LIKE '%;自転車賠償;%'` finds a whole name."""
    names = [_rider_key(match_key(name)) for name in _BETWEEN_RIDERS.split(text) if name.strip()]
    return f";{';'.join(names)};" if any(names) else ""


def _rider_key(name: str) -> str:
    """`個人賠償責任特約` and `個人賠償責任共済` are 個人賠償責任."""
    ending = next((e for e in _RIDER_ENDINGS if name.endswith(e) and name != e), "")
    return _rider_key(name.removesuffix(ending)) if ending else _RIDERS.get(name, name)


def family_of(product_id: str) -> tuple[str, ...]:
    """The ids of every product that a stop for `product_id` also covers, itself among them."""
    family = BY_ID[product_id].family
    return tuple(p.id for p in PRODUCTS if p.family == family)
