"""All the rules there are: every `*.sql` of the given folders, a later folder's file taking the place of an earlier one's."""

from pathlib import Path

from kyosai_lists.errors import UsageError
from kyosai_lists.segments.check import check_rule
from kyosai_lists.segments.parse import parse_rule
from kyosai_lists.segments.rule import Rule

MAIN_LISTS = ("young-unenrolled", "retiree-transfer", "fire-only", "disaster-standard")


def load_rules(*folders: Path) -> dict[str, Rule]:
    """Parsed and checked rules by id, most important first.

    Raises:
        RuleError: a rule file is wrong.
    """
    files = {path.stem: path for folder in folders for path in sorted(folder.glob("*.sql"))}
    rules = [parse_rule(path) for path in files.values()]
    for rule in rules:
        check_rule(rule)
    return {rule.id: rule for rule in sorted(rules, key=lambda r: (r.priority, r.id))}


def choose(rules: dict[str, Rule], ids: tuple[str, ...]) -> list[Rule]:
    """The rules named by `ids`, each once, most important first.

    Raises:
        UsageError: there is no such list.
    """
    for list_id in ids:
        if list_id not in rules:
            raise UsageError(
                f"「{list_id}」というリストはありません。", "kyosai-lists lists で名前を確かめてください。"
            )
    return [rule for rule in rules.values() if rule.id in ids]
