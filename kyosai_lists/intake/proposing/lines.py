"""The lines for kyosai.toml: a branch's heading = the standard one, under the table of their layout."""

import re

from kyosai_lists.text import header_key

# layout id → heading as written → (standard heading, whether somebody must look at it)
Mapping = dict[str, dict[str, tuple[str, bool]]]

_LINE_ENDS = re.compile(r"\s*[\r\n\t\x0b\x0c\u0085\u2028\u2029]+\s*")
_MUST_ESCAPE = re.compile(r'["\\\x00-\x1f\x7f]')
_CHECK = "  # たぶん。確かめてから使ってください"


def toml_of(mapping: Mapping) -> str:
    """Valid TOML, "" where there is nothing to write."""
    blocks = []
    for layout, headings in mapping.items():
        lines = [f"{_quoted(h)} = {_quoted(meant)}{_CHECK if check else ''}" for h, (meant, check) in headings.items()]
        if lines:
            blocks.append("\n".join([f"[layouts.{layout}.columns]", *lines, ""]))
    return "\n".join(blocks)


def as_key(heading: str) -> str:
    """`heading` on one line; the program takes no notice of line ends in headings."""
    return _LINE_ENDS.sub("", heading).strip()


def can_be_named(heading: str) -> bool:
    """Whether kyosai.toml can name a column by this heading: not one that is empty, or of signs alone, or no text at all."""
    # A mapping of 「※」 would be one of every empty heading.
    return bool(header_key(heading)) and not any(0xD800 <= ord(char) <= 0xDFFF for char in heading)


def _quoted(text: str) -> str:
    escaped = _MUST_ESCAPE.sub(lambda found: f"\\{found[0]}" if found[0] in '"\\' else f"\\u{ord(found[0]):04X}", text)
    return f'"{escaped}"'
