"""Taking a slot for oneself while its lists are made: a row in the store, and a locked file that says that one is alive.

The system frees the lock when a process dies, however it dies, so on one computer a dead claim is known at once. Another
computer's is taken for dead when it is older than LEASE, or from a time that has not come yet. That may be wrong of a very
slow export, which costs its work but never brings out a slot twice: see `store.slots`.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

from filelock import FileLock, Timeout

from kyosai_lists.campaigns.slots import Slot
from kyosai_lists.store import slots
from kyosai_lists.store.engine import Engine, writing
from kyosai_lists.store.slots import Claim, StoredSlot
from kyosai_lists.usecases.act import Act

LEASE = timedelta(hours=2)  # the nation's export takes minutes
_NAME = ".予定-{}.lock"


@contextmanager
def claimed(engine: Engine, slot: Slot, act: Act, folder: Path) -> Iterator[Claim | None]:
    """This process's claim, its lock kept in `folder`; None when the slot came out, was closed, or is being made elsewhere."""
    mark = secrets.token_hex(8)
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock((folder / _NAME.format(mark)).resolve())
    new = Claim(*slot.key, slot.issue.on, mark, act.made_at, act.machine, str(lock.lock_file))
    try:
        with lock:
            yield new if _is_ours(engine, new, act) else None
    finally:
        _forget(lock.lock_file)


def _is_ours(engine: Engine, new: Claim, act: Act) -> bool:
    with writing(engine) as connection:
        if slots.claim(connection, new):
            return True
        stored = slots.one(connection, new.campaign_code, new.starts_on)
        if stored is None or stored.state != slots.CLAIMED or is_living(stored.claim, act):
            return False
        return slots.take_over(connection, stored.claim, new)


def is_being_made(stored: StoredSlot | None, act: Act) -> bool:
    """Of a slot's row: whether somebody is at its lists now."""
    return stored is not None and stored.state == slots.CLAIMED and is_living(stored.claim, act)


def is_living(claim: Claim, act: Act) -> bool:
    """Whether whoever holds the claim is still at work, as far as can be told from here."""
    if claim.machine == act.machine:
        with suppress(OSError):  # another user's, perhaps
            return _is_locked(claim.lock)
    age = act.at - datetime.fromisoformat(claim.claimed_at)
    return abs(age) < LEASE


def _is_locked(path: str) -> bool:
    if not Path(path).exists():
        return False
    lock = FileLock(path)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        return True
    lock.release()
    return False


def let_go(engine: Engine, claim: Claim) -> bool:
    """Frees the slot for the next run, unless it came out. Whether somebody else has it by now."""
    with writing(engine) as connection:
        slots.let_go(connection, claim)
        stored = slots.one(connection, claim.campaign_code, claim.starts_on)
    return stored is not None and stored.claim.claimed_by != claim.claimed_by


def sweep(folder: Path) -> None:
    """Takes away the locks of the dead, whose runs were finished by other means."""
    for path in folder.glob(_NAME.format("*")):
        with suppress(OSError):
            if not _is_locked(str(path)):
                path.unlink(missing_ok=True)


def _forget(path: str) -> None:
    with suppress(OSError):  # on Windows somebody else may just be looking at it
        Path(path).unlink(missing_ok=True)
