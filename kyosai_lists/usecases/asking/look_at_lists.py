"""Asking about lists without handing anything out: what a rule says, and how many."""

from dataclasses import dataclass

from kyosai_lists.products import BY_ID as PRODUCTS
from kyosai_lists.segments.funnel import FunnelStep
from kyosai_lists.segments.parameters import BoundRule
from kyosai_lists.segments.rule import Rule
from kyosai_lists.segments.rulebook import choose
from kyosai_lists.store.engine import reading
from kyosai_lists.usecases.draw import Occasion, Scope, draw, segments_of
from kyosai_lists.usecases.draw_unions import draw_unions, union_segments
from kyosai_lists.usecases.workspace import Workspace


@dataclass(frozen=True)
class ListInfo:
    """`kind`: people or unions; `offers`: the name of the product the list offers, "" of a list of unions."""

    id: str
    kind: str
    title: str
    offers: str
    plan: tuple[str, ...]
    discreet: bool


@dataclass(frozen=True)
class ShownList:
    """A rule with its values, the product it offers, and how many people are left after each condition and after suppression.

    Of a list of unions, how many unions. `note`: why it is empty, where it can have nobody on it.
    """

    bound: BoundRule
    offers: str
    funnel: list[FunnelStep]
    suppressed: dict[str, int]
    people: int
    note: str = ""


def all_lists(workspace: Workspace) -> list[ListInfo]:
    """What lists there are, most important first."""
    return [
        ListInfo(rule.id, rule.kind, rule.title, product_name(rule), rule.plan, rule.discreet)
        for rule in workspace.all_rules.values()
    ]


def product_name(rule: Rule) -> str:
    return PRODUCTS[rule.offers].name if rule.kind == "people" else ""


def show_list(workspace: Workspace, list_id: str, occasion: Occasion) -> ShownList:
    """The rule with its parameters, plan section and funnel."""
    rule = choose(workspace.all_rules, (list_id,))[0]
    with reading(workspace.engine) as connection:
        if rule.kind == "unions":
            about = draw_unions(connection, workspace, [rule], occasion, Scope())[0]
            funnel = union_segments(connection, workspace).funnel(about.bound)
            return ShownList(about.bound, "", funnel, {}, about.rows.height, about.note)
        drawn = draw(connection, workspace, [rule], occasion, Scope())
        funnel = segments_of(connection, workspace).funnel(drawn.bound[0])
    reasons = dict(drawn.suppressed.group_by("suppressed").len().sort("suppressed").iter_rows())
    note = drawn.remarks.get(rule.id, "")
    return ShownList(drawn.bound[0], product_name(rule), funnel, reasons, drawn.passed.height, note)
