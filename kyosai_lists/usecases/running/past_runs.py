"""What the 台帳 knows of the runs of campaigns, and what only a folder tells of, because the store went back to an earlier day."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from kyosai_lists.campaigns.came_out import CameOut
from kyosai_lists.campaigns.campaign import Campaign
from kyosai_lists.errors import KyosaiError
from kyosai_lists.ledger.records import RunRecord
from kyosai_lists.store import runs
from kyosai_lists.store.engine import Connection
from kyosai_lists.usecases.act import japanese_moment
from kyosai_lists.usecases.draw import Occasion, bind_for
from kyosai_lists.usecases.exporting.order import Order, asked_for
from kyosai_lists.usecases.keeping.check_folder import folder_manifest
from kyosai_lists.usecases.workspace import Workspace

_Manifest = Mapping[str, Any]
_Lists = Mapping[str, Mapping[str, str | None]]  # the values of each, by list id


def runs_of(
    connection: Connection, workspace: Workspace, campaigns: Mapping[str, Campaign], since: date
) -> list[CameOut]:
    """The runs of these campaigns (by code) for a day from `since`, oldest first: those that brought out a slot, and those that
    a person asked for with everything that the campaign has, for whatever unions.
    """
    rows = runs.of_campaigns(connection, campaigns, since)
    handed = runs.recipients(connection, campaigns, since)
    manifests = {row["run_id"]: manifest for row in rows if (manifest := manifest_of(row["record"])) is not None}
    filled = [
        (row["campaign_code"], _lists_in(manifests[row["run_id"]]))
        for row in rows
        if row["slot_on"] is not None and row["run_id"] in manifests
    ]
    found = []
    for row in rows:
        code, manifest = row["campaign_code"], manifests.get(row["run_id"])
        whole = [lists for filling, lists in filled if filling == code]
        if row["slot_on"] is not None or _is_whole(workspace, campaigns[code], row["as_of"], manifest, whole):
            found.append(_came_out(row, manifest, frozenset(handed.get(row["run_id"], ()))))
    return found


def manifest_of(record: bytes | None) -> _Manifest | None:
    """None where it was purged, or is damaged: `ledger verify` tells of that, and nobody has to wait for it here."""
    try:
        return RunRecord.thaw(record).manifest if record else None
    except Exception:  # damaged bytes fail anywhere in two parsers
        return None


def _is_whole(
    workspace: Workspace, campaign: Campaign, as_of: date, manifest: _Manifest | None, whole: Sequence[_Lists]
) -> bool:
    """Whether it has every list of the campaign, with its own values: as they are set today, or as they came out (`whole`)."""
    if manifest is None:
        return False
    made = _lists_in(manifest)
    today = _lists_today(workspace, campaign, as_of)
    return any(lists.items() <= made.items() for lists in (*whole, *today))


def _lists_in(manifest: _Manifest) -> _Lists:
    return {one["id"]: one["parameters"] for one in manifest["lists"]}


def _lists_today(workspace: Workspace, campaign: Campaign, as_of: date) -> list[_Lists]:
    """None where a list is not there any more, or is wrong: that is asked about by itself."""
    with suppress(KyosaiError):
        people, _ = asked_for(workspace, Order(campaign=campaign.code), campaign)
        bound = [bind_for(workspace, rule, Occasion(as_of, campaign)) for rule in people]
        return [{b.rule.id: {name: None if v is None else str(v) for name, v in b.values.items()} for b in bound}]
    return []


def _came_out(row: runs.Row, manifest: _Manifest | None, handed: frozenset[str]) -> CameOut:
    return CameOut(
        code=row["campaign_code"],
        day=row["as_of"] if row["slot_on"] is None else row["slot_on"],
        run_id=row["run_id"],
        made_on=japanese_moment(row["made_at"]).date(),
        fills=row["slot_on"] is not None,
        handed=handed,
        looked_at=handed if manifest is None else _looked_at(manifest),
    )


def _looked_at(manifest: _Manifest) -> frozenset[str] | None:
    """Its unions, those with nobody on the lists too. Lists of unions alone are the branch's own, and no union lacks anything."""
    return frozenset(str(book["union"]) for book in manifest["workbooks"]) if manifest["lists"] else None


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


def _told_by(folders: Iterable[Path]) -> Iterator[CameOut]:
    for folder in folders:
        manifest = folder_manifest(folder)
        if manifest is not None:
            with suppress(KeyError, TypeError, ValueError):  # it is for no slot, or somebody wrote into it
                yield _told(folder, manifest)


def _told(folder: Path, manifest: _Manifest) -> CameOut:
    return CameOut(
        code=str(manifest["campaign"]),
        day=date.fromisoformat(manifest["slot_on"]),
        run_id=str(manifest["run"]),
        made_on=None,
        fills=True,
        handed=frozenset(str(book["union"]) for book in manifest["workbooks"] if book["path"]),
        looked_at=_looked_at(manifest),
        folder=folder.name,
    )
