"""What each import changed, so that it can be taken back; which contract an application became"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    with op.batch_alter_table("imports") as table:
        table.add_column(sa.Column("undone_on", sa.Date()))
        # What earlier imports changed was not kept: they cannot be taken back.
        table.add_column(sa.Column("reversible", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("import_files") as table:
        table.add_column(sa.Column("whole", sa.Boolean(), nullable=False, server_default=sa.true()))
    with op.batch_alter_table("applications") as table:
        table.add_column(sa.Column("contract_key", sa.Text()))
    _rosters_of_an_import()
    op.create_table(
        "changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("before_import_id", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("record_key", sa.Text(), nullable=False),
        sa.Column("member_key", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name=op.f("fk_changes_import_id_imports")),
        sa.ForeignKeyConstraint(["before_import_id"], ["imports.id"], name=op.f("fk_changes_before_import_id_imports")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_changes")),
    )
    for column in ("import_id", "before_import_id", "member_key"):
        op.create_index(op.f(f"ix_changes_{column}"), "changes", [column])
    op.create_table(
        "confirmations",
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("earlier_import_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name=op.f("fk_confirmations_import_id_imports")),
        sa.ForeignKeyConstraint(
            ["earlier_import_id"], ["imports.id"], name=op.f("fk_confirmations_earlier_import_id_imports")
        ),
        sa.PrimaryKeyConstraint("import_id", "earlier_import_id", name=op.f("pk_confirmations")),
    )
    op.create_index(op.f("ix_confirmations_earlier_import_id"), "confirmations", ["earlier_import_id"])


def _rosters_of_an_import() -> None:
    with op.batch_alter_table("rosters") as table:
        table.add_column(sa.Column("import_id", sa.Integer()))
    # Which import brought them was not kept until now; the newest is the one that blocks no other from being taken back.
    op.execute("UPDATE rosters SET import_id = (SELECT MAX(id) FROM imports)")
    with op.batch_alter_table("rosters") as table:
        table.alter_column("import_id", nullable=False)
        table.create_foreign_key(op.f("fk_rosters_import_id_imports"), "imports", ["import_id"], ["id"])
