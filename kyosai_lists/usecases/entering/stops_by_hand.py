"""案内停止 by telephone or on paper: entered, ended, listed."""

from dataclasses import dataclass
from datetime import date, timedelta

from kyosai_lists.errors import UsageError
from kyosai_lists.intake.layouts import SUPPRESSIONS
from kyosai_lists.products import BY_ID as PRODUCTS
from kyosai_lists.store import entries
from kyosai_lists.store.engine import Connection, reading, writing
from kyosai_lists.store.entries import HeldStop, StoredStop
from kyosai_lists.store.imports import TYPED
from kyosai_lists.usecases.entering.enter_by_hand import Whom, read_typed, remarks_of, take_typed, whom
from kyosai_lists.usecases.entering.stop_words import EVERYTHING, in_force, nothing_to_lift, refuse_less
from kyosai_lists.usecases.workspace import Workspace

# What is handed on to those who print.
Stop = StoredStop
Held = HeldStop


@dataclass(frozen=True)
class EnteredStops:
    """`number`: the import's. `stops`: as they are now. `fates`: product → "new", "changed" or "unchanged". `mended`: rows taken off 保留."""

    number: int
    whom: Whom
    stops: tuple[StoredStop, ...]
    fates: dict[str, str]
    on_hold: tuple[HeldStop, ...]
    remarks: tuple[str, ...]

    @property
    def needs_a_person(self) -> bool:
        return not self.whom.registered or bool(self.on_hold)


@dataclass(frozen=True)
class LiftedStops:
    """`lifted`: as they are now. `not_begun`: products whose stop was not in force before today.

    `from_files`: the files that brought them; imported again as they are, they stop again.
    What keeps the person off all the same: `still`, the other stops, and `on_hold`.
    """

    number: int
    whom: Whom
    lifted: tuple[StoredStop, ...]
    not_begun: frozenset[str]
    from_files: tuple[str, ...]
    still: tuple[StoredStop, ...]
    on_hold: tuple[HeldStop, ...]

    @property
    def needs_a_person(self) -> bool:
        return bool(self.on_hold)


@dataclass(frozen=True)
class StopList:
    """`stops`: those asked for; `others`: how many more there are, over or still to begin. `whom`: None when everybody was asked for."""

    as_of: date
    whom: Whom | None
    stops: tuple[StoredStop, ...]
    others: int
    on_hold: tuple[HeldStop, ...]


def add_stops(
    workspace: Workspace,
    member_no: str,
    *,
    today: date,
    products: tuple[str, ...] = (),
    starts: str = "",
    ends: str = "",
    reason: str | None = None,
    pref: str | None = None,
) -> EnteredStops:
    """Stops the named products, or everything, as one import. Dates and products are as typed.

    `starts` "" is "from always", the default on purpose: a stop told today also holds for a list with an earlier D that is
    drawn tomorrow. Without `reason` a stored one stays. Nothing comes off 保留 by this: the row there may stop for longer.

    Raises:
        UsageError: something cannot be read, the stop would be over already, or fewer days would be stopped than are now.
    """
    with writing(workspace.engine) as connection:
        person = whom(connection, workspace, member_no, pref)
        before = _by_product(connection, person)
        rows = [
            _cells(person, before, product) | {"開始日": starts, "終了日": ends} for product in _named(products)
        ]  # fmt: skip
        if reason is not None:
            rows = [row | {"理由": reason} for row in rows]
        typed = read_typed(SUPPRESSIONS, rows, today)
        refuse_less(typed, before, today)
        taken = take_typed(connection, workspace, typed, today)
        entries.put_back_on_hold(connection, taken.import_id)
        after = _by_product(connection, person)
        told = list(dict.fromkeys(typed.rows["product"]))
        return EnteredStops(
            number=taken.import_id,
            whom=person,
            stops=tuple(after[product] for product in told),
            fates={product: _fate(before.get(product), after[product], taken.import_id) for product in told},
            on_hold=tuple(entries.stops_on_hold(connection, person.key)),
            remarks=remarks_of(typed),
        )


