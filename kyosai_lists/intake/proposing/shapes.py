"""What one cell looks like, in words that say nothing of what stands in it: 「和暦の日付」, 「漢字の氏名」, 「8桁の番号」."""

import re
import unicodedata
from functools import lru_cache

from kyosai_lists import vocabulary
from kyosai_lists.dates import UnreadableDate, read_date
from kyosai_lists.products import product_named
from kyosai_lists.text import match_key
from kyosai_lists.vocabulary import Choices

JAPANESE_DAY, WESTERN_DAY, EIGHT_DIGITS, NO_DAY = "和暦の日付", "西暦の日付", "8桁の数字の日付", "「なし」を表す日付"
MOBILE, PHONE, POSTAL, MAIL = "携帯電話の番号", "電話番号", "郵便番号", "メールアドレス"
KATAKANA, HALF_KATAKANA, HIRAGANA = "カタカナ", "半角カタカナ", "ひらがな"
PERSON, PLACE, WORKPLACE, UNION = "漢字の氏名", "住所", "職場の名前", "組合の名前"
WORD, PRODUCT, NUMBER, CODE, TEXT, EMPTY = "決まったことば", "共済種類の名前", "数", "番号", "文字", "(空)"
DAYS = {JAPANESE_DAY, WESTERN_DAY, EIGHT_DIGITS, NO_DAY}
KANA = {KATAKANA, HALF_KATAKANA, HIRAGANA}
# What no heading looks like.
NEVER_A_HEADING = {*DAYS, MOBILE, PHONE, POSTAL, MAIL, PLACE, NUMBER, CODE}

_PATTERNS = (
    (MOBILE, re.compile(r"(?:\+81-?|0)[789]0-?\d{4}-?\d{4}")),
    (PHONE, re.compile(r"0\d{1,4}[-(]\d{1,4}[-)]\d{3,4}|0[1-9]\d{8}")),
    (POSTAL, re.compile(r"〒?\d{3}-\d{4}|〒\d{7}")),
    (MAIL, re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")),
    (NUMBER, re.compile(r"[+-]?(?:\d{1,2}|\d{1,3}(?:,\d{3})+|\d+\.\d+)(?:円|口|人|名|件|歳)?")),
    (CODE, re.compile(r"(?=.*\d)[0-9A-Za-z][0-9A-Za-z_/-]*")),
)
_KATAKANA = re.compile(r"[ァ-ヺー・\s]+")
_HIRAGANA = re.compile(r"[ぁ-ゖー・\s]+")
_KANJI = r"[一-鿿㐀-䶿豈-﫿々〆ヶヵ\U00020000-\U0003134f\ue000-\uf8ff]"
_LETTERS = rf"(?:{_KANJI}|[ぁ-ゖァ-ヺー])"
_SPACED_NAME = re.compile(rf"(?={_LETTERS}*{_KANJI}){_LETTERS}{{1,5}}[\s　]+{_LETTERS}{{1,6}}")
_JOINED_NAME = re.compile(rf"{_KANJI}{{1,3}}{_LETTERS}{{1,4}}")
_ADDRESS = re.compile(r"(?=.*(?:\d|[一二三四五六七八九十]丁目|番地)).*[都道府県市区町村郡].+")
_WORKPLACE = re.compile(r".*(?:課|部|所|局|室|院|園|館|センター|学校|校|係|署|支所|事務所|市場|施設|班|出張所|公社)")
_UNION = re.compile(r".*(?:組合|職労|労組|連合|ユニオン|協議会|支部)")

_CHOICES = [choices for choices in vars(vocabulary).values() if isinstance(choices, Choices)]
_WORDS = {match_key(word) for choices in _CHOICES for word in choices.accepted()} | {"男", "女", "男性", "女性"}


@lru_cache(maxsize=65_536)
def shape_of(text: str) -> str:
    plain = match_key(text)
    if not plain:
        return EMPTY
    if day := _shape_of_day(text, plain):
        return day
    if plain in _WORDS:
        return WORD
    if is_product(plain):
        return PRODUCT
    for shape, pattern in _PATTERNS:
        if pattern.fullmatch(plain):
            return shape
    return _shape_of_words(text.strip(), plain)


def is_product(key: str) -> bool:
    return product_named(key) is not None


def _shape_of_day(text: str, plain: str) -> str | None:
    if plain.isdigit() and len(plain) != 8:  # a serial is first of all a number
        return None
    try:
        value = read_date(text).value
    except UnreadableDate:
        return None
    if value is None:
        return NO_DAY
    # 00000013 is no day, 17001231 hardly one
    if plain.isdigit():
        return EIGHT_DIGITS if 1900 <= value.year <= 2100 else None
    return WESTERN_DAY if plain[:4].isdigit() else JAPANESE_DAY


def _shape_of_words(text: str, plain: str) -> str:
    wide = unicodedata.normalize("NFKC", text)
    if _KATAKANA.fullmatch(wide):
        return HALF_KATAKANA if any("｡" <= char <= "ﾟ" for char in text) else KATAKANA
    if _HIRAGANA.fullmatch(wide):
        return HIRAGANA
    if _UNION.fullmatch(plain):
        return UNION
    if _SPACED_NAME.fullmatch(text):
        return PERSON
    if _ADDRESS.fullmatch(plain) and len(plain) > 4:
        return PLACE
    if _WORKPLACE.fullmatch(plain):
        return WORKPLACE
    return PERSON if _JOINED_NAME.fullmatch(text) else TEXT


def masked(text: str) -> str:
    """`text` as a person may see it on the screen: its shape alone."""
    shape = shape_of(text)
    if shape == CODE:
        plain = match_key(text)
        return f"{len(plain)}桁の番号" if plain.isdigit() else f"英数字{len(plain)}文字の番号"
    return shape
