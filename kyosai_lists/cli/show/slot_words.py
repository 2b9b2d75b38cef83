"""How a campaign's slot is written on the terminal and in JSON, wherever one is told of."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from rich.markup import escape

from kyosai_lists.cli.terminal import clean
from kyosai_lists.dates import japanese_day

if TYPE_CHECKING:
    from kyosai_lists.usecases.running.plan import Asked, SlotLine

STANDINGS = {"planned": "これから", "due": "出す日", "issued": "出した", "missed": "出なかった", "closed": "出さない"}
_WEEKDAYS = "月火水木金土日"


def day(value: date) -> str:
    """`2026-11-02(月)`"""
    return f"{value}({_WEEKDAYS[value.weekday()]})"


def named(line: "SlotLine") -> str:
    """`2026-SP2 2026年度 第2回スポット募集(開始日 2026年11月16日)`"""
    campaign = line.slot.campaign
    return f"{plain(campaign.code)} {plain(campaign.name)}(開始日 {japanese_day(line.slot.starts_on)})"


def plain(text: str) -> str:
    return escape(clean(text))


def moved(line: "SlotLine") -> str:
    """Why the day of issue is not the one that was planned, "" when it is."""
    issue = line.slot.issue
    return f"{day(issue.planned)}は{issue.why}なので、前へ" if issue.why else ""


def slot_document(line: "SlotLine") -> dict[str, object]:
    slot, issue = line.slot, line.slot.issue
    return {
        "campaign": slot.campaign.code, "name": slot.campaign.name, "kind": slot.campaign.kind,
        "starts_on": slot.starts_on.isoformat(), "ends_on": slot.campaign.ends_on.isoformat(),
        "issue_on": issue.on.isoformat(), "planned_on": issue.planned.isoformat(), "moved_because": issue.why or None,
        "lists": list(slot.campaign.list_ids), "pref": slot.campaign.pref or None,
        "unions": list(slot.union_codes or slot.campaign.union_codes),
        "state": line.standing.value, "waits": line.waits, "late": line.late, "run": line.run_id,
        "served_already": list(line.served.by) if line.served else [],
        "left_out": list(line.left_out), "declined": list(line.declined),
    }  # fmt: skip


def asked_document(asked: "Asked") -> dict[str, object]:
    return {
        "campaign": asked.campaign.code,
        "name": asked.campaign.name,
        "questions": [{"text": one.text, "blocks": one.blocks} for one in asked.questions],
    }


def joined_later_documents(lines: Iterable["SlotLine"]) -> dict[str, object]:
    """Of campaigns that came out: which of them some union has no lists of, and which one was said to need none of."""
    there = [(line, slot_document(line)) for line in lines]
    return {
        "left_out": [document for line, document in there if line.left_out],
        "declined": [document for line, document in there if line.declined],
    }
