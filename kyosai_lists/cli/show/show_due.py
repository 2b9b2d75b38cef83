"""What `run-due` issued, what it could not, what was missed: what needs a person goes to stderr."""

from typing import TYPE_CHECKING

from kyosai_lists.cli.bug_report import bug_message
from kyosai_lists.cli.show.show_export import export_document
from kyosai_lists.cli.show.slot_words import (
    asked_document,
    day,
    joined_later_documents,
    moved,
    named,
    plain,
    slot_document,
)
from kyosai_lists.cli.terminal import as_document, console, loud
from kyosai_lists.errors import KyosaiError
from kyosai_lists.usecases.exporting.export_result import on_hold_in_words

if TYPE_CHECKING:
    from kyosai_lists.usecases.running.look_at_due import DueLook
    from kyosai_lists.usecases.running.plan import Asked, SlotLine
    from kyosai_lists.usecases.running.run_due import DueResult, SlotOutcome


def issued(result: "DueResult", *, as_json: bool) -> None:
    if as_json:
        as_document(_document(result))
    else:
        _say(result)
    for outcome in result.outcomes:
        _shout(outcome)
    _missed(result.missed)
    for asked in result.asked:
        _asked(asked)


def _say(result: "DueResult") -> None:
    for run_id in result.finished.done:
        console.print(f"途中で止まっていた名簿(名簿番号 {run_id})を仕上げました。", style="yellow")
    for outcome in result.outcomes:
        if outcome.happened == "elsewhere":
            console.print(f"{named(outcome.line)}は、ほかで作っているか、もう出ています。", soft_wrap=True)
        elif outcome.result is not None:
            people = sum(book.people for book in outcome.result.books)
            books = sum(bool(book.path) for book in outcome.result.books)
            late = "[yellow]期日のあとに[/]" if outcome.line.late else ""
            console.print(f"{late}出しました: {named(outcome.line)} {books:,}単組 {people:,}人", soft_wrap=True)
            console.print(
                f"  名簿番号 {outcome.result.run_id}  出力先 {plain(str(outcome.result.out))}", soft_wrap=True
            )
    if not result.outcomes:
        console.print("出す名簿はありません。")
    _coming(result.plan.coming)


def _coming(line: "SlotLine | None") -> None:
    if line is not None:
        because = f"({moved(line)}動かしました)" if moved(line) else ""
        console.print(f"次に出るのは {day(line.slot.issue.on)}: {named(line)}{because}", soft_wrap=True)


def _shout(outcome: "SlotOutcome") -> None:
    """On stderr, whatever goes to stdout."""
    if outcome.result is not None:
        if outcome.result.on_hold:
            on_hold = on_hold_in_words(outcome.result.on_hold)
            loud(f"確かめてください {outcome.line.slot.campaign.code}: 保留のままの行があります: {on_hold}")
        if outcome.result.unplaced:
            loud(
                f"確かめてください {outcome.line.slot.campaign.code}: 載せられなかった人がいます({outcome.result.unplaced:,}件)。"
            )
        for far in outcome.result.far_off:
            loud(f"確かめてください {outcome.line.slot.campaign.code}: {far.in_words}。名簿は出してあります。")
        for run_id in outcome.result.finished.waiting:
            loud(f"名簿番号 {run_id} は台帳に載っていますが、フォルダーが仕上がっていません。")
    if outcome.error is None or outcome.happened != "failed":
        return
    loud(f"出せませんでした: {outcome.line.slot.campaign.code}(開始日 {outcome.line.slot.starts_on})")
    error = outcome.error
    words = f"{error.happened}{error.todo}" if isinstance(error, KyosaiError) else bug_message(error)
    loud(f"  {words}ほかの募集は続けました。次の実行で、もう一度出します。")


def _missed(lines: "list[SlotLine] | tuple[SlotLine, ...]") -> None:
    for line in lines:
        if line.waits:  # its question says more
            continue
        loud(f"出ないまま終わりました: {line.missed_in_words}。")


def _asked(asked: "Asked") -> None:
    for question in asked.questions:
        loud(f"確かめてください {asked.campaign.code} {asked.campaign.name}: {question.text}")


def _document(result: "DueResult") -> dict[str, object]:
    return {
        "today": result.plan.today.isoformat(),
        "slots": [_outcome_document(outcome) for outcome in result.outcomes],
        "missed": [slot_document(line) for line in result.missed],
        **joined_later_documents(result.plan.joined_later),
        "questions": [asked_document(one) for one in result.asked],
        "finished": list(result.finished.done), "waiting_runs": list(result.finished.waiting),
        "next": slot_document(result.plan.coming) if result.plan.coming else None,
    }  # fmt: skip


def _outcome_document(outcome: "SlotOutcome") -> dict[str, object]:
    export = export_document(outcome.result) if outcome.result else None
    error = outcome.error.happened if isinstance(outcome.error, KyosaiError) else None
    state = {"state": "issued"} if outcome.happened == "issued" else {}
    return slot_document(outcome.line) | state | {
        "happened": outcome.happened, "run": outcome.result.run_id if outcome.result else None,
        "error": error or (type(outcome.error).__name__ if outcome.error else None), "export": export,
    }  # fmt: skip


def looked(found: "DueLook", *, as_json: bool) -> None:
    """`--check` and `--remind-only`: told, and nothing done."""
    if as_json:
        as_document(
            {
                "today": found.today.isoformat(),
                "due": [slot_document(line) for line in found.waiting],
                "waiting_for_a_person": [slot_document(line) for line in found.held_back],
                "under_way": [slot_document(line) for line in found.under_way],
                "missed": [slot_document(line) for line in found.missed],
                **joined_later_documents(found.joined_later),
                "questions": [asked_document(one) for one in found.asked],
                "next": slot_document(found.coming) if found.coming else None,
            }
        )
    else:
        _say_looked(found)
    for line in found.waiting:
        late = f"。発行日 {line.slot.issue.on} を過ぎています" if line.late else ""
        campaign = line.slot.campaign
        loud(f"まだ出ていません: {campaign.code} {campaign.name}(開始日 {line.slot.starts_on}){late}")
    _missed(found.missed)
    for asked in found.asked:
        _asked(asked)


def _say_looked(found: "DueLook") -> None:
    for line in found.under_way:
        console.print(f"いま作っています: {named(line)}", soft_wrap=True)
    if found.waiting:
        console.print("出すには、kyosai-lists run-due を実行してください。")
    elif not found.missed and not found.held_back:
        console.print("出ていない名簿はありません。")
    _coming(found.coming)
