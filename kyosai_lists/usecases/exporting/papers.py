"""What stays in the branch of a run: `県支部控え/manifest.json`, `まとめ.xlsx`, `単組リスト.xlsx`. Written when the run has its entry."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

from kyosai_lists.ledger.chain import Entry
from kyosai_lists.ledger.records import RunRecord
from kyosai_lists.usecases.exporting.staging import CONTROL_FOLDER, MANIFEST
from kyosai_lists.workbook.summary import summary

SUMMARY = "まとめ.xlsx"
UNION_LISTS = "単組リスト.xlsx"


def write_papers(folder: Path, record: RunRecord, entry: Entry, union_lists: bytes | None) -> None:
    """Writes them into `folder`. The manifest holds 組合員番号 of people to look into; まとめ holds counts only, and is left
    out where no list of people was asked for; the lists of unions are there where they were asked for.
    """
    control = folder / CONTROL_FOLDER
    control.mkdir(parents=True, exist_ok=True)
    papers = {UNION_LISTS: union_lists} if union_lists is not None else {}
    if record.summary:
        papers[SUMMARY] = summary(replace(record.summary, entry=(entry.seq, entry.hash)))
    for name, data in papers.items():
        (control / name).write_bytes(data)
    manifest = {
        **record.manifest,
        "ledger": {"entry": entry.seq, "hash": entry.hash},
        "control": {f"{CONTROL_FOLDER}/{name}": hashlib.sha256(data).hexdigest() for name, data in papers.items()},
    }
    (control / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1), "utf-8", newline="\n")
