"""Queries that nobody read before are handed to the database's guard: it lets through what a rule may do, and nothing else.

The queries of faults 56 to 59, on both databases; what the parser would have said of them plays no part here.
"""

import time
from collections.abc import Iterator

import polars as pl
import pytest
import sqlalchemy as sa

from kyosai_lists.segments.own_rules import allowed
from kyosai_lists.store.engine import reading
from kyosai_lists.store.guard.connect import guarded
from kyosai_lists.store.guard.terms import Reason, Stopped
from kyosai_lists.store.query import fetch

from .conftest import GuardedStore

PERSONS_NAME = "SELECT m.name FROM members m WHERE m.born_on <= :as_of"


def stopped(store: GuardedStore, sql: str) -> Reason:
    with pytest.raises(Stopped) as caught:
        store.ask(sql)
    return caught.value.reason


def test_what_a_rule_may_see_it_sees(guarded_store: GuardedStore) -> None:
    assert guarded_store.ask(PERSONS_NAME) == [("髙﨑",)]
    assert guarded_store.ask("SELECT CAST(COUNT(*) AS TEXT) FROM members") == [("1",)]


def test_an_injection_is_a_plain_value(guarded_store: GuardedStore) -> None:
    sql = "SELECT m.name FROM members m WHERE m.name = :name"
    assert guarded_store.ask(sql, name="髙﨑") == [("髙﨑",)]
    assert guarded_store.ask(sql, name="' OR 1=1--") == []


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO imports (id, taken_in_on) VALUES (9, '2026-01-01')",
        "INSERT INTO imports (id, taken_in_on) VALUES (9, '2026-01-01') RETURNING CAST(id AS TEXT)",
        "UPDATE members SET name = 'x'",
        "DELETE FROM members",
        "DROP TABLE members",
        "CREATE TABLE extra (x INTEGER)",
        "CREATE TEMP TABLE extra (x INTEGER)",
        "CREATE TEMP VIEW extra AS SELECT 1",
        "CREATE TEMPORARY TABLE members (name TEXT)",
        "BEGIN",
        "COMMIT",
        "SAVEPOINT a",
        "SELECT 'a'; DELETE FROM members",
        "SELECT 'a'; SELECT name FROM members",
        "SELECT 'a' FROM (SELECT 1) x; COMMIT; DELETE FROM members; SELECT 'b'",
    ],
)
def test_a_write_a_transaction_and_a_second_statement_are_denied(guarded_store: GuardedStore, sql: str) -> None:
    stopped(guarded_store, sql)
    assert guarded_store.count() == 1
    assert guarded_store.count("imports") == 1


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT address FROM members",
        "SELECT m.mail FROM members m",
        "SELECT x.a FROM (SELECT m.postal_code AS a FROM members m) x",
        "SELECT name FROM members WHERE address LIKE '秘%'",
        "SELECT (SELECT COUNT(*) FROM members z WHERE z.address IS NOT NULL)",
        "SELECT contact_mail FROM unions",
        "SELECT member_key FROM suppressions",
        "SELECT before FROM changes",
        "SELECT raw FROM quarantine",
        "SELECT list_ids FROM campaigns",
        "SELECT name FROM import_files",
        "SELECT CAST(COUNT(*) AS TEXT) FROM suppressions",
    ],
)
def test_a_table_or_column_that_no_relation_is_made_of_is_denied(guarded_store: GuardedStore, sql: str) -> None:
    assert stopped(guarded_store, sql) is Reason.FORBIDDEN


def test_what_rules_may_see_holds_nothing_that_they_have_no_business_with() -> None:
    columns = allowed().columns
    assert columns.keys() <= {"members", "unions", "contracts", "applications", "guides", "targets"}
    assert not columns["members"] & {"address", "postal_code", "extension", "mail", "import_id"}
    assert not columns["unions"] & {"contact_name", "contact_mail", "import_id"}
    assert not columns["contracts"] & {"end_reason", "import_id"}


