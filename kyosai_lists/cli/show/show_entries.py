"""What the answers about typed 案内停止 and 申込受付 have in common: whom they are about, what came of it, how to undo it."""

from typing import TYPE_CHECKING

from kyosai_lists.cli.terminal import console, plain

if TYPE_CHECKING:
    from kyosai_lists.usecases.entering.applications_by_hand import Application
    from kyosai_lists.usecases.entering.enter_by_hand import Whom
    from kyosai_lists.usecases.entering.stops_by_hand import Held, Stop

NOBODY = "(登録なし)"
FATES = {"new": "入れました", "changed": "変えました", "unchanged": "前から同じ内容で入っています"}


def whom(what: str, person: "Whom") -> None:
    say(f"{what}: 県コード {person.pref} 組合員番号 {person.member_no} {person.name or ''}".rstrip())
    unknown(person)


def unknown(person: "Whom | None") -> None:
    if person is None or person.registered:
        return
    if person.on_hold:
        say("  この番号の人の名簿の行は、保留になっています。直して取り込むと登録されます。", style="red")
    else:
        say("  まだ登録のない番号です。番号を確かめてください。", style="red")
    if person.alike:
        say(f"  先頭の0だけが違う番号なら、登録があります: {'、'.join(person.alike)}", style="red")


def remarks_on(remarks: tuple[str, ...]) -> None:
    for remark in remarks:
        say(f"  注意 {remark}", style="yellow")


def how_to_undo(number: int) -> None:
    console.print(f"第{number}回の取り込みです。打ち間違いなら、kyosai-lists imports undo {number} で元に戻せます。")


def say(text: str, style: str | None = None) -> None:
    console.print(plain(text), style=style, soft_wrap=True)


def source(row: "Stop | Application") -> str:
    return f"第{row.source.number}回 {'、'.join(row.source.files)}"


def entry_document(number: int, person: "Whom") -> dict[str, object]:
    return {
        "import": number, "pref": person.pref, "member_no": person.member_no, "name": person.name,
        "registered": person.registered,
        "alike": list(person.alike),
    }  # fmt: skip


def source_document(row: "Stop | Held | Application") -> dict[str, object]:
    came = row.source
    return {"import": came.number, "taken_in_on": came.taken_in_on.isoformat(), "files": list(came.files)}
