"""The tables of docs/lists.md, made from the rules. `python -m tests.docs.lists_table` puts them there.

In the page each table stands between `<!-- 表 <name> -->` and `<!-- 表おわり -->`; what is around them is written by hand.
"""

from pathlib import Path

from kyosai_lists.paths import resource_dir
from kyosai_lists.products import BY_ID
from kyosai_lists.segments.relations import STANDARD_DATES
from kyosai_lists.segments.rule import Parameter, Rule
from kyosai_lists.segments.rulebook import load_rules
from kyosai_lists.vocabulary import GUIDE_KIND
from tests.docs.files_table import filled_page

PAGE = Path(__file__).parents[2] / "docs" / "lists.md"


def tables() -> dict[str, str]:
    """The text of every table by its name."""
    rulebook = load_rules(resource_dir("queries"))
    rules = list(rulebook.values())
    people, unions = (list(rulebook.of(kind).values()) for kind in ("people", "unions"))
    return {"people": _people(people), "unions": _unions(unions), "numbers": _numbers(rules)}


def with_tables(page: str) -> str:
    """`page` with the tables as they should be."""
    return filled_page(page, tables())


def _people(rules: list[Rule]) -> str:
    lines = ["| リスト | 題名 | ご案内する共済 | 計画の項目 | 変えられる数字 |", "|---|---|---|---|---|"]
    lines += [
        f"| `{rule.id}` | {_title(rule)} | {BY_ID[rule.offers].name} | {'、'.join(rule.plan)} | {_defaults(rule)} |"
        for rule in rules
    ]
    return "\n".join(lines) + "\n"


def _unions(rules: list[Rule]) -> str:
    lines = ["| リスト | 題名 | 計画の項目 | 変えられる数字 |", "|---|---|---|---|"]
    lines += [f"| `{rule.id}` | {rule.title} | {'、'.join(rule.plan)} | {_defaults(rule)} |" for rule in rules]
    return "\n".join(lines) + "\n"


def _defaults(rule: Rule) -> str:
    return "、".join(f"`{p.name}` {_default(p)}" for p in rule.parameters.values())


def _title(rule: Rule) -> str:
    needed = f"(めやす「{GUIDE_KIND.words[rule.needs_guide]}」が要る)" if rule.needs_guide else ""
    return f"{rule.title}{' †' if rule.discreet else ''}{needed}"


def _numbers(rules: list[Rule]) -> str:
    parameters = {name: parameter for rule in rules for name, parameter in rule.parameters.items()}
    lines = ["| 名前 | 意味 | はじめの値 | 使うリスト |", "|---|---|---|---|"]
    for name, parameter in parameters.items():
        users = "、".join(f"`{rule.id}`" for rule in rules if name in rule.parameters)
        lines.append(f"| `{name}` | {parameter.meaning} | {_default(parameter)} | {users} |")
    return "\n".join(lines) + "\n"


def _default(parameter: Parameter) -> str:
    if parameter.default is None:
        return "なし"
    return STANDARD_DATES.get(str(parameter.default), str(parameter.default))


if __name__ == "__main__":
    PAGE.write_text(with_tables(PAGE.read_text("utf-8")), "utf-8", newline="\n")
