"""Who is meant by what a clerk typed: a 組合員番号, or a name or kana or part of one."""

import json
from dataclasses import dataclass

import polars as pl

from kyosai_lists.errors import UsageError
from kyosai_lists.intake.layouts import MEMBERS
from kyosai_lists.prefectures import NAMES
from kyosai_lists.search import pattern, search_key
from kyosai_lists.store import history, quarantine
from kyosai_lists.store.engine import Connection
from kyosai_lists.text import UNCLEAR_PREF, code_key, forbidden_control, header_key, kana_sort_key
from kyosai_lists.usecases.workspace import Workspace

_SUGGESTED = 5
_TRY = "番号は先頭の0も含めて書いてください。氏名は名字だけでも、カナでも探せます。"
# `hold_id`: the row on 保留 that is all there is of this person.
_SCHEMA: dict[str, pl.DataType] = history.PEOPLE_SCHEMA | {"hold_id": pl.Int64()}


@dataclass(frozen=True)
class FoundPerson:
    """`member_key`: "??-<number>" or "" where 保留 leaves it unclear. `status`: "" for who is not in the store as a member.

    `hold_id`: the row on 保留 that is then all there is of the name; `on_hold`: whether such a row speaks of this person.
    """

    member_key: str
    member_no: str
    name: str
    kana: str
    union_code: str
    union_name: str
    workplace: str
    status: str
    hold_id: int | None
    on_hold: bool

    @property
    def member(self) -> bool:
        return bool(self.status)

    @property
    def number_to_type(self) -> str:
        """With the prefecture, where it is known."""
        known = self.member_key.partition("-")[0] in NAMES
        return self.member_key if known else self.member_no


def search_people(connection: Connection, workspace: Workspace, text: str) -> list[FoundPerson]:
    """Everyone who may be meant: by number, else by name and kana, those whose whole name it is before all others.

    Raises:
        UsageError: nobody.
    """
    number, expression = code_key(text), pattern(text)
    if forbidden_control(text) or not number or not expression:
        raise UsageError("その組合員番号・氏名・カナでは探せません。", _TRY)
    held = _held_people(connection, workspace)
    found = _by_number(connection, number, held)
    if found.is_empty():
        found = _by_name(connection, expression, held)
    if found.is_empty():
        raise _nobody(connection, number)
    keys = set(held["member_key"])
    return [
        FoundPerson(**row, on_hold=not keys.isdisjoint(keys_of(row["member_key"])))
        for row in found.iter_rows(named=True)
    ]


def keys_of(member_key: str) -> tuple[str, str]:
    """The keys under which rows on 保留 may speak of this person: where the prefecture is unclear, of everyone with the number."""
    return member_key, f"{UNCLEAR_PREF}-{bare_number(member_key)}"


def bare_number(number: str) -> str:
    """The number without the prefecture that may stand before it."""
    pref, _, rest = number.partition("-")
    return rest if rest and pref in (*NAMES, UNCLEAR_PREF) else number


def _by_number(connection: Connection, number: str, held: pl.DataFrame) -> pl.DataFrame:
    keys = [number, *(f"{pref}-{number}" for pref in NAMES)]
    known = pl.concat([_members(connection, keys), held.filter(pl.col("member_key").is_in(keys))])
    named = [key for key in history.keys_without_member(connection, keys) if key not in set(known["member_key"])]
    rest = [{"member_key": key, "member_no": bare_number(key)} for key in named]
    found = pl.concat([known, pl.DataFrame(rest, schema=_SCHEMA).with_columns(pl.col(pl.String).fill_null(""))])
    unclear = held.filter(pl.col("member_key").is_in(keys_of(number)))
    return (unclear if found.is_empty() else found).unique("member_key", maintain_order=True).sort("member_key")


def _by_name(connection: Connection, expression: str, held: pl.DataFrame) -> pl.DataFrame:
    """By rank: a whole name, the beginning of one, a part of one; nothing but whole ones where there are any."""
    members = _members(connection)
    people = pl.concat([members, held.join(members, on="member_key", how="anti")])
    keys = [pl.Series(f"{c}_key", [search_key(text) for text in people[c]], pl.String) for c in ("name", "kana")]

    def either(pattern: str) -> pl.Expr:
        return pl.any_horizontal(pl.col("name_key", "kana_key").str.contains(pattern))

    rank = pl.when(either(f"^(?:{expression})$")).then(0).when(either(f"^(?:{expression})")).then(1).otherwise(2)
    hits = people.with_columns(keys).filter(either(expression)).with_columns(rank=rank)
    best = hits.filter((pl.col("rank") == 0) | (pl.col("rank").min() > 0))
    order = pl.Series("order", [kana_sort_key(kana) for kana in best["kana"]], pl.String)
    return best.with_columns(order).sort("rank", "order", "member_key").select(*_SCHEMA)


def _members(connection: Connection, keys: list[str] | None = None) -> pl.DataFrame:
    return history.people(connection, keys).with_columns(hold_id=pl.lit(None, pl.Int64))


def _held_people(connection: Connection, workspace: Workspace) -> pl.DataFrame:
    """_SCHEMA: one for each person of whom a row of the 名簿 is on 保留, as the newest such row says."""
    rows = quarantine.open_rows(connection, "members").select("id", "member_key", "raw")
    own = workspace.settings.layouts.get("members")
    fields = _fields_by_heading(dict(own.columns) if own else {})
    people = [
        {"hold_id": row_id} | _cells(json.loads(raw), fields) | {"member_key": key}
        for row_id, key, raw in rows.iter_rows()
    ]
    frame = pl.DataFrame(people, schema=_SCHEMA).with_columns(pl.col(pl.String).fill_null(""))
    one_person = pl.when(pl.col("member_key") == "").then(pl.col("hold_id").cast(pl.String)).otherwise("member_key")
    return frame.filter(one_person.is_last_distinct())


def _fields_by_heading(own: dict[str, str]) -> dict[str, str]:
    """The field that a heading means: the standard one, a synonym, or (`own`: heading → standard) the branch's own."""
    standard = {c.header: c.field for c in MEMBERS.columns}
    synonyms = {word: c.field for c in MEMBERS.columns for word in c.synonyms}
    mine = {heading: standard[to] for heading, to in own.items() if to in standard}
    return {header_key(heading): field for heading, field in (synonyms | standard | mine).items()}


def _cells(raw: dict[str, str], fields: dict[str, str]) -> dict[str, str]:
    wanted = {"member_no", "name", "kana", "union_code", "workplace"}
    found = {fields.get(header_key(heading), ""): text for heading, text in raw.items() if text}
    return {field: text for field, text in found.items() if field in wanted}


def _nobody(connection: Connection, number: str) -> UsageError:
    """A number that lacks zeros is never completed by itself: another person may have the other number."""
    stem = bare_number(number).lstrip("0")
    numbers = [bare_number(key) for key in history.people(connection)["member_key"]] if stem.isdecimal() else []
    like = sorted({other for other in numbers if other.lstrip("0") == stem})[:_SUGGESTED]
    hint = f"もしかして {'、'.join(like)} ですか(先頭の0が違います)。" if like else ""
    return UsageError("その組合員番号・氏名・カナの人は登録されていません。", hint + _TRY)
