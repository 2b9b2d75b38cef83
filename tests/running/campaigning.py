"""A branch's campaigns in a test: entered as a clerk types them, run on days of one's choosing."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import sqlalchemy as sa

from kyosai_lists.store import runs
from kyosai_lists.store.engine import reading, writing
from kyosai_lists.store.tables import campaigns
from kyosai_lists.usecases.act import Act
from kyosai_lists.usecases.entering.campaigns_by_hand import EnteredCampaign, add_campaign
from kyosai_lists.usecases.running.run_due import DueResult, run_due
from kyosai_lists.usecases.workspace import Workspace
from tests.conftest import ACT

MONDAY = date(2026, 11, 2)  # the day of issue of what `enter` enters
TYPED: dict[str, Any] = {
    "name": "秋のスポット", "kind": "スポット", "starts": "2026-11-16", "ends": "2026-12-18", "days_ahead": "14",
    "list_ids": ["fire-only"], "union_codes": ["17003"],
}  # fmt: skip


def no_plan(branch: Workspace) -> None:
    """Without the campaigns of the samples."""
    with writing(branch.engine) as connection:
        connection.execute(sa.delete(campaigns))


def enter(branch: Workspace, code: str = "S1", **typed: Any) -> EnteredCampaign:
    return add_campaign(branch, code, today=date(2026, 10, 1), **(TYPED | typed))


def with_late_unions(branch: Workspace, union_codes: Sequence[str]) -> Workspace:
    """S1 came out for 17003; then it became a campaign of all of these."""
    no_plan(branch)
    enter(branch)
    run_on(branch, MONDAY)
    enter(branch, union_codes=union_codes)
    return branch


def at(day: date, hour: int = 9) -> Callable[[], Act]:
    """Somebody who acts at that hour of the day in Japan."""
    moment = datetime.combine(day, time(hour), UTC).timestamp() - 9 * 3600
    act = replace(ACT, at=datetime.fromtimestamp(moment, UTC))
    return lambda: act


def run_on(branch: Workspace, day: date) -> DueResult:
    return run_due(branch, day, acting=at(day), passwords=None)


def happened(result: DueResult) -> dict[str, str]:
    return {one.line.slot.campaign.code: one.happened for one in result.outcomes}


def issued(branch: Workspace) -> list[tuple[str, date, bool]]:
    """Every run for a slot: 募集コード, 開始日, whether late; by them."""
    with reading(branch.engine) as connection:
        return sorted((row["campaign_code"], row["slot_on"], row["late"]) for row in runs.overview(connection))
