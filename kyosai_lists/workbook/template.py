"""Reads the call-list template once: where its pattern rows and tokens stand. What cannot come out right is refused.

A template is an ordinary .xlsx that a person edits in Excel. Its sheets: 表紙, 名簿, 担当限り, リスト (the pattern of each
list's sheet) and the very hidden _meta; a branch may add sheets of its own. Which tokens a sheet holds: `tokens.SHEETS`.
"""

import hashlib
import io
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from kyosai_lists.errors import TemplateError
from kyosai_lists.workbook import tokens
from kyosai_lists.workbook.headers import Headers, read_headers
from kyosai_lists.workbook.sheetxml import height_is_wished, read_sheet_xml
from kyosai_lists.workbook.soundness import read_workbook, refuse_unsound_names, refuse_unsound_sheet


@dataclass(frozen=True)
class PatternCell:
    """A cell of a pattern row that holds tokens; the k-th occurrence of a token in the row belongs to the k-th block."""

    column: int
    text: str
    whole: bool
    tokens: tuple[tuple[str, int], ...]  # (token, block)


@dataclass(frozen=True)
class Pattern:
    """A row that is repeated: for each person, or for each line of a table on the cover."""

    row: int
    cells: tuple[PatternCell, ...]
    blocks: int


@dataclass(frozen=True)
class SheetPlan:
    """Where the tokens of a sheet stand."""

    patterns: Mapping[str, Pattern]  # by group, see tokens.SHEETS
    loose: tuple[tuple[int, int], ...]  # (row, column) of cells to fill in where they stand


@dataclass(frozen=True)
class CallListTemplate:
    """A template that was read and found usable. Immutable: `open` gives a fresh workbook each time. Equal bytes are equal."""

    data: bytes = field(compare=False)
    sha256: str
    plans: Mapping[str, SheetPlan] = field(compare=False)
    headers: Mapping[str, Headers] = field(compare=False)
    # Nobody set the height of a list's rows; Excel leaves the one that it worked out in the file.
    list_rows_grow: bool = field(compare=False)

    @classmethod
    def load(cls, path: Path) -> "CallListTemplate":
        """Reads and checks a template file.

        Raises:
            TemplateError: not a workbook, a sheet or token is missing or unknown, or it holds what must not be handed out.
        """
        try:
            data = path.read_bytes()
        except OSError as error:
            raise TemplateError(
                f"テンプレート「{path.name}」を開けませんでした。",
                "ファイルがあるか、Excelで開いたままになっていないかを確かめてください。",
            ) from error
        return cls.from_bytes(data, path.name)

    @classmethod
    def from_bytes(cls, data: bytes, name: str = "テンプレート") -> "CallListTemplate":
        """As `load`; `name` stands in messages."""
        return _read(data, name)

    @property
    def names_households(self) -> bool:
        """Whether the lists' sheets have a column 同じ世帯; a branch's own template may be older than it."""
        cells = self.plans[tokens.LIST].patterns[tokens.ROWS].cells
        return any(token == tokens.HOUSEHOLD for cell in cells for token, _ in cell.tokens)

    def open(self) -> Workbook:
        """A fresh workbook with the template's contents, to be filled."""
        workbook = load_workbook(io.BytesIO(self.data), rich_text=True)
        row = self.plans[tokens.LIST].patterns[tokens.ROWS].row
        if self.list_rows_grow and row in workbook[tokens.LIST].row_dimensions:
            workbook[tokens.LIST].row_dimensions[row].height = None
        return workbook


@lru_cache(maxsize=4)  # a program that issues several campaigns has them all printed from the same file
def _read(data: bytes, name: str) -> CallListTemplate:
    workbook = read_workbook(data, name)
    sheets = read_sheet_xml(data)
    headers = read_headers(sheets)
    for required in tokens.SHEETS:
        if required not in workbook.sheetnames:
            _refuse(
                name,
                f"シート「{required}」がありません。",
                f"シート「{required}」を、元のテンプレートから写してください。",
            )
    refuse_unsound_names(name, workbook, tokens.SHEETS)
    if workbook[tokens.COVER].sheet_state != "visible":
        _refuse(name, f"シート「{tokens.COVER}」が非表示です。", "シートの見出しを右クリックし、再表示してください。")
    plans = {sheet.title: _plan(name, sheet, headers.get(sheet.title, {})) for sheet in workbook.worksheets}
    grows = not height_is_wished(sheets[tokens.LIST], plans[tokens.LIST].patterns[tokens.ROWS].row)
    return CallListTemplate(data, hashlib.sha256(data).hexdigest(), plans, headers, grows)


