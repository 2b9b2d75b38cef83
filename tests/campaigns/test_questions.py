"""A campaign that does not fit its lists, its unions or its days is questioned."""

from dataclasses import replace
from datetime import date

import pytest

from kyosai_lists.campaigns.campaign import Campaign
from kyosai_lists.campaigns.questions import questions
from tests.campaigns.plans import BY_UNION, SPOT, UNIONS

LISTS = {"fire-only": "people", "new-hire-unenrolled": "people", "union-model": "unions"}
ALL_HAVE_DAYS = [union for union in UNIONS if union.renewal_on]
NEW_HIRES = replace(SPOT, kind="new_hires", list_ids=("new-hire-unenrolled",))


@pytest.mark.parametrize(
    ("campaign", "words", "blocks"),
    [
        (replace(NEW_HIRES, list_ids=("fire-only",)), "新規採用者の募集ですが", False),
        (replace(SPOT, list_ids=("fire-only", "fire-onyl")), "対象リスト fire-onyl", True),
        (replace(SPOT, list_ids=()), "対象リストがありません", True),
        (replace(SPOT, list_ids=("union-model",)), "単組のリストだけ", False),
        (replace(SPOT, starts_on=date(2026, 12, 19)), "終了日 2026-12-18 よりあと", True),
        (replace(SPOT, starts_on=None), "開始日が空欄", True),
        (replace(SPOT, starts_on=date(2025, 11, 16)), "1年より長く", False),
        (replace(SPOT, union_codes=("17001", "17999")), "単組コード 17999", True),
        (replace(SPOT, union_codes=("17001", "18001")), "県コード 17 の単組ではありません", True),
        (replace(SPOT, pref="47"), "県コード 47 の単組が、まだ", True),
        (replace(SPOT, days_ahead=367), "367日は、長すぎ", True),
        (BY_UNION, "空欄の単組には出ません: 17004", False),
        (replace(BY_UNION, union_codes=("17004",)), "空欄の単組には出ません: 17004", False),
        (replace(BY_UNION, ends_on=date(2026, 11, 30)), "よりあとの単組には出ません: 17002", False),
        (replace(BY_UNION, ends_on=date(2027, 11, 30)), "1年以上前の単組には出ません(前の年のままではありませんか): 17001・17003", False),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_asked(campaign: Campaign, words: str, blocks: bool) -> None:
    found = questions(campaign, UNIONS, LISTS, "all")
    assert [one.blocks for one in found if words in one.text] == [blocks], found


@pytest.mark.parametrize(
    "campaign",
    [
        SPOT,
        NEW_HIRES,
        replace(NEW_HIRES, list_ids=("all",)),
        replace(SPOT, list_ids=("fire-only", "union-model")),
        replace(SPOT, pref=""),
        replace(SPOT, days_ahead=None),
        BY_UNION,
    ],
)
def test_what_fits_is_not(campaign: Campaign) -> None:
    assert questions(campaign, ALL_HAVE_DAYS, LISTS, "all") == []


def test_many_unions_are_not_all_named() -> None:
    many = tuple(f"{number}" for number in range(20000, 20100))
    (found,) = questions(replace(SPOT, union_codes=many), UNIONS, LISTS, "all")
    assert "ほか92" in found.text
