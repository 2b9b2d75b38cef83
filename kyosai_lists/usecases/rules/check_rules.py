"""Everything wrong with a branch's own rules: what their text shows, and what the database says when they are tried."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import polars as pl

from kyosai_lists.errors import KyosaiError, RuleError, StoreError, UsageError
from kyosai_lists.paths import resource_dir
from kyosai_lists.segments.finding import Draft, Finding
from kyosai_lists.segments.parameters import BoundRule
from kyosai_lists.segments.rule import Rule
from kyosai_lists.segments.rulebook import read_draft
from kyosai_lists.segments.run import Segments
from kyosai_lists.segments.union_run import UnionSegments
from kyosai_lists.store import read
from kyosai_lists.store.engine import Connection, reading
from kyosai_lists.usecases.draw import Occasion, Scope, bind_for, draw, segments_of
from kyosai_lists.usecases.draw_unions import draw_unions, union_segments
from kyosai_lists.usecases.workspace import QUERIES, Workspace

_SECONDS = 5.0  # for one condition alone, when it is looked for which of them is at fault


@dataclass(frozen=True)
class CheckedRule:
    """`findings`: all that is wrong, by line. `count`: how many people (or unions) stand on the list, None when it was not tried.

    `replaces`: a built-in list has the same name.
    """

    id: str
    path: Path
    kind: str
    title: str
    replaces: bool
    findings: tuple[Finding, ...]
    count: int | None


def check_rules(workspace: Workspace, names: tuple[str, ...], as_of: date) -> list[CheckedRule]:
    """Those named, by id or file; or every file of the branch's `queries/`.

    Raises:
        UsageError: there is no such list and no such file.
    """
    own = workspace.folder / QUERIES
    paths = [_named(own, name) for name in names] if names else sorted(p for p in own.glob("*") if p.is_file())
    with reading(workspace.engine) as connection:
        return [_checked(connection, workspace, path, as_of) for path in dict.fromkeys(paths)]


def _named(own: Path, name: str) -> Path:
    candidates = (own / f"{name}.sql", Path(name), resource_dir(QUERIES) / f"{name}.sql")
    found = next((path for path in candidates if path.is_file()), None)
    if found is None:
        raise UsageError(
            f"「{name}」というリストもファイルもありません。",
            "queries のファイルの名前を確かめて、指定し直してください。",
        )
    return found


def _checked(connection: Connection, workspace: Workspace, path: Path, as_of: date) -> CheckedRule:
    built_in = resource_dir(QUERIES)
    draft = _draft(path, own=not path.resolve().is_relative_to(built_in.resolve()))
    beside = workspace.all_rules.wrong.get(path.stem)  # what is wrong with it beside the others
    draft = beside if beside and beside.path == path else draft
    count: int | None = None
    if not draft.findings:
        count, found = _tried(connection, workspace, draft.usable(), Occasion(as_of))
        draft = replace(draft, findings=found)
    return CheckedRule(
        id=path.stem,
        path=path,
        kind=draft.rule.kind if draft.rule else "people",
        title=draft.rule.title if draft.rule else "",
        replaces=(built_in / path.name).is_file(),
        findings=tuple(sorted(draft.findings, key=lambda finding: finding.line)),
        count=count,
    )


def _draft(path: Path, *, own: bool) -> Draft:
    """Windows likes to add .txt to a name, and such a file would be no list at all, silently."""
    if path.suffix == ".sql":
        return read_draft(path, own=own)
    todo = (
        "名前の終わりを .sql だけにしてください(例: my-list.sql)。ルールでないファイルは、ほかの場所へ移してください。"
    )
    return Draft(path, (Finding(1, "名前が .sql で終わらないため、リストとして読まれません。", todo),))


def _tried(
    connection: Connection, workspace: Workspace, rule: Rule, occasion: Occasion
) -> tuple[int | None, tuple[Finding, ...]]:
    """How many stand on the list, or what the database minds."""
    try:
        return _count(connection, workspace, rule, occasion), ()
    except RuleError as error:
        segments = (
            union_segments(connection, workspace) if rule.kind == "unions" else segments_of(connection, workspace)
        )
        line = _line_at_fault(segments, bind_for(workspace, rule, occasion))
        return None, (Finding(line, error.happened.removeprefix(f"{error.place}: "), error.todo),)
    except StoreError as error:
        return None, (Finding(1, error.happened, error.todo),)


def _count(connection: Connection, workspace: Workspace, rule: Rule, occasion: Occasion) -> int:
    bound, of_people = bind_for(workspace, rule, occasion), rule.kind == "people"
    asked = segments_of(connection, workspace) if of_people else union_segments(connection, workspace)
    if not asked.funnel(bound)[-1].remaining or read.unions(connection).is_empty():  # nothing was taken in yet
        return 0
    if of_people:
        return draw(connection, workspace, [rule], occasion, Scope()).passed.height
    return draw_unions(connection, workspace, [rule], occasion, Scope())[0].rows.height


def _line_at_fault(segments: Segments | UnionSegments, bound: BoundRule) -> int:
    """Of the first condition that cannot be asked alone either, else where the conditions begin."""
    alone = replace(segments, guard=replace(segments.guard, seconds=min(_SECONDS, segments.guard.seconds)))
    for condition in bound.rule.conditions:
        sql = f"SELECT COUNT(*) AS n {bound.rule.from_sql} WHERE {condition.sql}"
        try:
            alone.fetch(sql, bound, {"n": pl.Int64()})
        except KyosaiError:
            return condition.line
    return bound.rule.conditions[0].line
