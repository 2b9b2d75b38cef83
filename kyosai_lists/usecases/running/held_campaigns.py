"""Rows of 募集 on 保留: the newest that was said of a campaign, and could not be taken in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kyosai_lists.campaigns.campaign import Campaign
from kyosai_lists.campaigns.questions import Question
from kyosai_lists.intake.layouts import CAMPAIGNS
from kyosai_lists.prefectures import NAMES
from kyosai_lists.store import quarantine
from kyosai_lists.store.engine import Connection
from kyosai_lists.usecases.on_hold import OnHold, on_hold_of
from kyosai_lists.usecases.running.plan import Asked

_HOW = "保留のブックで直して取り込むか、要らない行なら「取りやめ」にしてください(ブックは kyosai-lists held --write で作り直せます)"


@dataclass(frozen=True)
class HeldCampaigns:
    """`of_current`: what is asked of campaigns that are not over, by code; they wait. `others`: of those that the store does not
    have, or that are over: what was said last may be next year's.
    """

    of_current: Mapping[str, tuple[Question, ...]]
    others: tuple[Asked, ...]


def held_campaigns(connection: Connection, campaigns: Iterable[Campaign], today: date) -> HeldCampaigns:
    """A later row with the same 募集コード takes one off 保留: whatever is on it is newer than what is stored."""
    stored = {one.code: one for one in campaigns}
    of_current: dict[str, tuple[Question, ...]] = {}
    others = []
    for row in quarantine.open_rows(connection, CAMPAIGNS.id).iter_rows(named=True):
        code, held = row["record_key"], on_hold_of(row)
        campaign = stored.get(code)
        if campaign is not None and campaign.ends_on >= today:
            of_current[code] = (*of_current.get(code, ()), _newest(held))
        elif campaign is not None or not _is_of_another_branch(held):
            others.append(Asked(campaign or _unknown(code), (_alone(held),)))
    return HeldCampaigns(of_current, tuple(others))


def _is_of_another_branch(held: OnHold) -> bool:
    """Its own branch takes it in; a plan of the whole nation has many."""
    return any(one["column"] == "県コード" and one["value"] in NAMES for one in held.problems)


def _unknown(code: str) -> Campaign:
    name = "まだ入っていない募集" if code else "募集コードのない募集"
    return Campaign(code, name, "", "", (), None, date.max, None, ())


def _newest(held: OnHold) -> Question:
    return Question(
        f"この募集の新しい行が保留になっています({_where(held)})。前の行のままでよいか分からないので、名簿を出さずに待っています。{_HOW}",
        blocks=True,
    )


def _alone(held: OnHold) -> Question:
    return Question(f"この募集の行が保留になっているので、名簿は出ません({_where(held)})。{_HOW}", blocks=True)


def _where(held: OnHold) -> str:
    """`保留番号 12-3fa9c1、募集計画.csv 3行目、開始日: 日付として読めません`"""
    place = " ".join(filter(None, (held.file, held.sheet, f"{held.row}行目")))
    reasons = dict.fromkeys(f"{one['column']}: {one['reason']}" for one in held.problems)
    return "、".join((f"保留番号 {held.number}", place, *reasons))
