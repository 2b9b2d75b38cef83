"""Ages, years of service, the leaving date L and open applications, for everyone who stands at an edge."""

from datetime import date

import pytest
import sqlalchemy as sa

from .careers import careers_told, careers_world, expected_careers
from .enrolments import applied_world, enrolments_told, expected_enrolments
from .facts import Member, World
from .fill import fill
from .words import age, leaving_date
from .worlds import RETIREMENT, UNIONS

DAYS = (date(2026, 11, 1), date(2027, 3, 31), date(2028, 2, 29), date(2027, 3, 1), date(2029, 4, 1))


@pytest.mark.parametrize(("retirement", "as_of"), list(zip(RETIREMENT, DAYS, strict=True)), ids=str)
def test_the_store_knows_everybodys_age_and_leaving_date(
    store: sa.Engine, retirement: dict[str, int | str], as_of: date
) -> None:
    world = careers_world(as_of, retirement)
    fill(store, world)
    expected, told = expected_careers(world), careers_told(world, store)
    wrong = [key for key in expected if told.get(key) != expected[key]]
    assert not wrong, f"{told[wrong[0]]} instead of {expected[wrong[0]]}\n{world.everything_about(wrong[0])}"
    assert told.keys() == expected.keys()


def test_an_application_counts_whatever_contract_has_come_and_gone_since(store: sa.Engine) -> None:
    world = applied_world(DAYS[0])
    fill(store, world)
    told, expected = enrolments_told(world, store), expected_enrolments(world)
    assert told == expected, f"{told - expected}\n{expected - told}"


@pytest.mark.parametrize(
    ("born", "leaves"),
    [
        ("1963-04-01", "2023-03-31"), ("1963-04-02", "2025-03-31"), ("1964-04-01", "2025-03-31"),
        ("1965-04-01", "2027-03-31"), ("1966-04-01", "2029-03-31"), ("1967-04-01", "2031-03-31"),
        ("1967-04-02", "2033-03-31"), ("1968-04-01", "2033-03-31"), ("1968-04-02", "2034-03-31"),
    ],
)  # fmt: skip
def test_the_oracle_itself_says_what_lists_md_prints(born: str, leaves: str) -> None:
    city = next(u for u in UNIONS if u.kind == "city")
    member = Member("17-1", city, date.fromisoformat(born), date(1990, 4, 1), "regular", "active")
    assert leaving_date(World(date(2026, 11, 1), UNIONS), member) == date.fromisoformat(leaves)


def test_the_oracle_itself_completes_a_leap_days_year_on_1_march() -> None:
    assert [age(date(1992, 2, 29), day) for day in (date(2027, 2, 28), date(2027, 3, 1), date(2028, 2, 29))] == [
        34,
        35,
        36,
    ]
