"""Slots: a campaign's lists that are to come out once, claimed by whoever sets about it"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "slots",
        sa.Column("campaign_code", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("issue_on", sa.Date(), nullable=False),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("claimed_by", "claimed_at", "machine", "lock", "state")
        ),
        sa.Column("run_id", sa.Text()),
        sa.Column("late", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.ForeignKeyConstraint(["run_id"], ["runs.run_id"], name=op.f("fk_slots_run_id_runs")),
        sa.PrimaryKeyConstraint("campaign_code", "starts_on", name=op.f("pk_slots")),
    )
