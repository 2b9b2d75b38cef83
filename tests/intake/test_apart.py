"""Files are read in a process of their own: what comes through it, and that no file takes the program, its memory or its time."""

import dataclasses
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kyosai_lists import limits
from kyosai_lists.errors import ConfigError, FileRefused, KyosaiError, UsageError
from kyosai_lists.intake.allowance import Allowance, allowance_of
from kyosai_lists.intake.apart import BugWhileReading, Readers
from kyosai_lists.intake.read import read_file
from kyosai_lists.intake.reading import FileReading, ReadingOptions

from ..conftest import sample_files
from .conftest import MEMBER, TODAY
from .hostile import ONE_PERSON, bomb, bordered, row, workbook
from .test_content import ROWS, TEXT, sealed

linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
MIB = 1 << 20
OPTIONS = ReadingOptions(TODAY)


@pytest.fixture(scope="module")
def readers() -> Iterator[Readers]:
    with Readers(OPTIONS) as opened:
        yield opened


def process_of(readers: Readers) -> "subprocess.Popen[bytes]":
    assert readers._child
    return readers._child._process


def peak(process: "subprocess.Popen[bytes]") -> int:
    status = Path(f"/proc/{process.pid}/status").read_text()
    return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM"))


def seconds_of(process: "subprocess.Popen[bytes]") -> float:
    """What it has worked; how long that takes depends on what else runs here."""
    worked = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return sum(map(int, worked)) / os.sysconf("SC_CLK_TCK")


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def same(one: FileReading, other: FileReading) -> bool:
    plain = [f.name for f in dataclasses.fields(FileReading) if f.name not in ("rows", "problems")]
    return (
        all(getattr(one, name) == getattr(other, name) for name in plain)
        and one.rows.equals(other.rows)
        and one.rows.schema == other.rows.schema
        and one.problems.equals(other.problems)
        and one.problems.schema == other.problems.schema
    )


@pytest.mark.parametrize("path", sample_files(), ids=lambda path: path.name)
def test_a_reading_comes_through_unchanged(path: Path, readers: Readers) -> None:
    assert same(readers.read(path), read_file(path, OPTIONS))


def test_a_reading_longer_than_one_piece_comes_through(text_file, readers: Readers) -> None:
    people = "".join(",".join([f"{i:08d}", *list(MEMBER.values())[1:]]) + "\r\n" for i in range(120_000))
    path = text_file(",".join(MEMBER) + "\r\n" + people + "bad\r\n")
    reading = readers.read(path)
    assert reading.problems.height > 0
    assert same(reading, read_file(path, OPTIONS))


def test_a_file_without_rows_comes_through(text_file, readers: Readers) -> None:
    path = text_file(",".join(MEMBER) + "\r\n")
    assert same(readers.read(path), read_file(path, OPTIONS))


def test_the_options_go_there(book, tmp_path: Path) -> None:
    path = book({"名簿": [["番号", *list(MEMBER)[1:]], list(MEMBER.values())]})
    path.write_bytes(sealed(path, "ひみつ"))
    options = ReadingOptions(TODAY, columns={"members": {"番号": "組合員番号"}}, password="ひみつ")
    with Readers(options) as readers:
        assert same(readers.read(path), read_file(path, options))


@pytest.mark.parametrize(
    ("options", "kind"),
    [
        ({}, FileRefused),
        ({"encoding": "klingon"}, UsageError),
        ({"columns": {"members": {"番号": "ない見出し"}}}, ConfigError),
    ],
)
def test_a_refusal_comes_through_in_the_same_words(options, kind: type[KyosaiError], text_file) -> None:
    path = text_file(TEXT if options else "a,b\r\n1,2\r\n")
    given = ReadingOptions(TODAY, **options)
    with pytest.raises(kind) as here:
        read_file(path, given)
    with Readers(given) as readers, pytest.raises(kind) as there:
        readers.read(path)
    words = [(e.value.happened, e.value.unchanged, e.value.todo) for e in (here, there)]
    assert type(here.value) is type(there.value)
    assert words[0] == words[1]


