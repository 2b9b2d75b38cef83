"""The arrows between the rooms of the package, held by its own import statements (docs: README, "How it is built")."""

import ast
import functools
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "kyosai_lists"
BASE = {
    "errors",
    "dates",
    "text",
    "search",
    "products",
    "vocabulary",
    "prefectures",
    "paths",
    "retirement",
    "limits",
    "ahead",
}
# Room → the rooms it may import besides itself. What is not named here may import nothing of ours.
ARROWS: dict[str, set[str]] = {
    "products": {"text"},
    "config": {"errors", "dates", "vocabulary", "retirement"},
    "intake": BASE - {"paths", "retirement", "prefectures"},
    "store": {"ahead", "errors", "dates", "text", "paths", "ledger"},
    "segments": {"errors", "dates", "products", "vocabulary", "retirement", "store"},
    "lists": {"products", "text"},
    "workbook": {"errors", "dates", "text", "vocabulary"},
    "stamp": {"ahead", "errors", "workbook"},
    "campaigns": set(),
    "ledger": {"dates", "text", "workbook"},
    "demo": {*BASE, "intake"},
    "usecases": {
        *BASE,
        "config",
        "intake",
        "store",
        "segments",
        "lists",
        "workbook",
        "stamp",
        "campaigns",
        "ledger",
        "demo",
    },
    "cli": {"usecases", "errors", "dates"},
    "__main__": {"cli"},
}
# Library → the rooms that may know it.
LIBRARIES = {
    "typer": {"cli"},
    "rich": {"cli"},
    "sqlalchemy": {"store"},
    "alembic": {"store"},
    "adbc_driver_manager": {"store"},
    "adbc_driver_sqlite": {"store"},
    "psycopg": {"store"},
    "sqlglot": {"segments"},
    "openpyxl": {"workbook", "demo"},
    "deflate": {"stamp", "ledger"},
    "distributed": {"usecases"},
    "msoffcrypto": {"intake", "workbook"},
    "python_calamine": {"intake", "workbook"},
    "pydantic": {"config"},
    "holidays": {"campaigns"},
}
# These would let the wall clock into a rule or a file.
CLOCK = {"now", "today", "utcnow"}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@functools.cache
def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


@pytest.mark.parametrize("path", modules(), ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_a_room_imports_only_the_rooms_before_it(path: Path) -> None:
    room = room_of(path)
    ours = {name.split(".")[1] for name in imported(path) if name.startswith("kyosai_lists.")} - {"__version__"}
    assert ours - {room} <= ARROWS.get(room, set())


@pytest.mark.parametrize("path", modules(), ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_a_library_is_known_only_in_its_room(path: Path) -> None:
    room = room_of(path)
    for name in imported(path):
        library = name.split(".")[0]
        assert room in LIBRARIES.get(library, {room}), f"{library} in {room}"


@pytest.mark.parametrize("path", modules(), ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_only_the_command_line_reads_the_clock(path: Path) -> None:
    calls = {
        node.func.attr
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    assert room_of(path) == "cli" or not calls & CLOCK


def test_every_room_has_its_arrows_written_down() -> None:
    rooms = {room_of(path) for path in modules()} - BASE - {"__init__"}
    assert rooms | {"products"} == ARROWS.keys()


@pytest.mark.parametrize("path", modules(), ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_nothing_that_exists_only_on_unix_is_imported(path: Path) -> None:
    known = {"resource"} if path.name == "limits.py" else set()
    assert not {name.split(".")[0] for name in imported(path)} & {"fcntl", "pwd", "grp", "resource", "termios"} - known
