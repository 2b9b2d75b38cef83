"""A cluster of two workers on this machine makes what one process makes; what goes wrong there is said in words."""

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from distributed import Client, LocalCluster

from kyosai_lists.errors import ExportError, UsageError
from kyosai_lists.usecases.exporting.passwords import Passwords
from kyosai_lists.usecases.rendering import cluster as asking
from kyosai_lists.usecases.rendering import portion
from kyosai_lists.usecases.rendering.workers import WorkersWanted
from tests.rendering.making import BOOKS, assert_same, files, small_portions, written

LOOPBACK: dict[str, Any] = {"host": "127.0.0.1", "protocol": "tcp://", "dashboard_address": "127.0.0.1:0"}


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    with LocalCluster(n_workers=2, threads_per_worker=1, **LOOPBACK) as two:
        yield two


@pytest.fixture
def two(cluster: LocalCluster) -> WorkersWanted:
    return WorkersWanted(dask=cluster.scheduler_address)


def logs(cluster: LocalCluster) -> str:
    """What the scheduler and the workers have written down so far."""
    with Client(cluster.scheduler_address, set_as_default=False) as client:
        return f"{client.get_scheduler_logs()}{client.get_worker_logs()}{client.get_events()}"


def test_two_workers_elsewhere_make_the_same_files(
    two: WorkersWanted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_portions(monkeypatch)
    alone = written(tmp_path / "alone", WorkersWanted(1))
    far = written(tmp_path / "far", two)
    assert_same(tmp_path / "far", tmp_path / "alone")
    assert far == alone


def test_a_cluster_writes_down_neither_people_nor_passwords(
    cluster: LocalCluster, two: WorkersWanted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(portion, "SEALED_FILES", 3)
    written(tmp_path / "out", two, passwords=Passwords("himitu-1", {}))
    with pytest.raises(ExportError, match="長すぎ"):
        written(tmp_path / "refused", two, passwords=Passwords("himitu" * 99, {}))
    whole = next(portion.portions(BOOKS, *[dict.fromkeys(BOOKS.unions["union_code"], "himitu-1")] * 2, None))
    with asking.cluster(cluster.scheduler_address) as workers, pytest.raises(TypeError):
        workers.executor.submit(len, whole).result()  # dask writes down what a function that raises was given
    said = logs(cluster)
    assert "Compute Failed" in said
    assert "Portion" in said
    assert "himitu" not in said
    assert not [name for name in BOOKS.people["name"].unique() if name in said]
    assert all(data.startswith(bytes.fromhex("d0cf11e0")) for data in files(tmp_path / "out").values())


def test_a_worker_that_dies_has_its_portion_made_by_another(
    cluster: LocalCluster, two: WorkersWanted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_portions(monkeypatch)
    with Client(cluster.scheduler_address, set_as_default=False) as client:
        killed = list(client.run(os.getpid).values())[:1]

    def kill(_step: str, done: int = 0, total: int = 0) -> None:
        while done and killed:
            os.kill(killed.pop(), signal.SIGKILL)

    written(tmp_path / "far", two, progress=kill)
    written(tmp_path / "alone", WorkersWanted(1))
    assert_same(tmp_path / "far", tmp_path / "alone")


def test_a_cluster_without_workers_is_said(tmp_path: Path) -> None:
    with (
        LocalCluster(n_workers=0, processes=False, **LOOPBACK) as empty,
        pytest.raises(ExportError, match="ワーカーが一つも"),
    ):
        written(tmp_path / "out", WorkersWanted(dask=empty.scheduler_address))


def test_a_scheduler_that_goes_away_fails_the_export_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small_portions(monkeypatch)
    monkeypatch.setattr(asking, "_CONNECTING", 1)
    with LocalCluster(n_workers=1, processes=False, **LOOPBACK) as own:

        def close(_step: str, done: int = 0, total: int = 0) -> None:
            own.close()

        with pytest.raises(ExportError, match="途中で止まりました"):
            written(tmp_path / "out", WorkersWanted(dask=own.scheduler_address), progress=close)


def test_nobody_at_the_address_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "_CONNECTING", 0.3)
    with pytest.raises(ExportError, match="つながりません"):
        written(tmp_path / "out", WorkersWanted(dask="tcp://127.0.0.1:1"))


@pytest.mark.parametrize("address", ["somewhere", "http://a:1", "tcp://a", "tcp://a:b"])
def test_what_is_no_address_is_refused(tmp_path: Path, address: str) -> None:
    with pytest.raises(UsageError, match="アドレス"):
        written(tmp_path / "out", WorkersWanted(dask=address))


def test_without_the_extra_it_is_said_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError, match="distributed"):
        written(tmp_path / "out", WorkersWanted(dask="tcp://127.0.0.1:8786"))
