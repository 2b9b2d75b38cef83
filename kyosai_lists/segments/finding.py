"""What is wrong with a rule file, as data: all of it for whoever writes the file, the first of it where the rule is to be used."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kyosai_lists.errors import RuleError
from kyosai_lists.segments.rule import Rule

if TYPE_CHECKING:
    from sqlglot import exp

MEND = "ルールのファイルを直してください。"


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: the line of the file, what it is, what to do (complete sentences)."""

    line: int
    what: str
    todo: str = MEND


@dataclass(frozen=True)
class Draft:
    """A rule file as far as it could be understood; the rule in it is to be used only through `usable`.

    `rule`: None when not even the front matter could be read. `select`: its SQL, None when that could not be read; it
    begins on the line `first_line` of `text`.
    """

    path: Path
    findings: tuple[Finding, ...]
    text: str = ""
    rule: Rule | None = None
    select: "exp.Select | None" = None
    first_line: int = 1

    def usable(self) -> Rule:
        """
        Raises:
            RuleError: the first thing wrong with the file, with file and line.
        """
        for finding in self.findings:
            raise RuleError(place(self.path, finding.line), finding.what, finding.todo)
        if self.rule is None:
            raise ValueError(self.path)
        return self.rule


def place(path: Path, line: int) -> str:
    """`queries/fire-only.sql:7`"""
    return f"queries/{path.name}:{line}"
