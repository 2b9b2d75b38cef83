"""What a run's entry and its frozen record say comes back as it was."""

from datetime import date

import pytest

from kyosai_lists.ledger.records import RunRecord
from kyosai_lists.ledger.run_entry import BookIssued, ListUsed, RunEntry, UnionListUsed
from kyosai_lists.workbook.model import RunHeader, RunSummary, SummaryList, SummaryPref, SummaryUnion

HEADER = RunHeader(
    "261101-AAAAA", date(2026, 11, 1), "秋の募集", "秋の募集", date(2026, 12, 1), "県支部\n内線12", "案内", 3
)
ENTRY = RunEntry(
    header=HEADER, user="tanaka", machine="PC-1", database_user="", campaign="K1", program="1", writer="stamp",
    template_sha256="t", sealed=True, out="秋の募集_261101-AAAAA",
    lists=(ListUsed("fire-only", "火災共済のみ加入", "A", "案内", "なし", {"n": "1", "m": None}, "r"),),
    union_lists=(UnionListUsed("union-model", "モデル", {}, "u", 3),),
    books=(BookIssued("17", "17001", "金沢市", "17/a.xlsx", 2, {"fire-only": 2}, "s", "f", "z", "p"),),
    totals={"matched": 3, "delivered": 2, "suppressed": {"案内停止": 1}, "unplaced": 0},
    record_sha256="c", union_lists_sha256="",
)  # fmt: skip
SUMMARY = RunSummary(
    run_id="261101-AAAAA", as_of=date(2026, 11, 1), title="秋の募集", sealed=True, max_offers=3,
    lists=(SummaryList("fire-only", "火災共済のみ加入", "A", "なし", "r", 3, 2, 1, 0, 2),),
    prefs=(
        SummaryPref("17", "石川県", (
            SummaryUnion("17001", "金沢市", 2, {"fire-only": 2}, "作成", "17/a.xlsx", "f", {"名簿": 2, "A": 2}, date(2026, 10, 1)),
            SummaryUnion("17002", "七尾市", 0, {}, "該当者なし"),
        ), {"案内停止": 1}),
    ),
    notes=("備考",),
)  # fmt: skip


def test_an_entry_comes_back_from_its_body() -> None:
    assert RunEntry.read(ENTRY.body()) == ENTRY
    assert RunEntry.read(ENTRY.body()).body() == ENTRY.body()


@pytest.mark.parametrize("body", ["{}", '{"header":{}}', ENTRY.body().replace('"sealed"', '"other"')])
def test_another_body_is_no_run_s(body: str) -> None:
    with pytest.raises(ValueError, match="no body"):
        RunEntry.read(body)


@pytest.mark.parametrize("summary", [SUMMARY, None])
def test_a_record_comes_back_as_it_was_frozen_with_the_order_of_its_names(summary: RunSummary | None) -> None:
    record = RunRecord({"run": "261101-AAAAA", "as_of": "2026-11-01", "past_retirement": ["0001"]}, summary)
    thawed = RunRecord.thaw(record.frozen())
    assert thawed == record
    assert list(thawed.manifest) == list(record.manifest)
    if thawed.summary:
        assert list(thawed.summary.prefs[0].unions[0].sheet_rows) == ["名簿", "A"]
    assert thawed.frozen() == record.frozen()
