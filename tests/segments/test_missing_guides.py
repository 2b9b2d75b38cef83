"""A list that needs めやす and has none is empty and says so, wherever it is counted, shown or exported."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest
import sqlalchemy as sa

from kyosai_lists.usecases.asking.count_lists import count_lists
from kyosai_lists.usecases.asking.look_at_lists import show_list
from kyosai_lists.usecases.draw import Occasion
from kyosai_lists.usecases.exporting.export_lists import export_lists
from kyosai_lists.usecases.exporting.order import Order
from kyosai_lists.usecases.workspace import Workspace
from tests.conftest import ACT

from .asking import workspace_of
from .facts import Contract, Guide, Member, World
from .fill import fill
from .worlds import UNIONS

D = date(2026, 11, 1)
COVER, CONTENTS = "cover-below-guide", "contents-below-guide"
NEED = (COVER, CONTENTS)


def world(*guides: Guide) -> World:
    """One person of 40, who holds three units of either."""
    member = Member("17-001", UNIONS[1], date(1986, 7, 7), date(2010, 4, 1), "regular", "active", householder="yes")
    contracts = [
        Contract("17-001-0", "17-001", "group_life", date(2020, 4, 1), units=3),
        Contract("17-001-1", "17-001", "fire", date(2020, 4, 1), units=3, type="家財"),
    ]
    return World(D, UNIONS, [member], contracts, guides=list(guides))


@pytest.mark.parametrize(
    ("guides", "people"),
    [
        ((), {COVER: 0, CONTENTS: 0}),
        ((Guide("group_life", 30, 49, "", "", 4),), {COVER: 1, CONTENTS: 0}),
        ((Guide("group_life", 41, 49, "", "", 4), Guide("contents", 0, 99, "", "", 3)), {COVER: 0, CONTENTS: 0}),
        ((Guide("group_life", 40, 40, "", "", 3), Guide("contents", 0, 99, "1", "", 4)), {COVER: 0, CONTENTS: 1}),
    ],
)
def test_without_its_guides_a_list_says_why_it_is_empty(
    store: sa.Engine, guides: tuple[Guide, ...], people: dict[str, int]
) -> None:
    fill(store, branch := world(*guides))
    workspace = workspace_of(branch, store)
    kinds = {guide.kind for guide in guides}
    missing = {list_id for list_id, kind in ((COVER, "group_life"), (CONTENTS, "contents")) if kind not in kinds}
    counts = {count.id: count for count in count_lists(workspace, NEED, Occasion(D))}
    assert {list_id: count.people for list_id, count in counts.items()} == people
    assert {list_id for list_id, count in counts.items() if count.remark} == missing
    for list_id in NEED:
        note = show_list(workspace, list_id, Occasion(D)).note
        assert note == counts[list_id].remark
        assert all(word in note for word in ("めやす", "取り込まれていない")) == (list_id in missing)


def test_an_export_says_so_in_its_answer_and_in_its_summary(sqlite_branch: Workspace, tmp_path: Path) -> None:
    result = export_lists(
        sqlite_branch, Order((*NEED, "fire-only"), as_of=D), act=ACT, passwords=None, out=tmp_path / "o"
    )
    assert result.remarks.keys() == set(NEED)
    assert result.totals["remarks"] == result.remarks
    summary = openpyxl.load_workbook(tmp_path / "o" / "県支部控え" / "まとめ.xlsx")
    cells = [str(cell) for row in summary["概要"].iter_rows(values_only=True) for cell in row]
    assert all(any(remark in cell for cell in cells) for remark in result.remarks.values())
