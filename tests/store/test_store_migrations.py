"""Bringing a store to the present schema: from nothing, again, and when it fails half-way (fault 65)."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.script import ScriptDirectory

from kyosai_lists.errors import StoreError
from kyosai_lists.paths import resource_dir
from kyosai_lists.store import declines, migrate, slots, tables
from kyosai_lists.store.engine import open_engine, writing

REVISION = '''
"""next"""
import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{head}"


def upgrade() -> None:
    op.create_table("extra", sa.Column("id", sa.Integer, primary_key=True))
    op.execute("UPDATE unions SET name = 'half-way'")
    with op.batch_alter_table("unions") as batch:
        batch.add_column(sa.Column("extra", sa.Text))
        batch.alter_column("name", existing_type=sa.Text, nullable=True)
    {last}
'''
FAILS = 'op.execute("INSERT INTO no_such_table VALUES (1)")'


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[sa.Engine]:
    """A database with nothing in it."""
    if request.param == "sqlite":
        made = open_engine(f"sqlite:///{(tmp_path / 'store.db').as_posix()}")
    else:
        made = open_engine(request.getfixturevalue("new_database")())
    yield made
    made.dispose()


@pytest.fixture
def next_revision(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Puts one more revision, that ends with the line given, behind those in `schema/`."""
    schema = tmp_path / "schema"
    shutil.copytree(resource_dir("schema"), schema, ignore=shutil.ignore_patterns("__pycache__"))
    head = migrate.head_revision()

    def write(last: str) -> None:
        (schema / "versions" / "9999_next.py").write_text(REVISION.format(head=head, last=last), "utf-8")
        monkeypatch.setattr(migrate, "resource_dir", lambda _: schema)

    return write


def one_member(engine: sa.Engine) -> None:
    with writing(engine) as connection:
        for statement in (
            "INSERT INTO imports (taken_in_on) VALUES ('2026-11-01')",
            "INSERT INTO unions (union_code, pref, name, import_id) VALUES ('17001', '17', '前', 1)",
            "INSERT INTO rosters (union_code, as_of, import_id) VALUES ('17001', '2026-10-31', 1)",
        ):
            connection.exec_driver_sql(statement)


def state(engine: sa.Engine) -> tuple[list[str], list[str], list[object], list[object], str | None]:
    with engine.connect() as connection:
        inspector = sa.inspect(connection)
        names = sorted(inspector.get_table_names())
        columns = [c["name"] for c in inspector.get_columns("unions")]
        unions = [r.name for r in connection.exec_driver_sql("SELECT name FROM unions")]
        rosters = [tuple(r) for r in connection.exec_driver_sql("SELECT union_code FROM rosters")]
    return names, columns, unions, rosters, migrate.current_revision(engine)


def test_from_nothing_every_table_is_made_and_none_differs_from_the_history(engine: sa.Engine) -> None:
    assert migrate.current_revision(engine) is None
    migrate.upgrade(engine)
    assert migrate.current_revision(engine) == migrate.head_revision()
    names = set(sa.inspect(engine).get_table_names())
    assert names == {*tables.metadata.tables, "alembic_version"}
    with engine.connect() as connection, connection.begin():
        config = migrate.alembic_config()
        config.attributes["connection"] = connection
        command.check(config)


def test_upgrading_again_changes_nothing(engine: sa.Engine) -> None:
    migrate.upgrade(engine)
    one_member(engine)
    before = state(engine)
    migrate.upgrade(engine)
    migrate.require_current(engine)
    assert state(engine) == before


def test_the_newest_revision_by_file_name_is_the_end_of_the_history() -> None:
    script = ScriptDirectory.from_config(migrate.alembic_config())
    assert [migrate.head_revision()] == script.get_heads()


def test_a_migration_that_fails_half_way_leaves_everything_and_the_next_try_works(
    engine: sa.Engine, next_revision: Callable[[str], None], tmp_path: Path
) -> None:
    migrate.upgrade(engine)
    one_member(engine)
    before = state(engine)
    next_revision(FAILS)
    with pytest.raises(StoreError, match="新しい形に変えられませんでした"):
        migrate.upgrade(engine)
    assert state(engine) == before
    assert not list(tmp_path.glob("*upgrade*"))
    next_revision("pass")
    migrate.upgrade(engine)
    names, columns, unions, rosters, revision = state(engine)
    assert "extra" in names
    assert "extra" in columns
    assert (unions, rosters, revision) == (["half-way"], [("17001",)], "9999")


def test_a_migration_that_commits_half_way_on_sqlite_is_put_back_from_the_copy(
    next_revision: Callable[[str], None], tmp_path: Path
) -> None:
    engine = open_engine(f"sqlite:///{(tmp_path / 'store.db').as_posix()}")
    migrate.upgrade(engine)
    one_member(engine)
    before = state(engine)
    next_revision(f'op.execute("COMMIT"); op.execute("BEGIN"); {FAILS}')
    with pytest.raises(StoreError):
        migrate.upgrade(engine)
    assert state(engine) == before
    engine.dispose()


