"""What came in when, and taking one import back."""

from dataclasses import dataclass
from datetime import date

from kyosai_lists.errors import UsageError
from kyosai_lists.intake.layouts import BY_ID
from kyosai_lists.store import imports, undo
from kyosai_lists.store.engine import Connection, reading, writing
from kyosai_lists.usecases.workspace import Workspace

_TOO_LARGE = 2**31  # what no import is numbered, and a database may not even be asked


@dataclass(frozen=True)
class PastImport:
    """`files`: as `store.imports.FILE_FIELDS` names them, and `title`, the layout's. `undone_on`: the day it was taken back."""

    number: int
    taken_in_on: date
    undone_on: date | None
    files: tuple[dict[str, str | int], ...]


@dataclass(frozen=True)
class Undone:
    """`rows`: per layout title, how many rows went, and how many are again as they were before."""

    number: int
    rows: dict[str, tuple[int, int]]


def past_imports(workspace: Workspace) -> list[PastImport]:
    """Every import, the newest first."""
    with reading(workspace.engine) as connection:
        return [
            PastImport(
                past.id,
                past.taken_in_on,
                past.undone_on,
                tuple(file | {"title": BY_ID[str(file["layout"])].title} for file in files),
            )
            for past, files in imports.history(connection)
        ]


def undo_import(workspace: Workspace, number: int, today: date) -> Undone:
    """Takes the import back: what it brought goes, what it changed is as before, what it mended is on 保留 again.

    Raises:
        UsageError: there is no such import, it was taken back already, or something later built on it.
    """
    with writing(workspace.engine) as connection:
        _refuse_unless_possible(connection, number)
        rows = undo.take_back(connection, number, today)
        imports.settle(connection)
    return Undone(number, {BY_ID[name].title: counts for name, counts in rows.items() if name in BY_ID})


def _refuse_unless_possible(connection: Connection, number: int) -> None:
    past = imports.one(connection, number) if number < _TOO_LARGE else None
    if past is None:
        raise UsageError(f"第{number}回の取り込みはありません。", "kyosai-lists imports で番号を確かめてください。")
    if past.undone_on is not None:
        raise UsageError(
            f"第{number}回の取り込みは、{past.undone_on}に元に戻してあります。",
            "もう一度使うときは、同じファイルを取り込んでください。",
        )
    if not past.reversible:
        raise UsageError(
            f"第{number}回の取り込みは、元に戻すための控えを取る前の版で行われました。",
            "正しいファイルをもう一度取り込むか、store restore で控えに戻してください。",
        )
    if later := undo.built_on(connection, number):
        newest = later[-1]
        numbers = "、".join(f"第{n}回" for n in later)
        raise UsageError(
            f"第{number}回の取り込みは元に戻せません。そのあとの取り込み({numbers})が、同じ行を変えたか、同じ内容をもう一度入れたか、その単組の行を入れています。",
            f"新しいものから順に戻してください(まず kyosai-lists imports undo {newest})。",
        )
