"""What the tokens of a run and of a union become: the same words on every sheet, whichever writer writes it."""

from datetime import date

from kyosai_lists.dates import japanese_day
from kyosai_lists.workbook.model import RunHeader
from kyosai_lists.workbook.rows import Values

_WEEKDAYS = "月火水木金土日"
UNKNOWN_DAY = "届いた日の記録がありません"


def run_values(run: RunHeader) -> Values:
    """What all workbooks of a run say."""
    return {
        "表題": run.title,
        "基準日": japanese_day(run.as_of),
        "返却期限": day_with_weekday(run.return_by),
        "返却先": run.return_to,
        "利用目的": run.purpose,
        "ご案内の上限": run.max_offers,
    }


def union_values(pref: str, code: str, name: str, book_no: str, roster_on: date | None) -> Values:
    """What a union's workbook says of it, besides how many people and pages it has."""
    return {
        "県コード": pref,
        "単組コード": code,
        "単組名": name,
        "名簿番号": book_no,
        "名簿の日付": japanese_day(roster_on) if roster_on else UNKNOWN_DAY,
    }


def day_with_weekday(day: date) -> str:
    """`2026年11月30日(月)`"""
    return f"{japanese_day(day)}({_WEEKDAYS[day.weekday()]})"
