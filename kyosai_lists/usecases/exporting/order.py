"""What was asked of an export, and what it comes to: lists, unions, D, and the run's number."""

import secrets
from dataclasses import dataclass, field
from datetime import date

from kyosai_lists.campaigns.campaign import Campaign
from kyosai_lists.errors import UsageError
from kyosai_lists.segments.rule import EVERY, Rule, Value
from kyosai_lists.segments.rulebook import MAIN_LISTS, choose
from kyosai_lists.store import runs
from kyosai_lists.store.engine import Connection, reading
from kyosai_lists.usecases.draw import Scope
from kyosai_lists.usecases.exporting.choose_campaign import find_campaign, start_of
from kyosai_lists.usecases.workspace import Workspace

# Without the letters and digits that are taken for one another on paper.
_RUN_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


@dataclass(frozen=True)
class Order:
    """What was asked for. `as_of` None: the campaign's own D. `run_id` None: a new one."""

    list_ids: tuple[str, ...] = ()
    campaign: str | None = None
    union_codes: tuple[str, ...] = ()
    prefectures: tuple[str, ...] = ()
    as_of: date | None = None
    values: dict[str, Value] = field(default_factory=dict)
    run_id: str | None = None


def names_people(workspace: Workspace, order: Order) -> bool:
    """Whether anybody's name would be handed out, so that it must be said how it is sealed; lists of unions hold none.

    Raises:
        UsageError: the order names something that is not there.
    """
    with reading(workspace.engine) as connection:
        campaign = find_campaign(connection, order.campaign) if order.campaign else None
    return bool(asked_for(workspace, order, campaign)[0])


def asked_for(workspace: Workspace, order: Order, campaign: Campaign | None) -> tuple[list[Rule], list[Rule]]:
    """The lists of people and those of unions, most important first."""
    rules = choose(workspace.all_rules, _list_ids(workspace, order, campaign))
    return [r for r in rules if r.kind == "people"], [r for r in rules if r.kind == "unions"]


def _list_ids(workspace: Workspace, order: Order, campaign: Campaign | None) -> tuple[str, ...]:
    """The lists that the order names, else those of the campaign, else the main ones; EVERY means every list of people."""
    ids = order.list_ids or (campaign.list_ids if campaign else MAIN_LISTS)
    others = tuple(list_id for list_id in ids if list_id != EVERY)
    every = workspace.rules  # one whose file is wrong is refused, not left out
    return ids if others == ids else (*every, *every.wrong, *others)


def run_id_for(connection: Connection, order: Order, as_of: date) -> str:
    """The number that was asked for, else a new one.

    Raises:
        UsageError: another run has the number.
    """
    run_id = order.run_id or new_run_id(as_of)
    while runs.is_known(connection, run_id):
        if order.run_id:
            raise UsageError(
                f"名簿番号 {run_id} の名簿は、もう出してあります。",
                "もう一度要るときは kyosai-lists ledger reprint で出してください。",
                "ファイルは作っていません。",
            )
        run_id = new_run_id(as_of)
    return run_id


def new_run_id(as_of: date) -> str:
    return f"{as_of:%y%m%d}-{''.join(secrets.choice(_RUN_ALPHABET) for _ in range(5))}"


def as_of_for(connection: Connection, campaign: Campaign | None, order: Order) -> date:
    """The day that was asked for, else the campaign's.

    Raises:
        UsageError: the campaign has none.
    """
    if order.as_of is not None:
        return order.as_of
    if campaign is None:
        raise ValueError("an order has a date or a campaign")
    return start_of(connection, campaign, order.union_codes)


def scope_of(order: Order, campaign: Campaign | None) -> Scope:
    """The unions and prefectures that the order names, else those of the campaign."""
    unions, prefectures = order.union_codes, order.prefectures
    if campaign is not None:
        unions = unions or campaign.union_codes
        prefectures = prefectures or ((campaign.pref,) if campaign.pref else ())
    return Scope(unions, prefectures)
