"""What is due and has not come out, what was missed, what does not fit: looked at, and nothing done about it."""

from dataclasses import dataclass
from datetime import date

from kyosai_lists.campaigns.due import Standing
from kyosai_lists.usecases.act import Act
from kyosai_lists.usecases.running.claims import is_being_made
from kyosai_lists.usecases.running.draw_up_plan import plan_on
from kyosai_lists.usecases.running.plan import Asked, SlotLine
from kyosai_lists.usecases.workspace import Workspace


@dataclass(frozen=True)
class DueLook:
    """`due` and `missed` by the day of issue; `under_way`: of `due`, what somebody is making now. `asked`: what keeps
    campaigns from coming out, or from all of their unions. `joined_later`: what some union has none of, because it joined
    afterwards, or needs none of. `coming`: the next one.
    """

    today: date
    due: tuple[SlotLine, ...]
    under_way: tuple[SlotLine, ...]
    missed: tuple[SlotLine, ...]
    joined_later: tuple[SlotLine, ...]
    asked: tuple[Asked, ...]
    coming: SlotLine | None

    @property
    def waiting(self) -> list[SlotLine]:
        """Due, nobody is at it, and nobody has to be asked first."""
        return [line for line in self._untouched if not line.waits]

    @property
    def held_back(self) -> list[SlotLine]:
        """Due, nobody is at it, and a person has to say first if it comes out."""
        return [line for line in self._untouched if line.waits]

    @property
    def _untouched(self) -> list[SlotLine]:
        return [line for line in self.due if line not in self.under_way]


def look_at_due(workspace: Workspace, today: date, *, act: Act) -> DueLook:
    plan = plan_on(workspace, today)
    due = plan.standing(Standing.DUE)
    missed = plan.standing(Standing.MISSED)
    under_way = [line for line in due if is_being_made(line.stored, act)]
    asking = [line for line in due if line not in under_way]
    return DueLook(
        today=today,
        due=tuple(due),
        under_way=tuple(under_way),
        missed=tuple(missed),
        joined_later=tuple(plan.joined_later),
        asked=tuple(plan.asked_with([*asking, *missed])),
        coming=plan.coming,
    )
