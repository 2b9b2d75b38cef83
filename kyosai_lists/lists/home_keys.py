"""Keys of whole columns of names and addresses: most are of a plain kind, of which polars can tell; `text` is asked of the others."""

import polars as pl

from kyosai_lists.lists.mapped import mapped
from kyosai_lists.text import address_key, surname_key

# Letters that normalising (NFKC) neither takes away nor makes a digit or a space of.
_LETTERS = r"々〇\x{3041}-\x{3096}\x{30A1}-\x{30FC}\x{4E00}-\x{9FFF}"
_SURNAME = rf"^([{_LETTERS}A-Za-z][^ \x{{3000}}]*)[ \x{{3000}}]+[{_LETTERS}A-Za-z]"
# Full width, half width, kana and kanji; nothing that becomes a number.
_PLAIN = rf"^[{_LETTERS}\x{{20}}-\x{{7E}}\x{{3000}}\x{{FF01}}-\x{{FF5E}}\x{{FF66}}-\x{{FF9F}}]*$"
_NUMBER_GOES_OR_COMES = r"[一二三四五六七八九十]丁目|^[ \x{3000}]*[〒0-9０-９]"  # 三丁目 gives a 3; a postal code goes
_WIDE_DIGITS = "０１２３４５６７８９"
_GIVEN = " 一"


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
    asked = addresses.filter(~plain)
    odd = mapped(asked, _digits_of_key)
    return digits.scatter(plain.not_().arg_true(), odd) if len(odd) else digits


def _digits_of_key(address: str) -> str:
    return "".join(filter(str.isdecimal, address_key(address)))
