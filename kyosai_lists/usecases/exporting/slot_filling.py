"""What an export for a campaign's slot has to see to: it fills it in the transaction that enters the run, or there is no run."""

from dataclasses import dataclass

from kyosai_lists.errors import ExportError
from kyosai_lists.store import slots
from kyosai_lists.store.engine import Connection
from kyosai_lists.store.slots import Claim


@dataclass(frozen=True)
class Filling:
    """The slot that an export fills, as far as it is this `claim`'s. `late`: after its day."""

    claim: Claim
    late: bool


def hold_slot(connection: Connection, filling: Filling | None) -> None:
    """
    Raises:
        ExportError: somebody else has taken the slot over in the meantime.
    """
    if filling is not None and not slots.hold(connection, filling.claim):
        raise ExportError(
            "この募集の名簿は、ほかのパソコンか、ほかの画面が先に出したか、いま作っています。",
            "kyosai-lists campaigns で確かめてください。",
            "ファイルは作っていません。",
        )


def fill_slot(connection: Connection, filling: Filling | None, run_id: str) -> None:
    """`hold_slot` went before, in the same transaction."""
    if filling is not None:
        slots.fill(connection, filling.claim, run_id, late=filling.late)
