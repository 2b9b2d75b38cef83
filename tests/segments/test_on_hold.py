"""When in doubt nobody is approached: rows on 保留, and stops for people who come later."""

from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa

from kyosai_lists.segments.rulebook import MAIN_LISTS

from .asking import answers_of, drawn, workspace_of
from .facts import Contract, Member, OnHold, Stop, World
from .fill import fill
from .worlds import UNIONS

D = date(2026, 11, 1)
CITY = UNIONS[1]
YOUNG = Member("17-001", CITY, date(2000, 1, 1), date(2020, 4, 1), "regular", "active")
NAMESAKE = replace(YOUNG, key="18-001", union=UNIONS[10])
HOUSE = Contract("17-001-0", "17-001", "fire", date(2020, 4, 1))


def suppressed(
    store: sa.Engine, *, members: tuple[Member, ...] = (YOUNG, NAMESAKE), **more: object
) -> dict[str, set[str | None]]:
    """Why each person is kept off the lists they match."""
    world = World(D, UNIONS, list(members), [HOUSE], **more)  # type: ignore[arg-type]  # lists of facts by name
    fill(store, world)
    said: dict[str, set[str | None]] = {}
    for (_, member), verdict in answers_of(drawn(workspace_of(world, store), world, MAIN_LISTS)).items():
        said.setdefault(member, set()).add(verdict.suppressed)
    return said


def test_whose_newest_row_is_on_hold_is_on_no_list_until_it_is_mended(store: sa.Engine) -> None:
    """23a"""
    held, mended = OnHold("members", "17-001"), OnHold("members", "17-001", mended=True)
    assert suppressed(store, on_hold=[held]) == {"17-001": {"名簿の行が保留"}, "18-001": {None}}
    assert suppressed(store, on_hold=[mended]) == {"17-001": {None}, "18-001": {None}}


def test_a_stop_on_hold_stops_everything_for_that_person(store: sa.Engine) -> None:
    """23b"""
    said = suppressed(store, on_hold=[OnHold("suppressions", "17-001")])
    assert said == {"17-001": {"案内停止の行が保留"}, "18-001": {None}}


@pytest.mark.parametrize("layout", ["members", "suppressions"])
def test_a_row_on_hold_of_an_unclear_prefecture_holds_back_everybody_with_the_number(
    store: sa.Engine, layout: str
) -> None:
    said = suppressed(store, on_hold=[OnHold(layout, "??-001")])
    assert {why is None for reasons in said.values() for why in reasons} == {False}
    assert said.keys() == {"17-001", "18-001"}


@pytest.mark.parametrize(
    ("product", "why"),
    [
        ("natural_disaster", {"申込受付の行が保留", None}),  # offered by fire-only, not by young-unenrolled
        ("fire", {"申込受付の行が保留", None}),
        ("my_car", {None}),
        ("", {"申込受付の行が保留"}),
    ],
    ids=["offered by one of the lists", "goes with what one offers", "offered by none", "cannot be read"],
)
def test_who_may_just_have_applied_is_not_approached_for_that(
    store: sa.Engine, product: str, why: set[str | None]
) -> None:
    said = suppressed(store, on_hold=[OnHold("applications", "17-001", product=product)])
    assert said == {"17-001": why, "18-001": {None}}
    mended = OnHold("applications", "17-001", product=product, mended=True)
    assert suppressed(store, on_hold=[mended]) == {"17-001": {None}, "18-001": {None}}


def test_a_contract_on_hold_or_a_row_about_nobody_keeps_nobody_off(store: sa.Engine) -> None:
    rows = [
        OnHold("contracts", "17-001"),
        OnHold("applications", ""),
        OnHold("members", ""),
        OnHold("suppressions", "??-"),
    ]
    assert suppressed(store, on_hold=rows) == {"17-001": {None}, "18-001": {None}}


def test_a_stop_for_somebody_who_is_not_here_yet_is_obeyed_once_they_come(store: sa.Engine) -> None:
    """23c"""
    stop = Stop("17-001", "")
    assert suppressed(store, members=(NAMESAKE,), stops=[stop]) == {"18-001": {None}}
    assert suppressed(store, stops=[stop]) == {"17-001": {"案内停止"}, "18-001": {None}}
