"""Whoever may not be approached is on no list, whatever a rule says, and is counted under the first reason that holds."""

from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyosai_lists.lists import suppress as room
from kyosai_lists.lists.suppress import REASONS, Stops, suppress

FIRST, LAST = date(2026, 10, 20), date(2026, 11, 30)
FAMILIES = {"group": ("group_life", "retiree_group_life"), "fire": ("fire", "natural_disaster"), "car": ("my_car",)}
ORDER = ("死亡", "脱退", "在籍状態が読めない", "案内停止", "名簿の行が保留", "案内停止の行が保留", "申込受付の行が保留")
OFFERS = {"group": "group_life", "fire": "fire", "car": "my_car"}
EDGES = (None, *(day + timedelta(n) for day in (FIRST, LAST) for n in (-1, 0, 1)), date(2020, 1, 1))
PEOPLE = tuple(f"{pref}-{number}" for pref in ("17", "18") for number in ("1", "2-7", "003"))

Stop = tuple[str, str, date | None, date | None]
statuses = st.dictionaries(
    st.sampled_from(PEOPLE), st.sampled_from(["active", "leave", "retired", "left", "dead", "死亡？", "", None])
)
asked = st.lists(
    st.tuples(
        st.sampled_from(PEOPLE),
        st.sampled_from(["", "group_life", "retiree_group_life", "fire", "my_car", "care"]),
        st.sampled_from(EDGES),
        st.sampled_from(EDGES),
    ).filter(lambda stop: not (stop[2] and stop[3] and stop[3] < stop[2])),  # intake holds such a row back
    max_size=6,
)
held_back = st.lists(
    st.tuples(
        st.sampled_from(["members", "suppressions", "contracts", "applications"]),
        st.sampled_from([*PEOPLE, "??-1", "??-2-7", "??-7", "??-", "", "1"]),
        st.sampled_from(["", "fire", "natural_disaster", "group_life"]),
    ),
    max_size=4,
)
listed = st.lists(st.tuples(st.sampled_from([*FAMILIES]), st.sampled_from(PEOPLE)), unique=True)


def split(
    rows: list[tuple[str, str]],
    statuses: dict[str, str | None],
    asked: list[Stop],
    held_back: list[tuple[str, str, str]],
) -> tuple[list[tuple[str, str, str]], list[tuple[str, str, str, str]]]:
    """The rows that pass and those that do not, each with a mark that has to come back unchanged."""
    marked = [(*row, f"#{n}") for n, row in enumerate(rows)]
    text, day = pl.String(), pl.Date()
    passed, kept_off = suppress(
        pl.DataFrame(marked, schema={"list_id": text, "member_key": text, "mark": text}, orient="row"),
        pl.DataFrame(list(statuses.items()), schema={"member_key": text, "status": text}, orient="row"),
        Stops(
            pl.DataFrame(
                asked, schema={"member_key": text, "product": text, "starts_on": day, "ends_on": day}, orient="row"
            ),
            pl.DataFrame(held_back, schema={"layout": text, "member_key": text, "product": text}, orient="row"),
            FIRST,
            LAST,
        ),
        OFFERS,
    )
    return passed.rows(), kept_off.rows()


def reason_for(
    row: tuple[str, str], statuses: dict[str, str | None], asked: list[Stop], held_back: list[tuple[str, str, str]]
) -> str | None:
    list_id, member = row
    status = statuses.get(member)
    names = (member, f"??-{member.split('-', 1)[1]}")
    window = [FIRST + timedelta(n) for n in range((LAST - FIRST).days + 1)]
    holds = {
        "死亡": status == "dead",
        "脱退": status == "left",
        "在籍状態が読めない": status not in ("active", "leave", "retired"),
        "案内停止": any(
            who == member
            and product in ("", *FAMILIES[list_id])
            and any((starts or day) <= day <= (ends or day) for day in window)
            for who, product, starts, ends in asked
        ),
        "名簿の行が保留": any(layout == "members" and who in names for layout, who, _ in held_back),
        "案内停止の行が保留": any(layout == "suppressions" and who in names for layout, who, _ in held_back),
        "申込受付の行が保留": any(
            layout == "applications" and who in names and product in ("", *FAMILIES[list_id])
            for layout, who, product in held_back
        ),
    }
    return next((reason for reason in ORDER if holds[reason]), None)


@given(listed, statuses, asked, held_back)
def test_every_row_passes_or_is_kept_off_for_the_first_reason_that_holds(
    rows: list[tuple[str, str]],
    statuses: dict[str, str | None],
    asked: list[Stop],
    held_back: list[tuple[str, str, str]],
) -> None:
    passed, kept_off = split(rows, statuses, asked, held_back)
    why = [reason_for(row, statuses, asked, held_back) for row in rows]
    marked = [(*row, f"#{n}") for n, row in enumerate(rows)]
    assert passed == [row for row, reason in zip(marked, why, strict=True) if reason is None]
    assert kept_off == [(*row, reason) for row, reason in zip(marked, why, strict=True) if reason]


