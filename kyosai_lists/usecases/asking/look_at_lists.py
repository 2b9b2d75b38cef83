"""Asking about lists without handing anything out: what a rule says, how many, and why one person is or is not on it."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from kyosai_lists.lists.suppress import suppress
from kyosai_lists.products import BY_ID as PRODUCTS
from kyosai_lists.products import family_of
from kyosai_lists.segments.parameters import BoundRule
from kyosai_lists.segments.rule import Rule
from kyosai_lists.segments.rulebook import choose
from kyosai_lists.segments.run import ConditionResult, FunnelStep, Segments
from kyosai_lists.store.engine import reading
from kyosai_lists.usecases.draw import Occasion, Scope, bind_for, draw, stops_for
from kyosai_lists.usecases.find_person import only_person
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


@dataclass(frozen=True)
class Explanation:
    """`listed` is what a workbook shows: every condition met and nothing that suppresses."""

    list_id: str
    title: str
    member_no: str
    as_of: date
    listed: bool
    suppressed: str | None
    conditions: list[ConditionResult]


def all_lists(workspace: Workspace) -> list[ListInfo]:
    """What lists there are, most important first."""
    return [
        ListInfo(rule.id, rule.title, PRODUCTS[rule.offers].name, rule.plan, rule.discreet)
        for rule in workspace.rules.values()
    ]


def count_lists(workspace: Workspace, ids: tuple[str, ...], occasion: Occasion) -> list[ListCount]:
    """People on each list, after suppression, by union."""
    rules = _asked_for(workspace, ids)
    with reading(workspace.engine) as connection:
        drawn = draw(connection, workspace, rules, occasion, Scope())
    where = drawn.people.select("member_key", "union_code")
    counted = drawn.passed.join(where, on="member_key").group_by("list_id", "union_code").len().sort("union_code")
    names = dict(drawn.unions.select("union_code", "name").iter_rows())
    return [_list_count(rule, counted.filter(pl.col("list_id") == rule.id), names) for rule in rules]


def _asked_for(workspace: Workspace, ids: tuple[str, ...]) -> list[Rule]:
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


def explain_member(workspace: Workspace, ids: tuple[str, ...], member_no: str, occasion: Occasion) -> list[Explanation]:
    """Condition by condition, why the person is or is not on each list; `ids` () asks all of them.

    Raises:
        UsageError: nobody, or more than one person, has the number. `17-00000090` names the prefecture too.
    """
    rules = _asked_for(workspace, ids)
    with reading(workspace.engine) as connection:
        segments = Segments(connection, workspace.settings.retirement_table())
        person = segments.people(occasion.as_of, only_person(connection, member_no))
        stops = stops_for(connection, occasion)
        explanations = []
        for rule in rules:
            bound = bind_for(workspace, rule, occasion)
            conditions = segments.explain(bound, person["member_key"][0])
            row = person.select(pl.lit(rule.id).alias("list_id"), "member_key")
            _, kept_off = suppress(row, person, stops, {rule.id: family_of(rule.offers)})
            suppressed = kept_off["suppressed"][0] if kept_off.height else None
            met = all(condition.met for condition in conditions)
            explanations.append(
                Explanation(
                    rule.id,
                    rule.title,
                    person["member_no"][0],
                    occasion.as_of,
                    met and not suppressed,
                    suppressed,
                    conditions,
                )
            )
    return explanations