def test_a_bug_over_there_is_a_bug_here_with_its_places_and_no_text(text_file) -> None:
    options = ReadingOptions(TODAY, columns={"members": 5})  # type: ignore[dict-item]  # no settings give this
    with Readers(options) as readers:
        with pytest.raises(BugWhileReading) as bug:
            readers.read(text_file(TEXT))
        assert bug.value.kind in ("AttributeError", "TypeError")
        assert any("read.py:" in place for place in bug.value.places)
        assert all(place.startswith(str(Path(limits.__file__).parent)) for place in bug.value.places)
        assert MEMBER["氏名"] not in repr(vars(bug.value)) + str(bug.value)


def test_the_password_is_on_no_command_line(book) -> None:
    with Readers(ReadingOptions(TODAY, password="ひみつ")) as readers:
        assert "ひみつ" not in " ".join(process_of(readers).args)


def test_one_process_serves_many_files(text_file, readers: Readers) -> None:
    readers.read(text_file(TEXT))
    first = process_of(readers)
    with pytest.raises(FileRefused):
        readers.read(text_file(b"", "空.csv"))
    readers.read(text_file(TEXT))
    assert process_of(readers) is first


def test_a_relative_path_is_the_one_where_the_caller_stands(text_file, monkeypatch, tmp_path, readers: Readers) -> None:
    text_file(TEXT, "ここ.csv")
    readers.read(text_file(TEXT))
    (tmp_path / "sub").mkdir()
    monkeypatch.chdir(tmp_path / "sub")
    reading = readers.read(Path("../ここ.csv"))
    assert reading.path == Path("../ここ.csv")


def test_nothing_lying_in_the_folder_passes_for_a_part_of_python(tmp_path: Path, text_file) -> None:
    for name in ("polars.py", "json.py", "kyosai_lists.py"):
        (tmp_path / name).write_text("raise SystemExit(1)")
    with Readers(OPTIONS) as readers:
        assert readers.read(text_file(TEXT)).rows.height == 1


@linux
def test_a_bomb_is_stopped_with_little_memory(tmp_path: Path, readers: Readers) -> None:
    with pytest.raises(FileRefused, match="大きくなりすぎる"):
        readers.read(bomb(tmp_path / "名簿.xlsx", 200 * MIB))
    assert peak(process_of(readers)) < 1024 * MIB


@linux
@pytest.mark.long
def test_ten_gigabytes_in_ten_megabytes_are_stopped_with_little_memory(tmp_path: Path) -> None:
    path = bomb(tmp_path / "名簿.xlsx", 10 << 30)
    assert path.stat().st_size < 12 * MIB
    with Readers(OPTIONS) as readers:
        started = time.monotonic()
        with pytest.raises(FileRefused, match="大きくなりすぎる"):
            readers.read(path)
        assert peak(process_of(readers)) < 512 * MIB
        assert time.monotonic() - started < 30


@linux
def test_a_reading_that_breaks_the_bound_is_refused_and_the_next_file_is_read(text_file, tmp_path: Path) -> None:
    large = workbook(tmp_path / "大.xlsx", [ONE_PERSON, '<row r="1000000"><c r="G1000000"><v>1</v></c></row>'])

    def little(path: Path) -> Allowance:
        return Allowance(300 * MIB, 60) if path == large else allowance_of(path)

    with Readers(OPTIONS, little) as readers:
        first = process_of(readers)
        with pytest.raises(FileRefused, match="大きすぎるか、壊れている") as refusal:
            readers.read(large)
        assert "「大.xlsx」" in refusal.value.happened
        assert "分けて" in refusal.value.todo
        assert first.poll() is not None
        assert readers.read(text_file(TEXT)).rows.height == 1
        assert readers.read(large.rename(tmp_path / "同.xlsx")).rows.height == 2


@linux
def test_a_process_killed_in_the_middle_is_a_refusal_and_is_replaced(tmp_path: Path, text_file) -> None:
    pipe = tmp_path / "管.csv"
    os.mkfifo(pipe)
    with Readers(OPTIONS) as readers:
        readers.read(text_file(TEXT))
        threading.Timer(0.3, process_of(readers).kill).start()
        with pytest.raises(FileRefused, match="大きすぎるか、壊れている"):
            readers.read(pipe)
        assert readers.read(text_file(TEXT)).rows.height == 1


