"""Drawing lists: rules run, one row per person, suppression above them all. What `count`, `explain` and `export` stand on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

import polars as pl

from kyosai_lists.campaigns.campaign import Campaign
from kyosai_lists.campaigns.issue_day import issue_day
from kyosai_lists.errors import ConfigError, UsageError
from kyosai_lists.lists.arrange import SHOWN_COLUMNS
from kyosai_lists.lists.describe import marks
from kyosai_lists.lists.suppress import Stops
from kyosai_lists.segments import parameters
from kyosai_lists.segments.parameters import BoundRule, Layer, bind, unknown_settings
from kyosai_lists.segments.rule import Rule, Value
from kyosai_lists.segments.run import HELD_SCHEMA, PEOPLE_SCHEMA, Segments
from kyosai_lists.store import read
from kyosai_lists.store.at_once import fetch_at_once
from kyosai_lists.store.engine import Connection
from kyosai_lists.store.query import as_list
from kyosai_lists.usecases.gathered import DrawnLists, Gathered
from kyosai_lists.usecases.on_hold import of_people
from kyosai_lists.usecases.workspace import Workspace
from kyosai_lists.vocabulary import GUIDE_KIND

T = TypeVar("T")


@dataclass(frozen=True)
class Scope:
    """Which unions are asked for; empty: all."""

    union_codes: tuple[str, ...] = ()
    prefectures: tuple[str, ...] = ()


@dataclass(frozen=True)
class Occasion:
    """What the lists are drawn for: D, perhaps a campaign, and values from the command line."""

    as_of: date
    campaign: Campaign | None = None
    values: dict[str, Value] = field(default_factory=dict)


def draw(
    connection: Connection, workspace: Workspace, rules: list[Rule], occasion: Occasion, scope: Scope
) -> DrawnLists:
    """Runs `rules` as of the occasion's D for everyone in `scope`.

    Raises:
        UsageError: the occasion sets a parameter that no list has, or the scope names what is not in the store.
    """
    return gather(connection, workspace, rules, occasion, scope).drawn()


def gather(
    connection: Connection,
    workspace: Workspace,
    rules: list[Rule],
    occasion: Occasion,
    scope: Scope,
    *,
    homes: bool = False,
) -> Gathered:
    """Asks `rules` as of the occasion's D for everyone in `scope`. `homes`: with the addresses of whoever matches.

    Raises:
        UsageError: the occasion sets a parameter that no list has, or the scope names what is not in the store.
    """
    bound = tuple(bind_for(workspace, rule, occasion) for rule in rules)
    segments = segments_of(connection, workspace)
    unions = unions_in_scope(read.unions(connection), scope)
    matched, late, waiting = _matched(segments, bound, occasion.as_of)
    members = pl.concat(rows["member_key"] for rows in matched).unique(maintain_order=True)
    if scope != Scope():
        members = _within(segments, members, unions)
    people, held, addresses = _told(segments, occasion.as_of, members, _told_of_people(rules), homes=homes)
    own = unions.select("union_code")
    return Gathered(
        bound=bound,
        unions=unions,
        matched=tuple(matched),
        people=people.join(own, on="union_code", how="semi"),
        held=held,
        addresses=addresses,
        stops=stops_for(connection, occasion),
        waiting=waiting,
        past_retirement=late.join(own, on="union_code", how="semi"),
        remarks=_missing_guides(connection, rules),
    )


def _matched(
    segments: Segments, bound: Sequence[BoundRule], as_of: date
) -> tuple[list[pl.DataFrame], pl.DataFrame, int]:
    """Who matches each rule; who is past retirement; how many contracts wait for their member."""
    built_in = [b for b in bound if not b.rule.own]
    others = (segments.ask_past_retirement(as_of), read.ask_waiting_contracts())
    found = fetch_at_once(segments.connection, [*map(segments.ask_members, built_in), *others])
    by_id = {b.rule.id: rows for b, rows in zip(built_in, found, strict=False)}
    matched = [segments.members(b) if b.rule.own else by_id[b.rule.id] for b in bound]
    return matched, found[-2], int(found[-1].item())


def _within(segments: Segments, members: pl.Series, unions: pl.DataFrame) -> pl.Series:
    """Those of `members` who are in one of `unions`."""
    own = segments.answer(read.ask_members_of(segments.connection, unions["union_code"]))
    return members.filter(members.is_in(own["member_key"].implode()))


def _told(
    segments: Segments, as_of: date, members: pl.Series, columns: list[str], *, homes: bool
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Of `members`: people (`columns`), held, and with `homes` their addresses."""
    keys = as_list(members)
    asked = [segments.ask_held(as_of, keys), segments.ask_people(as_of, keys, columns)]
    if homes:
        asked.append(read.ask_addresses(segments.connection, keys))
    held, people, *addresses = fetch_at_once(segments.connection, asked)
    return people, held, addresses[0] if homes else pl.DataFrame(schema=read.ADDRESS_SCHEMA)


