"""What is asked of the campaigns of a file as soon as it is taken in."""

from datetime import date

from kyosai_lists.errors import ConfigError
from kyosai_lists.store import read
from kyosai_lists.store.engine import Connection
from kyosai_lists.usecases.running.draw_up_plan import plan_within
from kyosai_lists.usecases.workspace import Workspace


def questioned(connection: Connection, workspace: Workspace, import_id: int, today: date) -> list[str]:
    """What is asked of the campaigns that this import brought or changed, in the transaction in which it did."""
    rows = [row for row in read.campaigns(connection) if row["import_id"] == import_id]
    if not rows:
        return []
    try:
        plan = plan_within(connection, workspace, today)
    except ConfigError:  # a setting of the lists keeps no file from being taken in; who asks for lists is told
        return []
    told = [(row, question) for row in rows for question in plan.questions_of(row["code"])]
    return [f"募集 {row['code']} {row['name']}: {question.text}" for row, question in told]
