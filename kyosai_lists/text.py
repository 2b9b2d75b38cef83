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
_VARIATIONS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")  # which shape of one and the same kanji
_KANJI_DIGITS = "〇一二三四五六七八九"
_TOWN_NUMBER = re.compile("([一二三四五六七八九十]+)丁目")
_BEFORE_THE_TOWN = re.compile(r"^(?:〒?\s*\d{3}-?\d{4}(?!\d))?\s*(?:北海道|東京都|京都府|大阪府|[^\d\s市町村]{2,3}県)?")
# One after the other. A town's, a plot's and a house's number have a dash between them, or stand at the end.
_IN_ADDRESSES = (
    (re.compile(r"大字"), ""),
    (re.compile(r"ヶ"), "ケ"),
    (re.compile(r"(?<=\d)\s*丁目\s*(?:の\s*)?(?=\d)"), "-"),
    (re.compile(r"(?<=\d)\s*番(?:地)?\s*[のノ]?\s*(\d+)\s*号(?![棟館室線])"), r"-\1 "),
    (re.compile(r"(?<=\d)\s*番(?:地)?\s*(?:[のノ]\s*)?(?=\d|$)"), "-"),
    (re.compile(r"(?<=\d)\s*号室"), ""),
    (re.compile(r"(?<=\d)\s*号(?=[\s\d-]|$)"), "-"),
    (re.compile(r"(?<=\d)\s*[~のノ-]+\s*(?=\d)"), "-"),
    (re.compile(r"(?<=\d)\s+(?=\d)"), "-"),
    (re.compile(r"\s+"), ""),
    (re.compile(r"-+"), "-"),
    (re.compile(r"-$"), ""),
)
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
_NONCHARACTERS = "".join(chr(plane + end) for plane in range(0, 0x110000, 0x10000) for end in (0xFFFE, 0xFFFF))
_CONTROL = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff{_NONCHARACTERS}]")
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


def surname_key(name: str) -> str:
    """The key of the part of a 氏名 before its first space, half or full width; "" where there is none: 林田中 may be 林 or 林田."""
    plain = unicodedata.normalize("NFKC", _VARIATIONS.sub("", name))
    surname, _, given = plain.strip().partition(" ")
    return match_key(surname) if given else ""


def address_key(address: str) -> str:
    """The key of a dwelling's 住所; "" for one that names a town and no dwelling: without a number, or only to the 丁目.

    Only what cannot make one dwelling out of two is folded: width, spaces, 〒 and the name of the prefecture in front,
    大字, ヶ and ケ, and all ways to write `1-2-3`: `一丁目2番地の3号`, `1丁目２−３`, `1ー2〜3`, `1の2の3`. A space between
    two numbers stays a border (`1-2 3` is not `1-23`), a 棟 stays a 棟.
    """
    text = unicodedata.normalize("NFKC", address.translate(_WAVES)).translate(_DASHES).casefold().strip()
    text = _TOWN_NUMBER.sub(lambda found: f"{_small_number(found[1])}丁目", _BEFORE_THE_TOWN.sub("", text))
    for pattern, instead in _IN_ADDRESSES:
        text = pattern.sub(instead, text)
    return text if any(c.isdecimal() for c in text) and not text.endswith("丁目") else ""


def _small_number(kanji: str) -> str:
    """一 to 九十九 in figures; what is no such number stays as it is."""
    tens, ten, ones = kanji.rpartition("十")
    digits = [_KANJI_DIGITS.find(part) if part else -1 for part in (tens, ones)]
    if any(part and digit < 0 for part, digit in zip((tens, ones), digits, strict=True)):
        return kanji
    return str((max(digits[0], 1) * 10 if ten else 0) + max(digits[1], 0))


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
    # Nearly every text is printable, which Python tells in a tenth of the time, but for the ideographic space.
    return not text.replace("\u3000", "").isprintable() and bool(_CONTROL.search(text))


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
