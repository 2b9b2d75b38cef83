"""Every list that a person was ever handed out on: when, why, to which union, under which rule and numbers."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kyosai_lists.errors import UsageError
from kyosai_lists.store.engine import reading, writing
from kyosai_lists.usecases.asking.look_up_person import look_up_person
from kyosai_lists.usecases.exporting.export_lists import export_lists
from kyosai_lists.usecases.exporting.order import Order
from kyosai_lists.usecases.keeping.disclosures import disclosures_of
from kyosai_lists.usecases.workspace import Workspace
from tests.conftest import ACT, AS_OF
from tests.exporting.reading import table, workbooks

ORDER = Order(as_of=AS_OF, list_ids=("fire-only", "young-unenrolled"))
LATER = replace(ACT, at=ACT.at + timedelta(days=30), user="suzuki")


def test_everybody_s_runs_are_those_whose_sheets_they_stand_on(branch: Workspace) -> None:
    runs = [
        export_lists(branch, ORDER, act=ACT, passwords=None),
        export_lists(branch, replace(ORDER, values={"young_max_age": 25}), act=LATER, passwords=None),
    ]
    titles = {"fire-only": "火災共済のみ加入", "young-unenrolled": "若年層 団体生命未加入"}
    on_sheets: dict[str, set[tuple[str, str, object]]] = {}
    for run in runs:
        for path in workbooks(run.out):
            for list_id, title in titles.items():
                for row in table(path, title):
                    on_sheets.setdefault(str(row["組合員番号"]), set()).add((run.run_id, list_id, row["No."]))
    with reading(branch.engine) as connection:
        everybody = set(connection.exec_driver_sql("SELECT member_no FROM members").scalars())
    assert on_sheets.keys() < everybody
    for number in sorted(everybody):
        told = disclosures_of(branch, number).handed_out
        found = {(one.run_id, used.id, one.no) for one in told for used in one.lists}
        assert found == on_sheets.get(number, set())


def test_it_stands_among_all_that_is_stored_of_a_person(branch: Workspace) -> None:
    run = export_lists(branch, ORDER, act=ACT, passwords=None)
    number = str(table(workbooks(run.out)[0], "火災共済のみ加入")[0]["組合員番号"])
    person = look_up_person(branch, number, AS_OF).person
    assert person is not None
    assert person.handed_out == disclosures_of(branch, number).handed_out != ()


def test_it_says_when_why_to_whom_and_under_which_numbers(branch: Workspace) -> None:
    run = export_lists(branch, replace(ORDER, values={"young_max_age": 30}), act=LATER, passwords=None)
    row = table(workbooks(run.out)[0], "若年層 団体生命未加入")[0]
    (told,) = disclosures_of(branch, str(row["組合員番号"])).handed_out
    assert (told.made_at, told.made_by, told.run_id, told.union_code) == (
        "2026-11-30T16:00:00Z", "suzuki", run.run_id, "17001",
    )  # fmt: skip
    assert told.purpose == branch.settings.export.purpose
    assert told.union_name == "金沢市職員労働組合"
    used = next(used for used in told.lists if used.id == "young-unenrolled")
    assert used.values == {"young_max_age": "30"}
    assert used.rule_sha256 == branch.rules["young-unenrolled"].digest
    assert told.placed


def test_somebody_who_is_no_longer_in_the_store_is_found(branch: Workspace) -> None:
    run = export_lists(branch, ORDER, act=ACT, passwords=None)
    number = str(table(workbooks(run.out)[0], "火災共済のみ加入")[0]["組合員番号"])
    before = disclosures_of(branch, number)
    with writing(branch.engine) as connection:
        for name in ("contracts", "applications", "suppressions", "members"):
            connection.exec_driver_sql(f"DELETE FROM {name} WHERE member_key = '17-{number}'")
    assert disclosures_of(branch, number) == disclosures_of(branch, f"17-{number}") == before
    assert len(before.handed_out) == 1


def test_a_number_that_nobody_has_is_said(branch: Workspace) -> None:
    with pytest.raises(UsageError, match="登録されておらず"):
        disclosures_of(branch, "99999999")
