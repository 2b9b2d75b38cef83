"""A rule that the database stopped is told in words, with its file, and a role that may do too much is never entered."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from kyosai_lists.errors import RuleError, StoreError
from kyosai_lists.segments import own_rules
from kyosai_lists.store.engine import reading, writing
from kyosai_lists.store.guard.connect import guarded
from kyosai_lists.store.guard.terms import Guard

from .conftest import GuardedStore, filled, make_role
from .test_guard import ENDLESS, MANY


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("SELECT address FROM members", "ルールではできないこと"),
        (ENDLESS, "0.5秒たっても終わらないため、止めました。"),
        ("SELECT z.nowhere FROM members z", "データベースがこのルールを受け付けませんでした。"),
    ],
)
def test_a_stopped_rule_is_told_with_its_file(guarded_store: GuardedStore, sql: str, said: str) -> None:
    with pytest.raises(RuleError) as caught:
        guarded_store.within(0.5).ask_in_words(sql)
    assert caught.value.place == "queries/trial.sql"
    assert said in caught.value.happened


def test_values_of_different_kinds_are_told_where_the_database_minds(on_postgresql: GuardedStore) -> None:
    with pytest.raises(RuleError, match="種類の違う値を比べています") as caught:
        on_postgresql.ask_in_words("SELECT 'x' FROM members WHERE name > 3")
    assert "髙﨑" not in str(caught.value)


def test_more_rows_than_the_nation_has_people_are_not_kept(
    guarded_store: GuardedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_rules, "ROWS", 300)
    with pytest.raises(RuleError, match="結果が多すぎる"):
        guarded_store.ask_in_words(f"SELECT 'x' FROM {MANY} z")


def refusal(engine: sa.Engine, rules_url: str) -> str:
    with (
        pytest.raises(StoreError) as caught,
        reading(engine) as connection,
        guarded(connection, Guard(20, rules_url), own_rules.allowed()),
    ):
        raise AssertionError("entered")
    assert "store guard" in caught.value.todo
    return caught.value.happened


def test_on_a_server_there_must_be_a_role_to_enter_as(on_postgresql: GuardedStore) -> None:
    assert "その設定がありません" in refusal(on_postgresql.engine, "")
    for wrong in ("nonsense", "mysql://a@localhost/x", "postgresql://nobody:geheim@127.0.0.1:1/x"):
        said = refusal(on_postgresql.engine, wrong)
        assert "接続できませんでした" in said
        assert "geheim" not in said


def test_the_role_that_owns_the_store_is_refused(on_postgresql: GuardedStore) -> None:
    owner = on_postgresql.engine.url.render_as_string(hide_password=False)
    assert "要るもの以外も" in refusal(on_postgresql.engine, owner)


@pytest.mark.parametrize(
    ("more", "undo"),
    [
        ("ALTER ROLE {role} CREATEROLE", "ALTER ROLE {role} NOCREATEROLE"),
        ("ALTER ROLE {role} BYPASSRLS", "ALTER ROLE {role} NOBYPASSRLS"),
        ("GRANT pg_read_all_data TO {role}", "REVOKE pg_read_all_data FROM {role}"),
        ("GRANT SELECT (address) ON members TO {role}", "REVOKE SELECT (address) ON members FROM {role}"),
        ("GRANT SELECT ON suppressions TO PUBLIC", "REVOKE SELECT ON suppressions FROM PUBLIC"),
        ("GRANT INSERT ON imports TO {role}", "REVOKE INSERT ON imports FROM {role}"),
        ("GRANT UPDATE (name) ON members TO {role}", "REVOKE UPDATE (name) ON members FROM {role}"),
        ("GRANT USAGE ON SEQUENCE imports_id_seq TO {role}", "REVOKE USAGE ON SEQUENCE imports_id_seq FROM {role}"),
        ("GRANT CREATE ON SCHEMA public TO {role}", "REVOKE CREATE ON SCHEMA public FROM {role}"),
        (
            "CREATE FUNCTION peep() RETURNS text LANGUAGE sql SECURITY DEFINER AS 'SELECT address FROM members'",
            "DROP FUNCTION peep()",
        ),
    ],
)
def test_a_role_that_may_do_more_than_rules_need_is_refused(on_postgresql: GuardedStore, more: str, undo: str) -> None:
    with on_postgresql.engine.begin() as connection:
        connection.exec_driver_sql(more.format(role="kyosai_rules"))
    try:
        assert "要るもの以外も" in refusal(on_postgresql.engine, on_postgresql.guard.rules_url)
    finally:
        with on_postgresql.engine.begin() as connection:
            connection.exec_driver_sql(undo.format(role="kyosai_rules"))
    assert on_postgresql.ask("SELECT name FROM members")


def test_a_role_that_may_not_read_all_that_rules_need_is_told(on_postgresql: GuardedStore) -> None:
    with on_postgresql.engine.begin() as connection:
        connection.exec_driver_sql("REVOKE SELECT (kana) ON members FROM kyosai_rules")
    assert "要る列を読めません" in refusal(on_postgresql.engine, on_postgresql.guard.rules_url)
    make_role(on_postgresql.engine)  # run again, it mends that
    assert on_postgresql.ask("SELECT name FROM members")


def test_the_role_of_another_database_is_refused(on_postgresql: GuardedStore, new_database: Callable[[], str]) -> None:
    other = filled(new_database())
    url = make_role(other)
    other.dispose()
    assert "同じデータを指していません" in refusal(on_postgresql.engine, url)


def test_a_rule_reads_the_moment_of_its_run_on_a_server(on_postgresql: GuardedStore) -> None:
    with reading(on_postgresql.engine) as connection:
        connection.exec_driver_sql("SELECT 1 FROM members")
        with writing(on_postgresql.engine) as writer:
            writer.exec_driver_sql("UPDATE members SET name = 'あとの名'")
        with guarded(connection, on_postgresql.guard, own_rules.allowed()) as beside:
            assert beside.exec_driver_sql("SELECT name FROM members").scalar() == "髙﨑"
    with writing(on_postgresql.engine) as writer:
        writer.exec_driver_sql("UPDATE members SET name = '髙﨑'")


def test_a_rule_reads_the_moment_of_its_run_on_sqlite_or_not_at_all(on_sqlite: GuardedStore) -> None:
    with reading(on_sqlite.engine) as connection:
        connection.exec_driver_sql("SELECT 1 FROM members").all()
        with writing(on_sqlite.engine) as writer:
            writer.exec_driver_sql("INSERT INTO imports (id, taken_in_on) VALUES (7, '2026-11-02')")
        with (
            pytest.raises(StoreError, match="取り込みがありました"),
            guarded(connection, on_sqlite.guard, own_rules.allowed()),
        ):
            raise AssertionError("entered")
    with writing(on_sqlite.engine) as writer:
        writer.exec_driver_sql("DELETE FROM imports WHERE id = 7")
    assert on_sqlite.ask("SELECT name FROM members")
