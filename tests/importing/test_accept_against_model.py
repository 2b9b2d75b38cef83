"""Accepting rows agrees with the plain model of interface.md §1, whatever comes."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from kyosai_lists.intake.accepting.accept import Accepted, accept
from kyosai_lists.intake.layouts import BY_ID
from tests.importing.accept_model import Row, World, fates, prefecture
from tests.importing.readings import known, reading

NUMBERS = st.sampled_from(["1", "01", "１", "2", " 2"])
PREFS = st.sampled_from(["", "17", "18", "１７", "7"])
UNIONS = st.sampled_from(["17001", "１７００１", "18001", "99999"])
A_OR_B = st.sampled_from(["a", "b"])
OF_LAYOUT = {
    "unions": {"pref": PREFS, "union_code": UNIONS, "name": A_OR_B},
    "members": {"pref": PREFS, "member_no": NUMBERS, "union_code": UNIONS, "name": A_OR_B, "kana": A_OR_B},
    "contracts": {"pref": PREFS, "contract_no": NUMBERS, "member_no": NUMBERS, "type": st.sampled_from(["A", "Ａ", "b"])},
    "applications": {
        "pref": PREFS, "member_no": NUMBERS, "product": st.sampled_from(["fire", "sogo"]),
        "received_on": st.just("2026-10-01"), "state": st.sampled_from(["received", "defective"]),
    },
    "suppressions": {
        "pref": PREFS, "member_no": NUMBERS, "product": st.sampled_from(["", "fire"]), "reason": A_OR_B,
    },
    "targets": {
        "business_year": st.just("2026"), "pref": PREFS, "union_code": st.one_of(UNIONS, st.just("")),
        "product": st.just("fire"), "kind": st.just("new"), "measure": st.just("contracts"),
        "round": st.just("first"), "value": st.sampled_from(["1", "2"]),
    },
    "campaigns": {
        "code": NUMBERS.map(str.strip).filter(str.isascii), "name": A_OR_B, "pref": PREFS,
        "union_codes": st.sampled_from(["", "17001", "17001;18001", "17001;99999"]),
    },
    "guides": {
        "kind": st.just("group_life"), "age_from": st.sampled_from(["20", "30"]), "age_to": st.just("39"),
        "family_size": st.just(""), "dwelling": st.just(""), "units": st.sampled_from(["1", "2"]),
    },
}  # fmt: skip
OPTIONAL = {"pref", "kana", "type", "reason"}  # a file may lack these columns


@st.composite
def one_file(draw: st.DrawFn, layout: str) -> list[Row]:
    fields = [f for f in OF_LAYOUT[layout] if f not in OPTIONAL or draw(st.booleans())]
    return draw(st.lists(st.fixed_dictionaries({f: OF_LAYOUT[layout][f] for f in fields}), min_size=1, max_size=6))


@st.composite
def calls(draw: st.DrawFn) -> tuple[str, list[list[Row]], list[set[int]], World]:
    layout = draw(st.sampled_from(list(OF_LAYOUT)))
    files = draw(st.lists(one_file(layout), min_size=1, max_size=2))
    unreadable = [draw(st.sets(st.integers(0, len(rows) - 1), max_size=2)) for rows in files]
    unions = draw(st.sampled_from([{"17001": "17"}, {"17001": "17", "18001": "18"}, {}]))
    people = draw(st.frozensets(st.tuples(st.sampled_from(["17", "18"]), st.sampled_from(["1", "01", "2"]))))
    return layout, files, unreadable, World(unions, people, draw(st.sampled_from([(), ("17",), ("17", "18")])))


def settle(layout: str, files: list[list[Row]], unreadable: list[set[int]], world: World) -> Accepted:
    readings = [
        reading(layout, [dict(row) for row in rows], unreadable=tuple(bad), name=f"{i}.csv")
        for i, (rows, bad) in enumerate(zip(files, unreadable, strict=True))
    ]
    return accept(BY_ID[layout], readings, known(world.unions, set(world.people), world.own))


@settings(max_examples=200, deadline=None)
@given(calls())
def test_every_row_has_the_fate_the_model_gives_it(call: tuple[str, list[list[Row]], list[set[int]], World]) -> None:
    layout, files, unreadable, world = call
    accepted = settle(layout, files, unreadable, world)
    found = accepted.fates.sort("source", "row")["fate"].to_list()
    rows = [row for file in files for row in file]
    before = [sum(map(len, files[:i])) for i in range(len(files))]
    bad = {start + i for start, some in zip(before, unreadable, strict=True) for i in some}
    assert found == fates(layout, BY_ID[layout].key, rows, bad, world)


@settings(max_examples=60, deadline=None)
@given(calls())
def test_a_row_that_is_taken_in_has_the_prefecture_the_model_gives_it_and_its_text_as_it_came(
    call: tuple[str, list[list[Row]], list[set[int]], World],
) -> None:
    layout, files, unreadable, world = call
    accepted = settle(layout, files, unreadable, world)
    for row in accepted.rows.iter_rows(named=True):
        original = files[row["source"]][row["row"] - 2]
        if layout != "guides":
            assert row["pref"] == prefecture(layout, original, world)
        for field in ("member_no", "contract_no", "name"):
            assert row.get(field) == original.get(field)


@settings(max_examples=60, deadline=None)
@given(calls())
def test_rows_read_are_kept_duplicate_or_on_hold_and_each_row_on_hold_says_why(
    call: tuple[str, list[list[Row]], list[set[int]], World],
) -> None:
    layout, files, unreadable, world = call
    accepted = settle(layout, files, unreadable, world)
    told = Counter(accepted.fates["fate"])
    assert sum(told.values()) == sum(map(len, files))
    assert told["kept"] == accepted.rows.height == accepted.rows["record_key"].n_unique()
    assert told["quarantined"] == accepted.quarantined.height
    place = ["source", "sheet", "row"]
    assert accepted.quarantined.join(accepted.problems, on=place, how="anti").is_empty()
    assert accepted.problems.join(accepted.quarantined, on=place, how="anti").is_empty()
