"""特約 by their normalised names beside what came"""

import sqlalchemy as sa
from alembic import op

from kyosai_lists.products import riders_key

revision = "0003"
down_revision = "0002"

contracts = sa.table("contracts", sa.column("riders"), sa.column("riders_key"))
changes = sa.table(
    "changes",
    *(sa.column(n) for n in ("import_id", "before_import_id", "table_name", "record_key", "member_key")),
    *(sa.column(n) for n in ("field", "before", "after")),
)


def upgrade() -> None:
    with op.batch_alter_table("contracts") as table:
        table.add_column(sa.Column("riders_key", sa.Text()))
    connection = op.get_bind()
    for (riders,) in connection.execute(sa.select(contracts.c.riders).distinct()).all():
        if riders:
            same = contracts.c.riders == riders
            connection.execute(sa.update(contracts).where(same).values(riders_key=riders_key(riders) or None))
    _changes(connection)


def _changes(connection: sa.Connection) -> None:
    """What earlier imports changed in 特約, said of the key too: taking one back must bring back both."""
    c = changes.c
    of_riders = sa.select(changes).where(c.table_name == "contracts", c.field == "riders")
    lines = [dict(row) for row in connection.execute(of_riders).mappings()]
    for line in lines:
        line |= {"field": "riders_key", "before": riders_key(line["before"]), "after": riders_key(line["after"])}
    lines = [line for line in lines if line["before"] != line["after"]]
    if lines:
        connection.execute(sa.insert(changes), lines)
