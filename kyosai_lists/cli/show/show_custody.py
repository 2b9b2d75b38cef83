"""Where handed-out workbooks are."""

from datetime import date
from typing import TYPE_CHECKING

from kyosai_lists.cli.terminal import as_document, console, plain, table
from kyosai_lists.usecases.custody.record_custody import WORDS

if TYPE_CHECKING:
    from kyosai_lists.usecases.custody.look_at_custody import CustodyLook, HandedOut, Standing
    from kyosai_lists.usecases.custody.record_custody import Recorded, Told


def overview(found: "CustodyLook", *, as_json: bool) -> None:
    if as_json:
        counts = {"out": found.out, "overdue": found.overdue, "done": found.done}
        as_document(
            {"today": found.today.isoformat(), **counts, "files": [_file(one, found.today) for one in found.files]}
        )
        return
    if found.files:
        rows = table("返却期限", "単組", "名簿", "人数", "今", "渡し方", numbers=False)
        for one in found.files:
            late = f"[red]{one.return_by} 期限切れ[/]" if one.is_overdue(found.today) else str(one.return_by)
            union = plain(f"{one.union_code} {one.union_name}")
            rows.add_row(
                late, union, plain(f"{one.title} {one.run_id}"), f"{one.people:,}", standing_in_words(one.standing),
                plain(one.standing.channel),
            )  # fmt: skip
        console.print(rows)
    console.print(
        f"渡したままの名簿 {found.out:,}冊(うち期限切れ {found.overdue:,}冊)、返却・廃棄の済んだもの {found.done:,}冊"
    )


def standing_in_words(now: "Standing") -> str:
    return f"{WORDS[now.state]} {now.since}"


def standing_document(now: "Standing") -> dict[str, object]:
    told = [
        {"entry": e.seq, "event": e.event, "on": e.on.isoformat(), "by": e.by, "channel": e.channel, "note": e.note}
        for e in now.told
    ]
    return {"state": now.state, "since": now.since.isoformat(), "channel": now.channel or None, "events": told}


def recorded(result: "Recorded", told: "Told", *, as_json: bool) -> None:
    if as_json:
        as_document(
            {
                "event": told.event, "on": told.on.isoformat(),
                "entered": [one.union_code for one in result.entered],
                "already": [one.union_code for one in result.already],
                "ledger": {"entry": result.entry.seq, "hash": result.entry.hash} if result.entry else None,
            }
        )  # fmt: skip
        return
    if result.entered:
        console.print(f"{len(result.entered):,}冊の「{WORDS[told.event]}」({told.on})を台帳に記録しました。")
    for one in result.already:
        console.print(
            f"単組 {plain(one.union_code)} の名簿は、もう記録してあります({standing_in_words(one.standing)})。",
            style="yellow",
        )


def _file(one: "HandedOut", today: date) -> dict[str, object]:
    return {
        "run": one.run_id, "book": one.book_no, "title": one.title, "union": one.union_code,
        "union_name": one.union_name, "path": one.path, "people": one.people, "sealed": one.sealed,
        "issued_on": one.issued_on.isoformat(), "return_by": one.return_by.isoformat(), "overdue": one.is_overdue(today),
        **standing_document(one.standing),
    }  # fmt: skip
