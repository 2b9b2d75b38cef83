"""Who stands on a workbook that is still out and is no longer to be approached: asked so, died, left, or has what was offered.

What keeps a person off a list today keeps them off one that is out (`lists.suppress`, when in doubt too). That somebody has
enrolled since is seen by the list's own rule: as of the run's day and with its numbers, but by what is stored today, they are
no longer on the list, and they have the product. Whoever held it all along (young-follow-up) is still on it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from kyosai_lists.errors import KyosaiError
from kyosai_lists.ledger.recall_entry import RECALL, told_before
from kyosai_lists.ledger.run_entry import ListUsed, RunEntry
from kyosai_lists.lists.suppress import suppress
from kyosai_lists.segments.front import FrontMatter, read_front
from kyosai_lists.store import ledger, read, runs
from kyosai_lists.store.engine import Connection, reading
from kyosai_lists.store.query import as_list
from kyosai_lists.usecases.custody.look_at_custody import HandedOut, handed_out
from kyosai_lists.usecases.draw import Occasion, bind_for, segments_of, stops_for
from kyosai_lists.usecases.find_run import find_run
from kyosai_lists.usecases.run_values import values_of_run
from kyosai_lists.usecases.workspace import Workspace

ENROLLED = "加入・申込"


@dataclass(frozen=True)
class Recalled:
    """A person by 名簿番号 and No. `letters`: those no longer to be offered, "" when the person is not to be approached at all.
    `new`: the union was not told so yet.
    """

    book: HandedOut
    no: int
    letters: str
    new: bool


@dataclass(frozen=True)
class RecallLook:
    """`recalled`: by union, the oldest run first. `reasons`: how many rows for each reason, over all unions, since "死亡 1" in one
    union names a person. `unchecked`: titles of lists of which it cannot be seen who has enrolled since."""

    recalled: tuple[Recalled, ...]
    reasons: Mapping[str, int]
    unchecked: tuple[str, ...]

    @property
    def unions_with_news(self) -> list[str]:
        return list(dict.fromkeys(one.book.union_code for one in self.recalled if one.new))


@dataclass(frozen=True)
class _Handed:
    """A run of which something is out. `rows`: list_id, member_key, union_code, no of the people on what is out."""

    told: RunEntry
    books: Mapping[str, HandedOut]
    rows: pl.DataFrame


def look_for_recalls(workspace: Workspace, today: date) -> RecallLook:
    """
    Raises:
        StoreError: the entry of a run is gone or was changed.
    """
    with reading(workspace.engine) as connection:
        told = told_before(ledger.entries(connection, RECALL))
        status = read.member_states(connection)
        found: list[Recalled] = []
        reasons: dict[str, int] = {}
        unchecked: dict[str, None] = {}
        for handed in _still_out(connection):
            judged, blind = _judged(connection, workspace, handed, status, today)
            unchecked |= dict.fromkeys(blind)
            for reason, rows in judged.group_by("suppressed").len().iter_rows():
                reasons[reason] = reasons.get(reason, 0) + rows
            found += _recalled(handed, judged, told)
    ordered = sorted(found, key=lambda one: one.book.union_code)
    return RecallLook(tuple(ordered), dict(sorted(reasons.items())), tuple(unchecked))


def _still_out(connection: Connection) -> Iterator[_Handed]:
    """The oldest first."""
    books: dict[str, dict[str, HandedOut]] = {}
    for book in reversed(handed_out(connection)):
        if book.standing.is_out:
            books.setdefault(book.run_id, {})[book.union_code] = book
    for run_id, own in books.items():
        told = find_run(connection, run_id).told
        people = runs.people(connection, run_id).filter(pl.col("union_code").is_in(list(own)))
        rows = people.with_columns(list_id=pl.col("list_ids").str.split(";")).explode("list_id")
        yield _Handed(told, own, rows.select("list_id", "member_key", "union_code", "no"))


def _judged(
    connection: Connection, workspace: Workspace, handed: _Handed, status: pl.DataFrame, today: date
) -> tuple[pl.DataFrame, list[str]]:
    """Rows of people who are no longer to be approached, with why (`suppressed`); and the titles of lists that tell nothing of
    who has enrolled."""
    texts = runs.rule_texts(connection)
    known = ((used.id, _offered(texts.get(used.rule_sha256, ""))) for used in handed.told.lists)
    offers = {list_id: product for list_id, product in known if product}
    passed, kept_off = suppress(handed.rows, status, stops_for(connection, Occasion(today)), offers)
    enrolled, blind = [kept_off], []
    for used in handed.told.lists:
        own = passed.filter(pl.col("list_id") == used.id)
        try:
            keys = _enrolled(connection, workspace, handed.told, used, own, offers[used.id], today)
        except (KyosaiError, KeyError):  # the branch changed its rule, or took it away
            blind += [used.title] if own.height else []
        else:
            since = own.filter(pl.col("member_key").is_in(keys)).with_columns(suppressed=pl.lit(ENROLLED))
            enrolled.append(since)
    return pl.concat(enrolled), blind


def _offered(rule_text: str) -> str:
    """The product that the list offered when it went out, by the text of its rule as it was kept."""
    front = read_front(rule_text)
    return str(front.fields["offers"]) if isinstance(front, FrontMatter) else ""


def _enrolled(
    connection: Connection,
    workspace: Workspace,
    told: RunEntry,
    used: ListUsed,
    rows: pl.DataFrame,
    product: str,
    today: date,
) -> Sequence[str]:
    if rows.is_empty():
        return ()
    rule = workspace.all_rules[used.id]
    bound = bind_for(workspace, rule, Occasion(told.header.as_of, None, values_of_run(rule, used.values)))
    segments = segments_of(connection, workspace)
    gone = rows.join(segments.members(bound), on="member_key", how="anti")["member_key"]
    return segments.enrolled(today, as_list(gone.unique()), product) if gone.len() else ()


def _recalled(handed: _Handed, judged: pl.DataFrame, told: set[tuple[str, str, str]]) -> Iterator[Recalled]:
    """One for each person, whatever the number of lists."""
    lists = handed.rows.group_by("union_code", "no").len("lists")
    off = judged.group_by("union_code", "no").agg("list_id").join(lists, on=["union_code", "no"])
    order = [used.id for used in handed.told.lists]
    letter = {used.id: used.letter for used in handed.told.lists}
    for union_code, no, list_ids, of in (
        off.sort("union_code", "no").select("union_code", "no", "list_id", "lists").iter_rows()
    ):
        several = sorted(set(list_ids), key=order.index)
        letters = "" if len(several) == of else " ".join(letter[list_id] for list_id in several)
        book = handed.books[union_code]
        known = {(book.book_no, str(no), letters), (book.book_no, str(no), "")} & told
        yield Recalled(book, no, letters, new=not known)
