"""What the 台帳 knows of the runs of campaigns, and what only a folder tells of, because the store went back to an earlier day."""

from collections.abc import Collection, Iterable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from kyosai_lists.campaigns.came_out import CameOut
from kyosai_lists.store import runs
from kyosai_lists.store.engine import Connection
from kyosai_lists.usecases.act import japanese_moment
from kyosai_lists.usecases.keeping.check_folder import folder_manifest


def runs_of(connection: Connection, codes: Collection[str]) -> list[CameOut]:
    """The runs that brought out slots of these campaigns, oldest first."""
    handed = runs.recipients(connection, codes)
    return [
        CameOut(
            code=row["campaign_code"],
            day=row["slot_on"],
            run_id=row["run_id"],
            made_on=japanese_moment(row["made_at"]).date(),
            fills=True,
            handed=frozenset(handed.get(row["run_id"], ())),
        )
        for row in runs.of_campaigns(connection, codes)
        if row["slot_on"] is not None
    ]


def runs_in_folders(out: Path, known: Collection[str]) -> list[CameOut]:
    """The runs of slots whose folder stands in `out`, unless its name ends with one of the numbers `known`; by name.

    Only manifests are read, and of those only the ones of folders that are not known by their name: what stands there may be years of lists.
    """
    try:
        folders = sorted(path for path in out.iterdir() if _may_be_unknown(path.name, known))
    except OSError:
        return []
    return list(_told_by(folders))


def _may_be_unknown(name: str, known: Collection[str]) -> bool:
    """One whose name begins with a point was never handed out: its export was killed."""
    return not name.startswith(".") and name.rpartition("_")[2] not in known


def _told_by(folders: Iterable[Path]) -> Iterable[CameOut]:
    for folder in folders:
        manifest = folder_manifest(folder)
        if manifest is not None:
            with suppress(KeyError, TypeError, ValueError):  # it is for no slot, or somebody wrote into it
                yield _told(folder, manifest)


def _told(folder: Path, manifest: dict[str, Any]) -> CameOut:
    return CameOut(
        code=str(manifest["campaign"]),
        day=date.fromisoformat(manifest["slot_on"]),
        run_id=str(manifest["run"]),
        made_on=None,
        fills=True,
        handed=frozenset(str(book["union"]) for book in manifest["workbooks"] if book["path"]),
        folder=folder.name,
    )
