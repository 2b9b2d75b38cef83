"""Whole or not at all, and never over somebody else's files."""

import json
from pathlib import Path

import pytest

from kyosai_lists.errors import ExportError, UsageError
from kyosai_lists.usecases.exporting import staging
from kyosai_lists.usecases.exporting.staging import staged


def written(out: Path, name: str = "17/a.xlsx", data: bytes = b"first") -> None:
    import hashlib

    with staged(out, "run1") as stage:
        folder = stage.folder
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_bytes(data)
        (folder / "県支部控え").mkdir()
        books = [{"path": name, "sha256": hashlib.sha256(data).hexdigest()}]
        (folder / "県支部控え" / "まとめ.xlsx").write_bytes(b"counts")
        control = {"県支部控え/まとめ.xlsx": hashlib.sha256(b"counts").hexdigest()}
        manifest = {"run": "run1", "workbooks": books, "control": control}
        (folder / "県支部控え" / "manifest.json").write_text(json.dumps(manifest), "utf-8")
        stage.make_room()
        stage.place()


def test_the_folder_appears_only_when_all_is_written(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with staged(out, "r") as stage:
        (stage.folder / "a").write_text("x")
        stage.make_room()
        assert not out.exists()
        stage.place()
    assert (out / "a").read_text() == "x"


def test_a_failure_leaves_nothing_behind(tmp_path: Path) -> None:
    def fail_while_writing() -> None:
        with staged(tmp_path / "out", "r") as stage:
            (stage.folder / "a").write_text("x")
            raise OSError(28, "No space left on device")

    with pytest.raises(ExportError, match="空き"):
        fail_while_writing()
    assert list(tmp_path.iterdir()) == []


def test_an_untouched_earlier_export_is_replaced(tmp_path: Path) -> None:
    written(tmp_path / "out", data=b"first")
    written(tmp_path / "out", data=b"second")
    assert (tmp_path / "out/17/a.xlsx").read_bytes() == b"second"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_an_export_that_was_written_into_is_not_replaced(tmp_path: Path) -> None:
    written(tmp_path / "out")
    (tmp_path / "out/17/a.xlsx").write_bytes(b"with an officer's answers")
    with pytest.raises(UsageError, match="書き込み"):
        written(tmp_path / "out")
    assert (tmp_path / "out/17/a.xlsx").read_bytes() == b"with an officer's answers"


@pytest.mark.parametrize("name", ["手紙.txt", "17/別.xlsx", "県支部控え/覚え書き.txt"])
def test_a_folder_with_other_files_is_not_replaced(tmp_path: Path, name: str) -> None:
    written(tmp_path / "out")
    (tmp_path / "out" / name).write_text("mine")
    with pytest.raises(UsageError):
        written(tmp_path / "out")
    assert (tmp_path / "out" / name).read_text() == "mine"


def test_a_file_in_the_way_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(UsageError):
        written(tmp_path / "out")


def test_a_target_in_use_is_tried_again_and_then_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []
    monkeypatch.setattr(staging.time, "sleep", pauses.append)

    def in_use(self: Path, target: Path) -> Path:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "replace", in_use)
    with pytest.raises(ExportError, match="使用中"):
        written(tmp_path / "out")
    assert len(pauses) >= 3
    assert not (tmp_path / "out").exists()


def test_the_earlier_export_stands_when_the_new_one_cannot_take_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path / "out", data=b"first")
    original = Path.replace

    def fails_for_the_new_one(self: Path, target: Path) -> Path:
        if self.name.startswith(".作成中"):
            raise OSError(5, "broken")
        return original(self, target)

    monkeypatch.setattr(Path, "replace", fails_for_the_new_one)
    with pytest.raises(ExportError):
        written(tmp_path / "out", data=b"second")
    assert (tmp_path / "out/17/a.xlsx").read_bytes() == b"first"
