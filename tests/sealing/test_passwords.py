"""Passwords that the branch makes: readable, its owner's alone, in no other place; workbooks are sealed with them (faults 32, 63, 64)."""

import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from kyosai_lists import limits
from kyosai_lists.errors import ConfigError, ExportError, UsageError
from kyosai_lists.usecases.exporting.export_lists import export_lists
from kyosai_lists.usecases.exporting.order import Order
from kyosai_lists.usecases.keeping.reprint import reprint
from kyosai_lists.usecases.sealing import keyring as keyring_module
from kyosai_lists.usecases.sealing.keyring import keyring_folder, read_keyring
from kyosai_lists.usecases.sealing.make_passwords import (
    ALPHABET,
    look_at_passwords,
    make_passwords,
    new_password,
    passwords_of_union,
)
from kyosai_lists.usecases.sealing.notices import write_notices
from kyosai_lists.usecases.workspace import Workspace
from kyosai_lists.workbook.seal import open_sealed
from tests.conftest import ACT, AS_OF
from tests.exporting.reading import workbooks

TWO = ("17001", "17002")
ORDER = Order(as_of=AS_OF, union_codes=TWO, list_ids=("fire-only",))


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_password_has_no_sign_that_is_taken_for_another() -> None:
    made = {new_password() for _ in range(500)}
    assert len(made) == 500
    assert not set("0Oo1lI") & set("".join(made))
    assert all(re.fullmatch(rf"[{ALPHABET}]{{4}}(-[{ALPHABET}]{{4}}){{2}}", one) for one in made)
    assert set("".join(made)) == {*ALPHABET, "-"}


def test_each_union_has_its_own_for_a_year_and_keeps_it(own_branch: Workspace) -> None:
    first = make_passwords(own_branch, 2026, (), AS_OF)
    assert len(first.made) == 12
    passwords = [one.current.password for one in first.unions if one.current]
    assert len(set(passwords)) == 12
    assert make_passwords(own_branch, 2026, (), AS_OF).made == ()
    assert look_at_passwords(own_branch, 2026).unions == first.unions
    assert len(make_passwords(own_branch, 2027, TWO, AS_OF).made) == 2
    assert look_at_passwords(own_branch, 2026).unions == first.unions


def test_made_again_the_new_one_counts_and_the_earlier_is_kept(own_branch: Workspace) -> None:
    make_passwords(own_branch, 2026, (), AS_OF)
    with pytest.raises(UsageError, match="単組が指定されていません"):
        make_passwords(own_branch, 2026, (), AS_OF, again=True)
    make_passwords(own_branch, 2026, ["17001"], date(2026, 12, 1), again=True)
    earlier, now = passwords_of_union(own_branch, "17001")
    assert earlier.password != now.password
    assert read_keyring(own_branch.folder).on(AS_OF).of("17001") == now.password
    assert len(passwords_of_union(own_branch, "17002")) == 1


def test_nobody_but_the_owner_can_look_at_passwords_and_notices(own_branch: Workspace) -> None:
    assert make_passwords(own_branch, 2026, (), AS_OF).kept_to_owner
    assert write_notices(own_branch, 2026, (), AS_OF).kept_to_owner
    folder = keyring_folder(own_branch.folder)
    assert folder.stat().st_mode & 0o777 == 0o700
    modes = {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir() if not path.name.startswith(".")}
    assert len(modes) == 2
    assert set(modes.values()) == {0o600}


