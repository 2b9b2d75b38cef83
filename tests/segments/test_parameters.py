"""Every number of a rule can be set, each layer above the one before: rule, branch, branch for one list, campaign, command line."""

from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from kyosai_lists.campaigns.campaign import Campaign
from kyosai_lists.config import CONFIG_NAME, load_settings
from kyosai_lists.errors import ConfigError, UsageError
from kyosai_lists.segments.explain import explain
from kyosai_lists.segments.parameters import BoundRule, bind, standard_binds
from kyosai_lists.segments.run import Segments
from kyosai_lists.store.engine import reading
from kyosai_lists.store.guard.terms import Guard
from kyosai_lists.usecases.asking.count_lists import count_lists
from kyosai_lists.usecases.asking.explain_member import explain_member
from kyosai_lists.usecases.draw import Occasion, bind_for
from kyosai_lists.usecases.workspace import Workspace

from .facts import Member, World
from .fill import fill
from .rulefile import FRONT, PARAMETER, loaded, with_condition
from .worlds import UNIONS

D = date(2026, 11, 1)
CAMPAIGN = Campaign("R8-1", "募集", "spot", "", (), D, D, 0, ())
BRANCH = "[parameters]\nyoung_max_age = 31\n"
ONE_LIST = '[parameters."young-unenrolled"]\nyoung_max_age = 32\n'
OF_CAMPAIGN = "[campaigns.R8-1.parameters]\nyoung_max_age = 33\n"
OF_CAMPAIGN_LIST = '[campaigns.R8-1.parameters."young-unenrolled"]\nyoung_max_age = 34\n'
OTHERS = '[parameters."retiree-transfer"]\nmax_age_at_leaving = 70\n[campaigns.X.parameters]\nyoung_max_age = 99\n'


def workspace_with(folder: Path, toml: str) -> Workspace:
    (folder / CONFIG_NAME).write_text(toml, "utf-8")
    return Workspace(folder, load_settings(folder), sa.create_engine("sqlite://"))


def bound_with(folder: Path, toml: str, occasion: Occasion, list_id: str = "young-unenrolled") -> BoundRule:
    workspace = workspace_with(folder, toml)
    return bind_for(workspace, workspace.rules[list_id], occasion)


@pytest.mark.parametrize(
    ("toml", "campaign", "typed", "value"),
    [
        ("", None, None, 35),
        (OTHERS, CAMPAIGN, None, 35),
        (BRANCH, None, None, 31),
        (BRANCH + ONE_LIST, None, None, 32),
        (ONE_LIST, None, None, 32),
        (BRANCH + ONE_LIST + OF_CAMPAIGN, None, None, 32),
        (BRANCH + ONE_LIST + OF_CAMPAIGN, CAMPAIGN, None, 33),
        (BRANCH + ONE_LIST + OF_CAMPAIGN + OF_CAMPAIGN_LIST, CAMPAIGN, None, 34),
        (BRANCH + ONE_LIST + OF_CAMPAIGN + OF_CAMPAIGN_LIST, CAMPAIGN, 30, 30),
        ("", None, 30, 30),
    ],
)
def test_each_layer_wins_over_the_one_before(
    tmp_path: Path, toml: str, campaign: Campaign | None, typed: int | None, value: int
) -> None:
    occasion = Occasion(D, campaign, {"young_max_age": typed} if typed else {})
    bound = bound_with(tmp_path, toml, occasion)
    assert bound.values["young_max_age"] == value
    assert bound.binds["young_born_from"] == date(2026 - value - 1, 11, 2)
    assert bound.parameters_text() == f"若年層とみなす上限の年齢(歳) {value}"


def test_a_date_in_kyosai_toml_needs_no_quotation_marks(tmp_path: Path) -> None:
    bound = bound_with(tmp_path, "[parameters]\nleaving_by = 2027-01-05\n", Occasion(D), "retiree-transfer")
    assert bound.values["leaving_by"] == date(2027, 1, 5)


@pytest.mark.parametrize("value", ["true", "[30]", '"三十"', "nan"])
def test_a_value_of_the_wrong_kind_in_kyosai_toml_is_refused(tmp_path: Path, value: str) -> None:
    with pytest.raises(ConfigError, match="young_max_age"):
        bound_with(tmp_path, f"[parameters]\nyoung_max_age = {value}\n", Occasion(D))


