"""The tables of docs/files.md, made from the code that reads the files. `python -m tests.docs.files_table` puts them there.

In the page each table stands between `<!-- 表 <name> -->` and `<!-- 表おわり -->`; what is around them is written by hand.
"""

import re
from collections.abc import Mapping
from pathlib import Path

from kyosai_lists.intake.layouts import LAYOUTS, Column, Kind, Layout
from kyosai_lists.products import PRODUCTS, family_of
from kyosai_lists.vocabulary import Choices

PAGE = Path(__file__).parents[2] / "docs" / "files.md"
_TABLE = re.compile(r"<!-- 表 ([\w-]+) -->\n(.*?)<!-- 表おわり -->", re.DOTALL)
_WORDS = {
    Kind.TEXT: "文字",
    Kind.CODE: "番号",
    Kind.CODES: "番号や名前。いくつもあるときは ; で区切る",
    Kind.DATE: "日付",
    Kind.NUMBER: "数",
    Kind.PRODUCT: "共済種類の名前",
}


def tables() -> dict[str, str]:
    """The text of every table by its name."""
    return {layout.id: _layout_table(layout) for layout in LAYOUTS} | {"products": _product_table()}


def tables_of_page(page: str) -> dict[str, str]:
    return dict(_TABLE.findall(page))


def with_tables(page: str) -> str:
    """`page` with the tables as they should be."""
    return filled_page(page, tables())


def filled_page(page: str, made: Mapping[str, str]) -> str:
    """`page` with the tables of `made`, by name, in the places marked for them."""
    return _TABLE.sub(lambda found: f"<!-- 表 {found[1]} -->\n{made[found[1]]}<!-- 表おわり -->", page)


def _layout_table(layout: Layout) -> str:
    key = " + ".join(layout.column(name).header for name in layout.key)
    lines = [f"同じ行とみなす目印: {key}", "", "| 見出し | 要 | 入れるもの | ほかに使える見出し |", "|---|---|---|---|"]
    lines += [
        f"| {c.header} | {_need(c)} | {_content(c, layout.defaults.get(c.field))} | {'、'.join(c.synonyms)} |"
        for c in layout.columns
    ]
    return "\n".join(lines) + "\n"


def _need(column: Column) -> str:
    if not column.required:
        return ""
    return "◎" if column.filled else "○"


def _content(column: Column, default: str | None) -> str:
    words = _choice_words(column) if column.choices else _WORDS[column.kind]
    if default is None or column.choices is None:
        return words
    return f"{words}(空欄は {column.choices.words[default]})"


def _choice_words(column: Column) -> str:
    choices = column.choices
    if choices is None:
        raise ValueError(column.field)
    words = " / ".join(_spelled(choices, code, word) for code, word in choices.words.items())
    return f"{words}。いくつもあるときは ; で区切る" if column.kind is Kind.CHOICES else words


def _spelled(choices: Choices, code: str, word: str) -> str:
    others = [spelling for spelling, meant in choices.spellings.items() if meant == code]
    return f"{word}({'、'.join(others)} も可)" if others else word


def _product_table() -> str:
    names = {product.id: product.name for product in PRODUCTS}
    lines = ["| 共済種類 | 短い書き方 | タイプ | 案内停止がいっしょにきくもの |", "|---|---|---|---|"]
    for product in PRODUCTS:
        others = "、".join(names[other] for other in family_of(product.id) if other != product.id)
        lines.append(f"| {product.name} | {product.short} | {' / '.join(product.types)} | {others} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(with_tables(PAGE.read_text("utf-8")), "utf-8", newline="\n")
