"""`県支部控え/単組リスト.xlsx`: the lists of unions of a run, in figures only, for the branch."""

import hashlib
from collections.abc import Sequence

from kyosai_lists.usecases.draw_unions import DrawnUnionList
from kyosai_lists.usecases.exporting.export_result import WrittenUnionLists
from kyosai_lists.usecases.exporting.papers import UNION_LISTS
from kyosai_lists.usecases.exporting.staging import CONTROL_FOLDER
from kyosai_lists.workbook.model import RunHeader
from kyosai_lists.workbook.union_lists import UnionTable, union_lists

_NAMES = {
    "pref": ("県コード", "code"),
    "prefecture": ("県支部", "prefecture"),
    "union_code": ("単組コード", "code"),
    "name": ("単組名", "name"),
}


def union_lists_book(drawn: Sequence[DrawnUnionList], run: RunHeader) -> WrittenUnionLists | None:
    """None when no list of unions is asked for."""
    if not drawn:
        return None
    data = union_lists([_table(one) for one in drawn], run.run_id, run.as_of, run.title)
    return WrittenUnionLists(
        path=f"{CONTROL_FOLDER}/{UNION_LISTS}",
        data=data,
        sha256=hashlib.sha256(data).hexdigest(),
        titles={one.bound.rule.id: one.bound.rule.title for one in drawn},
        rows={one.bound.rule.id: one.rows.height for one in drawn},
        notes={one.bound.rule.id: one.note for one in drawn if one.note},
    )


def _table(drawn: DrawnUnionList) -> UnionTable:
    rule = drawn.bound.rule
    names = _names_shown(drawn)
    figures = tuple((column.heading, column.kind) for column in rule.columns)
    return UnionTable(
        title=rule.title,
        plan="、".join(rule.plan),
        parameters=drawn.bound.parameters_text(),
        unit=drawn.unit,
        note=drawn.note,
        columns=(*(_NAMES[name] for name in names), *figures),
        rows=tuple(drawn.rows.select(*names, *(column.name for column in rule.columns)).iter_rows()),
    )


def _names_shown(drawn: DrawnUnionList) -> tuple[str, ...]:
    if drawn.of_prefectures:
        return ("pref", "prefecture")
    several = drawn.rows["pref"].n_unique() > 1
    return ("prefecture", "union_code", "name") if several else ("union_code", "name")
