"""Asking about lists without handing anything out: what a rule says, and how many."""

from dataclasses import dataclass

import polars as pl

from kyosai_lists.products import BY_ID as PRODUCTS
from kyosai_lists.segments.parameters import BoundRule
from kyosai_lists.segments.rule import Rule
from kyosai_lists.segments.rulebook import choose
from kyosai_lists.segments.run import FunnelStep, Segments
from kyosai_lists.store.engine import reading
from kyosai_lists.usecases.draw import Occasion, Scope, draw
from kyosai_lists.usecases.workspace import Workspace


@dataclass(frozen=True)
class ListInfo:
    """`offers`: the name of the product the list offers."""

    id: str
    title: str
    offers: str
    plan: tuple[str, ...]
    discreet: bool


@dataclass(frozen=True)
class ListCount:
    """`unions`: people by union code, unions with none left out. `union_names`: name by code, of all unions."""

    id: str
    title: str
    people: int
    unions: dict[str, int]
    union_names: dict[str, str]


@dataclass(frozen=True)
class ShownList:
    """A rule with its values, the product it offers, and how many people are left after each condition and after suppression."""

    bound: BoundRule
    offers: str
    funnel: list[FunnelStep]
    suppressed: dict[str, int]
    people: int


def all_lists(workspace: Workspace) -> list[ListInfo]:
    """What lists there are, most important first."""
    return [
        ListInfo(rule.id, rule.title, PRODUCTS[rule.offers].name, rule.plan, rule.discreet)
        for rule in workspace.rules.values()
    ]


def count_lists(workspace: Workspace, ids: tuple[str, ...], occasion: Occasion) -> list[ListCount]:
    """People on each list, after suppression, by union."""
    rules = asked_for(workspace, ids)
    with reading(workspace.engine) as connection:
        drawn = draw(connection, workspace, rules, occasion, Scope())
    where = drawn.people.select("member_key", "union_code")
    counted = drawn.passed.join(where, on="member_key").group_by("list_id", "union_code").len().sort("union_code")
    names = dict(drawn.unions.select("union_code", "name").iter_rows())
    return [_list_count(rule, counted.filter(pl.col("list_id") == rule.id), names) for rule in rules]


def asked_for(workspace: Workspace, ids: tuple[str, ...]) -> list[Rule]:
    return choose(workspace.rules, ids or tuple(workspace.rules))


def _list_count(rule: Rule, counted: pl.DataFrame, union_names: dict[str, str]) -> ListCount:
    by_union = dict(counted.select("union_code", "len").iter_rows())
    return ListCount(rule.id, rule.title, sum(by_union.values()), by_union, union_names)


def show_list(workspace: Workspace, list_id: str, occasion: Occasion) -> ShownList:
    """The rule with its parameters, plan section and funnel."""
    rule = choose(workspace.rules, (list_id,))[0]
    with reading(workspace.engine) as connection:
        drawn = draw(connection, workspace, [rule], occasion, Scope())
        funnel = Segments(connection, workspace.settings.retirement_table()).funnel(drawn.bound[0])
    reasons = dict(drawn.suppressed.group_by("suppressed").len().sort("suppressed").iter_rows())
    return ShownList(drawn.bound[0], PRODUCTS[rule.offers].name, funnel, reasons, drawn.passed.height)
