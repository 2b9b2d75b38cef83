"""On any days that a machine runs, each slot comes out exactly once if a run falls in its window, and is missed else (faults 40–42)."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kyosai_lists.campaigns.campaign import Campaign
from kyosai_lists.campaigns.due import Standing, is_late, standing
from kyosai_lists.campaigns.issue_day import day_off
from kyosai_lists.campaigns.slots import SlotKey, UnionDay, all_slots, slots_of
from tests.campaigns.plans import BY_UNION, SPOT, UNIONS, campaigns, days, unions

FAR = date(2029, 6, 30)
plans = st.lists(campaigns(), max_size=6, unique_by=lambda campaign: campaign.code)


@given(plans, unions, st.lists(days, max_size=40))
def test_each_slot_comes_out_once_if_a_run_falls_in_its_window_and_is_missed_else(
    plan: list[Campaign], unions: list[UnionDay], runs: list[date]
) -> None:
    """`runs` come in any order: a clock may go back and forward."""
    out: dict[SlotKey, list[date]] = {}
    for today in runs:
        for slot in all_slots(plan, unions):
            settled = Standing.ISSUED if slot.key in out else None
            if standing(slot, today, settled) is Standing.DUE:
                out.setdefault(slot.key, []).append(today)
    for slot in all_slots(plan, unions):
        in_window = [day for day in runs if slot.issue.on <= day <= slot.campaign.ends_on]
        assert out.get(slot.key, []) == in_window[:1]
        if in_window:
            assert is_late(slot, in_window[0]) == (in_window[0] != slot.issue.on)
        else:
            assert standing(slot, FAR, None) is Standing.MISSED


@given(campaigns(), unions)
def test_every_union_with_a_day_is_in_exactly_one_slot(campaign: Campaign, unions: list[UnionDay]) -> None:
    slots = slots_of(campaign, unions)
    if campaign.starts_on is not None:
        assert [(slot.starts_on, slot.union_codes) for slot in slots] == [(campaign.starts_on, ())]
        return
    in_slots = sorted(code for slot in slots for code in slot.union_codes)
    last, first = campaign.ends_on, campaign.ends_on - timedelta(days=366)
    assert in_slots == sorted(u.code for u in unions if u.renewal_on and first <= u.renewal_on <= last)
    assert len({slot.key for slot in slots}) == len(slots)
    assert all(not day_off(slot.issue.on) and slot.issue.on <= slot.starts_on for slot in slots)


def test_a_campaign_by_union_has_a_slot_for_each_day_and_leaves_out_whom_it_is_not_for() -> None:
    found = [(slot.starts_on, slot.union_codes) for slot in slots_of(BY_UNION, UNIONS)]
    assert found == [(date(2026, 11, 2), ("17001", "17003")), (date(2026, 12, 1), ("17002",))]
    narrow = replace(BY_UNION, union_codes=("17002", "18001"))
    assert [slot.union_codes for slot in slots_of(narrow, UNIONS)] == [("17002",)]
    assert [slot.union_codes for slot in slots_of(replace(narrow, pref=""), UNIONS)] == [("18001",), ("17002",)]


def test_days_of_another_year_and_days_after_the_end_make_no_slot() -> None:
    assert slots_of(replace(BY_UNION, ends_on=date(2028, 3, 31)), UNIONS) == []
    assert slots_of(replace(BY_UNION, ends_on=date(2026, 11, 1)), UNIONS) == []
    assert slots_of(replace(SPOT, ends_on=date(2026, 11, 15)), UNIONS) == []


def test_no_day_or_an_absurd_one_makes_no_slot() -> None:
    assert slots_of(replace(SPOT, starts_on=None), UNIONS) == []
    assert slots_of(replace(SPOT, days_ahead=2_000_000_000), UNIONS) == []


def test_the_window_is_from_the_moved_day_of_issue_through_the_last_day() -> None:
    (slot,) = slots_of(replace(SPOT, starts_on=date(2027, 1, 12), ends_on=date(2027, 3, 12), days_ahead=30), UNIONS)
    found = [
        standing(slot, day, None) for day in (date(2026, 12, 10), date(2026, 12, 11), date(2027, 3, 12), date(2027, 3, 13))
    ]  # fmt: skip
    assert found == [Standing.PLANNED, Standing.DUE, Standing.DUE, Standing.MISSED]
    assert standing(slot, FAR, Standing.ISSUED) is Standing.ISSUED
