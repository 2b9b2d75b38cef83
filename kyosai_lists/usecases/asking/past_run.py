"""An export's folder read back: who stands on a list's sheets, and what the run was made with."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from kyosai_lists.errors import UsageError
from kyosai_lists.intake.opening.password import unsealed
from kyosai_lists.text import code_key
from kyosai_lists.usecases.exporting.passwords import Passwords, PasswordSource
from kyosai_lists.usecases.exporting.staging import CONTROL_FOLDER, MANIFEST
from kyosai_lists.workbook.read_back import read_book

LISTED: dict[str, pl.DataType] = {
    "member_key": pl.String(), "member_no": pl.String(), "name": pl.String(), "union_code": pl.String(),
}  # fmt: skip
_UNTOUCHED = "名簿のファイルは前のままです。"
_NAMED = 3  # files in an error


@dataclass(frozen=True)
class PastRun:
    """`listed` (LISTED): the people of the list, as handed out. `parameters`: the list's, as text. `campaign`: its code, or ""."""

    run_id: str
    as_of: date
    campaign: str
    rule_digest: str
    parameters: dict[str, str]
    union_codes: frozenset[str]
    listed: pl.DataFrame


def read_run(folder: Path, list_id: str, passwords: PasswordSource | None) -> PastRun:
    """
    Raises:
        UsageError: `folder` is no export, it is without the list, a file of it is gone or was changed, a password is missing.
        FileRefused: the password is a wrong one.
    """
    manifest = _manifest(folder)
    entry = _entry(manifest, list_id)
    books = [book for book in manifest["workbooks"] if book["rows"].get(list_id)]
    _refuse_changed(folder, manifest["run"], books)
    if manifest["sealed"] and passwords is None:
        raise UsageError(
            f"名簿番号 {manifest['run']} の名簿には、パスワードが付いています。",
            "そのときのパスワードのファイルを --password-file で指定してください。",
            _UNTOUCHED,
        )
    as_of = date.fromisoformat(manifest["as_of"])
    opened_with = passwords.on(as_of) if passwords and manifest["sealed"] else None
    listed = [_listed(folder, book, list_id, opened_with) for book in books]
    return PastRun(
        run_id=manifest["run"],
        as_of=as_of,
        campaign=manifest["campaign"] or "",
        rule_digest=entry["rule_sha256"],
        parameters=entry["parameters"],
        union_codes=frozenset(book["union"] for book in manifest["workbooks"]),
        listed=pl.concat([pl.DataFrame(schema=LISTED), *listed]),
    )


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads((folder / CONTROL_FOLDER / MANIFEST).read_text("utf-8"))
        complete = manifest.keys() >= {"run", "as_of", "campaign", "sealed", "lists", "workbooks"}
    except (OSError, ValueError, AttributeError):
        complete = False
    if complete:
        return manifest
    raise UsageError(
        f"{folder} は、名簿を出したフォルダーではありません。",
        f"{CONTROL_FOLDER} のフォルダーが中にある、出力先のフォルダーを指定してください。",
        _UNTOUCHED,
    )


def _entry(manifest: dict[str, Any], list_id: str) -> dict[str, Any]:
    entries: dict[str, dict[str, Any]] = {entry["id"]: entry for entry in manifest["lists"]}
    if list_id in entries:
        return entries[list_id]
    raise UsageError(
        f"名簿番号 {manifest['run']} の名簿は、リスト {list_id} を出していません。",
        f"比べられるのは {'・'.join(entries)} です。",
        _UNTOUCHED,
    )


def _refuse_changed(folder: Path, run_id: str, books: list[dict[str, Any]]) -> None:
    gone = [book["path"] for book in books if not (folder / book["path"]).is_file()]
    _refuse(run_id, gone, "見つかりません", "出したときのフォルダーを、名前や場所を変えずに指定してください。")
    changed = [book["path"] for book in books if _sha256(folder / book["path"]) != book["sha256"]]
    todo = "書き込む前のファイルに戻すか、変わっていない控えのフォルダーを指定してください。"
    _refuse(run_id, changed, "、出したあとで変わっています", todo)


def _refuse(run_id: str, paths: list[str], what: str, todo: str) -> None:
    if paths:
        more = f" ほか{len(paths) - _NAMED}冊" if len(paths) > _NAMED else ""
        files = "・".join(paths[:_NAMED])
        raise UsageError(f"名簿番号 {run_id} の {files}{more} が{what}。", todo, _UNTOUCHED)


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _listed(folder: Path, book: dict[str, Any], list_id: str, passwords: Passwords | None) -> pl.DataFrame:
    path = folder / book["path"]
    data = path.read_bytes()
    if passwords is not None:
        data = unsealed(data, path.name, passwords.of(book["union"]))
    read = read_book(data)
    pref, union = read.meta.facts["pref"], read.meta.facts["union"]
    key = pl.col("member_no").map_elements(_key_in(pref), pl.String)
    return read.listed(list_id).with_columns(member_key=key, union_code=pl.lit(union)).select(*LISTED)


def _key_in(pref: str) -> Callable[[str], str]:
    """A 組合員番号 to the person's key in the store."""
    return lambda number: f"{pref}-{code_key(number)}"
