"""The role that runs own rules on a PostgreSQL store: what makes it, and whether it is there."""

import re
from dataclasses import dataclass

from kyosai_lists.errors import StoreError, UsageError
from kyosai_lists.segments.own_rules import allowed
from kyosai_lists.store.engine import reading
from kyosai_lists.store.guard.connect import guarded
from kyosai_lists.store.guard.role import making_sql
from kyosai_lists.store.query import dialect
from kyosai_lists.usecases.workspace import Workspace


@dataclass(frozen=True)
class ServerGuard:
    """`sql`: what an administrator runs, "" on SQLite, which needs nothing. `amiss`: why own rules cannot run now."""

    sql: str
    amiss: StoreError | None


def server_guard(workspace: Workspace, role: str) -> ServerGuard:
    """
    Raises:
        UsageError: `role` cannot be the name of one.
    """
    if not re.fullmatch(r"[a-z_][a-z0-9_]{0,62}", role) or role.startswith("pg_"):
        raise UsageError(f"「{role}」は利用者の名前にできません。", "半角の英小文字・数字・下線で付けてください。")
    with reading(workspace.engine) as connection:
        on_server = dialect(connection) == "postgresql"
        sql = making_sql(connection, role, allowed().columns, workspace.guard.seconds) if on_server else ""
        try:
            with guarded(connection, workspace.guard, allowed()):
                return ServerGuard(sql, None)
        except StoreError as error:
            return ServerGuard(sql, error)
