"""No row is lost, and none gets into another union's workbook (faults 33, 35, 36)."""

import dataclasses
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kyosai_lists.errors import ExportError
from kyosai_lists.paths import resource_dir
from kyosai_lists.segments.parameters import bind
from kyosai_lists.segments.rulebook import MAIN_LISTS, choose, load_rules
from kyosai_lists.segments.run import HELD_SCHEMA, PEOPLE_SCHEMA
from kyosai_lists.store.read import ADDRESS_SCHEMA
from kyosai_lists.usecases.exporting import export_lists as exporting
from kyosai_lists.usecases.exporting import write_books as writing
from kyosai_lists.usecases.exporting.compose_books import Composition, compose
from kyosai_lists.usecases.exporting.export_lists import Order, export_lists
from kyosai_lists.usecases.exporting.passwords import Passwords
from kyosai_lists.usecases.exporting.staging import staged
from kyosai_lists.usecases.gathered import DrawnLists
from kyosai_lists.usecases.rendering import render
from kyosai_lists.usecases.rendering.portion import Portion
from kyosai_lists.usecases.rendering.workers import WorkersWanted
from kyosai_lists.usecases.workspace import Workspace
from kyosai_lists.workbook.model import RunBooks
from kyosai_lists.workbook.read_back import read_book
from kyosai_lists.workbook.seal import seal
from tests.benchmarks.made_unions import RUN, made_run
from tests.conftest import ACT, AS_OF
from tests.rendering.making import TWO, small_portions, written

Expected = dict[tuple[str, str], Counter[str]]  # 組合員番号 by union code and list id


def expected_of(books: RunBooks) -> Expected:
    found: Expected = {}
    for sheet in books.lists:
        for (code,), rows in sheet.rows.group_by("union_code"):
            found[str(code), sheet.id] = Counter(rows["member_no"])
    return found


def read_back(folder: Path) -> Expected:
    """What stands in the files, by the union whose name the file carries; each file says inside whose it is, too."""
    found: Expected = {}
    for path in sorted(folder.rglob("*.xlsx")):
        book = read_book(path.read_bytes())
        code = path.name.split("_")[0]
        assert (book.meta.facts["union"], book.meta.facts["pref"]) == (code, path.parent.name)
        for list_id in book.meta.lists:
            if numbers := Counter(book.listed(list_id)["member_no"]):
                found[code, list_id] = numbers
        pages = sum(count for sheet, count in book.numbered().items() if sheet in ("名簿", "担当限り"))
        assert pages == int(book.meta.facts["people"])
    return found


BOUND = tuple(bind(rule, AS_OF, ()) for rule in choose(load_rules(resource_dir("queries")), MAIN_LISTS))
LIST_IDS = [bound.rule.id for bound in BOUND]
_EMPTY = {
    "waiting": 0,
    "past_retirement": pl.DataFrame(schema=dict.fromkeys(("member_no",), pl.String)),
    "addresses": pl.DataFrame(schema=ADDRESS_SCHEMA),
}
# Each person of a union: the lists they are on, whether they are stopped, their 職場.
people_of_a_union = st.lists(
    st.tuples(
        st.sets(st.sampled_from(LIST_IDS), min_size=1), st.booleans(), st.sampled_from(["総務", "税務", "", "A"])
    ),
    max_size=8,
)


def drawn_from(unions: list[list[tuple[set[str], bool, str]]]) -> DrawnLists:
    """Lists as they are drawn: the people of all unions mixed."""
    rows = [
        (f"{union:05}-{person:03}", f"{union:05}", list_id, stopped, place)
        for union, members in enumerate(unions)
        for person, (list_ids, stopped, place) in enumerate(members)
        for list_id in sorted(list_ids)
    ]
    frame = pl.DataFrame(
        rows,
        schema={"member_key": pl.String, "union_code": pl.String, "list_id": pl.String, "stopped": pl.Boolean, "workplace": pl.String},
        orient="row",
    ).sort(pl.col("member_key").hash(7))  # fmt: skip
    said = {name: pl.lit("") for name in ("reason", "hint", "contracts")}
    listed = frame.select("list_id", "member_key", "stopped", **said)
    known = {
        "member_no": pl.col("member_key"),
        "name": pl.lit("山田　太郎"),
        "kana": pl.lit("ヤマダ　タロウ"),
        "status": pl.lit("active"),
    }
    people = frame.select("member_key", "union_code", "workplace", **known).unique("member_key", maintain_order=True)
    missing = {name: pl.lit(None, kind) for name, kind in PEOPLE_SCHEMA.items() if name not in people.columns}
    codes = [f"{union:05}" for union in range(len(unions))]
    return DrawnLists(
        bound=BOUND,
        unions=pl.DataFrame(
            {"union_code": codes, "pref": [code[-2:] for code in codes], "name": "単組", "roster_on": AS_OF}
        ),
        people=people.with_columns(**missing),
        held=pl.DataFrame(schema=HELD_SCHEMA),
        passed=listed.filter(~pl.col("stopped")).drop("stopped"),
        suppressed=listed.filter("stopped").select(pl.exclude("stopped"), suppressed=pl.lit("案内停止")),
        on_hold=pl.DataFrame(schema={"layout": pl.String, "member_key": pl.String}),
        **_EMPTY,
    )


