"""What became of each workbook that was handed out: received, returned, destroyed"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "custody_events",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.Column("union_code", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("told_by", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id", "union_code"],
            ["run_books.run_id", "run_books.union_code"],
            name=op.f("fk_custody_events_run_id_run_books"),
        ),
        sa.ForeignKeyConstraint(["seq"], ["ledger_entries.seq"], name=op.f("fk_custody_events_seq_ledger_entries")),
        sa.PrimaryKeyConstraint("seq", "union_code", name=op.f("pk_custody_events")),
    )
    op.create_index(op.f("ix_custody_events_run_id"), "custody_events", ["run_id"])
