"""The tables of the 台帳: entries chained by hash, and of each run what its entry speaks of.

An entry's body holds the hash of everything here that must not change. `runs.placed_on`, `out` and `machine` are where things
stand today: entries name the computers and the folders, and no day. `runs.channel`, claimed slots and declined
unions are not covered. Source: design.md decision 6.
"""

import sqlalchemy as sa

from kyosai_lists.store.columns import metadata, text

# `seq` runs 1, 2, 3 … without gaps. `kind`: run, reprint, custody, recall, purge. `made_at`: UTC, ISO text; `made_by`: the user of
# the operating system. `body`: canonical JSON (`ledger.canonical`); hashes as `ledger.chain` says.
ledger_entries = sa.Table(
    "ledger_entries",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    text("kind", nullable=False),
    text("made_at", nullable=False),
    text("made_by", nullable=False),
    text("body", nullable=False),
    text("previous_hash", nullable=False),
    text("hash", nullable=False),
)

# `slot_on`: the 開始日 of the slot that it fills; `late`: it was issued after its day. `placed_on`: null until the folder has
# its name; `out`: where that folder is, on the computer `machine`. `writer`: which of the two made its files. `record`: what
# the branch's own papers are made from (`ledger.records`), null when it was purged; `union_lists`: the workbook of the
# lists of unions, null when there is none. `channel`: how the files were handed over.
runs = sa.Table(
    "runs",
    metadata,
    text("run_id", primary_key=True),
    sa.Column("seq", sa.ForeignKey("ledger_entries.seq"), nullable=False, unique=True),
    sa.Column("as_of", sa.Date, nullable=False),
    text("campaign_code"),
    sa.Column("slot_on", sa.Date),
    text("title", nullable=False),
    text("purpose", nullable=False),
    sa.Column("sealed", sa.Boolean, nullable=False),
    sa.Column("late", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("placed_on", sa.Date),
    text("out", nullable=False),
    text("machine", nullable=False),
    text("writer", nullable=False),
    text("channel"),
    sa.Column("record", sa.LargeBinary),
    sa.Column("union_lists", sa.LargeBinary),
)

# A campaign's lists that are to come out once: one row from the moment somebody sets about it. `claimed_by`: a mark of one
# process, `machine` and `lock`: where it runs and the file that it holds locked as long as it lives; `claimed_at`: UTC, ISO
# text. `state`: claimed, issued, closed (somebody decided that it need not come out).
slots = sa.Table(
    "slots",
    metadata,
    text("campaign_code", primary_key=True),
    sa.Column("starts_on", sa.Date, primary_key=True),
    sa.Column("issue_on", sa.Date, nullable=False),
    text("claimed_by", nullable=False),
    text("claimed_at", nullable=False),
    text("machine", nullable=False),
    text("lock", nullable=False),
    text("state", nullable=False),
    sa.Column("run_id", sa.ForeignKey("runs.run_id")),
    sa.Column("late", sa.Boolean, nullable=False, server_default=sa.false()),
    text("closed_for", nullable=False, server_default=""),
)

# Of a slot that came out or was closed: the unions that joined it afterwards and that somebody said need none of its lists.
declined_unions = sa.Table(
    "declined_unions",
    metadata,
    text("campaign_code", primary_key=True),
    sa.Column("starts_on", sa.Date, primary_key=True),
    text("union_code", primary_key=True),
)

# A workbook of a run. `path`: in its folder; `sha256`: of the workbook before it was sealed; `file_sha256`: of the file that
# was handed out. `frozen`: the rows it was made from (`ledger.freezing`), null when they were purged. `recipient`: the union.
run_books = sa.Table(
    "run_books",
    metadata,
    sa.Column("run_id", sa.ForeignKey("runs.run_id"), primary_key=True),
    text("union_code", primary_key=True),
    text("path", nullable=False),
    text("sha256", nullable=False),
    text("file_sha256", nullable=False),
    sa.Column("people", sa.Integer, nullable=False),
    sa.Column("frozen", sa.LargeBinary),
    text("frozen_sha256", nullable=False),
    text("recipient", nullable=False),
    sa.Column("return_by", sa.Date, nullable=False),
)

# Who stands on which lists of a run, and under which No. `list_ids`: joined by ";", most important first.
run_people = sa.Table(
    "run_people",
    metadata,
    sa.Column("run_id", sa.ForeignKey("runs.run_id"), primary_key=True),
    text("member_key", primary_key=True),
    text("union_code", nullable=False),
    sa.Column("no", sa.Integer, nullable=False),
    text("list_ids", nullable=False),
    sa.Index("ix_run_people_member_key", "member_key"),
)

# Templates and rules as they were, so that a run can be printed again after the branch changed its own.
templates_kept = sa.Table(
    "templates_kept",
    metadata,
    text("sha256", primary_key=True),
    sa.Column("content", sa.LargeBinary, nullable=False),
)
rules_kept = sa.Table("rules_kept", metadata, text("sha256", primary_key=True), text("content", nullable=False))

# What became of a workbook that was handed out (`ledger.custody`): each row is told in the entry `seq`, which may tell of many.
# `told_by`: who received, returned or destroyed it; `channel`: by which way it went; "" where nothing was said.
custody_events = sa.Table(
    "custody_events",
    metadata,
    sa.Column("seq", sa.ForeignKey("ledger_entries.seq"), primary_key=True, autoincrement=False),
    text("run_id", nullable=False),
    text("union_code", primary_key=True),
    text("event", nullable=False),
    sa.Column("happened_on", sa.Date, nullable=False),
    text("told_by", nullable=False),
    text("channel", nullable=False),
    text("note", nullable=False),
    sa.ForeignKeyConstraint(["run_id", "union_code"], ["run_books.run_id", "run_books.union_code"]),
    sa.Index("ix_custody_events_run_id", "run_id"),
)

LEDGER_TABLES = (
    ledger_entries,
    runs,
    slots,
    declined_unions,
    run_books,
    run_people,
    custody_events,
    templates_kept,
    rules_kept,
)