def test_a_file_of_passwords_is_at_no_moment_readable_by_others(
    own_branch: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    born: list[int] = []
    monkeypatch.setattr(
        keyring_module, "keep_to_owner", lambda path: bool(born.append(path.stat().st_mode & 0o777)) or True
    )
    make_passwords(own_branch, 2026, (), AS_OF)
    assert born
    assert all(not mode & 0o077 for mode in born)


def test_a_disk_that_keeps_no_rights_is_told(own_branch: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring_module, "keep_to_owner", lambda _: False)
    assert not make_passwords(own_branch, 2026, (), AS_OF).kept_to_owner
    assert not write_notices(own_branch, 2026, TWO, AS_OF).kept_to_owner


def test_on_windows_the_folder_s_rights_are_the_user_s_alone_and_passed_on(tmp_path: Path) -> None:
    words = limits.access_words(tmp_path, "KEN\\tanaka")
    assert words == ["icacls", str(tmp_path), "/inheritance:r", "/grant:r", "KEN\\tanaka:(OI)(CI)F"]
    assert limits.access_words(tmp_path / "f", "tanaka")[-1] == "tanaka:F"


def test_workbooks_are_sealed_with_the_union_s_password_of_the_year_of_their_day(own_branch: Workspace) -> None:
    make_passwords(own_branch, 2025, (), AS_OF)
    make_passwords(own_branch, 2026, (), AS_OF)
    keyring = read_keyring(own_branch.folder)
    run = export_lists(own_branch, ORDER, act=ACT, passwords=keyring)
    current = keyring.current(2026)
    for book in run.books:
        if book.path:
            data = (run.out / book.path).read_bytes()
            assert open_sealed(data, current[book.union_code].password)[:2] == b"PK"
            with pytest.raises(ExportError):
                open_sealed(data, keyring.current(2025)[book.union_code].password)


def test_a_union_without_a_password_is_named_and_nothing_is_written(own_branch: Workspace) -> None:
    make_passwords(own_branch, 2026, ["17001"], AS_OF)
    before = contents(own_branch.out)
    for order, named in ((ORDER, "17002"), (replace(ORDER, as_of=date(2027, 4, 1)), "17001、17002")):
        with pytest.raises(UsageError, match=f"{named} の{order.as_of.year}年度") as refused:  # type: ignore[union-attr]
            export_lists(own_branch, order, act=ACT, passwords=read_keyring(own_branch.folder))
        assert "passwords make" in refused.value.todo
    assert contents(own_branch.out) == before


def test_a_password_stands_in_no_other_file_and_no_store(own_branch: Workspace) -> None:
    make_passwords(own_branch, 2026, (), AS_OF)
    export_lists(own_branch, ORDER, act=ACT, passwords=read_keyring(own_branch.folder))
    own_branch.engine.dispose()
    found = contents(own_branch.folder)
    secrets = [one.password.encode() for one in read_keyring(own_branch.folder).made]
    holders = {path.name for path, data in found.items() if any(secret in data for secret in secrets)}
    assert holders == {"passwords.json"}
    assert "Passwords(…)" in repr(read_keyring(own_branch.folder).on(AS_OF))
    assert not any(secret.decode() in repr(read_keyring(own_branch.folder)) for secret in secrets)


def test_a_reprint_is_sealed_with_the_password_of_today_and_says_of_which_year(own_branch: Workspace) -> None:
    make_passwords(own_branch, 2026, (), AS_OF)
    run = export_lists(own_branch, ORDER, act=ACT, passwords=read_keyring(own_branch.folder))
    make_passwords(own_branch, 2026, TWO, AS_OF, again=True)
    keyring = read_keyring(own_branch.folder)
    again = reprint(own_branch, run.run_id, act=ACT, passwords=keyring)
    assert (again.password_year, again.changed) == (2026, ())
    for before, after in zip(workbooks(run.out), workbooks(again.out), strict=True):
        earlier, now = (one.password for one in passwords_of_union(own_branch, before.name[:5]))
        assert open_sealed(before.read_bytes(), earlier) == open_sealed(after.read_bytes(), now)


def test_a_notice_for_each_union_is_one_page_with_its_password_and_no_other(own_branch: Workspace) -> None:
    make_passwords(own_branch, 2026, TWO, AS_OF)
    everybody = write_notices(own_branch, 2026, (), AS_OF)
    assert (everybody.unions, len(everybody.paths), len(everybody.without)) == (2, 1, 10)
    sheet = load_workbook(everybody.paths[0]).active
    assert sheet is not None
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    current = read_keyring(own_branch.folder).current(2026)
    assert [text for text in texts if re.fullmatch(r"\w{4}-\w{4}-\w{4}", text)] == [current[c].password for c in TWO]
    assert len(sheet.row_breaks.brk) == 2
    one = write_notices(own_branch, 2026, ["17002"], AS_OF)
    (path,) = one.paths
    assert "17002" in path.name
    parts = load_workbook(io.BytesIO(path.read_bytes())).active
    assert parts is not None
    said = " ".join(str(cell.value) for row in parts.iter_rows() for cell in row)
    assert current["17002"].password in said
    assert current["17001"].password not in said
    assert not path.is_relative_to(own_branch.out)


def test_a_notice_of_a_password_made_again_says_which_files_it_does_not_open(own_branch: Workspace) -> None:
    make_passwords(own_branch, 2026, ["17001"], AS_OF)
    make_passwords(own_branch, 2026, ["17001"], date(2026, 12, 1), again=True)
    sheet = load_workbook(write_notices(own_branch, 2026, ["17001"], AS_OF).paths[0]).active
    assert sheet is not None
    said = " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
    assert "2026年12月1日に作り直しました" in said


def test_a_broken_file_of_passwords_is_said_and_never_written_over(own_branch: Workspace) -> None:
    make_passwords(own_branch, 2026, (), AS_OF)
    path = keyring_folder(own_branch.folder) / "passwords.json"
    path.write_bytes(path.read_bytes()[:200])
    before = path.read_bytes()
    with pytest.raises(ConfigError):
        make_passwords(own_branch, 2026, (), AS_OF)
    assert path.read_bytes() == before
