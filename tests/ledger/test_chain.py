"""Entries chained by hash: whatever is done to them shows, and nothing shows where nothing was done (fault 45)."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyosai_lists.ledger.canonical import canonical
from kyosai_lists.ledger.chain import BEFORE_THE_FIRST, Break, Entry, breaks, chained, read_head

LINE = st.text(st.characters(codec="utf-8", exclude_characters="\n"), max_size=8)
BODIES = st.dictionaries(st.text(max_size=5), st.text(max_size=5) | st.integers() | st.none(), max_size=3).map(
    canonical
)
CONTENTS = st.tuples(st.sampled_from(["run", "reprint", "custody", "purge"]), LINE, LINE, BODIES)


def chain(contents: list[tuple[str, str, str, str]]) -> list[Entry]:
    entries: list[Entry] = []
    for seq, content in enumerate(contents, start=1):
        entries.append(chained(Entry(seq, *content), entries[-1].hash if entries else BEFORE_THE_FIRST))
    return entries


CHAINS = st.lists(CONTENTS, min_size=1, max_size=8).map(chain)


@given(CHAINS)
def test_a_chain_that_nobody_touched_is_whole_and_has_its_heads(entries: list[Entry]) -> None:
    assert breaks(entries, [entry.hash for entry in entries]) == []


@given(CHAINS, st.data())
def test_a_field_that_was_changed_shows_at_its_entry(entries: list[Entry], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(entries) - 1))
    field = data.draw(st.sampled_from(["kind", "made_at", "made_by", "body", "hash"]))
    entries[place] = replace(entries[place], **{field: getattr(entries[place], field) + "x"})
    assert place + 1 in {broken.seq for broken in breaks(entries)}


@given(CHAINS, st.data())
def test_text_moved_from_one_field_to_the_next_shows(entries: list[Entry], data: st.DataObject) -> None:
    entry = data.draw(st.sampled_from(entries))
    moved = replace(entry, made_by=f"{entry.made_by}\n{entry.body}", body="")
    assert breaks([moved if one is entry else one for one in entries]) != []


@given(CHAINS.filter(lambda entries: len(entries) > 1), st.data())
def test_an_entry_that_was_taken_out_shows_where_it_stood(entries: list[Entry], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(entries) - 2))
    del entries[place]
    assert Break("removed", place + 1, place + 1) in breaks(entries)


@given(CHAINS.filter(lambda entries: len(entries) > 1), CONTENTS, st.data())
def test_an_entry_written_anew_with_a_fitting_hash_shows_at_the_next_one(
    entries: list[Entry], content: tuple[str, str, str, str], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(entries) - 2))
    forged = chained(Entry(place + 1, *content), entries[place].previous_hash)
    changed = forged.hash != entries[place].hash
    entries[place] = forged
    assert (Break("unlinked", place + 2) in breaks(entries)) is changed


@given(CHAINS.filter(lambda entries: len(entries) > 1), st.data())
def test_a_tail_that_was_cut_shows_against_a_printed_head_only(entries: list[Entry], data: st.DataObject) -> None:
    left = data.draw(st.integers(1, len(entries) - 1))
    head = entries[-1].hash
    assert breaks(entries[:left]) == []
    assert breaks(entries[:left], [head]) == [Break("head", head=head)]


@given(CHAINS, st.data())
def test_everything_rechained_from_a_forged_entry_shows_against_a_printed_head(
    entries: list[Entry], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(entries) - 1))
    contents = [(entry.kind, entry.made_at, entry.made_by, entry.body) for entry in entries]
    contents[place] = ("run", "", "", '{"forged":true}')
    forged = chain(contents)
    assert breaks(forged) == []
    assert (breaks(forged, [entries[-1].hash]) == []) is (forged == entries)


@given(st.text("0123456789abcdef", min_size=64, max_size=64))
def test_a_head_is_read_as_it_is_printed_and_from_its_beginning(head: str) -> None:
    groups = "-".join(head[start : start + 8] for start in range(0, 64, 8))  # as まとめ prints it
    assert read_head(groups) == head
    assert read_head(f" {head.upper()} ") == head
    assert read_head(head[:16]) == head[:16]


@pytest.mark.parametrize("text", ["", "0123", "g" * 64, "0" * 65, "0" * 15])
def test_what_is_no_head_or_too_short_is_not_taken_for_one(text: str) -> None:
    assert read_head(text) is None
