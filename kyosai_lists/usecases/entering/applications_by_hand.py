"""申込受付 by telephone or on paper: entered, withdrawn, listed."""

from dataclasses import dataclass
from datetime import date

from kyosai_lists.errors import UsageError
from kyosai_lists.intake.layouts import APPLICATIONS
from kyosai_lists.store import entries
from kyosai_lists.store.engine import Connection, reading, writing
from kyosai_lists.store.entries import StoredApplication
from kyosai_lists.text import code_key
from kyosai_lists.usecases.entering.enter_by_hand import Whom, read_typed, remarks_of, take_typed, whom
from kyosai_lists.usecases.wording import shown_value
from kyosai_lists.usecases.workspace import Workspace

WITHDRAWN = "withdrawn"
Application = StoredApplication  # what is handed on to those who print
_Key = tuple[str, date]


@dataclass(frozen=True)
class EnteredApplication:
    """`number`: the import's. `application`: as it is now. `fate`: "new", "changed" or "unchanged".

    `others`: further open ones of the same product. `main_known`: False when no contract has the 主契約番号.
    """

    number: int
    whom: Whom
    application: StoredApplication
    fate: str
    others: tuple[StoredApplication, ...]
    main_known: bool
    mended: int
    remarks: tuple[str, ...]

    @property
    def needs_a_person(self) -> bool:
        return not (self.whom.registered and self.main_known)


@dataclass(frozen=True)
class ApplicationList:
    """`others`: how many more there are, withdrawn or matched. `whom`: None when everybody was asked for."""

    today: date
    whom: Whom | None
    applications: tuple[StoredApplication, ...]
    others: int


def add_application(
    workspace: Workspace,
    member_no: str,
    product: str,
    *,
    today: date,
    received: str | None = None,
    state: str = "",
    main: str | None = None,
    type_: str | None = None,
    pref: str | None = None,
) -> EnteredApplication:
    """Enters an application, or says otherwise of one that is there; it is told by person, product and 受付日.

    `received`, `state`, `main` and `type_` are as typed; a `main` or `type_` that is not given leaves a stored one alone.

    Raises:
        UsageError: something cannot be read, 受付日 is after today, or there is no application to withdraw.
    """
    with writing(workspace.engine) as connection:
        person = whom(connection, workspace, member_no, pref)
        before = _by_key(connection, person)
        row = {
            "県コード": person.pref,
            "組合員番号": next((a.member_no for a in before.values()), person.member_no),
            "共済種類": product,
            "受付日": today.isoformat() if received is None else received,
            "状態": state,
            **{heading: text for heading, text in (("主契約番号", main), ("タイプ", type_)) if text is not None},
        }
        typed = read_typed(APPLICATIONS, [row], today)
        told = typed.rows.row(0, named=True)
        _refuse(told, before, today)
        taken = take_typed(connection, workspace, typed, today)
        after = _by_key(connection, person)
        key = (str(told["product"]), date.fromisoformat(told["received_on"]))
        application = after.pop(key)
        new_or_changed = "changed" if key in before else "new"
        return EnteredApplication(
            number=taken.import_id,
            whom=person,
            application=application,
            fate=new_or_changed if application.source.number == taken.import_id else "unchanged",
            others=tuple(a for a in after.values() if a.product == application.product and is_open(a)),
            main_known=not main or entries.is_contract(connection, f"{person.pref}-{code_key(main)}"),
            mended=taken.mended,
            remarks=remarks_of(typed),
        )


def list_applications(
    workspace: Workspace,
    *,
    today: date,
    member_no: str | None = None,
    pref: str | None = None,
    everything: bool = False,
) -> ApplicationList:
    """The open ones of one person or of all, the oldest first; with `everything` also those withdrawn or matched."""
    with reading(workspace.engine) as connection:
        person = whom(connection, workspace, member_no, pref) if member_no is not None else None
        found = entries.received(connection, person.key if person else None)
        chosen = tuple(a for a in found if everything or is_open(a))
        return ApplicationList(today, person, chosen, len(found) - len(chosen))


def is_open(application: StoredApplication) -> bool:
    """Whether the person counts as having the product by it (`segments/relations.py`)."""
    return application.state != WITHDRAWN and not application.contract_key


def in_words(application: StoredApplication) -> tuple[str, str]:
    """The names of its product and of its state."""
    return (
        shown_value("applications", "product", application.product),
        shown_value("applications", "state", application.state),
    )


def _by_key(connection: Connection, person: Whom) -> dict[_Key, StoredApplication]:
    return {(a.product, a.received_on): a for a in entries.received(connection, person.key)}


def _refuse(told: dict[str, str], before: dict[_Key, StoredApplication], today: date) -> None:
    if not told["received_on"]:
        raise UsageError("受付日が空欄です。", "2026-11-01 のように書くか、今日なら --received を付けません。")
    received_on = date.fromisoformat(told["received_on"])
    if received_on > today:
        raise UsageError(f"受付日 {received_on} はまだ来ていない日です。", "日付を確かめて、もう一度入れてください。")
    if told["state"] != WITHDRAWN or (told["product"], received_on) in before:
        return
    days = "、".join(str(day) for (product, day), a in before.items() if product == told["product"] and is_open(a))
    raise UsageError(
        f"取り下げる申込(受付日 {received_on})がありません。",
        f"この共済の申込の受付日は {days} です。--received で指定してください。"
        if days
        else "番号と共済種類を確かめてください(kyosai-lists applications list 番号 で見られます)。",
    )