@linux
def test_a_process_killed_between_two_files_is_a_refusal_at_most(text_file) -> None:
    with Readers(OPTIONS) as readers:
        readers.read(text_file(TEXT))
        process_of(readers).kill()
        process_of(readers).wait()
        with pytest.raises(FileRefused):
            readers.read(text_file(TEXT))
        assert readers.read(text_file(TEXT)).rows.height == 1


@linux
def test_a_reading_without_end_is_stopped_in_time(tmp_path: Path, text_file) -> None:
    pipe = tmp_path / "管.csv"
    os.mkfifo(pipe)  # whoever opens it waits for a writer who never comes

    def short(path: Path) -> Allowance:
        return Allowance(1024 * MIB, 1.0) if path == pipe else allowance_of(path)

    with Readers(OPTIONS, short) as readers:
        readers.read(text_file(TEXT))
        first, started = process_of(readers), time.monotonic()
        with pytest.raises(FileRefused, match="時間がかかりすぎる"):
            readers.read(pipe)
        assert time.monotonic() - started < 4
        assert first.poll() is not None
        assert readers.read(text_file(TEXT)).rows.height == 1


def test_looking_at_how_large_a_file_is_waits_for_nobody(tmp_path: Path) -> None:
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "管")
    assert allowance_of(tmp_path / "管").seconds == allowance_of(tmp_path / "ない").seconds


def test_more_is_allowed_for_a_larger_file(tmp_path: Path) -> None:
    small, large, packed = (tmp_path / name for name in ("小.csv", "大.csv", "大.xlsx"))
    small.write_bytes(b"a")
    large.write_bytes(b"a" * 20 * MIB)
    packed.write_bytes(b"PK\x03\x04" + b"a" * 20 * MIB)
    assert allowance_of(small).memory < allowance_of(large).memory
    assert allowance_of(small).seconds < allowance_of(large).seconds < allowance_of(packed).seconds
    assert allowance_of(packed).memory == 1024 * MIB


PARENT = """
import sys, time
from datetime import date
from pathlib import Path
from kyosai_lists.intake.allowance import Allowance
from kyosai_lists.intake.apart import Readers
from kyosai_lists.intake.reading import ReadingOptions
with Readers(ReadingOptions(date(2026, 11, 1)), lambda path: Allowance(1 << 30, 2.0)) as readers:
    readers.read(Path(sys.argv[1]))
    print(readers._child._process.pid, flush=True)
    if len(sys.argv) > 2:
        try:
            readers.read(Path(sys.argv[2]))
        finally:
            print("end", flush=True)
    time.sleep(600)
"""


@pytest.fixture
def parent() -> Iterator[Callable[..., tuple["subprocess.Popen[str]", int]]]:
    started: list[subprocess.Popen[str]] = []

    def start(*files: Path) -> tuple["subprocess.Popen[str]", int]:
        arguments = [sys.executable, "-c", PARENT, *map(str, files)]
        environment = {**os.environ, "PYTHONPATH": str(Path(limits.__file__).parents[1])}
        process = subprocess.Popen(
            arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
        )
        started.append(process)
        assert process.stdout
        return process, int(process.stdout.readline())

    yield start
    for process in started:
        process.kill()
        process.communicate()


