"""A 募集 typed by a clerk: the same columns and checks as in the file of the plan, and what does not fit in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kyosai_lists.campaigns.campaign import Campaign
from kyosai_lists.campaigns.questions import Question
from kyosai_lists.errors import UsageError
from kyosai_lists.intake.layouts import CAMPAIGNS
from kyosai_lists.store.engine import writing
from kyosai_lists.text import code_key
from kyosai_lists.usecases.entering.enter_by_hand import read_typed, remarks_of, take_typed
from kyosai_lists.usecases.exporting.choose_campaign import campaign_of
from kyosai_lists.usecases.running.draw_up_plan import plan_on, questions_about, union_days
from kyosai_lists.usecases.running.plan import SlotLine
from kyosai_lists.usecases.workspace import Workspace


@dataclass(frozen=True)
class EnteredCampaign:
    """`number`: the import's. `fate`: "new", "changed" or "unchanged". `lines`: its slots as they stand today."""

    number: int
    code: str
    name: str
    fate: str
    lines: tuple[SlotLine, ...]
    questions: tuple[Question, ...]
    remarks: tuple[str, ...]

    @property
    def needs_a_person(self) -> bool:
        return bool(self.questions)


def add_campaign(
    workspace: Workspace,
    code: str,
    *,
    today: date,
    name: str,
    kind: str,
    starts: str,
    ends: str,
    days_ahead: str,
    list_ids: Sequence[str],
    union_codes: Sequence[str] = (),
    pref: str = "",
) -> EnteredCampaign:
    """Enters a campaign, or another state of one that is there; everything is as typed.

    Raises:
        UsageError: something cannot be read, would go on 保留 in a file, or keeps the lists from coming out.
    """
    row = {
        "募集コード": code, "募集名": name, "種別": kind, "県コード": pref, "単組コード": ";".join(union_codes),
        "開始日": starts, "終了日": ends, "発行日数前": days_ahead, "対象リスト": ";".join(list_ids),
    }  # fmt: skip
    typed = read_typed(CAMPAIGNS, [row], today)
    told = typed.rows.row(0, named=True)
    with writing(workspace.engine) as connection:
        _refuse_blocked(questions_about(workspace, _campaign(told), union_days(connection)))
        taken = take_typed(connection, workspace, typed, today)
    plan, key = plan_on(workspace, today), code_key(told["code"])
    return EnteredCampaign(
        number=taken.import_id,
        code=key,
        name=told["name"],
        fate=str(taken.fates["fate"][0]),
        lines=tuple(plan.lines_of(key)),
        questions=plan.questions_of(key),
        remarks=remarks_of(typed),
    )


def _campaign(told: dict[str, str]) -> Campaign:
    """From a row in canonical form."""
    days = {name: date.fromisoformat(told[name]) if told[name] else None for name in ("starts_on", "ends_on")}
    return campaign_of(told | days | {"days_ahead": int(told["days_ahead"]) if told["days_ahead"] else None})


def _refuse_blocked(asked: Sequence[Question]) -> None:
    if blocking := [question.text for question in asked if question.blocks]:
        raise UsageError(
            "".join(f"{text}。" for text in blocking),
            "確かめて、もう一度入れてください(先に要るものがあれば取り込みます)。",
        )
