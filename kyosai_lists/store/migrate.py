"""Bringing a store to the present schema with Alembic; on SQLite the old file is put back when that fails.

The history is in `schema/`. See design.md decision 9.
"""

import sqlite3
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from kyosai_lists.errors import StoreError
from kyosai_lists.paths import resource_dir
from kyosai_lists.store.engine import reading, rebuilding

if TYPE_CHECKING:  # importing alembic costs 0.2 s at start-up
    from alembic.config import Config


def upgrade(engine: sa.Engine) -> None:
    """Creates or upgrades every table, in one transaction.

    Raises:
        StoreError: the upgrade failed; the store is as it was.
    """
    from alembic import command  # costs 0.2 s, and only this needs it

    if current_revision(engine) == head_revision():
        return
    before: Path | None = None
    try:
        with rebuilding(engine) as connection:
            before = _copy_of_sqlite(engine)  # while nobody else can write: what is put back loses no one's work
            config = alembic_config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except Exception:
        if before is not None:
            _put_back(engine, before)
        raise StoreError(
            "データの置き場所を新しい形に変えられませんでした。", "この版のkyosai-listsの配布元に知らせてください。"
        ) from None  # what the database says may hold a row
    finally:
        if before is not None:
            before.unlink(missing_ok=True)


def require_current(engine: sa.Engine) -> None:
    """
    Raises:
        StoreError: the store was made by another version, or not made at all.
    """
    file = engine.url.database
    if engine.dialect.name == "sqlite" and file and not Path(file).is_file():
        raise StoreError(
            f"データの置き場所 {Path(file).name} が見つかりません。",
            "移したり名前を変えたりしていれば元に戻してください。初めてなら kyosai-lists init を実行してください。",
        )
    if current_revision(engine) != head_revision():
        raise StoreError(
            "データの置き場所がまだ作られていないか、別の版で作られています。",
            "kyosai-lists init をその作業フォルダーでもう一度実行してください(データは消えません)。",
        )


def alembic_config() -> "Config":
    from alembic.config import Config

    config = Config(stdout=StringIO())  # Alembic prints; our stdout may be promised to one JSON document
    config.set_main_option("script_location", str(resource_dir("schema")).replace("%", "%%"))
    return config


def head_revision() -> str:
    """The newest revision in `schema/versions`, read from the file names (`0001_….py`) to spare importing Alembic."""
    return max(p.name.split("_")[0] for p in (resource_dir("schema") / "versions").glob("[0-9]*.py"))


def current_revision(engine: sa.Engine) -> str | None:
    with reading(engine) as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return None
        return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()


def _copy_of_sqlite(engine: sa.Engine) -> Path | None:
    database = engine.url.database
    if engine.dialect.name != "sqlite" or not database or not Path(database).exists():
        return None
    target = Path(f"{database}.before-upgrade")
    with sqlite3.connect(database) as source, sqlite3.connect(target) as copy:
        source.backup(copy)
    source.close()
    copy.close()
    return target


def _put_back(engine: sa.Engine, before: Path) -> None:
    engine.dispose()
    with sqlite3.connect(before) as source, sqlite3.connect(str(engine.url.database)) as target:
        source.backup(target)
    source.close()
    target.close()
