"""Two workbooks compared part by part as parsed XML: same parts, same elements, same texts, same looks.

What may differ is written here and nowhere else:

- the order of attributes and of white space between elements: neither is content;
- style indices: each is replaced by what it stands for (font, fill, border, number format, alignment, quotePrefix), so
  that the stamped file may hold styles that this workbook does not use, in another order;
- `t="n"` of cells: the default; `xml:space` where a text neither begins nor ends in white space: of no effect;
- `xf`, `font` lists of styles.xml themselves: compared through the cells that use them;
- numbers in attributes and values: compared as numbers ("34" and "34.0");
- ids of relationships, the order of content types, of defined names and of merged cells: sets, not sequences;
- a range of one cell as "A1" or "A1:A1".
"""

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree as ET

_STYLES = "xl/styles.xml"
_NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][-+]?\d+)?")
_LISTED_BY_USE = {"cellXfs", "fonts", "fills", "borders", "numFmts"}
_SETS = {"Types", "Relationships", "definedNames", "mergeCells"}
Tree = tuple[str, tuple[tuple[str, Any], ...], str, tuple[Any, ...]]


def parts_of(data: bytes) -> dict[str, Any]:
    """Each part of a workbook in a form that can be compared with `==`."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        raw = {name: archive.read(name) for name in archive.namelist()}
    looks = _looks(ET.fromstring(raw[_STYLES]))
    found: dict[str, Any] = {}
    for name, content in raw.items():
        root = ET.fromstring(content)
        if name == _STYLES:
            root[:] = [node for node in root if _local(node.tag) not in _LISTED_BY_USE]
        found[name] = _tree(root, looks if name.startswith("xl/worksheets/") else None)
    return found


def differences(one: bytes, other: bytes) -> list[str]:
    """Where two workbooks differ, in words; [] when they say and look the same."""
    left, right = parts_of(one), parts_of(other)
    found = [f"part {name}" for name in left.keys() ^ right.keys()]
    for name in sorted(left.keys() & right.keys()):
        found += _differing(left[name], right[name], name)
    return found


def _differing(one: Tree, other: Tree, path: str) -> list[str]:
    if one == other:
        return []
    if one[:3] != other[:3]:
        return [f"{path}: {one[:3]} ≠ {other[:3]}"]
    if len(one[3]) != len(other[3]):
        only = [child[:3] for child in one[3] if child not in other[3]][:3]
        also = [child[:3] for child in other[3] if child not in one[3]][:3]
        return [f"{path}/{one[0]}: {len(one[3])} ≠ {len(other[3])} children: {only} {also}"]
    return [
        line
        for number, pair in enumerate(zip(one[3], other[3], strict=True))
        for line in _differing(*pair, f"{path}/{one[0]}[{number}]")
    ]


def _tree(node: ET.Element, looks: list[Any] | None) -> Tree:
    name = _local(node.tag)
    attributes = {_local(key): _plain(value) for key, value in node.items()}
    if name == "c":
        attributes["look"] = looks[int(node.get("s", "0"))] if looks else None
        attributes.pop("s", None)
        if attributes.get("t") == "n":
            del attributes["t"]
    elif name in ("row", "col") and looks and (style := node.get("s") or node.get("style")):
        attributes.pop("s", None)
        attributes.pop("style", None)
        attributes["look"] = looks[int(style)]
    if name == "t" and (node.text or "") == (node.text or "").strip():
        attributes.pop("space", None)
    if name == "Relationship":
        attributes.pop("Id", None)
    for key in ("ref", "sqref"):
        if key in attributes:
            attributes[key] = " ".join(_one_cell(part) for part in str(attributes[key]).split())
    children = tuple(_tree(child, looks) for child in node)
    if name in _SETS:
        children = tuple(sorted(children, key=repr))
    text = node.text or ""
    kept = text if name in ("t", "definedName") or (not children and text.strip()) else ""
    return (
        name,
        tuple(sorted(attributes.items(), key=lambda item: item[0])),
        _plain(kept) if name == "v" else kept,
        children,
    )


def _one_cell(ref: str) -> str:
    start, _, end = ref.partition(":")
    return start if start == end else ref


def _plain(value: str) -> Any:
    return float(value) if _NUMBER.fullmatch(value) else value


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _looks(styles: ET.Element) -> list[Any]:
    """What each style index stands for."""
    lists: dict[str, list[Any]] = {_local(node.tag): list(node) for node in styles}
    formats = {node.get("numFmtId"): node.get("formatCode") for node in lists.get("numFmts", [])}

    def named(kind: str, index: str | None) -> Any:
        return _tree(lists[kind][int(index or 0)], None)

    resolved: list[Any] = []
    for xf in lists["cellXfs"]:
        own = dict(xf.items())
        number = own.pop("numFmtId", "0")
        look: list[Any] = [formats.get(number, number)]
        look += [
            named(kind, own.pop(key, None))
            for kind, key in (("fonts", "fontId"), ("fills", "fillId"), ("borders", "borderId"))
        ]
        look += [tuple(sorted(own.items())), tuple(_tree(child, None) for child in xf)]
        resolved.append(tuple(map(str, look)))
    return resolved


__all__ = ["Callable", "differences", "parts_of"]
