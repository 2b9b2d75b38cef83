"""How people stand in a union's workbook: numbered without gaps, in the order in which an officer goes round."""

from collections import defaultdict
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyosai_lists.lists.arrange import arrange, list_rows, on_every_list
from kyosai_lists.lists.offers import printed_offers

LETTERS = {"retiree": "A", "young": "B", "fire": "C"}
DOCUMENTS = {"retiree": "移行", "young": "団体生命", "fire": "自然災害"}
TITLES = {"retiree": "移行対象", "young": "若年層", "fire": "火災のみ"}
DISCREET = frozenset({"retiree"})
# 五十音: letters without marks first, whatever the width; the empty one comes last.
KANA = ("ｱｲﾀﾞ ﾊﾅ", "あおき", "イトウ", "カトウ", "かとう エミ", "カドタ", "ハシモト", "ばば", "ヒロタ", "ワタナベ", None)
WORKPLACES = ("本庁", "本庁", "水道", "消防", "消防", "", None)

people = st.lists(
    st.fixed_dictionaries(
        {
            "union_code": st.sampled_from(["17001", "17002", "17003"]),
            "workplace": st.sampled_from(WORKPLACES),
            "workplace_order": st.sampled_from([None, None, 1, 2, 10]),
            "kana": st.sampled_from(KANA),
            "status": st.sampled_from(["active", "active", "active", "leave"]),
            "mobile": st.sampled_from([None, "090"]),
            "phone": st.sampled_from([None, "076"]),
            "on": st.lists(st.sampled_from([*LETTERS]), unique=True),
            "hint": st.sampled_from(["", "採用3年目", "住まい更新3月"]),
        }
    ),
    max_size=25,
)
Person = dict[str, Any]


def numbered(made: list[Person]) -> list[Person]:
    """Keys and numbers that do not follow the order of the list."""
    return [
        p | {"member_key": f"17-{i * 7 % 31:03}", "member_no": f"{i * 7 % 31:03}", "name": f"氏名{i}", "age": 30 + i}
        for i, p in enumerate(made)
    ]


