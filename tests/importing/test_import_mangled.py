"""The samples after each of twelve things that happen to files on their way: the same store."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kyosai_lists.text import full_width_kana, match_key
from kyosai_lists.usecases.importing.import_files import import_files
from tests.conftest import AS_OF, sample_files, workspace_at
from tests.importing.importing_files import Contents, contents
from tests.importing.manglings import MANGLINGS, PASSWORD, Table, half_width_everything, table_of


@pytest.mark.parametrize("mangle", MANGLINGS, ids=lambda mangle: mangle.__name__)
def test_the_store_is_the_same(
    mangle: Callable[[Table, Path], Path], samples_taken_in: Contents, tmp_path: Path
) -> None:
    folder = tmp_path / "届いた"
    folder.mkdir()
    paths = [mangle(table_of(path), folder) for path in sample_files()]
    changed = [
        path for path, sample in zip(paths, sample_files(), strict=True) if path.read_bytes() != sample.read_bytes()
    ]
    assert changed
    workspace = workspace_at(tmp_path / "workspace", ())
    result = import_files(workspace, paths, today=AS_OF, password=PASSWORD)
    assert result.problems.is_empty()
    found, expected = contents(workspace), samples_taken_in
    if mangle is half_width_everything:  # text is stored as it came, so it is its key that is the same
        found, expected = in_keys(found), in_keys(expected)
    assert found == expected


def in_keys(tables: Contents) -> Contents:
    return {
        name: sorted((tuple(match_key(full_width_kana(c)) if isinstance(c, str) else c for c in row) for row in rows), key=repr)
        for name, rows in tables.items()
    }  # fmt: skip