def test_another_lists_own_value_changes_nothing_here(tmp_path: Path) -> None:
    assert bound_with(tmp_path, OTHERS, Occasion(D), "retiree-transfer").values["max_age_at_leaving"] == 70
    assert bound_with(tmp_path, OTHERS, Occasion(D)).values["young_max_age"] == 35


@pytest.mark.parametrize(
    ("given", "bound"),
    [
        (None, date(2027, 3, 31)),
        ("fiscal_year_start", date(2026, 4, 1)),
        ("as_of", D),
        ("2027-01-05", date(2027, 1, 5)),
        ("令和9年1月5日", date(2027, 1, 5)),
    ],
)
def test_a_date_is_given_as_a_day_or_by_name(tmp_path: Path, given: str | None, bound: date) -> None:
    values = {"leaving_by": given} if given else {}
    assert bound_with(tmp_path, "", Occasion(D, None, values), "retiree-transfer").values["leaving_by"] == bound


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("young_max_age", value) for value in ("三十", "35", "' OR 1=1--", True, float("nan"), float("inf"), 99999)),
        *(("max_age_at_leaving", value) for value in ("八十", float("nan"))),
        *(("leaving_by", value) for value in ("やがて", "2027-02-30", 7, "' OR 1=1--")),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused(tmp_path: Path, name: str, value: str | float) -> None:
    list_id = "young-unenrolled" if name == "young_max_age" else "retiree-transfer"
    with pytest.raises(UsageError, match=name):
        bound_with(tmp_path, "", Occasion(D, None, {name: value}), list_id)


@pytest.mark.parametrize(
    ("toml", "named"),
    [
        ("[parameters]\nyuong_max_age = 31\n", "yuong_max_age"),
        ('[parameters]\n"fire-only" = 31\n', "fire-only"),
        ('[parameters."fire-only"]\nyoung_max_age = 31\n', "fire-only.young_max_age"),
        ('[parameters."no-such-list"]\nyoung_max_age = 31\n', "no-such-list.young_max_age"),
        ("[campaigns.R8-1.parameters]\nyuong_max_age = 31\n", "yuong_max_age"),
    ],
)
def test_a_name_that_no_list_knows_is_refused_and_not_ignored(tmp_path: Path, toml: str, named: str) -> None:
    workspace = workspace_with(tmp_path, toml)
    with pytest.raises(ConfigError, match=named):
        _ = workspace.rules


def test_a_name_that_no_list_knows_is_refused_on_the_command_line(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="yuong_max_age"):
        bound_with(tmp_path, "", Occasion(D, None, {"yuong_max_age": 30}))


def test_a_quotation_mark_in_a_value_stays_a_part_of_the_value(store: sa.Engine, tmp_path: Path) -> None:
    """Nothing is put into the SQL text: `' OR 1=1--` is compared with, and names nobody."""
    world = World(D, UNIONS)
    world.members.append(Member("17-1", UNIONS[0], date(2000, 1, 1), date(2020, 4, 1), "regular", "active"))
    fill(store, world)
    rule = loaded(tmp_path, FRONT + PARAMETER, with_condition("(m.name || '') = :limit"))
    for value, found in (("氏名", 1), ("' OR 1=1--", 0), ("' OR '1'='1", 0)):
        bound = BoundRule(rule, D, {"limit": value}, {**standard_binds(D), "limit": value})
        with reading(store) as connection:
            segments = Segments(connection, load_settings(_empty(tmp_path)).retirement_table(), Guard(60))
            assert segments.members(bound).height == found
            assert segments.funnel(bound)[-1].remaining == found
            assert explain(segments, bound, "17-1")[-1].met == bool(found)


def test_a_quotation_mark_in_a_member_number_names_nobody(store: sa.Engine, tmp_path: Path) -> None:
    workspace = Workspace(tmp_path, load_settings(_empty(tmp_path)), store)
    with pytest.raises(UsageError, match="登録されていません"):
        explain_member(workspace, (), "' OR 1=1--", Occasion(D))
    with pytest.raises(UsageError, match="というリストはありません"):
        count_lists(workspace, ("' OR 1=1--",), Occasion(D))


def test_a_rule_without_layers_runs_with_its_defaults(tmp_path: Path) -> None:
    rule = loaded(tmp_path, FRONT + PARAMETER, with_condition("m.age <= :limit"))
    assert bind(rule, D).binds["limit"] == 30
    assert bind(rule, D).sentence("{limit}歳、{fiscal_year_end}まで") == "30歳、2027年3月31日まで"


def _empty(folder: Path) -> Path:
    (folder / CONFIG_NAME).write_text("", "utf-8")
    return folder