def frames(made: list[Person]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows of the lists, later lists first, and the people."""
    rows = [
        (list_id, p["member_key"], f"{p['hint']}" if list_id != "fire" else "火災", f"理由{p['member_no']}", "契約")
        for list_id in reversed(LETTERS)
        for p in made
        if list_id in p["on"]
    ]
    names = ("list_id", "member_key", "hint", "reason", "contracts")
    numbers = ("workplace_order", "age")
    columns = [name for name in (made[0] if made else PLAIN) if name not in ("on", "hint")]
    return (
        pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String()), orient="row"),
        pl.DataFrame(
            [{name: p[name] for name in columns} for p in made],
            schema={name: pl.Int64() if name in numbers else pl.String() for name in columns},
        ),
    )


PLAIN: Person = numbered(
    [
        {"union_code": "17001", "workplace": "本庁", "workplace_order": None, "kana": "アオキ", "status": "active"}
        | {"mobile": None, "phone": None, "on": ["young"], "hint": ""}
    ]
)[0]


def placed(made: list[Person], most: int = 3, run: str = "R1") -> pl.DataFrame:
    rows, whom = frames(made)
    printed = printed_offers(rows, letters=LETTERS, documents=DOCUMENTS, max_offers=most)
    return arrange(rows, printed, whom, discreet=DISCREET, run_id=run)


def arranged(made: list[Person], most: int = 3, run: str = "R1") -> list[Person]:
    return placed(made, most, run).to_dicts()


def is_discreet(person: Person) -> bool:
    return person["status"] == "leave" or bool(DISCREET & set(person["on"]))


@given(people)
def test_nobody_is_lost_or_doubled_and_everybody_stays_in_their_union(made: list[Person]) -> None:
    made = numbered(made)
    told = {row["member_key"]: row["union_code"] for row in arranged(made)}
    assert len(arranged(made)) == len(told)
    assert told == {p["member_key"]: p["union_code"] for p in made if p["on"]}


@given(people)
def test_every_union_is_numbered_from_1_without_gaps_in_the_order_of_the_rows(made: list[Person]) -> None:
    numbers = defaultdict(list)
    for row in arranged(numbered(made)):
        numbers[row["union_code"]].append(row["no"])
    assert all(own == list(range(1, len(own) + 1)) for own in numbers.values())


@given(people)
def test_people_stand_by_workplace_then_kana_then_number_and_the_discreet_apart_at_the_end(made: list[Person]) -> None:
    made = [p for p in numbered(made) if p["on"]]
    smallest: dict[tuple[str, str], int] = {}
    for p in made:
        where = (p["union_code"], p["workplace"] or "")
        smallest[where] = min(smallest.get(where, 99), p["workplace_order"] or 99)

    def place(p: Person) -> tuple[Any, ...]:
        where = p["workplace"] or ""
        order = smallest[p["union_code"], where]
        return p["union_code"], is_discreet(p), where == "", order, where, KANA.index(p["kana"]), p["member_no"]

    assert [row["member_key"] for row in arranged(made)] == [p["member_key"] for p in sorted(made, key=place)]


@given(people, st.integers(1, 4))
def test_a_row_says_the_letters_in_order_and_the_hint_of_each_once(made: list[Person], most: int) -> None:
    made = numbered(made)
    told = {row["member_key"]: row for row in arranged(made, most)}
    for p in made:
        if p["on"]:
            row, on = told[p["member_key"]], [list_id for list_id in LETTERS if list_id in p["on"]][:most]
            hints = [hint for hint in ("火災" if list_id == "fire" else p["hint"] for list_id in on) if hint]
            assert row["letters"] == " ".join(LETTERS[list_id] for list_id in on)
            assert row["hint"] == "・".join(dict.fromkeys(hints))
            assert row["discreet"] == is_discreet(p)
            assert row["phone"] == (p["mobile"] or p["phone"] or "")
            assert (row["workplace"], row["age"]) == (p["workplace"] or "", p["age"])


@pytest.mark.parametrize("discreet", [*LETTERS])
def test_whoever_is_on_a_discreet_list_stands_apart_though_its_letter_is_not_printed(discreet: str) -> None:
    rows, whom = frames([PLAIN | {"on": [*LETTERS]}])
    printed = printed_offers(rows, letters=LETTERS, documents=DOCUMENTS, max_offers=1)
    found = arrange(rows, printed, whom, discreet=frozenset({discreet}), run_id="R1").to_dicts()
    assert [(row["letters"], row["discreet"]) for row in found] == [("A", True)]


def test_half_width_kana_is_shown_full_width() -> None:
    assert arranged([PLAIN | {"kana": "ｱｲﾀﾞ ﾊﾅ"}])[0]["kana"] == "アイダ ハナ"


def test_a_rows_id_is_of_the_run_and_the_person() -> None:
    two = [PLAIN, PLAIN | {"member_key": "17-999"}]
    ids = [row["row_id"] for run in ("R1", "R1", "R2") for row in arranged(two, run=run)]
    assert ids[:2] == ids[2:4]
    assert len(set(ids)) == 4


@given(people, st.integers(1, 4))
def test_each_lists_sheet_has_all_its_people_by_number_and_names_the_other_lists(made: list[Person], most: int) -> None:
    made = numbered(made)
    where = placed(made, most)
    holding = pl.DataFrame({"member_key": ["17-000"], "holdings": ["総合共済"]})
    home = pl.DataFrame({"member_key": ["17-007"], "household": ["No.1 花子"]})
    told = list_rows(frames(made)[0], on_every_list(where, holding, home), TITLES).to_dicts()
    by_no = {row["member_no"]: row for row in where.to_dicts()}
    people_of = {p["member_no"]: p for p in made}
    expected = [
        (list_id, row["union_code"], row["no"])
        for list_id in TITLES
        for row in sorted(by_no.values(), key=lambda row: (row["union_code"], row["no"]))
        if list_id in people_of[row["member_no"]]["on"]
    ]
    assert [(row["list_id"], row["union_code"], row["no"]) for row in told] == expected
    for row in told:
        others = [TITLES[i] for i in TITLES if i in people_of[row["member_no"]]["on"] and i != row["list_id"]]
        assert row["other_lists"] == "、".join(others)
        assert row["reason"] == f"理由{row['member_no']}"
        assert row["holdings"] == ("総合共済" if row["member_no"] == "000" else "")
        assert row["household"] == ("No.1 花子" if row["member_no"] == "007" else "")
        assert (row["name"], row["workplace"]) == tuple(by_no[row["member_no"]][c] for c in ("name", "workplace"))


def test_nobody_at_all_is_an_empty_list() -> None:
    assert arranged([]) == []
