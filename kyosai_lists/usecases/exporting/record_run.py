"""What stays in the branch of a run: `県支部控え/manifest.json` and `県支部控え/まとめ.xlsx`."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from kyosai_lists import __version__
from kyosai_lists.dates import japanese_day
from kyosai_lists.ledger.records import RunRecord
from kyosai_lists.prefectures import NAMES
from kyosai_lists.segments.parameters import BoundRule
from kyosai_lists.usecases.draw_unions import DrawnUnionList
from kyosai_lists.usecases.exporting.export_result import ExportResult, WrittenBook, WrittenUnionLists, on_hold_in_words
from kyosai_lists.usecases.exporting.slot_filling import Filling
from kyosai_lists.usecases.exporting.tally import PASSED, PRINTED, SUPPRESSED, UNPLACED, Tally
from kyosai_lists.usecases.gathered import Gathered
from kyosai_lists.workbook.model import RunSummary, SummaryList, SummaryPref, SummaryUnion

NOBODY = "該当者なし"


def run_record(
    result: ExportResult,
    gathered: Gathered,
    drawn_unions: Sequence[DrawnUnionList],
    tally: Tally,
    template_hash: str,
    campaign_code: str | None,
    filling: Filling | None,
) -> RunRecord:
    """What both are made from once the run has its entry (`papers`)."""
    manifest = _manifest(result, gathered, template_hash, campaign_code, filling)
    if result.union_lists:
        manifest["union_lists"] = _union_lists(result.union_lists, drawn_unions)
    summary = _summary(result, gathered, tally, campaign_code, filling) if gathered.bound else None
    return RunRecord(manifest, summary)


def _manifest(
    result: ExportResult, gathered: Gathered, template_hash: str, campaign_code: str | None, filling: Filling | None
) -> dict[str, object]:
    return {
        "run": result.run_id,
        "as_of": result.as_of.isoformat(),
        "title": result.title,
        "campaign": campaign_code,
        "slot_on": filling.claim.starts_on.isoformat() if filling else None,
        "late": filling is not None and filling.late,
        "sealed": result.sealed,
        "max_offers": result.max_offers,
        "program": __version__,
        "template_sha256": template_hash,
        "lists": [_list(b) for b in gathered.bound],
        "workbooks": [
            {
                "pref": b.pref,
                "union": b.union_code,
                "path": b.path,
                "sha256": b.sha256,
                "people": b.people,
                "rows": b.rows,
            }
            for b in result.books
        ],
        **result.totals,
        "roster_warnings": result.roster_warnings,
    }


def _list(bound: BoundRule) -> dict[str, object]:
    return {
        "id": bound.rule.id,
        "title": bound.rule.title,
        "rule_sha256": bound.rule.digest,
        "parameters": {name: None if value is None else str(value) for name, value in bound.values.items()},
    }


def _union_lists(written: WrittenUnionLists, drawn: Sequence[DrawnUnionList]) -> list[dict[str, object]]:
    ids = [one.bound.rule.id for one in drawn]
    return [
        {**_list(one.bound), "rows": written.rows[list_id], "note": written.notes.get(list_id, "")}
        for list_id, one in zip(ids, drawn, strict=True)
    ]


def _summary(
    result: ExportResult,
    gathered: Gathered,
    tally: Tally,
    campaign_code: str | None,
    filling: Filling | None,
) -> RunSummary:
    prefs = sorted({book.pref for book in result.books})
    return RunSummary(
        run_id=result.run_id,
        as_of=result.as_of,
        title=result.title,
        sealed=result.sealed,
        max_offers=result.max_offers,
        lists=tuple(_list_totals(result, gathered, tally)),
        prefs=tuple(_pref(pref, result, gathered, tally) for pref in prefs),
        notes=tuple(_notes(result)),
        campaign=campaign_code or "",
        slot=_slot(filling) if filling else "",
    )


def _slot(filling: Filling) -> str:
    days = f"開始日 {japanese_day(filling.claim.starts_on)}、発行日 {japanese_day(filling.claim.issue_on)}"
    return f"{days}({'期日のあとに出しました' if filling.late else '期日どおりに出しました'})"


def _list_totals(result: ExportResult, gathered: Gathered, tally: Tally) -> list[SummaryList]:
    totals = []
    for b in gathered.bound:
        passed, suppressed, unplaced, printed = (
            tally.count(what, b.rule.id) for what in (PASSED, SUPPRESSED, UNPLACED, PRINTED)
        )
        totals.append(
            SummaryList(
                id=b.rule.id,
                title=b.rule.title,
                letter=result.letters[b.rule.id],
                parameters=b.parameters_text(),
                rule_hash=b.rule.digest,
                matched=passed + suppressed,
                delivered=passed - unplaced,
                suppressed=suppressed,
                unplaced=unplaced,
                printed=printed,
            )
        )
    return totals


def _pref(pref: str, result: ExportResult, gathered: Gathered, tally: Tally) -> SummaryPref:
    unions = gathered.unions.filter(pl.col("pref") == pref).select("union_code", "roster_on")
    roster_on = dict(unions.iter_rows())
    kept_off = tally.suppressed(pref)
    return SummaryPref(
        code=pref,
        name=NAMES.get(pref, ""),
        unions=tuple(_union(book, roster_on[book.union_code], tally) for book in result.books if book.pref == pref),
        # With one union in sight, 「死亡 1」 would name a person.
        suppressed=kept_off if unions.height > 1 else {"理由は単組が一つのため省略": sum(kept_off.values())},
    )


def _union(book: WrittenBook, roster_on: date | None, tally: Tally) -> SummaryUnion:
    return SummaryUnion(
        code=book.union_code,
        name=book.union_name,
        people=book.people,
        counts=book.rows,
        outcome="作成" if book.path else NOBODY,
        path=book.path,
        sha256=book.sha256,
        sheet_rows=book.sheet_rows,
        roster_on=roster_on,
        roster_warning=tally.roster_warnings.get(book.union_code, ""),
    )


def _notes(result: ExportResult) -> list[str]:
    notes = [f"確かめてください: {one.in_words}" for one in result.far_off]
    notes += result.remarks.values()
    if result.past_retirement:
        notes.append(
            f"定年超過・退職予定日なし: {len(result.past_retirement)}人(組合員番号は manifest.json にあります)"
        )
    if result.on_hold:
        notes.append(
            f"保留のままの行: {on_hold_in_words(result.on_hold)}(組合員と案内停止の行が保留の人は、直して取り込むまで、どのリストにも載りません。申込受付の行が保留の人は、その共済と関係する共済のリストに載りません)"
        )
    if result.waiting:
        notes.append(f"組合員が登録されていない契約: {result.waiting}件(番号の先頭の0が消えていないか確かめてください)")
    if result.unplaced:
        notes.append(f"文字が長すぎて載せられなかった行: {result.unplaced}行")
    if result.unmarked:
        notes.append(
            f"同じ世帯のしるしは付いていません({result.unmarked}人分): お使いのひな形の「リスト」に{{{{同じ世帯}}}}の列がありません"
        )
    return notes
