"""However the days of a campaign and of its unions are changed, no union gets the same lists twice by itself, and none is lost."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyosai_lists.campaigns.came_out import NEAR, CameOut, share_of
from kyosai_lists.campaigns.issue_day import issue_day
from kyosai_lists.campaigns.slots import Slot, UnionDay, slots_of
from tests.campaigns.plans import BY_UNION, SPOT

DAY = date(2026, 11, 16)
CODES = ("17001", "17002", "17003")


def one_day(day: date) -> Slot:
    return Slot(SPOT, day, issue_day(day, 14))


def by_union(day: date, *codes: str) -> Slot:
    return Slot(BY_UNION, day, issue_day(day, 14), codes)


def out(slot: Slot, *handed: str, folder: str = "", fills: bool = True) -> CameOut:
    made_on = None if folder else date(2026, 11, 2)
    return CameOut(
        slot.campaign.code, slot.starts_on, "261116-AAAAA", made_on, fills, frozenset(handed), frozenset(handed), folder
    )


@pytest.mark.parametrize("moved", [1, -1, 183, -183])
def test_a_campaign_with_one_day_waits_for_a_person_when_it_came_out_under_another_one(moved: int) -> None:
    slot = one_day(DAY + timedelta(days=moved))
    share = share_of(slot, [out(one_day(DAY), *CODES)])
    assert share.slot == slot
    assert share.question is not None
    assert share.question.blocks
    for words in (
        "開始日 2026-11-16 のときに、もう出してあります(2026-11-02、名簿番号 261116-AAAAA)",
        f"campaigns close S1 --start {slot.starts_on}",
        f"export --campaign S1 --as-of {slot.starts_on}",
    ):
        assert words in share.question.text


def test_the_run_that_brought_it_out_is_named_not_what_a_person_asked_for_besides() -> None:
    besides = replace(out(one_day(DAY), "17001", fills=False), run_id="261116-BBBBB")
    share = share_of(one_day(DAY + timedelta(days=1)), [out(one_day(DAY), *CODES), besides])
    assert share.question is not None
    assert "261116-AAAAA" in share.question.text


def test_a_campaign_that_is_now_for_others_than_those_who_have_their_lists_does_not_wait() -> None:
    slot = one_day(DAY + timedelta(days=90))
    others = replace(slot, campaign=replace(SPOT, union_codes=("17004",)))
    assert share_of(slot, [out(one_day(DAY), "17003")]).question is not None
    assert share_of(others, [out(one_day(DAY), "17003")]).question is None
    assert share_of(slot, [out(one_day(DAY))]).question is None  # nobody was on its lists


def test_a_look_at_the_lists_before_they_came_out_serves_nobody() -> None:
    later = by_union(DAY + timedelta(days=7), "17001")
    look = out(by_union(DAY, "17002"), *CODES, fills=False)
    came_out = out(by_union(DAY, "17002"), "17002")
    assert share_of(later, [look, came_out]).question is None
    assert share_of(later, [came_out, look]).question is not None


def test_next_year_s_another_campaign_s_and_its_own_lists_are_not_in_the_way() -> None:
    slot = one_day(DAY)
    others = [
        out(one_day(DAY + timedelta(days=184))),
        out(one_day(DAY - timedelta(days=184))),
        replace(out(one_day(DAY + timedelta(days=1))), code="S2"),
        out(one_day(DAY)),
        out(one_day(DAY + timedelta(days=1)), fills=False),
    ]
    assert share_of(slot, others).question is None


def test_of_a_day_of_unions_those_that_have_theirs_are_left_out_and_named() -> None:
    later = by_union(DAY + timedelta(days=7), *CODES)
    share = share_of(later, [out(by_union(DAY, "17001", "17009"), "17001", "17009")])
    assert share.slot.union_codes == ("17002", "17003")
    assert share.question is not None
    assert not share.question.blocks
    assert "17001(開始日 2026-11-16、2026-11-02、名簿番号 261116-AAAAA)" in share.question.text
    assert "export --campaign K1 --union 17001 --as-of 2026-11-23" in share.question.text
    assert "17009" not in share.question.text


def test_a_day_whose_unions_all_have_theirs_waits_for_a_person() -> None:
    later = by_union(DAY + timedelta(days=7), "17001", "17002")
    share = share_of(later, [out(by_union(DAY, "17001"), "17001"), out(by_union(DAY, "17002"), "17002")])
    assert share.slot == later
    assert share.question is not None
    assert share.question.blocks
    assert "export --campaign K1 --union 17001 --union 17002 --as-of 2026-11-23" in share.question.text


def test_a_union_that_had_nobody_on_its_lists_is_not_left_out() -> None:
    later = by_union(DAY + timedelta(days=7), "17001")
    assert share_of(later, [out(by_union(DAY, "17001"))]).question is None


@pytest.mark.parametrize("slot", [one_day(DAY), by_union(DAY, *CODES)])
def test_a_folder_that_the_ledger_does_not_know_makes_its_day_wait(slot: Slot) -> None:
    share = share_of(slot, [out(slot, "17001", folder="秋_261116-AAAAA")])
    assert share.slot == slot
    assert share.question is not None
    assert share.question.blocks
    assert "フォルダー「秋_261116-AAAAA」" in share.question.text
    assert "控えに戻す前" in share.question.text
    assert share_of(slot, [out(slot, "17001")]).question is None  # the ledger knows: its slot has come out


steps = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(CODES), st.dates(date(2026, 9, 1), date(2027, 3, 31))),
        st.dates(date(2026, 9, 1), date(2027, 3, 31)),
    ),
    max_size=30,
)


@given(steps)
def test_whatever_days_unions_are_given_each_gets_its_lists_once_in_half_a_year(
    steps: list[tuple[str, date] | date],
) -> None:
    """A step is a union that gets another day, or a day on which everything comes out that comes out by itself."""
    campaign = replace(BY_UNION, days_ahead=0, ends_on=date(2027, 3, 31))
    days: dict[str, date] = {}
    came_out: list[CameOut] = []
    handed: defaultdict[str, list[date]] = defaultdict(list)
    for step in steps:
        if isinstance(step, tuple):
            days[step[0]] = step[1]
            continue
        slots = slots_of(campaign, [UnionDay(code, "17", days.get(code)) for code in CODES])
        for slot in [
            slot for slot in slots if slot.issue.on <= step and all(slot.key[1] != one.day for one in came_out)
        ]:
            share = share_of(slot, came_out)
            if share.question is not None and share.question.blocks:
                assert all(any(abs(slot.starts_on - day).days <= NEAR for day in handed[c]) for c in slot.union_codes)
                continue
            came_out.append(out(share.slot, *share.slot.union_codes))
            for code in share.slot.union_codes:
                assert not any(abs(slot.starts_on - day).days <= NEAR for day in handed[code])
                handed[code].append(slot.starts_on)
            left = {*slot.union_codes} - {*share.slot.union_codes}
            assert all(code in (share.question.text if share.question else "") for code in left)