def _told_of_people(rules: list[Rule]) -> list[str]:
    """The columns of `people` that the workbooks show, that put them in order, and that the rules' sentences name."""
    named = {name for rule in rules for name in marks(rule.reason + rule.hint)}
    return [name for name in PEOPLE_SCHEMA if name in SHOWN_COLUMNS or name in named]


def gather_nothing(connection: Connection, occasion: Occasion, scope: Scope) -> Gathered:
    """What is gathered where no list of people is asked for: nobody, but what the store still has on hold is told.

    Raises:
        UsageError: the scope names what is not in the store.
    """
    return Gathered(
        bound=(),
        unions=unions_in_scope(read.unions(connection), scope),
        matched=(),
        people=pl.DataFrame(schema=PEOPLE_SCHEMA),
        held=pl.DataFrame(schema=HELD_SCHEMA),
        addresses=pl.DataFrame(schema=read.ADDRESS_SCHEMA),
        stops=stops_for(connection, occasion),
        waiting=len(read.waiting_contracts(connection)),
        past_retirement=pl.DataFrame(schema=dict.fromkeys(("member_key", "union_code", "member_no"), pl.String)),
    )


def segments_of(connection: Connection, workspace: Workspace) -> Segments:
    """The workspace's people, to be asked through rules; `connection` is a reading one."""
    return Segments(connection, workspace.settings.retirement_table(), workspace.guard)


def bind_for(workspace: Workspace, rule: Rule, occasion: Occasion) -> BoundRule:
    """Parameters from the rule, then the branch, then the campaign, then the command line.

    Raises:
        UsageError: the command line sets a parameter that no rule has, or to a value of the wrong kind.
        ConfigError: a value of the branch or of the campaign is of the wrong kind.
    """
    if unknown := unknown_settings(workspace.all_rules, occasion.values):
        raise UsageError(
            f"{'、'.join(unknown)} という数字は、どのリストにもありません。",
            "kyosai-lists lists show リスト名 で名前を確かめて、指定し直してください。",
        )
    return _layered(workspace, occasion, lambda layers: bind(rule, occasion.as_of, layers))


def max_offers(workspace: Workspace, occasion: Occasion) -> int:
    """How many letters a person has on 名簿 at most, from the same places.

    Raises:
        UsageError, ConfigError: it is no whole number from 1 up.
    """
    return _layered(workspace, occasion, parameters.max_offers)


def _layered(workspace: Workspace, occasion: Occasion, read: Callable[[tuple[Layer, ...]], T]) -> T:
    """What `read` makes of the layers of values; where only what was typed is to blame, that is wrong usage."""
    settings = workspace.settings
    stored: Layer = settings.campaign_parameters(occasion.campaign.code) if occasion.campaign else {}
    try:
        return read((settings.parameters, stored, occasion.values))
    except ConfigError as error:
        read((settings.parameters, stored))
        raise UsageError(error.happened, error.todo) from None


def stops_for(connection: Connection, occasion: Occasion) -> Stops:
    """What keeps people off on the occasion."""
    first_day, last_day = stop_window(occasion)
    return Stops(read.stops(connection), of_people(connection), first_day, last_day)


def stop_window(occasion: Occasion) -> tuple[date, date]:
    """In a campaign a stop in force on any day from issue to its 終了日 counts, else one in force at D."""
    campaign, as_of = occasion.campaign, occasion.as_of
    if campaign is None:
        return as_of, as_of
    return min(as_of, issue_day(as_of, campaign.days_ahead).on), max(as_of, campaign.ends_on)


def _missing_guides(connection: Connection, rules: list[Rule]) -> dict[str, str]:
    """By list id, what is said of a list that needs めやす of which there are none."""
    kinds = read.guide_kinds(connection)
    return {
        rule.id: f"「{rule.title}」には、めやす({GUIDE_KIND.words[rule.needs_guide]})が要ります。まだ取り込まれていないので、だれも載りません。"
        for rule in rules
        if rule.needs_guide and rule.needs_guide not in kinds
    }


def unions_in_scope(unions: pl.DataFrame, scope: Scope) -> pl.DataFrame:
    """
    Raises:
        UsageError: there is no union at all, or the scope names what is not in the store.
    """
    if unions.is_empty():
        raise UsageError("単組がまだ一つも取り込まれていません。", "先に単組一覧・名簿・契約を取り込んでください。")
    wanted = (("単組コード", scope.union_codes, "union_code"), ("県コード", scope.prefectures, "pref"))
    for word, codes, column in wanted:
        if unknown := sorted(set(codes) - set(unions[column])):
            what = f"{word} {'・'.join(unknown)} の単組は登録されていません。"
            raise UsageError(what, "コードを確かめて、もう一度指定してください。")
    if scope.union_codes:
        unions = unions.filter(pl.col("union_code").is_in(scope.union_codes))
    if scope.prefectures:
        unions = unions.filter(pl.col("pref").is_in(scope.prefectures))
    if unions.is_empty():
        raise UsageError("指定した県にその単組はありません。", "県コードと単組コードを確かめてください。")
    return unions
