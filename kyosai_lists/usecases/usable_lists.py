"""Which of all lists can be drawn: a branch's own rule that is wrong, or that the database stops, is left out and told."""

from dataclasses import dataclass

from kyosai_lists.errors import KyosaiError, RuleError, StoreError
from kyosai_lists.segments.rule import Rule
from kyosai_lists.store.engine import Connection, reading
from kyosai_lists.usecases.draw import Occasion, bind_for, segments_of
from kyosai_lists.usecases.draw_unions import union_segments
from kyosai_lists.usecases.workspace import Workspace


@dataclass(frozen=True)
class UsableLists:
    """`ids`: most important first. `left_out`: why each of the others cannot be used."""

    ids: tuple[str, ...]
    left_out: tuple[KyosaiError, ...] = ()


def usable_lists(
    workspace: Workspace, ids: tuple[str, ...], occasion: Occasion, kinds: tuple[str, ...] = ("people", "unions")
) -> UsableLists:
    """Those named, as they are named; or, when none is, every list of `kinds` that can be drawn. Own rules are tried for it."""
    if ids:
        return UsableLists(ids)
    rules = [rule for rule in workspace.all_rules.values() if rule.kind in kinds]
    failures: dict[str, KyosaiError] = {}
    with reading(workspace.engine) as connection:
        for rule in rules:
            if rule.own and (failure := _failure(connection, workspace, rule, occasion)):
                failures[rule.id] = failure
    wrong = wrong_files(workspace)
    return UsableLists(tuple(rule.id for rule in rules if rule.id not in failures), (*wrong, *failures.values()))


def wrong_files(workspace: Workspace) -> tuple[KyosaiError, ...]:
    """The first thing wrong with each rule file that cannot be used."""
    found = []
    for draft in workspace.all_rules.wrong.values():
        try:
            draft.usable()
        except RuleError as error:
            found.append(error)
    return tuple(found)


def _failure(connection: Connection, workspace: Workspace, rule: Rule, occasion: Occasion) -> KyosaiError | None:
    bound = bind_for(workspace, rule, occasion)
    try:
        if rule.kind == "unions":
            union_segments(connection, workspace).rows(bound)
        else:
            segments_of(connection, workspace).members(bound)
    except (RuleError, StoreError) as error:
        return error
    return None
