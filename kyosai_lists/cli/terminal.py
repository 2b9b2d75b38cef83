"""How answers look on a terminal: one console, tables that every Windows console can draw, or one JSON document."""

import json
import re
import sys

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
# Nothing is cut when the answer goes to a file.
console = Console(highlight=False, width=None if sys.stdout.isatty() else 160)


SIDE_BY_SIDE = 8  # lists: more columns of numbers do not fit on a console


def table(*headings: str, numbers: bool = True) -> Table:
    """Lines that every Windows console can draw; all columns but the first hold numbers, unless said otherwise."""
    table = Table(box=box.SIMPLE, show_edge=False)
    for i, heading in enumerate(headings):
        table.add_column(heading, justify="right" if numbers and i else "left", overflow="fold")
    return table


def mark(met: bool) -> str:
    """A console in cp932 has no check marks."""
    sign = ("✓", "✗") if (sys.stdout.encoding or "").lower().startswith("utf") else ("○", "×")
    return f"[green]{sign[0]}[/]" if met else f"[red]{sign[1]}[/]"


def clean(text: str) -> str:
    """Text of a cell that cannot recolour or rewrite the terminal."""
    return _CONTROL.sub("␛", text)


def plain(text: str) -> str:
    """What a cell holds can neither recolour the terminal nor be taken for our own marks."""
    return escape(clean(text))


def as_document(value: object) -> None:
    # A pipe on Windows is often cp932, which has no 𠮷; escaped, it is the same document in every encoding.
    print(json.dumps(value, ensure_ascii=not (sys.stdout.encoding or "").lower().startswith("utf")))


def loud(text: str) -> None:
    """What needs a person: on stderr, whatever goes to stdout."""
    print(clean(text), file=sys.stderr)