def _plan(name: str, sheet: Worksheet, headers: Headers) -> SheetPlan:
    refuse_unsound_sheet(name, sheet, fixed_scale=sheet.title in {tokens.ROLL, tokens.DISCREET})
    rules = tokens.SHEETS.get(sheet.title, tokens.OTHER)
    found = {(cell.row, cell.column): cell for row in sheet.iter_rows() for cell in row if cell.data_type == "s"}
    named = {place: tokens.tokens_in(str(cell.value)) for place, cell in found.items()}
    _refuse_unknown(name, sheet.title, rules, found, named, headers)
    patterns = {group: _pattern(name, sheet.title, group, rules, found, named) for group in rules.groups}
    pattern_rows = {pattern.row for pattern in patterns.values()}
    loose = tuple(place for place, names in named.items() if names and place[0] not in pattern_rows)
    present = {token for place in loose for token in named[place]}
    for token in sorted(rules.required - present):
        _refuse(
            name,
            f"シート「{sheet.title}」に{_braced(token)}がありません。",
            f"入れたいセルに{_braced(token)}と書いて、保存してください。",
        )
    return SheetPlan(patterns, loose)


def _refuse_unknown(
    name: str,
    sheet: str,
    rules: tokens.SheetTokens,
    found: Mapping[tuple[int, int], Cell],
    named: Mapping[tuple[int, int], list[str]],
    headers: Headers,
) -> None:
    texts = [(found[place].coordinate, str(found[place].value), names) for place, names in named.items()]
    texts += [("ヘッダー・フッター", raw, tokens.tokens_in(raw)) for raw in headers.values()]
    for place, text, names in texts:
        allowed = rules.allowed() if place != "ヘッダー・フッター" else tokens.RUN_TOKENS | rules.loose
        for token in names:
            if token not in allowed:
                todo = f"{_braced(token)}を消すか、使える言葉に直してください。使える言葉: {'、'.join(sorted(allowed))}"
                _refuse(name, f"シート「{sheet}」の{place}にある{_braced(token)}は、ここでは使えません。", todo)
        if tokens.is_broken(text):
            _refuse(
                name,
                f"シート「{sheet}」の{place}で、{{{{ と }}}} が組になっていません。",
                "{{氏名}} のように、2つずつのかっこで囲んでください。",
            )


def _pattern(
    name: str,
    sheet: str,
    group: str,
    rules: tokens.SheetTokens,
    found: Mapping[tuple[int, int], Cell],
    named: Mapping[tuple[int, int], list[str]],
) -> Pattern:
    wanted = rules.groups[group]
    rows = sorted({place[0] for place, names in named.items() if wanted & set(names)})
    missing = sorted(wanted - rules.optional - {token for names in named.values() for token in names})
    if missing:
        listed = "、".join(map(_braced, missing))
        _refuse(
            name,
            f"シート「{sheet}」の{group}に{listed}がありません。",
            "列を消したときは、元のテンプレートから写してください。使わない列は「非表示」にできます。",
        )
    if len(rows) > 1:
        numbers = "と".join(f"{row}行目" for row in rows)
        _refuse(
            name,
            f"シート「{sheet}」の{group}の言葉が、{numbers}に分かれています。",
            "見本の行は1行です。1つの行にまとめてください。",
        )
    texts = {
        column: str(found[row, column].value) for (row, column), names in named.items() if row == rows[0] and names
    }
    for token in {token for text in texts.values() for token in tokens.tokens_in(text)} - wanted:
        _refuse(
            name,
            f"シート「{sheet}」の{rows[0]}行目にある{_braced(token)}は、繰り返す行では使えません。",
            f"{_braced(token)}をほかの行に移してください。",
        )
    return _pattern_of(rows[0], texts, in_blocks=group != tokens.ROWS)


def _pattern_of(row: int, texts: Mapping[int, str], *, in_blocks: bool) -> Pattern:
    """In blocks, a token that stands again belongs to the next block; in a row for one person it says the same again."""
    seen: Counter[str] = Counter()
    cells = []
    for column, text in sorted(texts.items()):
        names = []
        for token in tokens.tokens_in(text):
            names.append((token, seen[token] if in_blocks else 0))
            seen[token] += 1
        cells.append(PatternCell(column, text, tokens.is_whole(text), tuple(names)))
    return Pattern(row, tuple(cells), max(seen.values()) if in_blocks else 1)


def _braced(token: str) -> str:
    return f"{{{{{token}}}}}"


def _refuse(name: str, what: str, todo: str) -> None:
    raise TemplateError(f"テンプレート「{name}」の{what}", todo)
