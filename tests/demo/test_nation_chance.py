"""Draws by the column: SplitMix64, so the same on every machine; weights are kept; a sample has no one twice."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyosai_lists.demo.nation.chance import Chance
from kyosai_lists.demo.nation.holders import pick

ROWS = pl.DataFrame({"row": range(20_000)})


def column(expression: pl.Expr) -> pl.Series:
    return ROWS.select(expression.alias("drawn"))["drawn"]


def split_mix(state: int) -> int:
    """The reference: one step of SplitMix64 from `state`, which has been stepped already."""
    mask = (1 << 64) - 1
    z = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & mask
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
    return z ^ (z >> 31)


def test_a_column_is_the_stream_of_the_reference() -> None:
    import hashlib

    start = int.from_bytes(hashlib.sha256(b"7/x").digest()[:8], "little")
    states = [(start + row * 0x9E3779B97F4A7C15) % (1 << 64) for row in range(200)]
    assert column(Chance(7).fraction("x")).head(200).to_list() == [(split_mix(state) >> 11) / 2**53 for state in states]


def test_draws_of_another_name_or_seed_are_others() -> None:
    first = column(Chance(1).fraction("a"))
    others = [Chance(1).fraction("b"), Chance(2).fraction("a"), Chance(1).apart("c").fraction("a")]
    for other in others:
        assert abs(pl.select(pl.corr(first, column(other))).item()) < 0.03


def test_choices_come_as_often_as_their_weights_say() -> None:
    counts = dict(column(Chance(1).one_of("w", ("甲", "乙", ""), (6, 3, 1))).value_counts().iter_rows())
    assert {name: round(n / ROWS.height, 1) for name, n in counts.items()} == {"甲": 0.6, "乙": 0.3, "": 0.1}


@given(weights=st.lists(st.floats(0, 9), min_size=1, max_size=40), seed=st.integers(0, 9), data=st.data())
def test_a_sample_has_as_many_as_asked_no_one_twice_and_none_without_weight(
    weights: list[float], seed: int, data: st.DataObject
) -> None:
    count = data.draw(st.integers(0, sum(weight > 0.01 for weight in weights)))
    frame = pl.DataFrame({"row": range(len(weights)), "weight": [w if w > 0.01 else 0.0 for w in weights]})
    picked = pick(frame, count, Chance(seed))
    assert picked.height == picked["row"].n_unique() == count
    assert (picked["weight"] > 0).all()
    assert picked["row"].is_sorted()


def test_more_than_there_are_cannot_be_picked() -> None:
    with pytest.raises(ValueError, match="3 of 2"):
        pick(pl.DataFrame({"weight": [1.0, 1.0, 0.0]}), 3, Chance(1))
