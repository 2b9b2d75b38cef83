"""One cell's text → its canonical form, or what is wrong with it. Pure; called once for each different text of a column."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial

from kyosai_lists.dates import UnreadableDate, read_date
from kyosai_lists.intake.layouts import Column, Kind, Layout
from kyosai_lists.products import ID_BY_NAME, product_named
from kyosai_lists.text import match_key
from kyosai_lists.vocabulary import Choices

_NUMBER = re.compile(r"([+-]?)(\d+)(?:\.0*)?")
_UNIT = re.compile(r"(?:[口円人名件日歳才]|年度?)$")
_SEPARATORS = re.compile(r"[;；、，,\r\n]+")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?:\D|$))")


@dataclass(frozen=True)
class Value:
    """`text`: canonical form, None where it cannot be read. `problem` completes 「…」は; `remark` says what is odd."""

    text: str | None
    problem: str | None = None
    remedy: str | None = None
    remark: str | None = None


Reader = Callable[[str], Value]


def reader_of(column: Column, layout: Layout, *, epoch_1904: bool = False) -> Reader | None:
    """How cells of `column` are read; None where they stay as they came."""
    strict = column.required or column.field in layout.key
    match column.kind:
        case Kind.DATE:
            return partial(date_value, epoch_1904=epoch_1904)
        case Kind.NUMBER:
            return partial(number_value, strict=strict, largest=column.largest)
        case Kind.CHOICE if column.choices:
            return partial(choice_value, choices=_by_key(column.choices), strict=column.required)
        case Kind.CHOICES if column.choices:
            return partial(choices_value, choices=_by_key(column.choices))
        case Kind.PRODUCT:
            return product_value
        case Kind.CODES:
            return codes_value
        case _:
            return None


@lru_cache(maxsize=1 << 16)  # the files of one call say the same days again and again
def date_value(text: str, *, epoch_1904: bool = False) -> Value:
    try:
        reading = read_date(text, epoch_1904=epoch_1904)
    except UnreadableDate as error:
        return Value(None, str(error), "正しい日付に直して、もう一度入れてください")
    return Value(reading.value.isoformat() if reading.value else "", remark=reading.remark)


def number_value(text: str, *, strict: bool, largest: int = 2**31 - 1) -> Value:
    """`1,234円` → `1234`; where `strict`, what is no whole number is a problem, else it becomes empty with a remark."""
    plain = _THOUSANDS.sub("", _UNIT.sub("", match_key(text)))
    if not plain:
        return Value("") if not match_key(text) else _no_number(strict)
    found = _NUMBER.fullmatch(plain)
    if not found:
        return _no_number(strict)
    number = int(found[2])
    if number > largest:
        return _no_number(strict)
    return Value(f"-{number}", remark="負の数です") if found[1] == "-" and number else Value(str(number))


def _no_number(strict: bool) -> Value:
    if strict:
        return Value(None, "数として読めません", "数字だけに直して、もう一度入れてください")
    return Value("", remark="数として読めないので、空欄として取り込みました")


def choice_value(text: str, *, choices: dict[str, str], strict: bool) -> Value:
    key = match_key(text)
    if not key or key in choices:
        return Value(choices.get(key, ""))
    if strict:
        return Value(
            None, "この列で使えることばではありません", f"{_listed(choices)}のどれかに直して、もう一度入れてください"
        )
    return Value(text, remark="決められたことばではありませんが、そのまま取り込みました")


def choices_value(text: str, *, choices: dict[str, str]) -> Value:
    values = [choice_value(part, choices=choices, strict=False) for part in _parts(text)]
    remark = next((value.remark for value in values if value.remark), None)
    return Value(";".join(value.text or "" for value in values), remark=remark)


def product_value(text: str) -> Value:
    product = product_named(text)
    if product or not match_key(text):
        return Value(product or "")
    return Value(
        None, "共済種類の名前として分かりません", f"{_listed(ID_BY_NAME)}のどれかに直して、もう一度入れてください"
    )


def codes_value(text: str) -> Value:
    return Value(";".join(match_key(part) for part in _parts(text)))


def _parts(text: str) -> list[str]:
    return [part.strip() for part in _SEPARATORS.split(text) if part.strip()]


def _by_key(choices: Choices) -> dict[str, str]:
    return {match_key(spelling): code for spelling, code in choices.accepted().items()}


def _listed(choices: dict[str, str]) -> str:
    first = {code: word for word, code in reversed(choices.items())}
    return "、".join(reversed(first.values()))
