"""Campaigns for tests, and every way in which hypothesis makes them."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from kyosai_lists.campaigns.campaign import Campaign
from kyosai_lists.campaigns.slots import UnionDay

SPOT = Campaign("S1", "秋のスポット", "spot", "17", (), date(2026, 11, 16), date(2026, 12, 18), 14, ("fire-only",))
BY_UNION = replace(SPOT, code="K1", name="継続", kind="continuous", starts_on=None, ends_on=date(2027, 3, 31))
UNIONS = [
    UnionDay("17001", "17", date(2026, 11, 2)),
    UnionDay("17002", "17", date(2026, 12, 1)),
    UnionDay("17003", "17", date(2026, 11, 2)),
    UnionDay("17004", "17", None),
    UnionDay("18001", "18", date(2026, 11, 2)),
]

# Edges that calendars get wrong are drawn as often as any day.
EDGES = [
    date(2027, 1, 31), date(2027, 2, 28), date(2028, 2, 29), date(2028, 3, 1), date(2026, 12, 31), date(2027, 1, 1),
    date(2027, 1, 4), date(2027, 3, 31), date(2027, 4, 1), date(2027, 5, 31), date(2027, 6, 1), date(2027, 5, 6),
]  # fmt: skip
days = st.one_of(st.sampled_from(EDGES), st.dates(date(2026, 6, 1), date(2028, 6, 30)))


@st.composite
def campaigns(draw: st.DrawFn) -> Campaign:
    starts_on = draw(days)
    by_union = draw(st.booleans())
    return replace(
        BY_UNION if by_union else SPOT,
        code=draw(st.sampled_from("ABCDEFGH")),
        starts_on=None if by_union else starts_on,
        ends_on=starts_on + timedelta(days=draw(st.integers(0, 90))),
        days_ahead=draw(st.none() | st.integers(0, 60)),
    )


unions = st.lists(st.none() | days, max_size=5).map(
    lambda found: [UnionDay(f"1700{i}", "17", day) for i, day in enumerate(found)]
)
