"""Applications are found by the contract they are to be attached to, not by going through all of them"""

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_index("ix_applications_main", "applications", ["main_contract_key"])