ONE = "17-1"
CASES = {
    "死亡": ({ONE: "dead"}, [], []),
    "脱退": ({ONE: "left"}, [], []),
    "在籍状態が読めない": ({ONE: "死亡？"}, [], []),
    "案内停止": ({ONE: "active"}, [(ONE, "", None, None)], []),
    "名簿の行が保留": ({ONE: "active"}, [], [("members", ONE, "")]),
    "案内停止の行が保留": ({ONE: "active"}, [], [("suppressions", ONE, "")]),
    "申込受付の行が保留": ({ONE: "active"}, [], [("applications", ONE, "group_life")]),
}


def test_the_cases_are_all_the_reasons_there_are_in_their_order() -> None:
    assert tuple(CASES) == tuple(REASONS) == ORDER


def take_out(reason: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another dictionary, since an entry that is put back stands last and the order counts."""
    monkeypatch.setattr(room, "REASONS", {text: rule for text, rule in REASONS.items() if text != reason})


@pytest.mark.parametrize("reason", ORDER)
def test_each_reason_keeps_a_person_off(reason: str) -> None:
    assert split([("group", ONE)], *CASES[reason]) == ([], [("group", ONE, "#0", reason)])


@pytest.mark.parametrize("reason", ORDER[2:])
def test_nothing_else_would_have_kept_the_person_off(reason: str, monkeypatch: pytest.MonkeyPatch) -> None:
    take_out(reason, monkeypatch)
    assert split([("group", ONE)], *CASES[reason]) == ([("group", ONE, "#0")], [])


@pytest.mark.parametrize("reason", ["死亡", "脱退"])
def test_the_dead_and_those_who_left_stay_off_even_without_their_own_reason(
    reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_out(reason, monkeypatch)
    assert split([("group", ONE)], *CASES[reason]) == ([], [("group", ONE, "#0", "在籍状態が読めない")])


@pytest.mark.parametrize("statuses", [{}, {ONE: None}, {ONE: ""}], ids=["not in the roster", "null", "empty"])
def test_whoever_has_no_state_is_left_out(statuses: dict[str, str | None]) -> None:
    assert split([("group", ONE)], statuses, [], [])[0] == []


def test_a_reason_that_cannot_tell_keeps_a_person_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """null means "do not call"."""
    monkeypatch.setitem(room.REASONS, "分からない", lambda: pl.lit(None, pl.Boolean))
    assert split([("group", ONE)], {ONE: "active"}, [], [])[1] == [("group", ONE, "#0", "分からない")]


@pytest.mark.parametrize(
    ("starts", "ends", "off"),
    [
        (None, None, True),
        (LAST, None, True),
        (LAST + timedelta(1), None, False),
        (None, FIRST, True),
        (None, FIRST - timedelta(1), False),
        (FIRST + timedelta(3), FIRST + timedelta(3), True),
    ],
)
def test_a_stop_counts_if_it_is_in_force_on_any_day_from_issue_to_the_end(
    starts: date | None, ends: date | None, off: bool
) -> None:
    assert bool(split([("group", ONE)], {ONE: "active"}, [(ONE, "", starts, ends)], [])[1]) == off


@pytest.mark.parametrize(
    ("layout", "reason"),
    [
        ("members", "名簿の行が保留"),
        ("suppressions", "案内停止の行が保留"),
        ("applications", "申込受付の行が保留"),
    ],
)
def test_a_row_on_hold_of_an_unclear_prefecture_holds_back_everybody_with_the_number(layout: str, reason: str) -> None:
    rows = [("group", member) for member in PEOPLE]
    passed, kept_off = split(rows, dict.fromkeys(PEOPLE, "active"), [], [(layout, "??-2-7", "")])
    assert [(row[1], row[3]) for row in kept_off] == [("17-2-7", reason), ("18-2-7", reason)]
    assert len(passed) == len(PEOPLE) - 2


@pytest.mark.parametrize("product", ["fire", "natural_disaster"])
def test_an_application_on_hold_keeps_a_person_off_the_lists_of_its_family_alone(product: str) -> None:
    """Who may just have applied for 自然災害 is on no list of those without 住まいる共済, which offers 火災."""
    rows = [(list_id, ONE) for list_id in OFFERS]
    kept_off = split(rows, {ONE: "active"}, [], [("applications", ONE, product)])[1]
    assert kept_off == [("fire", ONE, "#1", "申込受付の行が保留")]