def gone_within(pid: int, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while is_running(pid) and time.monotonic() < end:
        time.sleep(0.05)
    return not is_running(pid)


@linux
def test_the_process_ends_with_its_parent_however_that_ends(text_file, parent) -> None:
    process, child = parent(text_file(TEXT))
    assert is_running(child)
    process.kill()
    assert gone_within(child, 3)


@linux
def test_a_busy_process_ends_soon_after_its_parent(tmp_path: Path, text_file, parent) -> None:
    os.mkfifo(tmp_path / "管.csv")
    process, child = parent(text_file(TEXT), tmp_path / "管.csv")
    time.sleep(0.3)
    process.kill()
    time.sleep(0.3)
    assert is_running(child)
    assert gone_within(child, 10)


@linux
def test_ctrl_c_ends_both_and_says_no_more_than_that(tmp_path: Path, text_file, parent) -> None:
    os.mkfifo(tmp_path / "管.csv")
    process, child = parent(text_file(TEXT), tmp_path / "管.csv")
    time.sleep(0.3)
    for pid in (child, process.pid):  # a terminal sends it to both
        os.kill(pid, signal.SIGINT)
    _, said = process.communicate(timeout=5)
    assert said.count("Traceback") == 1
    assert said.rstrip().endswith("KeyboardInterrupt")
    assert not is_running(child)


@linux
def test_ctrl_c_is_the_parents_to_answer(text_file) -> None:
    with Readers(OPTIONS) as readers:
        readers.read(text_file(TEXT))
        process_of(readers).send_signal(signal.SIGINT)
        time.sleep(0.2)
        assert readers.read(text_file(TEXT)).rows.height == 1


def test_closing_leaves_no_process(text_file) -> None:
    readers = Readers(OPTIONS)
    process = process_of(readers)
    readers.close()
    assert process.poll() is not None
    readers.close()


@linux
def test_a_reading_process_writes_no_dump(readers: Readers, text_file) -> None:
    readers.read(text_file(TEXT))
    said = Path(f"/proc/{process_of(readers).pid}/limits").read_text()
    line = next(line for line in said.splitlines() if line.startswith("Max core file size"))
    assert line.split()[4:6] == ["0", "0"]


def test_windows_is_told_of_the_bound_in_a_structure_of_its_size() -> None:
    import ctypes

    assert ctypes.sizeof(limits.JobLimits) == 144
    assert limits.JobLimits.process_memory.offset == 112


def test_a_computer_without_such_a_bound_says_so(text_file, monkeypatch) -> None:
    from kyosai_lists.intake import child, message

    monkeypatch.setattr(sys, "platform", "darwin")
    assert not limits.bound_own_memory(1 << 30)
    monkeypatch.undo()
    header = {"asks": "read", "path": str(text_file(TEXT)), "options": message.options_as_header(OPTIONS)}
    said, _ = child._answer(header, bounded=False)
    assert "メモリーの上限を設けられません" in said["reading"]["remarks"][-1][3]
    said, _ = child._answer(header, bounded=True)
    assert said["reading"]["remarks"] == []


@linux
@pytest.mark.long
@pytest.mark.parametrize("columns", [0, 1, 30])
def test_a_million_rows_of_borders_take_less_than_half_a_minute(columns: int, tmp_path: Path) -> None:
    path = workbook(tmp_path / "名簿.xlsx", bordered(1_048_576, columns))
    with Readers(OPTIONS) as readers:
        assert readers.read(path).rows.height == 1
        assert seconds_of(process_of(readers)) < 30
        assert peak(process_of(readers)) < 512 * MIB


@linux
@pytest.mark.long
def test_a_roster_of_sixty_thousand_people_and_thirty_columns_is_within_bounds(book) -> None:
    heads = [*MEMBER, *(f"列{i}" for i in range(23))]
    people = [[f"{n:08d}", *list(MEMBER.values())[1:], *(f"値{n}{i}" for i in range(23))] for n in range(60_000)]
    with Readers(OPTIONS) as readers:
        assert readers.read(book({"名簿": [heads, *people]})).rows.height == 60_000
        assert peak(process_of(readers)) < 1024 * MIB


def test_a_plain_book_is_read(book, readers: Readers) -> None:
    assert readers.read(book({"名簿": ROWS})).rows.height == 1


@linux
@pytest.mark.parametrize("place", ["XFD1", "AAAA1"])  # the last column there is, and one that there is not
def test_a_stray_cell_far_to_the_right_is_read_in_time(place: str, tmp_path: Path) -> None:
    stray = f'<row r="1"><c r="A1" t="inlineStr"><is><t>名簿</t></is></c><c r="{place}"><v>0</v></c></row>'
    people = [row(2, MEMBER), *(row(number, MEMBER.values()) for number in range(3, 28))]
    with Readers(OPTIONS) as readers:
        read = readers.read(workbook(tmp_path / "名簿.xlsx", [stray, *people]))
        assert read.rows.height == 25
        assert seconds_of(process_of(readers)) < 12  # by the square of its columns it took half a minute
