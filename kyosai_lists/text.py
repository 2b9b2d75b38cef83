"""Keys for matching and sorting Japanese text. A key stands beside the stored text and never replaces it.

Sources: Unicode Standard Annex #15 (NFKC); JIS X 4061 (五十音 order: base letters first, marks break ties).
"""

import re
import unicodedata

_SPACES = re.compile(r"\s+")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−ー﹣－", "-"))
_DASH_AFTER_KANA = re.compile(r"(?<=[ぁ-ゖァ-ヺ])-+")
_WAVES = str.maketrans({"〜": "~", "～": "~"})
_SMALL_TO_LARGE = str.maketrans("ァィゥェォッャュョヮヵヶ", "アイウエオツヤユヨワカケ")
_HALF_KANA = re.compile(r"[｡-ﾟ]+")
_VOWEL_OF_ROW = {
    vowel: set(row)
    for vowel, row in {
        "ア": "アカサタナハマヤラワ",
        "イ": "イキシチニヒミリヰ",
        "ウ": "ウクスツヌフムユル",
        "エ": "エケセテネヘメレヱ",
        "オ": "オコソトノホモヨロヲ",
    }.items()
}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_WINDOWS_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_BAD_ENDS = " .\u3000"
_WINDOWS_DEVICES = re.compile(r"(?i)^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³]) *(\.|$)")


# Format characters (Unicode category Cf) that come with copied text.
_UNSEEN = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
_KEPT_FROM_EXCEL = re.compile(r'="([^"]+)"|\'([^\']+)')


UNCLEAR_PREF = "??"  # in place of the 県コード of a key, where it is not known whose number it is


def match_key(text: str) -> str:
    """Width, spaces and dash look-alikes do not matter: `' 臨時･ 非常勤'` and `'臨時・非常勤'` have one key.

    A dash of any shape is a long vowel sign after kana and a hyphen elsewhere: `'カ－ド'` is `'カード'`, `'1ー2'` `'1-2'`.
    """
    folded = unicodedata.normalize("NFKC", text.translate(_WAVES)).translate(_DASHES)
    joined = unicodedata.normalize("NFC", _SPACES.sub("", folded))  # "か゛" came apart into か, a space and a mark
    return _DASH_AFTER_KANA.sub(lambda found: "ー" * len(found.group()), joined)


def code_key(text: str) -> str:
    """The key of a code or number: as `match_key`; leading zeros are kept.

    What nobody sees goes (a zero-width space from a web page), and what was written to keep Excel from making a number
    of it: `="00000097"`, `'00000097`.
    """
    key = match_key(text if text.isascii() else _UNSEEN.sub("", text))
    quoted = _KEPT_FROM_EXCEL.fullmatch(key)
    return (quoted[1] or quoted[2]) if quoted else key


def header_key(text: str) -> str:
    """The key of a column heading: as `match_key`, without line ends, asterisks or a remark in brackets at its end."""
    key = match_key(text).casefold().strip("*※■●○◎")
    return re.sub(r"(?<=.)[(【\[].*[)】\]]$", "", key)


def full_width_kana(text: str) -> str:
    """Half-width katakana made full width; everything else stays as it is."""
    return _HALF_KANA.sub(lambda found: unicodedata.normalize("NFKC", found.group()), text)


def kana_sort_key(text: str) -> str:
    """五十音 order as a plain string: letters without marks first, the marked form decides ties.

    Half-width, hiragana, small letters and the long vowel sign sort as JIS X 4061 says. Empty text sorts last.
    """
    if not text.strip():
        return "\U0010ffff"
    whole = _to_katakana(unicodedata.normalize("NFKC", text))
    whole = _SPACES.sub(" ", whole).strip()
    base = "".join(c for c in unicodedata.normalize("NFD", whole) if not unicodedata.combining(c))
    return f"{_spell_out_long_vowels(base.translate(_SMALL_TO_LARGE))}\t{whole}"


def _to_katakana(text: str) -> str:
    return "".join(chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c for c in text)


def _spell_out_long_vowels(text: str) -> str:
    out: list[str] = []
    for c in text:
        out.append(_vowel(out[-1]) if c == "ー" and out else c)
    return "".join(out)


def _vowel(letter: str) -> str:
    return next((vowel for vowel, row in _VOWEL_OF_ROW.items() if letter in row), "ー")


def forbidden_control(text: str) -> bool:
    """True for a control character other than TAB, CR, LF, for a lone surrogate, and for U+FFFE and U+FFFF."""
    return bool(_CONTROL.search(text)) or any(
        0xD800 <= ord(c) <= 0xDFFF or ord(c) & 0xFFFE == 0xFFFE for c in text if ord(c) >= 0xD800
    )


def safe_file_part(text: str, limit: int = 60) -> str:
    """A piece of a file name that Windows takes: no separators, device names, ends in dots or spaces; at most `limit` characters."""
    part = unicodedata.normalize("NFC", text)
    part = _WINDOWS_FORBIDDEN.sub("_", part)
    part = "".join("_" if unicodedata.category(c) in {"Cc", "Cs", "Cf"} else c for c in part)
    part = part.strip(_BAD_ENDS)
    if _WINDOWS_DEVICES.match(part):
        part = f"_{part}"
    part = part[:limit].rstrip(_BAD_ENDS)
    return f"_{part[1:]}" if _WINDOWS_DEVICES.match(part) else part or "_"
