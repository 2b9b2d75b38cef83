"""A Dask cluster, on whatever machines it runs. Each worker needs this program, in the same version."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kyosai_lists.errors import ExportError, UsageError
from kyosai_lists.usecases.rendering.workers import Workers

if TYPE_CHECKING:
    from distributed import Client

_ADDRESS = re.compile(r"(tcp|tls)://(\[[0-9a-fA-F:]+\]|[\w.-]+):\d{1,5}")
_CONNECTING = 10.0  # seconds
_PATIENCE = 600.0  # a portion takes seconds; a scheduler that has lost all its workers says nothing, for ever
_NOTHING = "ファイルは作っていません。"


@contextmanager
def cluster(address: str) -> Iterator[Workers]:
    """At the end the scheduler forgets whatever this program still wanted.

    Raises:
        UsageError: `distributed` is not installed, or the address is none.
        ExportError: nobody answers there, or nobody works there.
    """
    client = _connected(address)
    try:
        number = sum(client.nthreads().values())
        if not number:
            raise ExportError(
                f"Dask のスケジューラー {address} に、ワーカーが一つもありません。",
                "dask worker でワーカーを始めてから、もう一度実行してください。",
                _NOTHING,
            )
        # Not pure: else the name of a task would be made from a hash of people's data.
        yield Workers(client.get_executor(pure=False), number, near=False, patience=_PATIENCE)
    finally:
        client.close()


def _connected(address: str) -> "Client":
    try:
        from distributed import Client
    except ImportError as error:
        raise UsageError(
            "Dask で名簿を作るための部品(distributed)が入っていません。",
            'python -m pip install "kyosai-lists[dask]" で入れるか、--dask を付けずに実行してください。',
            _NOTHING,
        ) from error
    if not _ADDRESS.fullmatch(address):
        raise UsageError(
            f"--dask の「{address}」は、スケジューラーのアドレスではありません。",
            "tcp://192.168.1.10:8786 のように書いてください。",
            _NOTHING,
        )
    try:
        return Client(address, timeout=_CONNECTING, set_as_default=False)
    except OSError as error:
        raise ExportError(
            f"Dask のスケジューラー {address} につながりませんでした。",
            "dask scheduler が動いているかを確かめるか、--dask を付けずに実行してください。",
            _NOTHING,
        ) from error
