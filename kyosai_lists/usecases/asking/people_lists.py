"""The lists that name people, as they are asked for: a list of unions says nothing of a person."""

from kyosai_lists.errors import UsageError
from kyosai_lists.segments.rule import Rule
from kyosai_lists.segments.rulebook import choose
from kyosai_lists.usecases.workspace import Workspace


def people_lists(workspace: Workspace, ids: tuple[str, ...]) -> list[Rule]:
    """The rules named, most important first.

    Raises:
        UsageError: there is no such list, or it is one of unions, on which no person is.
    """
    for list_id in ids:
        if list_id in workspace.union_rules:
            raise UsageError(
                f"「{list_id}」は単組のリストなので、組合員ごとの理由はありません。",
                f"kyosai-lists lists show {list_id} で、条件ごとに残る単組の数が見られます。",
            )
    return choose(workspace.rules, ids)
