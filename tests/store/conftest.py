"""An engine on either database, with tables and without rows."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from kyosai_lists.store.engine import open_engine
from tests.store.emptying import emptied, migrated, new_file


@pytest.fixture(scope="package")
def shared_postgres(new_database: Callable[[], str]) -> str:
    return migrated(new_database)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[sa.Engine]:
    if request.param == "sqlite":
        engine = open_engine(new_file(tmp_path / "store.db"))
    else:
        engine = open_engine(emptied(request.getfixturevalue("shared_postgres")))
    yield engine
    engine.dispose()
