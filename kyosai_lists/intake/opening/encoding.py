"""Bytes → text, strictly over the whole file: BOM, then UTF-8, then CP932; what cannot be decoded is marked, never lost.

Source: interface.md §1. CP932's half-defined bytes: Python gives them C1 and private-use characters, Windows shows nothing.
"""

import codecs
import re
from dataclasses import dataclass

from kyosai_lists.errors import UsageError
from kyosai_lists.intake.refusal import refused

UNDECODABLE = "\ufffd"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16-be"),
)
_AS_WINDOWS_WRITES = {"shift_jis": "cp932", "shift_jis_2004": "cp932", "shift_jisx0213": "cp932"}
_HALF_DEFINED = dict.fromkeys([0x80, 0xF8F0, 0xF8F1, 0xF8F2, 0xF8F3], UNDECODABLE)
_SAMPLE = 65_536
_THREE_BYTES = re.compile("[\u0800-\U0010ffff]")  # or more, in UTF-8
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass(frozen=True)
class Decoded:
    """The file's text, with U+FFFD where bytes could not be decoded, and the encoding that was used."""

    text: str
    encoding: str


def decode(data: bytes, file: str, wanted: str | None = None) -> Decoded:
    """Decodes the whole of `data`; `wanted` overrides what would be found.

    Raises:
        FileRefused: this is no text.
        UsageError: `wanted` is no encoding.
    """
    decoded = _decode_as(data, wanted) if wanted else _decode(data)
    _refuse_if_no_text(decoded.text, file, nul=b"\x00" in data)
    # A core system may close its files with the end mark of old DOS.
    return Decoded(decoded.text.rstrip("\x1a"), decoded.encoding)


def _decode(data: bytes) -> Decoded:
    for bom, name, codec in _BOMS:
        if data.startswith(bom):
            return Decoded(data[len(bom) :].decode(codec, "replace"), name)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    if _mostly_utf8(data):
        # Damaged UTF-8 can be flawless CP932 by accident; every name in it would be wrong.
        return Decoded(data.decode("utf-8", "replace"), "utf-8")
    cp932 = _cp932(data)
    if UNDECODABLE not in cp932:
        return Decoded(cp932, "cp932")
    utf8 = data.decode("utf-8", "replace")
    if utf8.count(UNDECODABLE) < cp932.count(UNDECODABLE):
        return Decoded(utf8, "utf-8")
    return Decoded(cp932, "cp932")


def _decode_as(data: bytes, wanted: str) -> Decoded:
    try:
        name = codecs.lookup(wanted).name
        "".encode(name)
    except LookupError as error:
        todo = "utf-8、utf-16、cp932 のどれかを指定してください。"
        raise UsageError(f"文字コード「{wanted}」は使えません。", todo) from error
    name = _AS_WINDOWS_WRITES.get(name, name)
    if name == "cp932":
        return Decoded(_cp932(data), name)
    if name == "utf-8" and data.startswith(codecs.BOM_UTF8):
        name = "utf-8-sig"
    return Decoded(data.decode(name, "replace"), name)


def _cp932(data: bytes) -> str:
    text = data.decode("cp932", "replace")
    if any(chr(code) in text for code in _HALF_DEFINED):
        text = text.translate(_HALF_DEFINED)
    return text


def _mostly_utf8(data: bytes) -> bool:
    """True when three-byte sequences, which CP932 text hardly ever forms, far outnumber the errors in a sample."""
    sample = data[:_SAMPLE].decode("utf-8", "replace")
    errors = sample.count(UNDECODABLE)
    long_sequences = len(_THREE_BYTES.findall(sample)) - errors
    return long_sequences > 20 * errors


def _refuse_if_no_text(text: str, file: str, *, nul: bool) -> None:
    # One stray NUL is a control character in its row; many of them, or a run, are a picture, a program or a torn disk.
    torn = nul and (text.count("\x00") * 50 > len(text) or "\x00" * 8 in text)
    garbled = UNDECODABLE in text and text.count(UNDECODABLE) * 3 > len(text)
    sample = text[:_SAMPLE]
    controls = len(_CONTROLS.findall(sample))
    if torn or garbled or controls * 20 > len(sample):
        raise refused(
            file, "文字のファイルとして読めません。", "ExcelかCSVのファイルか確かめ、もう一度入れてください。"
        )
