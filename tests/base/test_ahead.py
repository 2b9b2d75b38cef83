"""The next thing is made while this one is used, and nothing is lost, changed in order or hidden by it."""

from collections.abc import Iterator
from threading import Event, current_thread

import pytest

from kyosai_lists.ahead import one_ahead


def test_everything_comes_in_its_order() -> None:
    assert list(one_ahead(iter(range(5)))) == [0, 1, 2, 3, 4]
    assert list(one_ahead(iter(()))) == []


def test_the_next_one_is_made_by_somebody_else_while_this_one_is_used() -> None:
    begun, makers = Event(), []

    def made() -> Iterator[int]:
        makers.append(current_thread())
        yield 1
        begun.set()
        yield 2

    for found in one_ahead(made()):
        assert begun.wait(10), "the second was not begun while the first was used"
        assert found in (1, 2)
    assert current_thread() not in makers


def test_what_goes_wrong_is_raised_where_it_would_have_come() -> None:
    def made() -> Iterator[int]:
        yield 1
        raise ZeroDivisionError

    taken = one_ahead(made())
    assert next(taken) == 1
    with pytest.raises(ZeroDivisionError):
        next(taken)


def test_nothing_more_is_made_once_nobody_asks() -> None:
    made: list[int] = []
    taken = one_ahead(made.append(number) or number for number in range(1, 100))
    next(taken)
    taken.close()
    assert len(made) <= 3
