"""A program of its own, to be killed: says "loading", then puts the backup FILE into the store at URL.

python restore_when_told.py URL FILE
"""

import sys
from pathlib import Path

from kyosai_lists.store.engine import open_engine
from kyosai_lists.store.restore import load_backup, opened_backup


def say() -> None:
    sys.stdout.write("loading\n")
    sys.stdout.flush()


url, file = sys.argv[1:]
with opened_backup(Path(file), Path(file).parent) as (copy, _):
    load_backup(copy, open_engine(url), say)
