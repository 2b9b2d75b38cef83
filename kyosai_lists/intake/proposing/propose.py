"""The single entrance to this room: a sheet in, a proposal out. It looks at the cells and repeats none of them."""

from dataclasses import dataclass

from kyosai_lists.intake.headings import header, titles
from kyosai_lists.intake.headings.header import Header
from kyosai_lists.intake.headings.matching import names_of
from kyosai_lists.intake.layouts import LAYOUTS
from kyosai_lists.intake.opening.sheet import Sheet
from kyosai_lists.intake.proposing import heading_row
from kyosai_lists.intake.proposing.describing import described
from kyosai_lists.intake.proposing.evidence import Surroundings
from kyosai_lists.intake.proposing.heading_row import HeadingRow
from kyosai_lists.intake.proposing.lines import can_be_named
from kyosai_lists.intake.proposing.profile import Profile, profiles
from kyosai_lists.intake.proposing.proposal import Proposal, ProposedColumn, State
from kyosai_lists.intake.proposing.weighing import Weighed, weigh
from kyosai_lists.intake.reading import ReadingOptions

_NEARLY_AS_GOOD = 0.8  # of the best layout's worth


@dataclass(frozen=True)
class _Looked:
    """A sheet with its heading row, if it has one, and what stands below it."""

    sheet: Sheet
    row: HeadingRow | None
    headings: tuple[str, ...]
    profiles: list[Profile]
    unit_code: bool


def propose(sheet: Sheet, options: ReadingOptions, *, epoch_1904: bool = False) -> Proposal:
    """What each column of the sheet most likely is.

    Raises:
        FileRefused: the rows of a text file cannot be taken apart.
        ConfigError: `options.columns` names no standard heading.
    """
    known = header.find(sheet, options)
    row = _heading_row(sheet, known)
    looked = _look(sheet, row, epoch_1904=epoch_1904)
    weighed = _weigh_all(looked, options)
    if known and known.match.complete:
        weighed = [next(w for w in weighed if w.layout is known.layout)]
    best = weighed[0]
    rivals = [w.layout.title for w in weighed[1:] if best.worth > 0 and w.worth >= best.worth * _NEARLY_AS_GOOD]
    recognised = bool(known and known.match.complete and not known.match.rival and not best.doubled)
    columns = described(best, looked.headings, looked.profiles, recognised=recognised, sure_of_layout=not rivals)
    return _proposal(looked, best, columns, rivals, recognised=recognised, rival=known.match.rival if known else None)


def _heading_row(sheet: Sheet, known: Header | None) -> HeadingRow | None:
    if known and (known.match.complete or len(known.match.explained) >= 3):
        return HeadingRow(known.index, known.lines, known.written)
    guessed = heading_row.guess(sheet)
    if guessed or not known:
        return guessed
    return HeadingRow(known.index, known.lines, known.written)


def _look(sheet: Sheet, row: HeadingRow | None, *, epoch_1904: bool) -> _Looked:
    width = len(row.written) if row else max(map(len, sheet.head), default=0)
    first = row.index + row.lines if row else 0
    # An empty text file has no row to take the width from.
    found = profiles(sheet, first, width, epoch_1904=epoch_1904) if sheet.head else []
    headings = row.written if row else ("",) * width
    shown = [index for index in range(width) if headings[index].strip() or found[index].filled]
    above = sheet.head[: row.index] if row else []
    last = max(shown, default=-1) + 1
    return _Looked(sheet, row, headings[:last], found[:last], any(titles.unit_code(title) for title in above))


def _weigh_all(looked: _Looked, options: ReadingOptions) -> list[Weighed]:
    """Every layout, the most likely first."""
    weighed = []
    for layout in LAYOUTS:
        around = Surroundings(layout, options.today, looked.profiles)
        names = names_of(layout, options.columns.get(layout.id, {}))
        weighed.append(weigh(looked.headings, names, around, unit_code=looked.unit_code))
    return sorted(weighed, key=lambda w: w.worth, reverse=True)


def _proposal(
    looked: _Looked,
    best: Weighed,
    columns: list[ProposedColumn],
    rivals: list[str],
    *,
    recognised: bool,
    rival: str | None,
) -> Proposal:
    sheet, row = looked.sheet.name, looked.row
    by_title = looked.unit_code and not any(column.standard == "単組コード" for column in columns)
    nothing = not best.given or (len(best.given) < 2 and len(columns) > 1 and not recognised)
    if nothing:
        return Proposal(sheet, State.NO_TABLE, row.index + 1 if row else None)
    missing = tuple(column.header for column in best.missing)
    todo = () if recognised else (*_todo(columns, best, looked, rival), *_lacking(missing))
    state = State.RECOGNISED if recognised else State.LACKING if todo else State.PROPOSED
    return Proposal(
        sheet=sheet,
        state=state if row else State.NO_HEADING,
        heading_row=row.index + 1 if row else None,
        layout=best.layout,
        layout_reason=_why(best, rivals, recognised=recognised),
        columns=tuple(columns),
        missing=missing,
        todo=todo if row else (_WRITE_HEADINGS, *todo),
        unit_code_in_title=by_title,
    )


_WRITE_HEADINGS = "見出しの行がありません。先頭に1行加え、上の表の「標準の見出し」を各列に書いてください。"


def _why(best: Weighed, rivals: list[str], *, recognised: bool) -> str:
    if recognised:
        return "見出しがそのまま分かります"
    guessed = len(best.given) - best.known
    said = f"見出しの分かる列が{best.known}、見出しか中身から当てはまる列が{guessed}あります"
    return f"{said}。ただし「{'」「'.join(rivals)}」にも近い形です" if rivals else said


def _todo(columns: list[ProposedColumn], best: Weighed, looked: _Looked, rival: str | None) -> list[str]:
    todo = []
    for column, field in best.doubled.items():
        other = looked.headings[best.given[field]].strip() if field in best.given else ""
        meant = best.layout.columns[field].header
        todo.append(
            f"「{other}」と「{looked.headings[column].strip()}」が、どちらも「{meant}」の列になります。"
            "使わない方の見出しを別の名前に変えるか、列を消してください。"
        )
    if rival:
        todo.append(f"{best.layout.title}とも{rival}とも読めます。使わない列を消してください。")
    if looked.row:
        todo += [_unnamed(column) for column in columns if column.bold and column.standard and not column.writable]
    return todo


def _unnamed(column: ProposedColumn) -> str:
    what = "同じ見出しがほかの列にもあります" if can_be_named(column.heading) else "見出しがありません"
    return f"{column.letter}列は{what}。「{column.standard}」と書いてから、もう一度入れてください。"


def _lacking(missing: tuple[str, ...]) -> list[str]:
    how = {"単組コード": "列を加えるか、見出しより上の行に「単組コード: 17002」のように書いてください。"}
    usual = "ファイルに列を加えるか、当たる列があればその見出しを標準の見出しに直してください。"
    return [f"必要な列「{name}」に当たる列が見つかりません。{how.get(name, usual)}" for name in missing]
