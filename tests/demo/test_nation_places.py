"""Where the invented nation lives: real municipalities under their real codes, invented bodies under codes that cannot be real."""

import polars as pl
import pytest

from kyosai_lists.demo.nation.municipalities import prefectures
from kyosai_lists.demo.nation.unions import make_unions
from tests.demo.nations import AS_OF

PEOPLE = 1_108_000
EVERYWHERE = [place for prefecture in prefectures() for place in prefecture.municipalities]


@pytest.fixture(scope="module")
def unions() -> pl.DataFrame:
    return make_unions(AS_OF, PEOPLE, seed=1)


def check_digit(code: str) -> str:
    """JIS X 0402: weights 6 to 2, modulo 11."""
    total = sum(int(digit) * weight for digit, weight in zip(code, (6, 5, 4, 3, 2), strict=True))
    return str((11 - total % 11) % 10)


def test_there_are_47_prefectures_and_1741_municipalities() -> None:
    assert [prefecture.code for prefecture in prefectures()] == [f"{number:02}" for number in range(1, 48)]
    assert len(EVERYWHERE) == len({place.code for place in EVERYWHERE}) == 1_741
    assert sum(place.name.endswith("区") for place in EVERYWHERE) == 23


def test_every_code_fits_its_check_digit_and_its_name() -> None:
    """Third digit: 1 for a designated city or a ward, 2 for a city, 3 to 7 for a town or village."""
    kinds = {"市": "12", "区": "1", "町": "34567", "村": "34567"}
    wrong = [p for p in EVERYWHERE if p.check_digit != check_digit(p.code) or p.code[2] not in kinds[p.name[-1]]]
    assert not wrong


@pytest.mark.parametrize(
    ("code", "name"), [("01100", "札幌市"), ("13101", "千代田区"), ("17201", "金沢市"), ("47382", "与那国町")]
)
def test_well_known_codes_are_those_of_the_places(code: str, name: str) -> None:
    assert next(place.name for place in EVERYWHERE if place.code == code) == name


def test_there_are_2595_unions_in_every_prefecture(unions: pl.DataFrame) -> None:
    assert unions.height == unions["union_code"].n_unique() == 2_595
    assert unions["union_name"].n_unique() > 2_550  # 府中市 and a few others are there twice
    of_places = unions.filter(pl.col("offices").is_null())
    assert set(of_places["union_code"]) == {p.code for p in EVERYWHERE} | {f"{p.code}000" for p in prefectures()}
    assert set(unions["kind"]) == {"市", "町", "村", "県", "一部事務組合", "公社", "民間", "産別統合"}


def test_the_code_of_an_invented_body_is_no_number(unions: pl.DataFrame) -> None:
    invented = unions.filter(pl.col("offices").is_not_null())
    assert invented["union_code"].str.contains(r"^(0[1-9]|[1-3]\d|4[0-7])[AKMS]\d\d$").all()


def test_sizes_have_a_long_tail_and_add_up(unions: pl.DataFrame) -> None:
    sizes = unions["size"].sort(descending=True)
    assert sizes.sum() == PEOPLE
    assert 12 <= sizes.min() <= 20  # type: ignore[operator]  # a frame of numbers
    assert 4_000 <= sizes.max() <= 6_000  # type: ignore[operator]
    assert sizes.head(260).sum() > 0.5 * PEOPLE
    assert sizes.median() < 0.5 * PEOPLE / unions.height  # type: ignore[operator]
