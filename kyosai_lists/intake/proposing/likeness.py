"""How much a heading looks like that of a field."""

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from kyosai_lists.intake.layouts import BY_ID, LAYOUTS
from kyosai_lists.intake.proposing.words import OTHERS, WORDS
from kyosai_lists.text import header_key

KNOWN_WORD, WORTH_SAYING = 0.9, 0.45
_LATIN = re.compile(r"[ -~]+")
_LONG_VOWELS = re.compile(r"(?<=o)[ouh](?![aiueo])|(?<=u)u")
_SIGNS = re.compile(r"[._:/・#()-]")
# What says how a cell is written, or that it is of the person in the row.
_TRIMMINGS = re.compile(r"(?:西暦|和暦|元号|全角|半角|必須|任意|^本人の?|^組合員の?|^職員の?|^加入者の?|^契約の?|ymd$)")
# 「列3」, "F12", "項目1": nothing can be read from these.
_SAYS_NOTHING = re.compile(
    r"(?:列|項目|欄|カラム|フィールド|no|column|col|field|f|c|item|x|data|unnamed)?[:_-]?\d*|[a-z]{1,2}"
)
_PART, _ALIKE = 0.8, 0.72


@dataclass(frozen=True)
class Likeness:
    """`score` 0 to 1; `word`: the heading it resembles."""

    score: float
    word: str = ""

    @property
    def same_word(self) -> bool:
        return self.score >= KNOWN_WORD


def says_nothing(heading: str) -> bool:
    return bool(_SAYS_NOTHING.fullmatch(header_key(heading)))


@lru_cache(maxsize=65_536)
def likeness(heading: str, layout: str, field: str) -> Likeness:
    """The best likeness of `heading` to the standard heading of the layout's field, its synonyms, and the looser words."""
    if says_nothing(heading):
        return Likeness(0)
    bare = _plain(heading)
    best = Likeness(0)
    for word, plain in _words_of(layout, field):
        score = KNOWN_WORD if bare == plain else _likeness(bare, plain)
        if score > best.score:
            best = Likeness(score, word)
    return best if best.score >= WORTH_SAYING else Likeness(0)


def is_some_heading(text: str) -> bool:
    """Whether `text` is a heading, or a looser word for one, of any layout."""
    return _plain(text) in _all_words()


@lru_cache(maxsize=1)
def _all_words() -> frozenset[str]:
    fields = [(layout.id, column.field) for layout in LAYOUTS for column in layout.columns]
    return frozenset(plain for layout, field in fields for _, plain in _words_of(layout, field))


@lru_cache(maxsize=1024)
def _words_of(layout: str, field: str) -> tuple[tuple[str, str], ...]:
    column = BY_ID[layout].column(field)
    loose = WORDS.get(f"{layout}.{field}") or WORDS.get(field, "")
    return tuple((word, _plain(word)) for word in (column.header, *column.synonyms, *loose.split()))


def _plain(heading: str) -> str:
    key = header_key(heading)
    if _LATIN.fullmatch(key):
        return _LONG_VOWELS.sub("", re.sub(r"[^a-z0-9]", "", key))
    return _TRIMMINGS.sub("", _SIGNS.sub("", key)) or key


def _likeness(one: str, other: str) -> float:
    if (
        not one
        or not other
        or not set(one) & set(other)
        or bool(_LATIN.fullmatch(one)) != bool(_LATIN.fullmatch(other))
    ):
        return 0
    shorter, longer = sorted((one, other), key=len)
    least = 4 if _LATIN.fullmatch(shorter) else 2
    if len(shorter) >= least and shorter in longer:
        score = _PART * (0.6 + 0.4 * len(shorter) / len(longer))
    else:
        score = _ALIKE * max(SequenceMatcher(None, one, other, autojunk=False).ratio(), _common_kanji(one, other))
    return score * 0.5 if score >= WORTH_SAYING and _stranger(one, other) else score


def is_somebody_elses(heading: str, standard: str) -> bool:
    """Whether `heading` says that the column is about another person, another time or a record of something else."""
    own, meant = _plain(heading), _plain(standard)
    return any(_about(word, own) and not _about(word, meant) for word in OTHERS)


def _stranger(one: str, other: str) -> bool:
    return any(_about(word, one) != _about(word, other) for word in OTHERS)


def _about(word: str, text: str) -> bool:
    return text.startswith(word) if len(word) == 1 else word in text


def _common_kanji(one: str, other: str) -> float:
    kanji = [{char for char in text if unicodedata.name(char, "").startswith("CJK")} for text in (one, other)]
    both = kanji[0] | kanji[1]
    return len(kanji[0] & kanji[1]) / len(both) if both else 0
