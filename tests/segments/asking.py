"""Asks the product who is on the lists of a world, and compares it with the oracle, person by person."""

import re
from collections.abc import Iterable
from pathlib import Path

import sqlalchemy as sa

from kyosai_lists.campaigns.campaign import Campaign
from kyosai_lists.config import Settings
from kyosai_lists.segments.rule import Value
from kyosai_lists.store.engine import reading
from kyosai_lists.usecases.draw import Occasion, Scope, draw
from kyosai_lists.usecases.gathered import DrawnLists
from kyosai_lists.usecases.workspace import Workspace

from .facts import World
from .oracle import LISTS, verdict
from .verdict import Verdict

FACTS = re.compile(
    r"採用[0-9-]+年目|[0-9]+年度採用|[0-9-]+歳|[0-9]+年[0-9]+月[0-9]+日|[0-9]+[口件台]|家族[0-9]+人"
    r"|通常|若年層型|小口型|要確認|会計年度任用職員|臨時・非常勤|配偶者|お子さん|(?:住宅|家財)の保障"
)
Answers = dict[tuple[str, str], Verdict]
"""(list id, member key) → what is said of them; nobody who does not match is in it."""


def workspace_of(world: World, engine: sa.Engine) -> Workspace:
    return Workspace(Path(), Settings.model_validate({"retirement": world.retirement}), engine)


def occasion_of(world: World) -> Occasion:
    values: dict[str, Value] = {
        name: value if isinstance(value, int) else value.isoformat() for name, value in world.numbers.items()
    }
    campaign = None
    if world.window:
        ahead = (world.as_of - world.window.first).days
        campaign = Campaign("C", "募集", "spot", "", (), world.as_of, world.window.last, ahead, tuple(LISTS))
    return Occasion(world.as_of, campaign, values)


def drawn(workspace: Workspace, world: World, list_ids: Iterable[str]) -> DrawnLists:
    with reading(workspace.engine) as connection:
        return draw(connection, workspace, [workspace.rules[i] for i in list_ids], occasion_of(world), Scope())


def answers_of(lists: DrawnLists) -> Answers:
    """
    Raises:
        AssertionError: someone stands twice on a list.
    """
    said: Answers = {}
    for row in [*lists.passed.iter_rows(named=True), *lists.suppressed.iter_rows(named=True)]:
        key = (row["list_id"], row["member_key"])
        assert key not in said, f"{key} stands twice"
        contracts = contract_keys(row["member_key"], row["contracts"])
        said[key] = Verdict(True, row.get("suppressed"), contracts, facts_in(row["reason"]))
    return said


def contract_keys(member_key: str, cell: str) -> tuple[str, ...]:
    """The contracts named in a 対象契約 cell."""
    pref = member_key.split("-", 1)[0]
    return tuple(f"{pref}-{line.split(' ', 1)[0]}" for line in cell.splitlines())


def facts_in(reason: str) -> tuple[str, ...]:
    return tuple(FACTS.findall(reason))


def expected_of(world: World, list_ids: Iterable[str]) -> Answers:
    found = {(list_id, m.key): verdict(world, list_id, m) for list_id in list_ids for m in world.members}
    return {key: one for key, one in found.items() if one.matched}


def differences(world: World, said: Answers, expected: Answers) -> str:
    """Everything known about each person whom the two judge differently; empty when they agree."""
    wrong = [key for key in sorted(said.keys() | expected.keys()) if said.get(key) != expected.get(key)]
    return "\n\n".join(
        f"{list_id}: {member}\nlists say {said.get((list_id, member))}\noracle says {expected.get((list_id, member))}\n"
        + world.everything_about(member)
        for list_id, member in wrong
    )
