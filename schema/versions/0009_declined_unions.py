"""Of a slot that came out or was closed: the unions that joined it later and are to have none of its lists"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "declined_unions",
        sa.Column("campaign_code", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("union_code", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("campaign_code", "starts_on", "union_code", name=op.f("pk_declined_unions")),
    )
