"""From a 募集コード to what an export is for: its D, its lists, its unions."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from kyosai_lists.campaigns.campaign import Campaign
from kyosai_lists.errors import UsageError
from kyosai_lists.store import read
from kyosai_lists.store.engine import Connection
from kyosai_lists.store.runs import Row
from kyosai_lists.text import code_key

_NOTHING = "ファイルは作っていません。"


def find_campaign(connection: Connection, code: str) -> Campaign:
    """
    Raises:
        UsageError: there is no such 募集.
    """
    row = read.campaign(connection, code_key(code))
    if row is None:
        raise UsageError(
            f"募集コード「{code}」は登録されていません。",
            "募集計画のファイルを取り込むか、コードを確かめてください。",
            _NOTHING,
        )
    return campaign_of(row)


def campaign_of(row: Row | Mapping[str, Any]) -> Campaign:
    """From a stored row of 募集."""
    return Campaign(
        code=row["code"],
        name=row["name"],
        kind=row["kind"],
        pref=row["pref"] or "",
        union_codes=_codes(row["union_codes"]),
        starts_on=row["starts_on"],
        ends_on=row["ends_on"],
        days_ahead=row["days_ahead"],
        list_ids=_codes(row["list_ids"]),
    )


def _codes(text: str | None) -> tuple[str, ...]:
    return tuple(part for part in (text or "").split(";") if part)


def start_of(connection: Connection, campaign: Campaign, union_codes: tuple[str, ...]) -> date:
    """The campaign's D: its 開始日, else the 継続募集開始日 that the unions asked for have in common.

    Raises:
        UsageError: they have none, or not the same.
    """
    if campaign.starts_on is not None:
        return campaign.starts_on
    unions = read.unions(connection)
    wanted = union_codes or campaign.union_codes
    chosen = unions.filter(pl.col("union_code").is_in(wanted)) if wanted else unions
    starts = chosen["renewal_campaign_on"].unique().to_list()
    if len(starts) != 1 or starts[0] is None:
        raise UsageError(
            f"募集「{campaign.name}」には開始日がなく、単組の継続募集開始日が空か、そろっていません。",
            "--union で開始日の同じ単組を選ぶか、--as-of で基準日を指定してください。",
            _NOTHING,
        )
    start: date = starts[0]
    return start
