"""The words in double braces that a template may hold, sheet by sheet: 氏名 between braces becomes the person's name.

A token stands alone in a cell (then a number comes out as a number) or inside wording. Tokens of a row group must stand
together in one row, the pattern row, which is repeated; all others are filled in where they stand, page headers included.
Columns are found by token, never by position, so that a branch can move them.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

COVER, ROLL, DISCREET, LIST, META = "表紙", "名簿", "担当限り", "リスト", "_meta"

Value = str | int | None

_TOKEN = re.compile(r"[{｛]{2}([^{}｛｝]*)[}｝]{2}")
_BROKEN = re.compile(r"[{｛]{2}|[}｝]{2}")

# What every sheet, and every page header and footer, may say.
RUN_TOKENS = frozenset(
    [
        "県コード",
        "単組コード",
        "単組名",
        "表題",
        "基準日",
        "返却期限",
        "返却先",
        "利用目的",
        "名簿番号",
        "名簿の日付",
        "人数計",
        "名簿ページ数",
        "ご案内の上限",
    ]
)

# Token -> column of PEOPLE_SCHEMA; None: printed empty, to be written by hand (named so that the column is known again).
PEOPLE_TOKENS: dict[str, str | None] = {
    "No.": "no",
    "職場": "workplace",
    "フリガナ": "kana",
    "氏名": "name",
    "声かけの手がかり": "hint",
    "ご案内": "letters",
    "前回": "previous",
    "結果": None,
    "申込書受取": None,
    "メモ": None,
    "管理番号": "book_no",
    "行ID": "row_id",
}

HOUSEHOLD = "同じ世帯"

# Token -> column of LIST_SCHEMA.
LIST_TOKENS: dict[str, str | None] = {
    "No.": "no",
    "職場": "workplace",
    "組合員番号": "member_no",
    "氏名": "name",
    "フリガナ": "kana",
    "年齢": "age",
    "電話番号": "phone",
    "理由": "reason",
    "対象契約": "contracts",
    "加入状況": "holdings",
    "ほかのリスト": "other_lists",
    HOUSEHOLD: "household",
}
# A branch's own template made before there was such a column is still good.
OPTIONAL_LIST_TOKENS = frozenset({HOUSEHOLD})


@dataclass(frozen=True)
class SheetTokens:
    """What one sheet of a template may and must hold."""

    required: frozenset[str] = frozenset()
    loose: frozenset[str] = frozenset()  # besides RUN_TOKENS
    groups: Mapping[str, frozenset[str]] = field(
        default_factory=dict
    )  # name of a repeated row -> its tokens, all required but for the optional ones
    optional: frozenset[str] = frozenset()

    def allowed(self) -> frozenset[str]:
        return RUN_TOKENS | self.loose | frozenset().union(*self.groups.values())


LETTERS, PLACES, ROWS = "ご案内の表", "職場の表", "名簿の行"

SHEETS: dict[str, SheetTokens] = {
    COVER: SheetTokens(
        required=frozenset({"単組名", "返却期限", "返却先", "利用目的", "基準日", "名簿番号"}),
        groups={
            LETTERS: frozenset({"記号", "渡す書類", "部数"}),
            PLACES: frozenset({"職場", "人数", "ページ"}),
        },
    ),
    ROLL: SheetTokens(groups={ROWS: frozenset(PEOPLE_TOKENS)}),
    DISCREET: SheetTokens(groups={ROWS: frozenset(PEOPLE_TOKENS)}),
    LIST: SheetTokens(
        required=frozenset({"リスト名", "基準日"}),
        loose=frozenset({"リスト名", "リスト記号", "条件", "該当人数"}),
        groups={ROWS: frozenset(LIST_TOKENS)},
        optional=OPTIONAL_LIST_TOKENS,
    ),
    META: SheetTokens(),
}
OTHER = SheetTokens()  # a sheet that a branch added


def tokens_in(text: str) -> list[str]:
    """The tokens of a text, in their order."""
    return [_plain(found) for found in _TOKEN.findall(text)]


def is_broken(text: str) -> bool:
    """Braces that are no whole token: `{{氏名}`."""
    return bool(_BROKEN.search(_TOKEN.sub("", text)))


def is_whole(text: str) -> bool:
    """Nothing but one token."""
    return bool(_TOKEN.fullmatch(text.strip()))


def replaced(text: str, value_of: Callable[[str], str]) -> str:
    """The text with every token filled in, in one pass: braces inside a value stay what they are."""
    return _TOKEN.sub(lambda found: value_of(_plain(found.group(1))), text)


@dataclass(frozen=True)
class Wording:
    """A text taken apart at its tokens, to be filled in many times: one more of `between` than of `tokens`."""

    between: tuple[str, ...]
    tokens: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> "Wording":
        pieces = _TOKEN.split(text)
        return cls(tuple(pieces[::2]), tuple(map(_plain, pieces[1::2])))

    @cached_property
    def _format(self) -> str:
        return "%s".join(piece.replace("%", "%%") for piece in self.between)

    def filled(self, value_of: Callable[[str], str]) -> str:
        return self._format % tuple(map(value_of, self.tokens))


def shown(value: Value) -> str:
    return "" if value is None else str(value)


def _plain(name: str) -> str:
    return unicodedata.normalize("NFKC", name).strip()