@pytest.mark.parametrize(
    "sql",
    [
        "ATTACH DATABASE 'copy.db' AS copy",
        "VACUUM INTO 'copy.db'",
        "PRAGMA query_only=OFF",
        "PRAGMA writable_schema=ON",
        "PRAGMA table_info(members)",
        "SELECT name FROM sqlite_master",
        "SELECT name FROM sqlite_schema",
        "SELECT name FROM pragma_table_info('members')",
        "SELECT value FROM json_each('[1]')",
        "SELECT load_extension('x')",
        "SELECT readfile('/etc/passwd')",
        "SELECT hex(randomblob(9))",
        "SELECT date('now')",
        "SELECT CURRENT_DATE",
        "SELECT printf('%s', 'a')",
        "SELECT rowid FROM members",
        "REINDEX",
        "ANALYZE",
        "DETACH DATABASE main",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3) SELECT i FROM n",
        "SELECT zeroblob(900000)",
    ],
)
def test_whatever_else_sqlite_can_do_is_denied(on_sqlite: GuardedStore, sql: str) -> None:
    stopped(on_sqlite, sql)
    assert not list(on_sqlite.folder.rglob("copy.db"))
    assert on_sqlite.count() == 1


def test_a_file_opened_by_the_guard_could_not_be_written_even_if_it_were_asked_to(on_sqlite: GuardedStore) -> None:
    """The opening alone: without the authorizer, whose work the other tests show."""
    from kyosai_lists.store.guard.sqlite import _open

    connection = _open(on_sqlite.engine)
    connection.execute("PRAGMA query_only=OFF")
    with pytest.raises(Exception, match="readonly"):
        connection.execute("DELETE FROM members")
    connection.close()


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT set_config('role', 'postgres', false)",
        "SELECT set_config('session_authorization', 'postgres', false)",
        "SET ROLE postgres",
        "RESET SESSION AUTHORIZATION",
        "SELECT passwd FROM pg_catalog.pg_shadow",
        "SELECT rolpassword FROM pg_authid",
        "SELECT pg_read_file('/etc/passwd')",
        "SELECT pg_ls_dir('.')::text",
        "SELECT lo_import('/etc/passwd')::text",
        "SELECT lo_export(1, '/tmp/x')::text",
        "SELECT lo_create(0)::text",
        "COPY members TO '/tmp/x'",
        "COPY (SELECT 1) TO PROGRAM 'id'",
        "DO $$ BEGIN DELETE FROM members; END $$",
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE EXTENSION dblink",
        "GRANT SELECT ON members TO PUBLIC",
        "ALTER ROLE kyosai_rules SUPERUSER",
        "LISTEN a",
        "SELECT nextval('imports_id_seq')::text",
        "WITH gone AS (DELETE FROM members RETURNING name) SELECT name FROM gone",
        "SELECT query_to_xml('DELETE FROM members', true, true, '')::text",
        "SELECT query_to_xml('SELECT address FROM members', true, true, '')::text",
    ],
)
def test_whatever_else_postgresql_can_do_is_denied(on_postgresql: GuardedStore, sql: str) -> None:
    stopped(on_postgresql, sql)
    assert on_postgresql.count() == 1


def test_a_role_put_on_in_the_rule_is_refused_before_anything_is_read(on_postgresql: GuardedStore) -> None:
    sql = "SELECT m.address FROM members m WHERE set_config('role', 'postgres', true) IS NOT NULL"
    assert stopped(on_postgresql, sql) is Reason.FORBIDDEN


def test_the_catalogue_of_the_server_says_nothing_of_people(on_postgresql: GuardedStore) -> None:
    with on_postgresql.engine.begin() as connection:
        connection.exec_driver_sql("ANALYZE members")
    seen = on_postgresql.ask("SELECT attname::text FROM pg_stats WHERE tablename = 'members'")
    assert {name for (name,) in seen} <= allowed().columns["members"]
    assert (
        on_postgresql.ask("SELECT query FROM pg_stat_activity WHERE usename <> session_user AND query LIKE '%members%'")
        == []
    )


MANY = "(" + " UNION ALL ".join(["SELECT 1 AS n"] * 400) + ")"
ENDLESS = f"SELECT CAST(COUNT(*) AS TEXT) FROM {', '.join(f'{MANY} m{i}' for i in range(6))}"


