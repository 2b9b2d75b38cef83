"""What a run is made of, asked of the store in one reading: whom and which unions its lists name, its number, its title."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from kyosai_lists.dates import japanese_day
from kyosai_lists.store import ledger
from kyosai_lists.store.engine import reading
from kyosai_lists.usecases.draw import Occasion, gather, gather_nothing, max_offers
from kyosai_lists.usecases.draw_unions import DrawnUnionList, draw_unions
from kyosai_lists.usecases.exporting.choose_campaign import find_campaign
from kyosai_lists.usecases.exporting.compose_books import list_sheets
from kyosai_lists.usecases.exporting.order import Order, as_of_for, asked_for, run_id_for, scope_of
from kyosai_lists.usecases.gathered import Gathered, in_parts
from kyosai_lists.usecases.workspace import Workspace
from kyosai_lists.workbook.model import ListSheet, RunHeader


@dataclass(frozen=True)
class GatheredRun:
    """`campaign`: its 募集コード. `gathered`: the lists of people, without anybody; `parts`: everybody, by whole unions, some at a time.

    `unions`: the lists of unions.
    """

    header: RunHeader
    campaign: str | None
    gathered: Gathered
    parts: list[Gathered]
    unions: Sequence[DrawnUnionList]

    @cached_property
    def lists(self) -> tuple[ListSheet, ...]:
        """The lists of people, as their sheets are headed."""
        return list_sheets(self.gathered.bound)

    def with_people(self) -> list[str]:
        """The unions with somebody who may be approached, while all `parts` are there."""
        people = (part.people.join(part.drawn().passed, on="member_key", how="semi") for part in self.parts)
        return [code for found in people for code in found["union_code"].unique().sort()]


def gather_run(workspace: Workspace, order: Order) -> GatheredRun:
    """
    Raises:
        UsageError: the order names something that is not there.
        StoreError: the 台帳 was cut: it is asked before all the work that could not be entered.
    """
    with reading(workspace.engine) as connection:
        ledger.refuse_if_cut(connection)
        campaign = find_campaign(connection, order.campaign) if order.campaign else None
        as_of = as_of_for(connection, campaign, order)
        people, unions = asked_for(workspace, order, campaign)
        occasion, scope = Occasion(as_of, campaign, order.values), scope_of(order, campaign)
        gathered, parts = (
            in_parts(lambda: gather(connection, workspace, people, occasion, scope, homes=True))
            if people
            else (gather_nothing(connection, occasion, scope), [])
        )
        drawn_unions = draw_unions(connection, workspace, unions, occasion, scope)
        run_id = run_id_for(connection, order, as_of)
    code = campaign.code if campaign else None
    return GatheredRun(_header(workspace, run_id, occasion), code, gathered, parts, drawn_unions)


def _header(workspace: Workspace, run_id: str, occasion: Occasion) -> RunHeader:
    settings, as_of, campaign = workspace.settings, occasion.as_of, occasion.campaign
    contact = "\n".join(part for part in (settings.branch.name or "県支部", settings.branch.contact) if part)
    return RunHeader(
        run_id=run_id,
        as_of=as_of,
        title=campaign.name if campaign else f"{japanese_day(as_of)}現在",
        file_title=campaign.name if campaign else as_of.isoformat(),
        return_by=campaign.ends_on if campaign else as_of + timedelta(days=settings.export.return_days),
        return_to=contact,
        purpose=settings.export.purpose,
        max_offers=max_offers(workspace, occasion),
    )
