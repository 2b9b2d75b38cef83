"""The PostgreSQL role that own rules are run as: the SQL that makes it, and whether it may do what it should and no more."""

import sqlalchemy as sa

from kyosai_lists.errors import StoreError
from kyosai_lists.store.guard.terms import Columns

_AGAIN = "管理者が kyosai-lists store guard の表示のとおりに、もう一度用意してください。"
_POWERS = """
    SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls
        OR EXISTS (SELECT 1 FROM pg_auth_members a WHERE a.member = r.oid)
        OR EXISTS (SELECT 1 FROM pg_namespace n WHERE has_schema_privilege(n.oid, 'CREATE'))
        OR has_database_privilege(current_database(), 'CREATE')
        OR EXISTS (SELECT 1 FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
                   WHERE p.prosecdef AND n.nspname NOT IN ('pg_catalog', 'information_schema')
                     AND has_function_privilege(p.oid, 'EXECUTE'))
    FROM pg_roles r WHERE rolname = session_user"""
_TABLES = """FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_%%'"""
_WRITES = f"""
    SELECT EXISTS (SELECT 1 {_TABLES} AND CASE
        WHEN c.relkind = 'S' THEN has_sequence_privilege(c.oid, 'USAGE, UPDATE')
        WHEN c.relkind IN ('r', 'p', 'v', 'm', 'f') THEN
            has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')
            OR has_any_column_privilege(c.oid, 'INSERT, UPDATE, REFERENCES') END)"""
_READS = f"""
    SELECT CASE WHEN pg_table_is_visible(x.oid) THEN x.relname ELSE x.nspname || '.' || x.relname END, a.attname
    FROM (SELECT c.oid, c.relname, n.nspname {_TABLES} AND c.relkind IN ('r', 'p', 'v', 'm', 'f')) x
    JOIN pg_attribute a ON a.attrelid = x.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE has_column_privilege(x.oid, a.attnum, 'SELECT')"""


def refuse_unfit(beside: sa.Connection, columns: Columns) -> None:
    """
    Raises:
        StoreError: the role that `beside` is entered as may write, make, become another role or read more than `columns`,
            or may not read all of them.
    """
    wanted = {(table, column) for table, names in columns.items() for column in names}
    readable = {(table, column) for table, column in beside.exec_driver_sql(_READS)}
    may_more = beside.exec_driver_sql(_POWERS).scalar() or beside.exec_driver_sql(_WRITES).scalar()
    if may_more or readable - wanted:
        raise StoreError(
            "[store] の rules_url の利用者は、ルールに要るもの以外も読み書きできるため、県支部のルールを動かしませんでした。",
            _AGAIN,
        )
    if wanted - readable:
        raise StoreError("[store] の rules_url の利用者は、ルールに要る列を読めません。", _AGAIN)


def making_sql(connection: sa.Connection, role: str, columns: Columns, seconds: float) -> str:
    """What an administrator of the server runs, as often as needed: the role, and what it may read of this store."""
    quoted = connection.dialect.identifier_preparer.quote
    database, schema = connection.exec_driver_sql("SELECT current_database(), current_schema()").one()
    name, home = quoted(role), quoted(schema)
    attributes = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS NOINHERIT"
    lines = [
        f"DO $$ BEGIN CREATE ROLE {name}; EXCEPTION WHEN duplicate_object THEN NULL; END $$;",
        f"ALTER ROLE {name} {attributes};",
        f"ALTER ROLE {name} SET default_transaction_read_only = on;",
        f"ALTER ROLE {name} SET statement_timeout = '{max(1, round(seconds * 1000))}ms';",
        f"ALTER ROLE {name} SET temp_file_limit = '2GB';",
        f"GRANT CONNECT ON DATABASE {quoted(database)} TO {name};",
        f"REVOKE CREATE ON SCHEMA {home} FROM PUBLIC;",
        f"GRANT USAGE ON SCHEMA {home} TO {name};",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA {home} FROM {name};",
        *(
            f"GRANT SELECT ({', '.join(map(quoted, sorted(names)))}) ON {home}.{quoted(table)} TO {name};"
            for table, names in sorted(columns.items())
        ),
    ]
    return "\n".join(lines) + "\n"
