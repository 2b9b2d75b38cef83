"""How many people of each union stand on a list, and which unions or prefectures stand on a list of those."""

from dataclasses import dataclass, field

import polars as pl

from kyosai_lists.segments.rule import Rule
from kyosai_lists.segments.rulebook import choose
from kyosai_lists.store import read
from kyosai_lists.store.engine import Connection, reading
from kyosai_lists.usecases.draw import Occasion, Scope, draw
from kyosai_lists.usecases.draw_unions import DrawnUnionList, draw_unions
from kyosai_lists.usecases.workspace import Workspace


@dataclass(frozen=True)
class ListCount:
    """`unions`: people by union code, unions with none left out. `union_names`: name by code, of all unions.

    Of a list of unions `people` is how many unions stand on it, and `unions` has 1 for each; where it is prefectures that
    stand on it (`of_prefectures`), `prefectures` has them instead. `remark`: why a list of people can have nobody on it.
    """

    id: str
    kind: str
    title: str
    people: int
    unions: dict[str, int]
    union_names: dict[str, str]
    of_prefectures: bool = False
    prefectures: dict[str, int] = field(default_factory=dict)
    remark: str = ""


def count_lists(workspace: Workspace, ids: tuple[str, ...], occasion: Occasion) -> list[ListCount]:
    """People on each list, after suppression, by union; and the unions on each list of unions. `ids` () asks all."""
    rules = choose(workspace.all_rules, ids or tuple(workspace.all_rules))
    with reading(workspace.engine) as connection:
        names = dict(read.unions(connection).select("union_code", "name").iter_rows())
        people = _people_counts(connection, workspace, [r for r in rules if r.kind == "people"], occasion, names)
        about = [r for r in rules if r.kind == "unions"]
        unions = [_union_count(d, names) for d in draw_unions(connection, workspace, about, occasion, Scope())]
    by_id = {count.id: count for count in (*people, *unions)}
    return [by_id[rule.id] for rule in rules]


def _people_counts(
    connection: Connection, workspace: Workspace, rules: list[Rule], occasion: Occasion, names: dict[str, str]
) -> list[ListCount]:
    if not rules:
        return []
    drawn = draw(connection, workspace, rules, occasion, Scope())
    where = drawn.people.select("member_key", "union_code")
    counted = drawn.passed.join(where, on="member_key").group_by("list_id", "union_code").len().sort("union_code")
    counts = []
    for rule in rules:
        by_union = dict(counted.filter(pl.col("list_id") == rule.id).select("union_code", "len").iter_rows())
        remark = drawn.remarks.get(rule.id, "")
        counts.append(ListCount(rule.id, rule.kind, rule.title, sum(by_union.values()), by_union, names, remark=remark))
    return counts


def _union_count(drawn: DrawnUnionList, names: dict[str, str]) -> ListCount:
    rule = drawn.bound.rule
    listed = dict.fromkeys(drawn.rows["pref" if drawn.of_prefectures else "union_code"], 1)
    unions, prefectures = ({}, listed) if drawn.of_prefectures else (listed, {})
    return ListCount(rule.id, rule.kind, rule.title, len(listed), unions, names, drawn.of_prefectures, prefectures)
