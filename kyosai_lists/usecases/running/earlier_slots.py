"""What came out for a 開始日 that no campaign and no union names any more, as the 台帳 has it."""

from kyosai_lists.campaigns.campaign import Campaign
from kyosai_lists.campaigns.due import Standing
from kyosai_lists.campaigns.issue_day import IssueDay
from kyosai_lists.campaigns.slots import Slot
from kyosai_lists.store import runs, slots
from kyosai_lists.store.engine import Connection
from kyosai_lists.store.runs import Row
from kyosai_lists.usecases.act import japanese_moment
from kyosai_lists.usecases.running.past_runs import manifest_of
from kyosai_lists.usecases.running.plan import Plan, SlotLine


def earlier_slots(connection: Connection, plan: Plan) -> list[SlotLine]:
    """By their runs, oldest first; what the campaign is called and lists today does not count."""
    there = {line.slot.key for line in plan.lines}
    kinds = {campaign.code: campaign.kind for campaign in plan.campaigns}
    return [
        _line(connection, row, kinds.get(row["campaign_code"], ""))
        for row in runs.filling(connection)
        if (row["campaign_code"], row["slot_on"]) not in there
    ]


def _line(connection: Connection, row: Row, kind: str) -> SlotLine:
    stored = slots.one(connection, row["campaign_code"], row["slot_on"])
    issued_on = stored.claim.issue_on if stored else japanese_moment(row["made_at"]).date()
    handed = runs.handed_to(connection, row["run_id"])
    campaign = Campaign(
        code=row["campaign_code"],
        name=row["title"],
        kind=kind,
        pref="",
        union_codes=(),
        starts_on=row["slot_on"],
        ends_on=max((book["return_by"] for book in handed), default=row["slot_on"]),
        days_ahead=None,
        list_ids=_list_ids(connection, row["run_id"]),
    )
    slot = Slot(campaign, row["slot_on"], IssueDay(issued_on, issued_on), tuple(book["union_code"] for book in handed))
    return SlotLine(slot, Standing.ISSUED, row["late"], stored, row["run_id"])


def _list_ids(connection: Connection, run_id: str) -> tuple[str, ...]:
    """None where what the run was made from was purged."""
    run = runs.one(connection, run_id)
    manifest = manifest_of(run["record"]) if run else None
    if manifest is None:
        return ()
    return tuple(one["id"] for one in (*manifest["lists"], *manifest.get("union_lists", ())))
