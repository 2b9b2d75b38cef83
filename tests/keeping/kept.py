"""What a branch came to, made once and put back before each test: on PostgreSQL the server copies the database, rows and all."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa

from kyosai_lists.usecases.exporting.export_result import ExportResult
from kyosai_lists.usecases.workspace import Workspace, open_workspace


class Kept:
    """A copy of a workspace after `runs`. It is put back where it stood, because its 台帳 names the folders of its runs."""

    def __init__(self, workspace: Workspace, to: Path, runs: list[ExportResult]) -> None:
        workspace.engine.dispose()  # so that everything is in the file, and nobody is connected
        self.folder, self.url, self.to, self.runs = workspace.folder, workspace.engine.url, to, runs
        shutil.copytree(self.folder, to)
        if self.url.get_backend_name() == "postgresql":
            copy_database(self.url, self._database)

    @property
    def _database(self) -> str:
        return f"{self.url.database}_kept"

    def opened(self) -> Iterator[Workspace]:
        """Put back, and closed after use: what a fixture of a module yields to each of its tests."""
        workspace = self.put_back()
        yield workspace
        workspace.engine.dispose()

    def put_back(self) -> Workspace:
        shutil.rmtree(self.folder)
        shutil.copytree(self.to, self.folder)
        if self.url.get_backend_name() == "postgresql":
            copy_database(self.url.set(database=self._database), str(self.url.database))
        return open_workspace(self.folder)


def copy_database(source: sa.URL, name: str) -> sa.URL:
    """The address of a copy of `source`, to which nobody is connected; it takes the place of another of that `name`."""
    admin = sa.create_engine(source.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {source.database} STRATEGY FILE_COPY")
    admin.dispose()
    return source.set(database=name)
