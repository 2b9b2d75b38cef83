"""One measurement of `bulk_intake`, in a process of its own: python -m … bare|import FILES WORKSPACE URL. Prints JSON."""

import json
import resource
import sqlite3
import sys
import time
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import polars as pl

from tests.benchmarks.use import peak, processor

AS_OF = date(2026, 11, 1)


def bare(files: Path, _workspace: Path, url: str) -> int:
    """Every file read by polars as text, its rows written as they are into a table without keys."""
    tables: dict[str, list[pl.DataFrame]] = {}
    for path in sorted(files.iterdir()):
        frame = pl.read_csv(path, encoding="cp932", infer_schema=False, empty_string_is_null=False)
        tables.setdefault(path.stem.split("_")[0], []).append(frame)
    frames = [pl.concat(parts) for parts in tables.values()]
    (_to_sqlite if url.startswith("sqlite") else _to_postgres)(frames, url)
    return sum(frame.height for frame in frames)


def _to_sqlite(frames: list[pl.DataFrame], url: str) -> None:
    db = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("BEGIN")
    for number, frame in enumerate(frames):
        db.execute(f"CREATE TABLE bare{number} ({', '.join(f'c{i} TEXT' for i in range(frame.width))})")
        db.executemany(f"INSERT INTO bare{number} VALUES ({', '.join('?' * frame.width)})", frame.iter_rows())
    db.execute("COMMIT")
    db.close()


def _to_postgres(frames: list[pl.DataFrame], url: str) -> None:
    import psycopg

    with psycopg.connect(url) as db, db.cursor() as cursor:
        for number, frame in enumerate(frames):
            columns = ", ".join(f"c{i} text" for i in range(frame.width))
            cursor.execute(f"CREATE TABLE bare{number} ({columns})".encode())
            with cursor.copy(f"COPY bare{number} FROM STDIN (FORMAT csv)".encode()) as copy:
                for part in frame.iter_slices(100_000):
                    text = BytesIO()
                    part.write_csv(text, include_header=False)
                    copy.write(text.getbuffer())


def whole_import(files: Path, workspace: Path, _url: str) -> int:
    from kyosai_lists.usecases.importing.import_files import import_files
    from kyosai_lists.usecases.workspace import open_workspace

    opened = open_workspace(workspace)
    result = import_files(opened, sorted(files.iterdir()), today=AS_OF)
    opened.engine.dispose()
    return sum(file.read for file in result.files)


MEASURED: dict[str, Callable[[Path, Path, str], int]] = {"bare": bare, "import": whole_import}


def main(what: str, files: str, workspace: str, url: str) -> None:
    began = time.perf_counter()
    rows = MEASURED[what](Path(files), Path(workspace), url)
    child = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(
        json.dumps(
            {
                "rows": rows,
                "seconds": time.perf_counter() - began,
                "processor": processor(),
                "peak": peak(),
                "reader peak": child.ru_maxrss / 1024,
            }
        )
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
