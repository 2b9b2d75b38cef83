"""Tables of many lists: a console is no wider for them."""

import json
from dataclasses import replace
from datetime import date

import pytest

from kyosai_lists.cli.show.show_lists import counts
from kyosai_lists.cli.terminal import SIDE_BY_SIDE
from kyosai_lists.usecases.asking.count_lists import ListCount


def made(number: int) -> ListCount:
    names = {"17001": "金沢", "17002": "七尾"}
    return ListCount(f"list-{number}", "people", f"題名{number}", 3, {"17001": 2, "17002": 1}, names)


@pytest.mark.parametrize(("many", "by_union"), [(SIDE_BY_SIDE, True), (SIDE_BY_SIDE + 1, False)])
def test_few_lists_stand_beside_each_other_and_many_below(
    capsys: pytest.CaptureFixture[str], many: int, by_union: bool
) -> None:
    counts([made(number) for number in range(many)], date(2026, 11, 1), as_json=False)
    said = capsys.readouterr().out
    assert ("17001 金沢" in said) is by_union
    assert all(f"題名{number}" in said for number in range(many))
    assert ("リストの名前を書くと出ます" in said) is not by_union


def test_why_a_list_is_empty_stands_below_the_table_and_beside_the_counts(capsys: pytest.CaptureFixture[str]) -> None:
    lists = [replace(made(1), people=0, unions={}, remark="めやすが要ります"), made(2)]
    counts(lists, date(2026, 11, 1), as_json=False)
    assert "めやすが要ります" in capsys.readouterr().out.splitlines()[-1]
    counts(lists, date(2026, 11, 1), as_json=True)
    document = json.loads(capsys.readouterr().out)
    assert document["remarks"] == {"list-1": "めやすが要ります"}
    assert all(set(one) == {"id", "people", "unions"} for one in document["lists"])
    counts(lists[1:], date(2026, 11, 1), as_json=True)
    assert set(json.loads(capsys.readouterr().out)) == {"as_of", "lists"}
