"""まとめ.xlsx for the branch: what went out, in counts only, never a person. Built from nothing, no template."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from openpyxl import Workbook

from kyosai_lists.dates import japanese_day
from kyosai_lists.workbook.model import RunSummary, SummaryPref, SummaryUnion
from kyosai_lists.workbook.package import RowsBetween, save
from kyosai_lists.workbook.plainrows import Row
from kyosai_lists.workbook.plainsheet import Column, write_sheet
from kyosai_lists.workbook.tokens import DISCREET, ROLL

_CODE, _NAME, _COUNT = 11.0, 30.0, 11.0
_NARROW_COUNT = 9.0
YES, NO = "あり", "なし"


def summary(run: RunSummary) -> bytes:
    """The workbook as .xlsx bytes; equal summaries give equal bytes."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    heading = f"{run.title}　基準日 {japanese_day(run.as_of)}"
    between: dict[str, RowsBetween] = {}
    for table in (_overview(run), _counts(run), _files(run), _suppressed(run), _totals(run), _rosters(run)):
        title = f"{table.title}　{heading}"
        rows = write_sheet(workbook, table.title, title, table.remark, table.columns, table.rows, table.total)
        between |= {table.title: rows} if rows else {}
    return save(workbook, run.as_of, between)


def _entry(run: RunSummary) -> list[Row]:
    """In groups of eight: on paper, it is what a cut 台帳 is found with."""
    if run.entry is None:
        return []
    number, head = run.entry
    groups = "-".join(head[start : start + 8] for start in range(0, len(head), 8))
    return [("台帳の番号", number), ("台帳の先頭(照合番号)", groups)]


@dataclass(frozen=True)
class _Table:
    title: str
    remark: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    total: bool  # a row of totals below


def _overview(run: RunSummary) -> _Table:
    unions = [union for _, union in _unions(run)]
    rows: list[Row] = [
        ("名簿番号", run.run_id),
        ("基準日", japanese_day(run.as_of)),
        ("募集名または基準日", run.title),
        *([("募集コード", run.campaign)] if run.campaign else []),
        *([("募集の予定", run.slot)] if run.slot else []),
        *_entry(run),
        ("パスワード", YES if run.sealed else NO),
        ("名簿に印刷するご案内(1人の上限)", run.max_offers),
        ("県支部", len(run.prefs)),
        ("単組", len(unions)),
        ("作成したファイル", sum(bool(union.path) for union in unions)),
        ("該当者なしなど、ファイルのない単組", sum(not union.path for union in unions)),
        ("掲載した人数(単組ごとに1人1回)", sum(union.people for union in unions)),
        ("名簿の日付に注意がある単組", sum(bool(union.roster_warning) for union in unions)),
    ]
    rows += [(f"備考{number}", note) for number, note in enumerate(run.notes, start=1)]
    return _Table(
        "概要",
        "人数だけの控えです。個人の名前はありません。",
        (Column("項目", 36), Column("内容", 70)),
        rows,
        total=False,
    )


def _counts(run: RunSummary) -> _Table:
    columns = [Column("県コード", 9.0, key=True), Column("県支部", 10.0, key=True)]
    columns += [Column("単組コード", _CODE, key=True), Column("単組名", 26.0, key=True)]
    columns += [Column("人数\n(実人数)", _NARROW_COUNT)]
    columns += [Column(f"{found.letter} {found.title}", _NARROW_COUNT) for found in run.lists]
    rows: list[Row] = [
        (
            pref.code,
            pref.name,
            union.code,
            union.name,
            union.people,
            *(union.counts.get(found.id, 0) for found in run.lists),
        )
        for pref, union in _unions(run)
    ]
    return _Table("単組別人数", "1人が2つのリストにあれば、それぞれに数えます。", columns, rows, total=True)


def _files(run: RunSummary) -> _Table:
    columns = (
        Column("県コード", _CODE),
        Column("単組コード", _CODE),
        Column("単組名", _NAME),
        Column("結果", 16),
        Column("ファイル", 52),
        Column("行数(開き直して数えた数)", 44),
        Column("SHA-256", 76, printed=False),
    )
    rows = [
        (pref.code, union.code, union.name, union.outcome, union.path, _sheet_rows(union), union.sha256)
        for pref, union in _unions(run)
    ]
    return _Table("ファイル", "できあがったファイルを開き直し、行数を数えてあります。", columns, rows, total=False)


def _suppressed(run: RunSummary) -> _Table:
    columns = (Column("県コード", _CODE), Column("県支部", 14), Column("理由", 44), Column("行数", _COUNT))
    rows = [
        (pref.code, pref.name, reason, rows)
        for pref in run.prefs
        for reason, rows in sorted(pref.suppressed.items(), key=lambda item: (-item[1], item[0]))
    ]
    return _Table(
        "除外",
        "県全体の数だけです。単組ごとには出しません(1人の死亡や停止が分かってしまうため)。",
        columns,
        rows,
        total=True,
    )


def _totals(run: RunSummary) -> _Table:
    columns = (
        Column("記号", 8),
        Column("リスト", 34),
        Column("該当", _COUNT),
        Column("掲載", _COUNT),
        Column("うち印刷", _COUNT),
        Column("除外", _COUNT),
        Column("載せられない", _COUNT),
        Column("照合", 9),
        Column("条件", 50),
        Column("リストの番号", 26),
        Column("ルールの照合番号", 76, printed=False),
    )
    rows = [
        (
            found.letter, found.title, found.matched, found.delivered, found.printed, found.suppressed, found.unplaced,
            "合う" if found.matched == found.delivered + found.suppressed + found.unplaced else "合わない",
            found.parameters, found.id, found.rule_hash,
        )
        for found in run.lists
    ]  # fmt: skip
    remark = (
        "該当 = 掲載 + 除外 + 載せられない。行数で数えます。"
        f"「うち印刷」は、名簿か担当限りの「ご案内」に記号のある人です(1人に多くて{run.max_offers}つ。残りはリストのシートだけに載ります)。"
    )
    return _Table("照合", remark, columns, rows, total=True)


def _rosters(run: RunSummary) -> _Table:
    columns = (
        Column("県コード", _CODE),
        Column("単組コード", _CODE),
        Column("単組名", _NAME),
        Column("名簿の日付", 16),
        Column("注意", 60),
    )
    rows = [
        (pref.code, union.code, union.name, union.roster_on or "記録なし", union.roster_warning)
        for pref, union in _unions(run)
    ]
    return _Table("名簿の日付", "古い名簿と、4月1日をまたいだ名簿に注意をつけます。", columns, rows, total=False)


def _unions(run: RunSummary) -> Iterator[tuple[SummaryPref, SummaryUnion]]:
    return ((pref, union) for pref in run.prefs for union in pref.unions)


def _sheet_rows(union: SummaryUnion) -> str:
    """The lists in one: how many are on each stands on another sheet, and 37 titles would fill a page."""
    rolls = [f"{sheet} {rows}" for sheet, rows in union.sheet_rows.items() if sheet in (ROLL, DISCREET)]
    lists = [rows for sheet, rows in union.sheet_rows.items() if sheet not in (ROLL, DISCREET)]
    return "、".join([*rolls, f"リスト{len(lists)}枚 {sum(lists)}"] if lists else rolls)