@settings(max_examples=25)
@given(st.lists(people_of_a_union, min_size=1, max_size=6))
def test_everyone_who_may_be_approached_stands_in_their_own_unions_workbook(
    unions: list[list[tuple[set[str], bool, str]]],
) -> None:
    drawn = drawn_from(unions)
    composition = compose(drawn, RUN, 45)
    with tempfile.TemporaryDirectory() as folder:
        books = written(Path(folder), WorkersWanted(1), composition.books)
        found = read_back(Path(folder))
    of_union = Counter((key[:5], list_id, key) for list_id, key in drawn.passed.select("list_id", "member_key").rows())
    assert Counter({(*place, no): n for place, numbers in found.items() for no, n in numbers.items()}) == of_union
    delivered = sum(sum(book.rows.values()) for book in books)
    assert delivered + drawn.suppressed.height == sum(len(ids) for union in unions for ids, _, _ in union)


def test_two_processes_put_every_row_of_hundreds_of_unions_in_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_portions(monkeypatch, rows=2_000)
    books = made_run(200, mean_people=25)
    result = written(tmp_path, TWO, books)
    assert read_back(tmp_path) == expected_of(books)
    assert sum(book.people for book in result) == books.people.height
    assert sum(sum(book.rows.values()) for book in result) == sum(sheet.rows.height for sheet in books.lists)


@pytest.mark.long
def test_two_processes_put_every_row_of_a_nation_in_its_place(tmp_path: Path) -> None:
    books = made_run(2_595)
    written(tmp_path, TWO, books)
    assert read_back(tmp_path) == expected_of(books)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_workbook_that_was_made_from_fewer_rows_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    """Whoever makes workbooks is counted against the lists, not against what they were given."""
    real = writing.portions

    def losing(*args: Any) -> Iterator[Portion]:
        for portion in real(*args):
            lists = (
                dataclasses.replace(portion.books.lists[0], rows=portion.books.lists[0].rows.head(-1)),
                *portion.books.lists[1:],
            )
            yield dataclasses.replace(portion, books=dataclasses.replace(portion.books, lists=lists))

    monkeypatch.setattr(writing, "portions", losing)
    with pytest.raises(ExportError, match="載せるはずの人数"):
        written(tmp_path / "out", WorkersWanted(workers))


def test_a_workbook_that_was_not_made_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = writing.portions
    monkeypatch.setattr(writing, "portions", lambda *args: list(real(*args))[:-1])
    small_portions(monkeypatch)
    with pytest.raises(ExportError, match="載せるはずの人数"):
        written(tmp_path / "out", WorkersWanted(1))


def test_totals_that_do_not_add_up_are_never_handed_out(
    sqlite_branch: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forgetful(drawn: DrawnLists, *rest: Any) -> Composition:
        return compose(dataclasses.replace(drawn, passed=drawn.passed.head(-1)), *rest)

    monkeypatch.setattr(exporting, "compose", forgetful)
    with pytest.raises(ExportError, match="合計が合いません"):
        export_lists(sqlite_branch, Order(as_of=AS_OF), act=ACT, passwords=None, out=tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("damage", ["cut", "flipped", "another", "short"])
def test_a_sealed_file_that_does_not_open_as_it_should_is_never_handed_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    sealed_before: list[bytes] = []

    def careless(data: bytes, password: str) -> bytes:
        good = seal(data, password)
        sealed_before.append(data)
        if len(sealed_before) < 3:  # not the first of its portion, whose verifier is asked too
            return good
        return {
            "cut": good[: len(good) // 2],
            "flipped": good[: len(good) // 2] + bytes([good[len(good) // 2] ^ 1]) + good[len(good) // 2 + 1 :],
            "another": seal(data, f"{password}."),
            "short": seal(sealed_before[0], password),
        }[damage]

    monkeypatch.setattr(render, "seal", careless)
    with pytest.raises(ExportError), staged(tmp_path / "out", "r") as stage:
        written(stage.folder, WorkersWanted(1), passwords=Passwords("himitu-1", {}))
    assert list(tmp_path.iterdir()) == []
