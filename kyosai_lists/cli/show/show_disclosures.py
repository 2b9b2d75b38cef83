"""Every list on which a person was handed out: for `ledger person` and for `person`."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kyosai_lists.cli.show.show_custody import standing_document, standing_in_words
from kyosai_lists.cli.show.show_ledger import moment, sealed_in_words
from kyosai_lists.cli.terminal import as_document, console, plain

if TYPE_CHECKING:
    from kyosai_lists.usecases.keeping.disclosures import Disclosure, Disclosures


def disclosures(found: "Disclosures", *, as_json: bool) -> None:
    if as_json:
        as_document({"member": found.member_key, "handed_out": [disclosure(one) for one in found.handed_out]})
        return
    console.print(f"[bold]{plain(found.member_key)}[/] の人を載せて渡した名簿")
    handed_out(found.handed_out)


def handed_out(found: "Sequence[Disclosure]") -> None:
    if not found:
        console.print("  ありません。")
    for one in found:
        to = f"{one.union_code} {one.union_name}"
        console.print(f"  {moment(one.made_at)} [bold]{plain(to)}[/] {plain(one.title)}の名簿", soft_wrap=True)
        console.print(
            f"    名簿番号 {plain(one.book_no)} の No.{one.no}  基準日 {one.as_of}  返却期限 {one.return_by}"
            f"  {sealed_in_words(one.sealed)}  出した人 {plain(one.made_by)}",
            soft_wrap=True,
        )
        console.print(f"    利用目的: {plain(one.purpose)}", soft_wrap=True)
        for used in one.lists:
            rule = f"きまり {used.rule_sha256[:16]}"
            console.print(f"    {used.letter} {plain(used.title)}({plain(used.said)}、{rule})", soft_wrap=True)
        if one.standing:
            console.print(f"    今: {standing_in_words(one.standing)}")
        for made_at in one.reprinted_at:
            console.print(f"    再発行 {moment(made_at)}")
        if not one.placed:
            console.print("    [yellow]フォルダーは仕上がっていません(まだ渡していないはずです)。[/]")


def disclosure(one: "Disclosure") -> dict[str, object]:
    return {
        "entry": one.seq, "made_at": one.made_at, "made_by": one.made_by, "run": one.run_id, "book": one.book_no,
        "as_of": one.as_of.isoformat(), "title": one.title, "campaign": one.campaign or None, "purpose": one.purpose,
        "union": one.union_code, "union_name": one.union_name, "no": one.no, "sealed": one.sealed,
        "return_by": one.return_by.isoformat(), "reprinted_at": list(one.reprinted_at), "placed": one.placed,
        "custody": standing_document(one.standing) if one.standing else None,
        "lists": [
            {
                "id": used.id, "title": used.title, "letter": used.letter,
                "parameters": dict(used.values), "rule_sha256": used.rule_sha256,
            }
            for used in one.lists
        ],
    }  # fmt: skip
