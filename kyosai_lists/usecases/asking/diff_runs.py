"""One list in two exports: who stands on its sheets in the one and not in the other, and why by today's data."""

from pathlib import Path

import polars as pl

from kyosai_lists.campaigns.campaign import Campaign
from kyosai_lists.errors import UsageError
from kyosai_lists.segments.rule import Rule
from kyosai_lists.store.engine import Connection, reading
from kyosai_lists.usecases.asking.diff_days import draw_one, side_of, with_reasons
from kyosai_lists.usecases.asking.moved import ListDiff, Moved, Reason, Side
from kyosai_lists.usecases.asking.past_run import PastRun, read_run
from kyosai_lists.usecases.asking.people_lists import people_lists
from kyosai_lists.usecases.draw import Occasion, segments_of
from kyosai_lists.usecases.exporting.choose_campaign import find_campaign
from kyosai_lists.usecases.exporting.passwords import PasswordSource
from kyosai_lists.usecases.run_values import values_of_run
from kyosai_lists.usecases.workspace import Workspace

_TODAY = "名簿に載っていた人は、そのときのファイルで比べました。理由は、今登録されているデータで調べたものです。"
_RULE_CHANGED = "このリストのきまりは、名簿を出したあとで変わっています。理由は今のきまりで調べました。"
_NO_CAMPAIGN = "そのときの募集が今は登録されていないので、案内停止は基準日だけで調べました。"


def diff_runs(
    workspace: Workspace,
    list_id: str,
    folders: tuple[Path, Path],
    passwords: tuple[PasswordSource | None, PasswordSource | None],
) -> ListDiff:
    """The list in the export of the first folder against that of the second, in the unions that both were made for.

    Raises:
        UsageError: there is no such list of people, or a folder is not what it should be (`read_run`).
        FileRefused: a password is a wrong one.
    """
    rule = people_lists(workspace, (list_id,))[0]
    runs = [read_run(folder, list_id, own) for folder, own in zip(folders, passwords, strict=True)]
    both = runs[0].union_codes & runs[1].union_codes
    earlier, later = (run.listed.filter(pl.col("union_code").is_in(both)) for run in runs)
    with reading(workspace.engine) as connection:
        segments = segments_of(connection, workspace)
        sides, names, remarks = [], dict[str, str](), []
        for run, listed in zip(runs, (earlier, later), strict=True):
            side, names, said = _side(connection, workspace, rule, run, listed.height)
            sides.append(side)
            remarks += said
        before, after = sides
        came = _moved(later, earlier, names)
        left = _moved(earlier, later, names)
        return ListDiff(
            before,
            after,
            with_reasons(segments, came, after, before),
            with_reasons(segments, left, before, after),
            (_TODAY, *dict.fromkeys([*_unions_apart(runs, both), *remarks])),
        )


def _side(
    connection: Connection, workspace: Workspace, rule: Rule, run: PastRun, people: int
) -> tuple[Side, dict[str, str], list[str]]:
    """The run's list as it would be drawn today with its D and its numbers, the names of the unions, and what to remark."""
    campaign = _campaign(connection, run.campaign)
    values = values_of_run(rule, run.parameters)
    drawn = draw_one(connection, workspace, rule, Occasion(run.as_of, campaign, values))
    today = side_of(drawn)
    remarks = [_RULE_CHANGED] if run.rule_digest != rule.digest else []
    remarks += [_NO_CAMPAIGN] if run.campaign and campaign is None else []
    names = dict(drawn.unions.select("union_code", "name").iter_rows())
    return Side(run.as_of, people, today.bound, today.suppressed, run.run_id), names, remarks


def _campaign(connection: Connection, code: str) -> Campaign | None:
    try:
        return find_campaign(connection, code) if code else None
    except UsageError:
        return None


def _unions_apart(runs: list[PastRun], both: frozenset[str]) -> list[str]:
    return [
        f"名簿番号 {run.run_id} だけにある単組は比べていません: {'・'.join(sorted(run.union_codes - both))}"
        for run in runs
        if run.union_codes - both
    ]


def _moved(there: pl.DataFrame, gone: pl.DataFrame, union_names: dict[str, str]) -> list[Moved]:
    moved = there.join(gone, on="member_key", how="anti").sort("union_code", "member_no")
    return [
        Moved(**row, union_name=union_names.get(row["union_code"], ""), reason=Reason())
        for row in moved.iter_rows(named=True)
    ]
