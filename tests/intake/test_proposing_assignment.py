"""The assignment has the greatest sum there is."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from kyosai_lists.intake.proposing.assignment import best_assignment

SCORES = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(-10, 10).map(lambda n: n / 10), min_size=width, max_size=width), min_size=1, max_size=4
    )
)


def greatest_sum(scores: list[list[float]]) -> float:
    """By trying all of them."""
    rows, columns = len(scores), len(scores[0])
    places = [*range(columns), *[None] * rows]
    return max(
        sum(max(0.0, scores[row][column]) for row, column in enumerate(chosen) if column is not None)
        for chosen in set(permutations(places, rows))
    )


@given(SCORES)
def test_nothing_beats_it_and_no_column_is_given_twice(scores: list[list[float]]) -> None:
    chosen = best_assignment(scores)
    given_out = [column for column in chosen if column is not None]
    assert len(given_out) == len(set(given_out))
    assert all(scores[row][column] > 0 for row, column in enumerate(chosen) if column is not None)
    total = sum(scores[row][column] for row, column in enumerate(chosen) if column is not None)
    assert abs(total - greatest_sum(scores)) < 1e-9


def test_nobody_to_give_to_and_nothing_to_give() -> None:
    assert best_assignment([]) == []
    assert best_assignment([[], []]) == [None, None]
