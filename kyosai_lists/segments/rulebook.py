"""All the rules there are: every `*.sql` of two folders, a branch's own file taking the place of the built-in one of its name."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from pathlib import Path

from kyosai_lists.errors import UsageError
from kyosai_lists.segments.check import check_rule
from kyosai_lists.segments.finding import Draft, Finding
from kyosai_lists.segments.parse import parse_rule
from kyosai_lists.segments.rule import Rule

MAIN_LISTS = ("young-unenrolled", "retiree-transfer", "fire-only", "disaster-standard")


@dataclass(frozen=True)
class Rulebook(Mapping[str, Rule]):
    """The rules that can be used, by id, most important first; and beside them the files that are wrong.

    A wrong file keeps its id: asking for it raises what is wrong, and never gives the built-in rule of that name.
    """

    good: dict[str, Rule]
    wrong: dict[str, Draft] = field(default_factory=dict)

    def __getitem__(self, list_id: str) -> Rule:
        """
        Raises:
            KeyError: there is no such list.
            RuleError: its file is wrong.
        """
        return self.wrong[list_id].usable() if list_id in self.wrong else self.good[list_id]

    def __contains__(self, list_id: object) -> bool:
        return list_id in self.good or list_id in self.wrong

    def __iter__(self) -> Iterator[str]:
        return iter(self.good)

    def __len__(self) -> int:
        return len(self.good)

    def of(self, kind: str) -> "Rulebook":
        """Those of one kind; a wrong file's is the one it says, as far as that can be read."""
        good = {list_id: rule for list_id, rule in self.good.items() if rule.kind == kind}
        wrong = {list_id: d for list_id, d in self.wrong.items() if (d.rule.kind if d.rule else "people") == kind}
        return Rulebook(good, wrong)


def load_rules(built_in: Path, own: Path | None = None) -> Rulebook:
    """The built-in rules and the branch's `own`.

    Raises:
        RuleError: a built-in rule is wrong.
    """
    drafts = {draft.path.stem: draft for draft in read_drafts(built_in, own=False)}
    for draft in drafts.values():
        draft.usable()
    if own is not None:
        drafts |= {draft.path.stem: draft for draft in read_drafts(own, own=True)}
    wrong = {list_id: draft for list_id, draft in drafts.items() if draft.findings}
    people = {list_id for list_id, draft in drafts.items() if draft.rule and draft.rule.kind == "people"} - wrong.keys()
    wrong |= {list_id: _needing(draft, people) for list_id, draft in drafts.items() if _lacks(draft, people)}
    rules = [draft.usable() for list_id, draft in drafts.items() if list_id not in wrong]
    return Rulebook({rule.id: rule for rule in sorted(rules, key=lambda r: (r.priority, r.id))}, wrong)


def _lacks(draft: Draft, people: Set[str]) -> list[str]:
    """The lists whose people a list of unions would count, but which are not among the good lists of `people`."""
    columns = draft.rule.columns if draft.rule and not draft.findings else ()
    return [list_id for column in columns for list_id in column.lists if list_id not in people]


def _needing(draft: Draft, people: Set[str]) -> Draft:
    lacking = "・".join(_lacks(draft, people))
    what = f"人数を数えるリスト {lacking} がないか、単組のリストか、そのファイルが正しくありません。"
    return replace(draft, findings=(Finding(1, what, "kyosai-lists lists check で確かめて、直してください。"),))


def read_drafts(folder: Path, *, own: bool) -> list[Draft]:
    """Every rule file of `folder`, read and checked, by name."""
    return [read_draft(path, own=own) for path in sorted(folder.glob("*.sql"))]


def read_draft(path: Path, *, own: bool) -> Draft:
    return check_rule(parse_rule(path, own=own))


def choose(rules: Mapping[str, Rule], ids: tuple[str, ...]) -> list[Rule]:
    """The rules named by `ids`, each once, most important first.

    Raises:
        UsageError: there is no such list.
        RuleError: the file of one of them is wrong.
    """
    for list_id in ids:
        if list_id not in rules:
            raise UsageError(
                f"「{list_id}」というリストはありません。", "kyosai-lists lists で名前を確かめてください。"
            )
    chosen = [rules[list_id] for list_id in dict.fromkeys(ids)]
    return sorted(chosen, key=lambda rule: (rule.priority, rule.id))