def test_a_store_in_use_elsewhere_is_not_put_back_over_the_other_ones_work(
    next_revision: Callable[[str], None], tmp_path: Path
) -> None:
    url = f"sqlite:///{(tmp_path / 'store.db').as_posix()}"
    engine, other = open_engine(url), open_engine(url)
    migrate.upgrade(engine)
    sa.event.listen(engine, "connect", lambda c, _: c.execute("PRAGMA busy_timeout=100").close())
    engine.dispose()
    next_revision("pass")
    with writing(other) as theirs:
        theirs.exec_driver_sql("INSERT INTO imports (taken_in_on) VALUES ('2026-11-01')")
        with pytest.raises(StoreError):
            migrate.upgrade(engine)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM imports").scalar() == 1
    engine.dispose()
    other.dispose()


def test_a_store_of_another_version_is_not_used(engine: sa.Engine, next_revision: Callable[[str], None]) -> None:
    with pytest.raises(StoreError, match="kyosai-lists init"):
        migrate.require_current(engine)
    migrate.upgrade(engine)
    next_revision("pass")
    with pytest.raises(StoreError, match="別の版"):
        migrate.require_current(engine)


def test_a_migration_that_breaks_a_reference_on_sqlite_is_taken_back(
    next_revision: Callable[[str], None], tmp_path: Path
) -> None:
    engine = open_engine(f"sqlite:///{(tmp_path / 'store.db').as_posix()}")
    migrate.upgrade(engine)
    one_member(engine)
    before = state(engine)
    next_revision('op.execute("DELETE FROM unions")')
    with pytest.raises(StoreError):
        migrate.upgrade(engine)
    assert state(engine) == before
    engine.dispose()


def test_foreign_keys_are_held_again_after_an_upgrade(next_revision: Callable[[str], None], tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{(tmp_path / 'store.db').as_posix()}")
    migrate.upgrade(engine)
    one_member(engine)
    next_revision("pass")
    migrate.upgrade(engine)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    engine.dispose()


def test_riders_of_an_older_store_get_their_key_and_so_do_the_changes_that_can_be_taken_back(engine: sa.Engine) -> None:
    _bring_to(engine, "0002")
    with writing(engine) as connection:
        for statement in (
            "INSERT INTO imports (taken_in_on) VALUES ('2026-11-01')",
            *(
                "INSERT INTO contracts (contract_key, pref, contract_no, member_key, member_no, product, effective_on, riders,"
                f" import_id) VALUES ('17-{n}', '17', '{n}', '17-1', '1', 'fire', '2026-04-01', {riders}, 1)"
                for n, riders in enumerate(["'個人賠償責任特約'", "'類焼損害；個人賠償責任'", "NULL"])
            ),
            "INSERT INTO changes (import_id, before_import_id, table_name, record_key, member_key, field, before, after)"
            " VALUES (1, 1, 'contracts', '17-0', '17-1', 'riders', '', '個人賠償責任特約')",
        ):
            connection.exec_driver_sql(statement)
    migrate.upgrade(engine)
    with engine.connect() as connection:
        keys = connection.exec_driver_sql("SELECT riders_key FROM contracts ORDER BY contract_key").scalars().all()
        changed = connection.exec_driver_sql("SELECT before, after FROM changes WHERE field = 'riders_key'").all()
    assert keys == [";個人賠償責任;", ";類焼損害;個人賠償責任;", None]
    assert [tuple(line) for line in changed] == [("", ";個人賠償責任;")]


def test_the_slots_of_an_older_store_stay_and_no_union_of_theirs_was_declined(engine: sa.Engine) -> None:
    _bring_to(engine, "0008")
    with writing(engine) as connection:
        connection.exec_driver_sql(
            "INSERT INTO slots (campaign_code, starts_on, issue_on, claimed_by, claimed_at, machine, lock, state, closed_for)"
            " VALUES ('S1', '2026-11-16', '2026-11-02', 'x', '2026-11-02T00:00:00Z', 'PC-1', '', 'closed', '17003')"
        )
    migrate.upgrade(engine)
    with writing(engine) as connection:
        (slot,) = slots.every(connection)
        assert (slot.state, slot.closed_for, declines.every(connection)) == (slots.CLOSED, ("17003",), {})
        declines.add(connection, *(key := (slot.claim.campaign_code, slot.claim.starts_on)), ["17004"])
        assert declines.every(connection) == {key: {"17004"}}


def _bring_to(engine: sa.Engine, revision: str) -> None:
    """As the version did whose newest revision that was."""
    with writing(engine) as connection:
        config = migrate.alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
