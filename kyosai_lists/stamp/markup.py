"""XML as text: a parsed element written out again, with slots where something is filled in later.

While a sheet is compiled a slot stands as `\\0name\\0` and the number of the row it is in as `\\1`: characters that no XML can
hold. A finished form is a Python format, `%(name)s`.
"""

import re
from collections.abc import Mapping
from xml.etree import ElementTree as ET

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ROW = "\1"
_PREFIX = {MAIN: "", LINKS: "r:", "http://www.w3.org/XML/1998/namespace": "xml:"}
_NAME = re.compile(r"\{(.*)\}(.*)")
_SLOT = re.compile("\0([^\0]+)\0")


def slot(name: str) -> str:
    return f"\0{name}\0"


def main(tag: str) -> str:
    """A tag of the spreadsheet's own namespace, as ElementTree names it."""
    return f"{{{MAIN}}}{tag}"


def plain(text: str) -> str:
    """Text as it stands between tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def quoted(text: str) -> str:
    """Text as it stands in an attribute."""
    return plain(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\r", "&#13;").replace("\t", "&#9;")


def local(name: str) -> str:
    found = _NAME.fullmatch(name)
    return _PREFIX[found[1]] + found[2] if found else name


def opening(element: ET.Element) -> str:
    """`<name a="1"`, still open."""
    return f"<{local(element.tag)}" + "".join(f' {local(k)}="{quoted(v)}"' for k, v in element.items())


def written(element: ET.Element) -> str:
    """The element and all that is in it."""
    inner = plain(element.text or "") + "".join(written(child) + plain(child.tail or "") for child in element)
    return opening(element) + (f">{inner}</{local(element.tag)}>" if inner else "/>")


def filled_in(markup: str, known: Mapping[str, str]) -> str:
    """Markup in which what is known is filled in for good; the other slots stay open."""
    return _SLOT.sub(lambda found: known.get(found[1], found[0]), markup)


def as_format(markup: str, known: Mapping[str, str]) -> str:
    """As `filled_in`, as a Python format: an open slot stands as `%(name)s`."""
    return _SLOT.sub(r"%(\1)s", filled_in(markup, known).replace("%", "%%"))
