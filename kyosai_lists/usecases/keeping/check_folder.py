"""Whether the files of a run that still stand in its folder are those that were handed out."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kyosai_lists.ledger.canonical import canonical
from kyosai_lists.ledger.records import RunRecord
from kyosai_lists.ledger.run_entry import RunEntry
from kyosai_lists.usecases.exporting.papers import UNION_LISTS
from kyosai_lists.usecases.exporting.staging import CONTROL_FOLDER, MANIFEST

_NOT_OF_THE_RECORD = {"ledger", "control", "workbooks", "sealed"}


@dataclass(frozen=True)
class FolderLook:
    """`changed`: paths in the folder; `checked`, `gone`: how many files are as they were, and are not there (any more)."""

    changed: tuple[str, ...]
    checked: int
    gone: int


def folder_manifest(folder: Path) -> dict[str, Any] | None:
    """The manifest of the export that stands in `folder`, None when none does."""
    try:
        manifest = json.loads((folder / CONTROL_FOLDER / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return manifest if isinstance(manifest, dict) and "run" in manifest else None


def look_at_folder(
    folder: Path,
    manifest: Mapping[str, Any],
    told: RunEntry,
    record: RunRecord | None,
    made_again: Mapping[str, set[str]],
) -> FolderLook:
    """`made_again`: by path, the hashes of files that were printed again later."""
    allowed = {book.path: {book.file_sha256} | made_again.get(book.path, set()) for book in told.books}
    if told.union_lists_sha256:
        allowed[f"{CONTROL_FOLDER}/{UNION_LISTS}"] = {told.union_lists_sha256}
    control = manifest.get("control")
    papers = control if isinstance(control, dict) else {}
    allowed |= {path: {found} for path, found in papers.items() if path not in allowed}
    found = {path: _sha256(folder / path) for path in allowed}
    changed = [path for path, digest in found.items() if digest is not None and digest not in allowed[path]]
    if record is not None and not _says_the_same(manifest, record):
        changed.append(f"{CONTROL_FOLDER}/{MANIFEST}")
    gone = sum(digest is None for digest in found.values())
    return FolderLook(tuple(changed), len(found) - gone, gone)


def _says_the_same(manifest: Mapping[str, Any], record: RunRecord) -> bool:
    """But for what only the entry and a reprint add."""

    def plain(document: Mapping[str, Any]) -> str:
        return canonical({name: value for name, value in document.items() if name not in _NOT_OF_THE_RECORD})

    def books(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        for book in document.get("workbooks", []):
            yield {name: value for name, value in book.items() if name != "sha256"}

    return plain(manifest) == plain(record.manifest) and list(books(manifest)) == list(books(record.manifest))


def _sha256(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None
