"""The proof that the 台帳 is whole: its chain, what the store keeps of every run, and the files that still stand (fault 45)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kyosai_lists.errors import UsageError
from kyosai_lists.ledger.canonical import sha256
from kyosai_lists.ledger.chain import SHORTEST_HEAD, Break, Entry, breaks, read_head
from kyosai_lists.ledger.purge_entry import purged_runs
from kyosai_lists.ledger.records import RunRecord
from kyosai_lists.ledger.reprint_entry import ReprintEntry
from kyosai_lists.ledger.run_entry import RunEntry
from kyosai_lists.store import ledger, runs
from kyosai_lists.store.engine import Connection, reading
from kyosai_lists.usecases.act import Act
from kyosai_lists.usecases.keeping.check_custody import changed_entries
from kyosai_lists.usecases.keeping.check_folder import folder_manifest, look_at_folder
from kyosai_lists.usecases.keeping.check_place import changed_places, first_told
from kyosai_lists.usecases.keeping.check_run import changed_parts
from kyosai_lists.usecases.keeping.check_slots import changed_slots
from kyosai_lists.usecases.keeping.check_strangers import strange_rows
from kyosai_lists.usecases.keeping.told_runs import ToldRuns, told_runs
from kyosai_lists.usecases.progress import Progress, silent
from kyosai_lists.usecases.workspace import Workspace


@dataclass(frozen=True)
class Problem:
    """`kind`: entry, head, run, slot, file, folder; `place`: where, `what`: what is wrong, in office words."""

    kind: str
    place: str
    what: str


@dataclass(frozen=True)
class Verdict:
    """`files`: files that stand as they were handed out; `gone`: files that are not where they were put (any more)."""

    entries: int
    runs: int
    files: int
    gone: int
    head: Entry | None
    problems: tuple[Problem, ...]


def verify_ledger(workspace: Workspace, act: Act, head: str | None = None, progress: Progress = silent) -> Verdict:
    """Looks at everything. `head`: a 台帳の先頭 that was printed, or its beginning.

    Raises:
        UsageError: `head` is none.
    """
    printed = [_head(head)] if head is not None else []
    with reading(workspace.engine) as connection:
        entries = list(ledger.entries(connection))
        of_runs = told_runs(entries)
        told, purged = of_runs.runs, purged_runs(entries)
        stored = runs.overview(connection)
        problems = [*map(_of_chain, breaks(entries, printed)), *_of_rows(connection, entries, of_runs, stored)]
        for done, (run_id, run) in enumerate(told.items()):
            progress("台帳と照らしています", done, len(told))
            problems += [
                Problem("run", f"名簿番号 {run_id}", what)
                for what in changed_parts(connection, run, purged=run_id in purged)
            ]
        places = [*_folders(workspace.out), *_placed_here(stored, act)]
        folders = {path: found for path in places if (found := folder_manifest(path))}
        records = {run_id: _record(connection, run_id) for run_id in told}
    problems += _strangers(folders, told, {entry.hash for entry in entries})
    problems += [
        Problem("folder", str(path), "保存期限が過ぎて消したはずの名簿が残っています(kyosai-lists purge で消えます)")
        for path, manifest in folders.items()
        if manifest["run"] in purged
    ]
    again = _made_again(of_runs.reprints)
    looks = {
        path: look_at_folder(path, manifest, told[run_id], records[run_id], again.get(run_id, {}))
        for path, manifest in folders.items()
        if (run_id := manifest["run"]) in told
    }
    for path, look in looks.items():
        problems += [Problem("file", str(path / name), "渡したときのファイルと違います") for name in look.changed]
    return Verdict(
        entries=len(entries),
        runs=len(told),
        files=sum(look.checked for look in looks.values()),
        gone=sum(look.gone for look in looks.values()),
        head=entries[-1] if entries else None,
        problems=tuple(problems),
    )


def _head(text: str) -> str:
    found = read_head(text)
    if found is None:
        raise UsageError(
            "台帳の先頭(照合番号)として読めません。",
            f"まとめ.xlsx の「台帳の先頭(照合番号)」を、はじめから{SHORTEST_HEAD}文字以上書いてください。",
        )
    return found


def _of_chain(broken: Break) -> Problem:
    if broken.what == "head":
        return Problem("head", "台帳の先頭", f"照合番号 {broken.head[:16]}… の記録がありません(後ろが切られています)")
    if broken.what == "removed":
        numbers = f"{broken.seq}号" if broken.seq == broken.last else f"{broken.seq}号から第{broken.last}号"
        return Problem("entry", f"台帳 第{numbers}", "記録が抜けています")
    what = "記録が書き換えられています" if broken.what == "changed" else "すぐ前の記録とつながりません"
    return Problem("entry", f"台帳 第{broken.seq}号", what)


def _of_rows(connection: Connection, entries: Sequence[Entry], told: ToldRuns, stored: runs.Rows) -> Iterator[Problem]:
    """All rows but those of the single runs. `stored`: `runs.overview`."""
    for seq in sorted(told.unreadable):
        yield Problem("entry", f"台帳 第{seq}号", "記録が読めません")
    yield from _of_texts(connection, told.runs)
    for seq, what in changed_entries(connection, entries):
        yield Problem("entry", f"台帳 第{seq}号", what)
    of_places = changed_places(stored, told.runs, told.reprints, first_told(entries))
    for run_id, what in (*strange_rows(connection, told), *of_places):
        yield Problem("run", f"名簿番号 {run_id}", what)
    for place, what in changed_slots(connection, told):
        yield Problem("slot", place, what)


def _of_texts(connection: Connection, told: Mapping[str, RunEntry]) -> Iterator[Problem]:
    """Rules and templates that were kept: each is what its hash says, and none is missing."""
    rules = runs.rule_texts(connection)
    of_people = {used.rule_sha256 for run in told.values() for used in run.lists}
    for digest in sorted(of_people | {used.rule_sha256 for run in told.values() for used in run.union_lists}):
        if digest not in rules or sha256(rules[digest]) != digest:
            yield Problem("run", f"ルール {digest[:8]}", "使ったルールの控えがないか、変わっています")
    for digest in sorted({run.template_sha256 for run in told.values()}):
        content = runs.template(connection, digest)
        if content is None or sha256(content) != digest:
            yield Problem("run", f"ひな形 {digest[:8]}", "使ったひな形の控えがないか、変わっています")


def _folders(out: Path) -> list[Path]:
    try:
        return sorted(path.resolve() for path in out.iterdir() if path.is_dir())
    except OSError:
        return []


def _placed_here(stored: runs.Rows, act: Act) -> list[Path]:
    """Where the folders are that were made on this computer."""
    placed = (row for row in stored if row["placed_on"] and row["machine"] == act.machine)
    return [Path(row["out"]) for row in placed]


def _strangers(
    folders: Mapping[Path, Mapping[str, Any]], told: Mapping[str, RunEntry], hashes: set[str]
) -> Iterator[Problem]:
    """Folders whose manifest names an entry that is not there: the 台帳 was cut, or is an older one."""
    for path, manifest in folders.items():
        entry = manifest.get("ledger")
        named = entry.get("hash") if isinstance(entry, dict) else None
        if entry is not None and (named not in hashes or manifest["run"] not in told):
            yield Problem("folder", str(path), f"台帳にない名簿(名簿番号 {manifest['run']})が置かれています")


def _record(connection: Connection, run_id: str) -> RunRecord | None:
    """None where it cannot be read: that is told of the run."""
    row = runs.one(connection, run_id)
    try:
        return RunRecord.thaw(row["record"]) if row is not None else None
    except Exception:  # damaged bytes fail anywhere in two parsers
        return None


def _made_again(reprints: Mapping[str, Sequence[ReprintEntry]]) -> dict[str, dict[str, set[str]]]:
    """By run and path, the hashes of files that were printed again."""
    found: dict[str, dict[str, set[str]]] = {}
    for run_id, again in reprints.items():
        for path, digest in (file for one in again for file in one.files.items()):
            found.setdefault(run_id, {}).setdefault(path, set()).add(digest)
    return found