def stopped_in_time(store: GuardedStore, sql: str) -> Reason:
    start = time.monotonic()
    reason = stopped(store.within(0.5), sql)
    assert time.monotonic() - start < 5
    return reason


def test_a_rule_that_never_ends_is_stopped(guarded_store: GuardedStore) -> None:
    assert stopped_in_time(guarded_store, ENDLESS) is Reason.TOO_LONG


def test_a_rule_that_ends_only_after_many_rows_is_stopped_among_them(on_sqlite: GuardedStore) -> None:
    rows = f"SELECT 'x' FROM {', '.join(f'{MANY} m{i}' for i in range(6))} WHERE LENGTH(m0.n + m1.n || m2.n) = 2"
    assert (
        stopped_in_time(on_sqlite, f"{rows} AND m5.n + (SELECT COUNT(*) FROM {MANY} z, {MANY} y) * 0 = 1")
        is Reason.TOO_LONG
    )


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT pg_sleep(60)::text",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT MAX(i)::text FROM n",
        "SELECT SUM(i)::text FROM generate_series(1, 1000000000000) g(i)",
        "SELECT x FROM (SELECT set_config('statement_timeout', '0', false) AS x) s WHERE pg_sleep(60) IS NOT NULL",
        "SELECT set_config('statement_timeout', '0', true) || pg_sleep(60)::text",
    ],
)
def test_a_rule_that_never_ends_is_stopped_on_a_server_too(on_postgresql: GuardedStore, sql: str) -> None:
    assert stopped_in_time(on_postgresql, sql) is Reason.TOO_LONG


def test_a_rule_that_waits_for_a_lock_of_its_own_is_stopped(on_postgresql: GuardedStore) -> None:
    with on_postgresql.engine.connect() as other:
        other.exec_driver_sql("SELECT pg_advisory_lock(1)")
        assert stopped_in_time(on_postgresql, "SELECT pg_advisory_lock(1)::text") is Reason.TOO_LONG


def test_a_time_limit_that_a_rule_lifted_is_there_again_for_its_next_query(on_postgresql: GuardedStore) -> None:
    store = on_postgresql.within(0.5)
    with reading(store.engine) as connection:
        asked = two_queries(connection, store)
        next(asked)
        start = time.monotonic()
        with pytest.raises(Stopped) as caught:
            next(asked)
    assert caught.value.reason is Reason.TOO_LONG
    assert time.monotonic() - start < 5


def two_queries(connection: sa.Connection, store: GuardedStore) -> Iterator[None]:
    with guarded(connection, store.guard, allowed()) as beside:
        for sql in ("SELECT set_config('statement_timeout', '0', false)", "SELECT pg_sleep(9)::text"):
            fetch(beside, sql, {}, {"x": pl.String()})
            yield


def test_what_a_rule_sets_for_itself_is_gone_with_it(on_postgresql: GuardedStore) -> None:
    on_postgresql.ask("SELECT set_config('statement_timeout', '0', false)")
    assert stopped_in_time(on_postgresql, "SELECT pg_sleep(60)::text") is Reason.TOO_LONG


def test_a_value_without_end_is_stopped(on_sqlite: GuardedStore) -> None:
    doubled = "'x'"
    for _ in range(24):
        doubled = f"REPLACE({doubled}, 'x', 'xx')"
    assert stopped(on_sqlite, f"SELECT LENGTH({doubled})") is Reason.TOO_MUCH


def test_the_run_goes_on_reading_after_a_rule_was_stopped(guarded_store: GuardedStore) -> None:
    for sql in ("DELETE FROM members", "SELECT address FROM members"):
        stopped(guarded_store, sql)
    assert guarded_store.ask(PERSONS_NAME) == [("髙﨑",)]


def test_nothing_of_a_stopped_rules_data_is_in_what_is_said_of_it(guarded_store: GuardedStore) -> None:
    with pytest.raises(Stopped) as caught:
        guarded_store.ask("SELECT CAST(SUM(CAST(name AS INTEGER)) AS TEXT) || address FROM members")
    assert "髙﨑" not in f"{caught.value!r} {caught.value.__cause__!r}"
    assert caught.value.__suppress_context__
