"""A look at a workbook's zip before any reader opens it: what it says of itself, and what really comes out of it.

The Excel reader unpacks as much as there is and believes the first of two parts with one name. So a part is unpacked here
first, piece by piece, and never further than the size that the zip's directory gives, whose sum is bounded.
"""

import re
import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from kyosai_lists.errors import FileRefused
from kyosai_lists.intake.refusal import DAMAGED, SAVE_AGAIN, TOO_LARGE, refused

MOST_PARTS = 10_000
MOST_UNPACKED = 2 << 30  # a sheet of a million bordered, empty rows of 30 columns unpacks to 0.7 GiB
# Sheets pack to a thirtieth, runs of one byte to a thousandth; a picture of one colour is small.
UNSUSPICIOUS = 64 << 20
MOST_RATIO = 200

_CHUNK = 1 << 20
_LOCAL = struct.Struct("<4s5H3I2H")
_LOCAL_MAGIC = b"PK\x03\x04"
_ENCRYPTED = 0x1
_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_LONGEST_DECLARED = 9
PICTURES = "xl/media/"  # a drawing (SVG) in there may name its DTD; nobody reads it here
_NOT_EXCEL = "Excelが書いたものではない部分が入っています。"


class Lies(Exception):
    """A part does not hold what the zip's directory says of it."""


@dataclass(frozen=True)
class Part:
    """`start`, `packed`: where its bytes stand in the file. `size`, `crc`: what must come out."""

    name: str
    start: int
    packed: int
    size: int
    crc: int
    deflated: bool


def parts_of(data: bytes, file: str) -> dict[str, Part]:
    """The parts of the zip by name, none of them unpacked yet.

    Raises:
        FileRefused: the directory is damaged, or such as no spreadsheet program writes (locked, doubled, far too large).
    """
    try:
        with ZipFile(BytesIO(data)) as package:
            entries = package.infolist()
        _check_directory(entries, file)
        parts = [_part(data, entry) for entry in entries if not entry.is_dir()]
        _check_apart(parts)
    except (BadZipFile, Lies, OSError, ValueError, NotImplementedError, struct.error) as error:
        raise refused(file, DAMAGED) from error
    return {part.name: part for part in parts}


def _check_directory(entries: list[ZipInfo], file: str) -> None:
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise refused(file, "パスワード付きの圧縮ファイルです。", "中のファイルを取り出して入れてください。")
    # One name in two spellings is one part to one program and two to another; a NUL ends the name for some.
    spelled = {entry.orig_filename.replace("\\", "/").lstrip("/").casefold() for entry in entries}
    if len(spelled) < len(entries) or any("\0" in name for name in spelled):
        raise refused(file, _NOT_EXCEL, SAVE_AGAIN)
    if any(entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for entry in entries):
        raise refused(file, _NOT_EXCEL, SAVE_AGAIN)
    unpacked, packed = sum(entry.file_size for entry in entries), sum(entry.compress_size for entry in entries)
    bomb = unpacked > UNSUSPICIOUS and unpacked > MOST_RATIO * packed
    if bomb or unpacked > MOST_UNPACKED or len(entries) > MOST_PARTS:
        raise too_large(file)


def too_large(file: str) -> FileRefused:
    return refused(file, "開くと大きくなりすぎるファイルです。", TOO_LARGE)


def _part(data: bytes, entry: ZipInfo) -> Part:
    magic, *_, name_length, extra_length = _LOCAL.unpack_from(data, entry.header_offset)
    start = entry.header_offset + _LOCAL.size + name_length + extra_length
    if magic != _LOCAL_MAGIC or start + entry.compress_size > len(data):
        raise Lies(entry.filename)
    deflated = entry.compress_type == ZIP_DEFLATED
    if not deflated and entry.compress_size != entry.file_size:
        raise Lies(entry.filename)
    return Part(entry.filename, start, entry.compress_size, entry.file_size, entry.CRC, deflated)


def _check_apart(parts: list[Part]) -> None:
    """Parts that share bytes unpack to more than the file could hold."""
    end = 0
    for part in sorted(parts, key=lambda part: part.start):
        if part.start < end:
            raise Lies(part.name)
        end = part.start + part.packed


def unpacked(data: bytes, part: Part) -> Iterator[bytes]:
    """The part's content, piece by piece; never more than `part.size` bytes.

    Raises:
        Lies: more, less or something else comes out. zlib.error: it cannot be unpacked.
    """
    size = crc = 0
    for piece in _inflated(data, part) if part.deflated else _stored(data, part):
        size += len(piece)
        crc = zlib.crc32(piece, crc)
        if size > part.size:
            raise Lies(part.name)
        yield piece
    if size != part.size or crc != part.crc:
        raise Lies(part.name)


def _stored(data: bytes, part: Part) -> Iterator[bytes]:
    end = part.start + part.packed
    for start in range(part.start, end, _CHUNK):
        yield data[start : min(start + _CHUNK, end)]


def _inflated(data: bytes, part: Part) -> Iterator[bytes]:
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    for packed in _stored(data, part):
        if stream.eof:
            raise Lies(part.name)
        while packed and not stream.eof:
            yield stream.decompress(packed, _CHUNK)
            packed = stream.unconsumed_tail
    while not stream.eof:
        piece = stream.decompress(stream.unconsumed_tail, _CHUNK)
        if not piece and not stream.eof:
            raise Lies(part.name)
        yield piece
    if stream.unused_data:
        raise Lies(part.name)


def whole(data: bytes, parts: Mapping[str, Part], name: str, most: int) -> bytes:
    """The content of one small part.

    Raises:
        Lies: it is missing or larger than `most`, or its content lies.
    """
    part = parts.get(name)
    if part is None or part.size > most:
        raise Lies(name)
    return b"".join(without_declarations(unpacked(data, part), name))


def without_declarations(pieces: Iterable[bytes], name: str) -> Iterator[bytes]:
    """Hands on what comes.

    Raises:
        Lies: a document type or an entity is declared in it, which no workbook needs.
    """
    tail, wide = b"", None
    for piece in pieces:
        if wide is None:
            wide = b"\0" in piece[:4] or piece[:2] in (b"\xff\xfe", b"\xfe\xff")
        seen = tail + (piece.replace(b"\0", b"") if wide else piece)
        if not name.startswith(PICTURES) and _DECLARED.search(seen):
            raise Lies(name)
        tail = seen[-_LONGEST_DECLARED:]
        yield piece
