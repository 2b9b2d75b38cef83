"""A rule file to begin with, in the branch's own `queries/`."""

import re
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from kyosai_lists.errors import StoreError, UsageError
from kyosai_lists.paths import resource_dir
from kyosai_lists.segments.rule import EVERY
from kyosai_lists.usecases.workspace import QUERIES, Workspace

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NOT_MADE = "ファイルは作っていません。"


@dataclass(frozen=True)
class StartedRule:
    """`source`: the list it was copied from, "" for the starting file."""

    id: str
    path: Path
    source: str


def start_rule(workspace: Workspace, list_id: str, source: str | None) -> StartedRule:
    """Writes `queries/<list_id>.sql`: a commented rule that works, or a copy of the built-in list `source`.

    Raises:
        UsageError: the name cannot be one, is taken, or `source` is no built-in list.
        StoreError: the file could not be written.
    """
    _refuse_name(list_id, source)
    text = _text(list_id, source)
    path = workspace.folder / QUERIES / f"{list_id}.sql"
    try:
        path.parent.mkdir(exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise UsageError(
            f"{path} はもうあります。",
            "そのファイルを直すか、別の名前を指定してください。",
            "そのファイルは前のままです。",
        ) from None
    except OSError as error:
        raise StoreError(
            f"{path} を書き込めませんでした。",
            "フォルダーに書き込めるかを確かめて、もう一度実行してください。",
            _NOT_MADE,
        ) from error
    return StartedRule(list_id, path, source or "")


def _refuse_name(list_id: str, source: str | None) -> None:
    if not _ID.fullmatch(list_id) or list_id == EVERY:
        todo = "my-list のように、半角の英小文字・数字・ハイフンで付けてください。"
        raise UsageError(f"「{list_id}」はリストの名前にできません。", todo, _NOT_MADE)
    if source != list_id and _built_in(list_id).is_file():
        raise UsageError(
            f"「{list_id}」は、はじめからあるリストの名前です。",
            f"別の名前を付けるか、そのリストを置きかえるときは --from {list_id} を付けてください。",
            _NOT_MADE,
        )


def _text(list_id: str, source: str | None) -> str:
    if source is None:
        return files("kyosai_lists").joinpath("usecases", "rules", "starting_rule.sql").read_text("utf-8")
    if not _ID.fullmatch(source) or not _built_in(source).is_file():
        raise UsageError(
            f"「{source}」というリストは、はじめからあるものの中にありません。",
            "kyosai-lists lists で名前を確かめてください。",
            _NOT_MADE,
        )
    return _built_in(source).read_text("utf-8")


def _built_in(list_id: str) -> Path:
    return resource_dir(QUERIES) / f"{list_id}.sql"
