"""Where the driver is used without SQLAlchemy in between, for speed: its errors are SQLAlchemy's all the same."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa


@contextmanager
def as_sqlalchemy_says(connection: sa.Connection) -> Iterator[None]:
    """
    Raises:
        sqlalchemy.exc.DBAPIError: what the driver raised, without its text's data.
    """
    base = connection.dialect.loaded_dbapi.Error
    try:
        yield
    except base as error:
        raise sa.exc.DBAPIError.instance("", None, error, base, hide_parameters=True) from None