def lift_stops(
    workspace: Workspace, member_no: str, *, today: date, products: tuple[str, ...] = (), pref: str | None = None
) -> LiftedStops:
    """Ends the stops of the named products, or the one of everything: their 終了日 becomes the day before today.

    They stay in history, and lists of earlier days still obey them. A stop that only begins today or later ends before it
    begins, which no row may say: its 開始日 moves to the day before today too. So from today on it counts for nothing,
    not even in a campaign in whose days it would have begun; a campaign that is under way keeps the person off to its end,
    as it did before and as any stop does that ends while it runs. A slip is better taken back by `imports undo`.
    Nothing comes off 保留 by this: a stop there holds until it is mended itself.

    Raises:
        UsageError: a stop that is asked for is not there; none is lifted then. What is in force is said.
    """
    with writing(workspace.engine) as connection:
        person = whom(connection, workspace, member_no, pref)
        stored = _by_product(connection, person)
        live = {product: stop for product, stop in stored.items() if stop.ends_on is None or stop.ends_on >= today}
        asked = [_cells(person, stored, product) for product in _named(products)]
        told = list(dict.fromkeys(read_typed(SUPPRESSIONS, asked, today).rows["product"]))
        held = tuple(entries.stops_on_hold(connection, person.key))
        if absent := [product for product in told if product not in live]:
            raise nothing_to_lift(member_no, absent, live, held)
        last_day = today - timedelta(days=1)
        not_begun = frozenset(p for p in told if (begins := live[p].starts_on) and begins > last_day)
        rows = [
            _cells(person, stored, _typed_product(product))
            | {"開始日": _first_day(live[product], last_day), "終了日": last_day.isoformat()}
            for product in told
        ]
        taken = take_typed(connection, workspace, read_typed(SUPPRESSIONS, rows, today), today)
        entries.put_back_on_hold(connection, taken.import_id)
        after = _by_product(connection, person)
        files = {name: None for product in told for name in live[product].source.files if name != TYPED}
        return LiftedStops(
            number=taken.import_id,
            whom=person,
            lifted=tuple(after[product] for product in told),
            not_begun=not_begun,
            from_files=tuple(files),
            still=tuple(stop for product, stop in live.items() if product not in told),
            on_hold=held,
        )


def list_stops(
    workspace: Workspace,
    *,
    as_of: date,
    member_no: str | None = None,
    pref: str | None = None,
    everything: bool = False,
) -> StopList:
    """The stops in force at D, of one person or of all; with `everything` also those that are over or still to begin."""
    with reading(workspace.engine) as connection:
        person = whom(connection, workspace, member_no, pref) if member_no is not None else None
        key = person.key if person else None
        found = entries.stops(connection, key)
        chosen = tuple(stop for stop in found if everything or in_force(stop, as_of))
        return StopList(
            as_of, person, chosen, len(found) - len(chosen), tuple(entries.stops_on_hold(connection, key))
        )  # fmt: skip


def _named(products: tuple[str, ...]) -> tuple[str, ...]:
    if any(not product.strip() for product in products):
        raise UsageError(
            "--product に、何も書いてありません。",
            "共済種類を書くか、すべてなら --product を付けずに、もう一度入れてください。",
        )
    return products or (EVERYTHING,)


def _cells(person: Whom, stored: dict[str, StoredStop], product: str) -> dict[str, str]:
    """The number as it is stored already, so that a row does not change for being written otherwise."""
    member_no = next((stop.member_no for stop in stored.values()), person.member_no)
    return {"県コード": person.pref, "組合員番号": member_no, "共済種類": product}


def _typed_product(product: str) -> str:
    return PRODUCTS[product].name if product else EVERYTHING


def _by_product(connection: Connection, person: Whom) -> dict[str, StoredStop]:
    return {stop.product: stop for stop in entries.stops(connection, person.key)}


def _fate(before: StoredStop | None, after: StoredStop, number: int) -> str:
    if before is None:
        return "new"
    return "changed" if after.source.number == number else "unchanged"


def _first_day(stop: StoredStop, last_day: date) -> str:
    return min(stop.starts_on, last_day).isoformat() if stop.starts_on else ""
