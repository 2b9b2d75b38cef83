"""What becomes of rows, in plain Python, row by row: slow and plain, so that it can be read against interface.md §1."""

import unicodedata
from collections import Counter
from dataclasses import dataclass

Row = dict[str, str]


@dataclass(frozen=True)
class World:
    """`unions`: code → prefecture. `people`: (prefecture, number) in the store. `own`: the workspace's prefectures."""

    unions: dict[str, str]
    people: frozenset[tuple[str, str]]
    own: tuple[str, ...] = ()


def plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


PREFECTURES = {f"{number:02}" for number in range(1, 48)}


def prefecture(layout: str, row: Row, world: World) -> str | None:
    """Its own, else the union's, else the only one there is, else that of the one person with the number.

    None when that leads nowhere, or to something that is none of the 47.
    """
    pref = _said(layout, row, world)
    return pref if pref in PREFECTURES or pref == "" else None


def _said(layout: str, row: Row, world: World) -> str | None:
    if layout == "guides":
        return ""
    if given := plain(row.get("pref", "")):
        return given.zfill(2)
    code = plain(row.get("union_code", ""))
    if layout == "unions":
        alone = next(iter(world.own)) if len(world.own) == 1 else None
        return code[:2] if code[:2] in PREFECTURES else alone
    if code in world.unions:
        return world.unions[code]
    if layout == "targets":
        return ""
    candidates = set(world.own) or set(world.unions.values())
    if len(candidates) == 1:
        return candidates.pop()
    if layout == "campaigns":
        return ""
    of_number = [pref for pref, number in world.people if number == plain(row.get("member_no", ""))]
    return of_number[0] if len(of_number) == 1 else None


def held_back(layout: str, row: Row, world: World) -> bool:
    """Whether what is known of prefectures and unions keeps the row out."""
    pref = prefecture(layout, row, world)
    codes = row.get("union_codes", "").split(";") if layout == "campaigns" else [row.get("union_code", "")]
    if layout in ("members", "targets", "campaigns") and any(plain(c) not in world.unions for c in codes if plain(c)):
        return True
    return pref is None or (bool(world.own) and pref != "" and pref not in world.own)


def key(layout: str, key_fields: tuple[str, ...], row: Row, world: World) -> tuple[str, ...]:
    pref = prefecture(layout, row, world) or "?"
    return tuple(pref if name == "pref" else plain(row.get(name, "")) for name in key_fields)


def fates(layout: str, key_fields: tuple[str, ...], rows: list[Row], unreadable: set[int], world: World) -> list[str]:
    """Of each row: "quarantined", "duplicate" or "kept"."""
    bad = {i for i, row in enumerate(rows) if i in unreadable or held_back(layout, row, world)}
    keys = [key(layout, key_fields, row, world) for row in rows]
    for several in [k for k, count in Counter(keys).items() if count > 1]:
        same = [i for i, k in enumerate(keys) if k == several]
        if _contradict([_spoken(layout, key_fields, rows[i], world) for i in same]) or bad & set(same):
            bad |= set(same)
    seen: set[tuple[str, ...]] = set()
    out = []
    for i, k in enumerate(keys):
        out.append("quarantined" if i in bad else "duplicate" if k in seen else "kept")
        seen |= {k} - ({k} if i in bad else set())
    return out


def _spoken(layout: str, key_fields: tuple[str, ...], row: Row, world: World) -> Row:
    """What the row says beside its key: whose it is, however that was found out, and its own columns."""
    said = row | {"pref": prefecture(layout, row, world) or ""}
    codes = ("union_code", "member_no", "type")
    return {name: plain(v) if name in codes else v for name, v in said.items() if name not in key_fields}


def _contradict(rows: list[Row]) -> bool:
    """Two rows disagree on a column that both files have."""
    fields = {name for row in rows for name in row}
    return any(len({row[name] for row in rows if name in row}) > 1 for name in fields)
