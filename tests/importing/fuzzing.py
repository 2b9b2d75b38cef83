"""Files that went wrong in every way: real ones with bytes, cells, XML and zip parts changed at random. Same seed, same file."""

import csv
import io
import zipfile
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from random import Random

from tests.conftest import sample_files
from tests.importing.manglings import Cell, Table, table_of, write

ODD_CELLS = (
    "", " ", "　", "\t", "\r\n", "\n", '"', "'", ",", "=1+1", "@SUM(A1)", "\x00", "\x01", "\x7f", "\x80", "\ufffd", "\ufeff", "\uffff",
    "𠮷", "﨑", "葛\U000e0100", "\ue000", "①㈱", "〜～", "−－ー", "ｱｲｳ", "合計", "小計", "計", "99999999", "9999/12/31", "0", "-1", "1e308", "NaN",
    "00000013", "17001", "S64.1.8", "R元.5.1", "H45.1.1", "M1.1.1", "2026/2/29", "2024/2/29", "32/13/1", "昭和99年99月99日", "59", "60", "61",
    "現職", "死亡？", "団体生命", "自賠責", "正規;正規", "有", "99999999999999999999", "1.5", "年", "令和", "組合員番号", "単組コード：17002",
    "A" * 40_000, "</c>", "&#0;", "_x0041_", "${x}", "%s", "' OR 1=1--",
)  # fmt: skip
ODD_XML = (
    b'r="XFD1048576"', b'r="A0"', b'r="AAAA1"', b'r=""', b't="s"', b't="e"', b't="b"', b't="d"', b't="inlineStr"', b't="str"', b's="99999"',
    b"<v>1e999</v>", b"<v>-60</v>", b"<v>60</v>", b"<v>999999999</v>", b"<v></v>", b"<v>&#x1F;</v>", b"<v>&bomb;</v>", b"<!DOCTYPE a [<!ENTITY b 'c'>]>",
    b"<![CDATA[", b"]]>", b"<!--", b"<row", b"</row>", b"</sheetData>", b"<mergeCell ref='A1:XFD1048576'/>", b"&amp;", b"\x00", b"\xff\xfe",
)  # fmt: skip
ENCODINGS = ("utf-8", "utf-8-sig", "cp932", "utf-16", "utf-16-le", "euc-jp", "iso2022_jp", "utf-7")
_ROWS = 25


def small(path: Path) -> Table:
    """A sample with its first rows only: a case must not take long."""
    table = table_of(path)
    table.rows = table.rows[:_ROWS]
    return table


