"""Stored values in the words people read: `雇用区分 臨時・非常勤`, `生年月日 2000年1月1日`."""

import re
from datetime import date

from kyosai_lists import vocabulary
from kyosai_lists.dates import japanese_day
from kyosai_lists.products import BY_ID
from kyosai_lists.segments.relations import COLUMNS

NOTHING = "なし"
_YES_NO = vocabulary.YES_NO.words
_FLAG = {"1": "はい", "0": "いいえ"}
_WORDS = {
    "employment": vocabulary.EMPLOYMENT.words,
    "status": vocabulary.STATUS.words,
    "after_leaving": vocabulary.AFTER_LEAVING.words,
    "dwelling": vocabulary.DWELLING.words,
    "householder": _YES_NO,
    "spouse": _YES_NO,
    "kind": vocabulary.UNION_KIND.words,
    "group_life_menu": vocabulary.GROUP_LIFE_MENU.words,
    "sogo_participation": _YES_NO,
    "cali_agreement": _YES_NO,
    "model_union": _YES_NO,
    "insured": vocabulary.INSURED.words,
    "product": {product.id: product.name for product in BY_ID.values()},
    "state": {"held": "加入中", "pending": "発効前", "applied": "申込中"},
    "leaving_derived": _FLAG,
    "leaving_guessed": _FLAG,
    "own": _FLAG,
}
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def column_heading(relation: str, name: str) -> str:
    """What a column is called when a person reads it; keys are shown as the numbers in them."""
    return COLUMNS.get(relation, {}).get(name, name).replace("の鍵", "番号")


def words_of(name: str) -> dict[str, str]:
    """What the codes in the column `name` mean; empty of a column that holds no codes."""
    return _WORDS.get(name, {})


def kind_of_rows(relation: str) -> str:
    """What the rows of a relation are; "" where there is no short word for it."""
    if "label" not in COLUMNS.get(relation, {}):
        return ""
    return "契約・申込" if "state" in COLUMNS[relation] else "契約"


def plain_word(value: str | None) -> str:
    return value or NOTHING


def word(name: str, value: str | None) -> str:
    """The value of the column `name`, which came as text."""
    if value is None or value == "":
        return NOTHING
    if _DAY.fullmatch(value):
        return japanese_day(date.fromisoformat(value))
    if name.endswith("_key"):
        return value.split("-", 1)[-1]
    words = words_of(name)
    return "・".join(words.get(part, part) for part in value.split(";"))
