"""Keys of whole columns of names, kana and addresses: most are of a plain kind, of which polars can tell; `text` is asked of the others."""

from collections.abc import Callable

import polars as pl

from kyosai_lists.lists.mapped import mapped
from kyosai_lists.text import address_key, full_width_kana, kana_sort_key, surname_key

# Letters that normalising (NFKC) neither takes away nor makes a digit or a space of.
_LETTERS = r"々〇\x{3041}-\x{3096}\x{30A1}-\x{30FC}\x{4E00}-\x{9FFF}"
_SURNAME = rf"^([{_LETTERS}A-Za-z][^ \x{{3000}}]*)[ \x{{3000}}]+[{_LETTERS}A-Za-z]"
# Full width, half width, kana and kanji; nothing that becomes a number.
_PLAIN = rf"^[{_LETTERS}\x{{20}}-\x{{7E}}\x{{3000}}\x{{FF01}}-\x{{FF5E}}\x{{FF66}}-\x{{FF9F}}]*$"
_NUMBER_GOES_OR_COMES = r"[一二三四五六七八九十]丁目|^[ \x{3000}]*[〒0-9０-９]"  # 三丁目 gives a 3; a postal code goes
_WIDE_DIGITS = "０１２３４５６７８９"
_GIVEN = " 一"
_HALF_KANA = r"[\x{FF61}-\x{FF9F}]"
# Full-width katakana without the long vowel sign, and spaces: a letter's place does not depend on those beside it.
_PLAIN_KANA = r"^[ァ-ヶ \x{3000}]*[ァ-ヶ][ァ-ヶ \x{3000}]*$"
_KATAKANA = [chr(code) for code in range(ord("ァ"), ord("ヶ") + 1)]
_SORTED_AS = {letter: kana_sort_key(letter).partition("\t")[0] for letter in _KATAKANA}
_OTHERWISE = {letter: base for letter, base in _SORTED_AS.items() if letter != base}


def surname_keys(names: pl.Series) -> pl.Series:
    """`text.surname_key` of each."""
    surname = names.str.extract(_SURNAME)
    # Whatever the given name is, it only has to be there: a nation has a hundred thousand names and a few thousand surnames.
    asked = (surname + _GIVEN).zip_with(surname.is_not_null(), names)
    return mapped(asked, surname_key)


def dwelling_numbers(addresses: pl.Series) -> pl.Series:
    """The digits of each one's `text.address_key`, one behind the other: two of one key have the same. (Where there is no key, anything.)"""
    plain = addresses.str.contains(_PLAIN) & ~addresses.str.contains(_NUMBER_GOES_OR_COMES)
    digits = addresses.str.replace_many(list(_WIDE_DIGITS), list("0123456789")).str.replace_all("[^0-9]", "")
    return _of_others(addresses, plain, digits, _digits_of_key)


def _digits_of_key(address: str) -> str:
    return "".join(filter(str.isdecimal, address_key(address)))


def full_width(kana: pl.Series) -> pl.Series:
    """`text.full_width_kana` of each."""
    return _of_others(kana, ~kana.str.contains(_HALF_KANA), kana, full_width_kana)


def kana_sort_keys(kana: pl.Series) -> pl.Series:
    """`text.kana_sort_key` of each."""
    whole = kana.str.replace_all(r"[ \x{3000}]+", " ").str.strip_chars(" ")
    base = whole.str.replace_many(list(_OTHERWISE), list(_OTHERWISE.values()))
    return _of_others(kana, kana.str.contains(_PLAIN_KANA), base + "\t" + whole, kana_sort_key)


def _of_others(texts: pl.Series, plain: pl.Series, keys: pl.Series, function: Callable[[str], str]) -> pl.Series:
    """`keys` where a text is `plain`, `function` of the text where it is not."""
    odd = mapped(texts.filter(~plain), function)
    return keys.clone().scatter(plain.not_().arg_true(), odd) if len(odd) else keys  # scatter writes in place
