"""The columns of a union list as its front matter describes them: `[columns.rate] heading = "加入率", kind = "percent"`."""

from collections.abc import Mapping
from typing import Any

from kyosai_lists.segments.rule import OutputColumn

COLUMN_KINDS = ("number", "percent", "text")


def columns_of(columns: Mapping[str, Any]) -> tuple[OutputColumn, ...]:
    """In the order in which they are written, which is the order in which they are shown; a wrong one is left out."""
    return tuple(
        OutputColumn(name, column["heading"], column["kind"], tuple(column.get("lists", ())))
        for name, column in columns.items()
        if is_column(column)
    )


def is_column(value: object) -> bool:
    """heading and kind; a number may instead count the people of `lists`."""
    if not isinstance(value, dict) or set(value) | {"lists"} != {"heading", "kind", "lists"}:
        return False
    lists = value.get("lists", [])
    if not isinstance(lists, list) or not all(isinstance(name, str) for name in lists):
        return False
    good_kind = value["kind"] == "number" if "lists" in value else value["kind"] in COLUMN_KINDS
    return good_kind and isinstance(value["heading"], str) and bool(value["heading"].strip())
