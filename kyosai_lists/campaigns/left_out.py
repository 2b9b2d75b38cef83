"""Unions that a campaign is for and that its lists did not look at when they came out: they joined it later."""

from collections.abc import Collection, Iterable, Sequence

from kyosai_lists.campaigns.came_out import CameOut, close_command, export_command, near_runs
from kyosai_lists.campaigns.questions import Question
from kyosai_lists.campaigns.slots import Slot

_AT_ONCE = 50  # --union in one command; a console takes no line of any length


def left_out(
    slot: Slot, circle: Collection[str], came_out: Sequence[CameOut], *, closed_for: Collection[str] | None = None
) -> tuple[str, ...]:
    """Of a slot that is settled: those of `circle`, the unions that it is for, that no run served: none for its own day, none for
    another slot of about that time. By code.

    `closed_for`: it did not come out, it was closed, for these unions; whoever got its day since was not thought of. Where it is not
    known for whom, it counts only where another slot, or a folder, served some of the circle: else nobody was to be served.
    """
    own = [one for one in came_out if one.code == slot.campaign.code]
    serving = [one for one in own if one.day == slot.starts_on] + near_runs(slot, own)
    if closed_for is not None and not closed_for and not any(_served(circle, one) for one in serving if one.fills):
        return ()
    return tuple(sorted({*circle}.difference(closed_for or (), *(_served(circle, one) for one in serving))))


def _served(circle: Iterable[str], one: CameOut) -> set[str]:
    return {code for code in circle if one.looked_at is None or code in one.looked_at}


def what_about(slot: Slot, without: Sequence[str]) -> Question:
    """What is asked of a slot that is settled and `without` these unions: how they get its lists, and how nobody asks again."""
    named, more = without[:_AT_ONCE], len(without) - _AT_ONCE
    rest = f" ほか{more}単組" if more > 0 else ""
    then = "。残りは、そのあとの run-due で知らせます" if more > 0 else ""
    why = f"この募集(開始日 {slot.starts_on})の名簿を出したか、出さないことにしたあとに、加わりました"
    how = f"{export_command(slot, named)} で出すか、要らなければ {close_command(slot, named)} で止めてください"
    return Question(f"単組 {'・'.join(named)}{rest} には、まだ出ていません({why})。{how}{then}")
