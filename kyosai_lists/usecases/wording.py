"""Stored values in the words people read: headings, choices, products, keys."""

from kyosai_lists.intake.layouts import BY_ID, Kind
from kyosai_lists.products import BY_ID as PRODUCTS
from kyosai_lists.store.load import KEY_SEPARATOR

_FURTHER = {"contract_key": "結び付いた契約"}  # what the store adds by itself and a person may want to know


def title(table: str) -> str:
    """組合員, 契約 …"""
    return BY_ID[table].title


def heading(table: str, field: str) -> str | None:
    """The standard heading of a stored field; None for what people have no word for (keys, normalised forms)."""
    column = next((c for c in BY_ID[table].columns if c.field == field), None) if table in BY_ID else None
    return column.header if column else _FURTHER.get(field) if table == "applications" else None


def is_number(table: str, field: str) -> bool:
    """Whether the field holds whole numbers."""
    return any(c.field == field and c.kind is Kind.NUMBER for c in BY_ID[table].columns)


def shown_value(table: str, field: str, text: str) -> str:
    """`text`, in canonical form, as people write it: `active` is 現職, `fire;sogo` its names."""
    column = next((c for c in BY_ID[table].columns if c.field == field), None)
    if column is None:
        return text.partition("-")[2] if field == "contract_key" else text
    return ";".join(
        _word(column.kind, column.choices.words if column.choices else {}, part) for part in text.split(";")
    )


def _word(kind: Kind, words: dict[str, str], text: str) -> str:
    if kind is Kind.PRODUCT:
        return PRODUCTS[text].name if text in PRODUCTS else text or "すべて"
    return words.get(text, text) if kind in (Kind.CHOICE, Kind.CHOICES) else text


def shown_key(table: str, record_key: str) -> str:
    """`17-00000090<TAB>fire` as people say it: the number, the product's name."""
    layout = BY_ID[table]
    parts = record_key.split(KEY_SEPARATOR)
    fields = list(layout.key)
    if fields[0] == "pref":  # the prefecture and the number are one part
        fields.pop(0)
        parts[0] = parts[0].partition("-")[2]
    return " ".join(filter(None, (shown_value(table, f, p) for f, p in zip(fields, parts, strict=True))))