class Fuzzer:
    """`fuzzer(seed)` writes one broken file and gives its path. `whole`: what it breaks. `folder` is used again and again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.samples = sample_files()
        self.tables = [small(path) for path in self.samples]
        self.whole = [write(table, folder) for table in self.tables]
        self.originals = [path.read_bytes() for path in self.whole]

    def __call__(self, seed: int) -> Path:
        rng = Random(seed)
        which = rng.randrange(len(self.samples))
        ways: tuple[Callable[[Random, int], bytes], ...] = (self._bytes, self._cells, self._encoding, self._splice)
        if self.samples[which].suffix == ".xlsx":
            ways = (self._bytes, self._cells, self._parts, self._parts, self._parts, self._splice)
        name = f"{self.samples[which].stem}{rng.choice(('.csv', '.xlsx', '.txt', ''))}"
        path = self.folder / "届いた" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(rng.choice(ways)(rng, which))
        return path

    def _bytes(self, rng: Random, which: int) -> bytes:
        data = bytearray(self.originals[which])
        for _ in range(rng.choice((1, 1, 2, 5, 40))):
            at = rng.randrange(len(data) + 1)
            match rng.randrange(6):
                case 0:
                    data[at : at + 1] = bytes([rng.randrange(256)])
                case 1:
                    del data[at : at + rng.choice((1, 2, 3, 100, 5000))]
                case 2:
                    data[at:at] = rng.randbytes(rng.choice((1, 2, 30)))
                case 3:
                    data[at:at] = data[at : at + rng.choice((1, 10, 2000))]
                case 4:
                    data[at:] = b"" if rng.random() < 0.3 else data[at:]
                case _:
                    data[at : at + 4] = rng.choice((b"\x00" * 4, b"\xff" * 4, b"\r\n\r\n", b'","\t', b'"\n"x'))
        return bytes(data)

    def _splice(self, rng: Random, which: int) -> bytes:
        one, other = self.originals[which], rng.choice(self.originals)
        return one[: rng.randrange(len(one))] + other[rng.randrange(len(other)) :]

    def _cells(self, rng: Random, which: int) -> bytes:
        """Cells, headings, whole rows and columns; well formed as a file."""
        table = deepcopy(self.tables[which])
        for _ in range(rng.choice((1, 3, 20, 200))):
            row = rng.choice([table.header, *table.rows]) if rng.random() < 0.9 else table.header
            if row:
                row[rng.randrange(len(row))] = self._odd(rng, table)
        for _ in range(rng.randrange(4)):
            rng.choice((table.rows, table.above)).insert(0, [self._odd(rng, table) for _ in range(rng.randrange(30))])
        if rng.random() < 0.3:
            rng.shuffle(table.rows)
        if rng.random() < 0.2:
            table.rows += table.rows[: rng.randrange(9)]
        try:
            return write(table, self.folder).read_bytes()
        except (UnicodeEncodeError, ValueError):  # what no program could have written so
            table.encoding = "utf-8"
            return write(table, self.folder).read_bytes()

    def _odd(self, rng: Random, table: Table) -> Cell:
        if table.is_book:
            legal = [text for text in ODD_CELLS if text.isprintable() and len(text) < 32_000]
            return rng.choice((rng.choice(legal), rng.randrange(-5, 60_000), rng.random() * 1e6, None))
        return rng.choice(ODD_CELLS)

    def _encoding(self, rng: Random, which: int) -> bytes:
        table = deepcopy(self.tables[which])
        out = io.StringIO(newline="")
        csv.writer(out, delimiter=rng.choice(",\t;|"), quoting=rng.choice((0, 1)), lineterminator=rng.choice(("\r\n", "\n", "\r"))).writerows(
            [*table.above, table.header, *table.rows]
        )  # fmt: skip
        data = out.getvalue().encode(rng.choice(ENCODINGS), "replace")
        return data if rng.random() < 0.5 else data[: rng.randrange(1, len(data))]

    def _parts(self, rng: Random, which: int) -> bytes:
        """A zip that is whole, with XML inside that is not."""
        with zipfile.ZipFile(io.BytesIO(self.originals[which])) as package:
            parts = {name: bytearray(package.read(name)) for name in package.namelist()}
        for _ in range(rng.choice((1, 1, 3, 10))):
            name = rng.choice(sorted(parts))
            self._spoil(rng, parts, name)
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", rng.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as package:
            for name, data in parts.items():
                package.writestr(name, bytes(data))
        return out.getvalue()

    def _spoil(self, rng: Random, parts: dict[str, bytearray], name: str) -> None:
        data = parts[name]
        at = rng.randrange(len(data) + 1)
        match rng.randrange(7):
            case 0:
                del parts[name]
                parts.setdefault("xl/workbook.xml", bytearray())
            case 1:
                data[at:at] = rng.choice(ODD_XML)
            case 2:
                after = data.find(b" ", at)
                data[after : after + 1] = b" " + rng.choice(ODD_XML[:11]) + b" "
            case 3:
                del data[at : at + rng.choice((1, 20, 3000))]
            case 4:
                start = data.find(b'r="', at)
                if start >= 0:
                    data[start : data.find(b'"', start + 3) + 1] = rng.choice(ODD_XML[:4])
            case 5:
                start = data.find(b"<v>", at)
                if start >= 0:
                    data[start : data.find(b"</v>", start) + 4] = rng.choice(ODD_XML[11:18])
            case _:
                parts[rng.choice(("xl/sharedStrings.xml", "xl/styles.xml", name))] = bytearray(rng.randbytes(200))
