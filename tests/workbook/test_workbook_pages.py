"""Which page a workplace stands on, known before anything is printed."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kyosai_lists.workbook.pages import MOST_BREAKS, Room, lay_out

ROOMS = st.builds(Room, st.integers(1, 20), st.integers(1, 20))


def people_of(sizes: list[int]) -> list[str]:
    return [f"課{number}" for number, size in enumerate(sizes) for _ in range(size)]


@given(st.lists(st.integers(1, 60), max_size=15), ROOMS)
def test_no_page_overflows_and_none_is_shared(sizes, room):
    people = people_of(sizes)
    layout = lay_out(people, room)
    edges = [0, *layout.breaks, len(people)]
    pages = [people[start:end] for start, end in pairwise(edges)] if people else []
    assert layout.pages == len(pages)
    assert all(len(page) <= (room.later if number else room.first) for number, page in enumerate(pages))
    assert all(len(set(page)) == 1 for page in pages)
    for place in layout.places:
        numbers = [number for number, page in enumerate(pages, start=1) if place.name in page]
        assert (place.first_page, place.last_page) == (numbers[0], numbers[-1])
        assert place.people == people.count(place.name)


def test_with_more_workplaces_than_excel_has_breaks_they_follow_each_other():
    layout = lay_out(people_of([1] * (MOST_BREAKS + 2)), Room(10, 10))
    assert len(layout.breaks) == 100
    assert layout.places[10].first_page == 2
    assert layout.places[-1].last_page == layout.pages == 101


def test_nobody_needs_no_page():
    assert lay_out([], Room(10, 10)).pages == 0
