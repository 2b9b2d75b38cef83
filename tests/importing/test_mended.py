"""Which rows on 保留 a newly accepted row mends: by key, or as the same row but for what was wrong."""

import json

import polars as pl
import pytest

from kyosai_lists.intake.accepting import mend
from tests.importing.importing_files import Cells, stop

KEY = "17\x1f00000013\x1ffire"


def mended(waiting: pl.DataFrame, came: pl.DataFrame, told_anew: pl.DataFrame | None = None) -> list[int]:
    return mend.mended(waiting, came, lambda: came if told_anew is None else told_anew)


def waiting(raw: Cells, wrong: str, record_key: str = "", member_key: str = "17-00000013") -> pl.DataFrame:
    problems = json.dumps([{"column": wrong, "value": "", "reason": "", "remedy": ""}], ensure_ascii=False)
    row = {"id": 7, "file": "停止.csv", "record_key": record_key, "member_key": member_key, "problems": problems}
    return pl.DataFrame([row | {"raw": json.dumps(raw, ensure_ascii=False)}])


def arrived(raw: Cells, file: str = "停止.csv", record_key: str = KEY, member_key: str = "17-00000013") -> pl.DataFrame:
    row = {"file": file, "record_key": record_key, "member_key": member_key}
    return pl.DataFrame([row | {"raw": json.dumps(raw, ensure_ascii=False)}])


MISSPELT, RIGHT = stop(product="火災共斉"), stop(product="火災共済")


def test_the_same_key_mends_whatever_else_changed() -> None:
    assert mended(waiting(MISSPELT, "終了日", KEY), arrived(stop(product="火災共済", 理由="別"))) == [7]


def test_another_key_does_not_mend_a_row_whose_key_is_known() -> None:
    other = arrived(stop(product="火災共済", 終了日="2026/1/1"), record_key=KEY.replace("fire", "sogo"))
    assert mended(waiting(stop(product="火災共済", 終了日="？"), "終了日", KEY), other) == []


def test_the_same_row_but_for_the_wrong_cell_mends_a_row_whose_key_was_not_known() -> None:
    assert mended(waiting(MISSPELT, "共済種類"), arrived(RIGHT)) == [7]


def test_a_sibling_in_another_file_or_one_that_was_known_before_lifts_nothing() -> None:
    held = waiting(MISSPELT, "共済種類")
    assert mended(held, arrived(RIGHT, file="別.csv")) == []
    assert mended(held, arrived(RIGHT), arrived(RIGHT).clear()) == []


@pytest.mark.parametrize(
    "other",
    [
        arrived(RIGHT | {"理由": "別"}),
        arrived({name: cell for name, cell in RIGHT.items() if name != "理由"}),
        arrived({name: cell for name, cell in RIGHT.items() if name != "共済種類"}),
        arrived(RIGHT, member_key="17-00000014"),
        arrived(RIGHT, member_key="18-00000013"),
    ],
    ids=["another reason", "a column less", "the wrong column gone", "another person", "another prefecture"],
)
def test_a_row_that_differs_elsewhere_does_not_mend(other: pl.DataFrame) -> None:
    assert mended(waiting(MISSPELT, "共済種類"), other) == []


@pytest.mark.parametrize("wrong", ["県コード", "単組コード"])
@pytest.mark.parametrize("member_key", ["??-00000013", "18-00000013"])
def test_the_prefecture_may_differ_when_it_was_what_was_wrong(wrong: str, member_key: str) -> None:
    held = waiting(RIGHT, wrong, "" if "?" in member_key else KEY.replace("17", "18", 1), member_key)
    assert mended(held, arrived({"県コード": "17"} | RIGHT)) == [7]


def test_a_row_without_a_readable_number_is_looked_for_in_the_file_of_the_same_name() -> None:
    held = waiting(stop("", "火災共済"), "組合員番号", member_key="")
    assert mended(held, arrived(RIGHT, file="停止.csv")) == [7]
    assert mended(held, arrived(RIGHT, file="別.csv")) == []


def test_a_row_of_which_everything_was_wrong_is_mended_by_its_key_alone() -> None:
    assert mended(waiting({"共済種類": "？"}, "共済種類"), arrived({"共済種類": "火災共済"})) == []


def test_where_nothing_waits_or_nothing_came_nothing_is_mended() -> None:
    assert mended(waiting(MISSPELT, "共済種類").clear(), arrived(RIGHT)) == []
    assert mended(waiting(MISSPELT, "共済種類"), arrived(RIGHT).clear()) == []
