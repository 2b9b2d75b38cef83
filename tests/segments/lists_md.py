"""The people lists as lists.md names them: its table of people lists, without the column that says who is on them."""

import re
from dataclasses import dataclass

_TABLE = """
| young-unenrolled | 若年層 団体生命未加入 | 団体生命 | 1(2)団生オカ, 3(1)②アイ |
| retiree-transfer † | 退職者団体生命 移行対象 | 退職者団体生命 | 1(2)団生セ, 3(3)①ア |
| fire-only | 火災共済のみ加入 | 自然災害 | 1(2)火災オ |
| disaster-standard | 自然災害 標準タイプ | 自然災害 | 1(2)火災オ |
| housing-unenrolled | 住まいる共済未加入 | 火災 | 1(2)火災カ |
| sogo-unenrolled | 総合共済未加入 | 総合 | 1(2)総合① |
| new-hire-unenrolled | 新規採用者 団体生命未加入 | 団体生命 | 1(2)団生イ–エ, 3(1)① |
| young-follow-up | 若年加入者フォロー | 団体生命 | 1(2)団生キ, 3(1)③ |
| renewal-premium-notice | 経過掛金の説明 | 団体生命 | 1(2)団生ク |
| group-life-unenrolled | 団体生命未加入(若年層以外) | 団体生命 | 1(2)団生ケ, 3(2)①ア |
| cover-below-guide | 保障額めやす不足 | 団体生命 | 1(2)団生コ, 3(2)②ア |
| family-unenrolled | 家族未加入 | 団体生命 | 1(2)団生②コ, 3(2)②イ |
| group-life-keep | 団体生命 継続の説明 | 団体生命 | 3(3)②ア |
| liability-rider | 個人賠償責任 未付帯 | 団体生命 | 1(2)団生ス |
| late-fifties-notice † | 50代後半 退職後制度の周知 | 退職者団体生命 | 1(2)団生ソ |
| fiscal-year-staff | 会計年度任用職員 未加入 | 団体生命 | 1(2)団生タ, 3(4) |
| pension-unenrolled | 長期共済・税制適格年金 未加入 | 長期 | 1(2)長期①イ, 3(1)①キ②ウ |
| pension-top-up | 年金増口 | 長期 | 1(2)長期エ |
| pension-keep | 長期・税制適格年金 継続の説明 | 長期 | 3(3)②イ |
| reemployment-lump-sum † | 再任用予定 随時払 | 長期 | 1(2)長期ウ |
| car-unenrolled | マイカー共済未加入 | マイカー | 1(2)車①, 3(1)①ク |
| car-no-vehicle-cover | 車両損害補償 未付帯 | 車両損害 | 1(2)車②⑤ |
| car-family | 同居家族の自動車 | マイカー | 1(2)車②エ |
| car-retiring † | マイカー 退職後継続 | マイカー | 1(2)車③エ, 3(3)①イ |
| car-bicycle-rider | 自転車賠償 未付帯 | マイカー | 1(2)車カ |
| car-as-anchor | 他制度解約防止 マイカー案内 | マイカー | 3(3)②ウ |
| cali-expiring | 自賠責 車検満期 | 自賠責 | 1(2)自賠ウ |
| fire-retiring † | 住まいる 退職後継続 | 火災 | 1(2)火災エ, 3(3)①ウ |
| fire-half-covered | 住宅・家財の片方のみ | 火災 | 1(2)火災ウ |
| contents-below-guide | 家財保障 めやす不足 | 火災 | 1(2)火災ウ |
| fire-new-scheme | 新火災制度の案内 | 火災 | 1(2)火災⑤ケ |
| child-savings | こども満期金付 | こども満期金付 | 1(2)こども |
| traffic-unenrolled | 交通災害共済未加入 | 交通災害 | 1(2)交通 |
| care-middle-aged | 介護保障 | 介護 | 1(2)介護 |
| retiree-pension † | 退職後共済 | 退職後 | 1(2)退後イ |
| retiree-whole-life † | 終身保障の案内 | 退職後 | 1(2)退後ウ |
| role-retirement † | 役職定年 継続案内 | 団体生命 | beyond the plan |
"""
_KANA = "アイウエオカキクケコサシスセソタチツテト"
_ITEMS = re.compile(r"([①-⑳]?)([ア-ト–]*)")


@dataclass(frozen=True)
class ListOfThePlan:
    """`offers`: the product's short name. `plan`: every item by itself, "1(2)団生オ"; () beyond the plan."""

    id: str
    title: str
    offers: str
    discreet: bool
    plan: tuple[str, ...]


def _list(line: str) -> ListOfThePlan:
    name, title, offers, plan = (cell.strip() for cell in line.strip("|").split("|"))
    items = () if plan.startswith("beyond") else tuple(item for part in plan.split(", ") for item in _items(part))
    return ListOfThePlan(name.removesuffix(" †"), title, offers, name.endswith("†"), items)


def _items(text: str) -> list[str]:
    """`1(2)団生イ–エ` is 1(2)団生イ, 1(2)団生ウ and 1(2)団生エ; `3(1)①キ②ウ` is 3(1)①キ and 3(1)②ウ."""
    section = re.match(r"\d\(\d\)[^①-⑳ァ-ヶ]*", text)
    assert section, text
    found = [(policy, kana) for policy, kana in _ITEMS.findall(text[section.end() :]) if policy or kana]
    items = [f"{section[0]}{policy}{one}" for policy, kana in found for one in (_each(kana) or [""])]
    return items or [section[0]]


def _each(kana: str) -> list[str]:
    if "–" not in kana:
        return list(kana)
    first, last = kana.split("–")
    return list(_KANA[_KANA.index(first) : _KANA.index(last) + 1])


PEOPLE_LISTS = tuple(_list(line) for line in _TABLE.strip().splitlines())
