"""Of a slot that need not come out: for which unions that was decided"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    with op.batch_alter_table("slots") as table:
        table.add_column(sa.Column("closed_for", sa.Text(), nullable=False, server_default=""))
