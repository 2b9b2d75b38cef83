"""Whether two connections to one SQLite store read the same moment."""

import sqlalchemy as sa

# Every write that is kept leaves its mark here: an import or an entry by hand adds a row, taking back fills `undone_on`.
_MOMENT = "SELECT COUNT(*), MAX(id), COUNT(undone_on) FROM imports"


def same_moment(one: sa.Connection, other: sa.Connection) -> bool:
    """Each is in a transaction, which reads as of its first statement."""
    return other.exec_driver_sql(_MOMENT).one() == one.exec_driver_sql(_MOMENT).one()
