"""How files with headings of their own can be taken in: what each column most likely is, and the lines for kyosai.toml.

Nothing is written. The proposed lines are tried by reading the file with them, exactly as an import would.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from kyosai_lists.config import Settings, load_settings
from kyosai_lists.errors import FileRefused, UsageError
from kyosai_lists.intake.apart import Readers
from kyosai_lists.intake.proposing.lines import Mapping, as_key, toml_of
from kyosai_lists.intake.proposing.proposal import Confidence, Proposal, ProposedColumn, State
from kyosai_lists.intake.proposing.propose import propose
from kyosai_lists.intake.read import open_sheets
from kyosai_lists.intake.reading import ReadingOptions
from kyosai_lists.text import header_key

__all__ = ["ExplainedFile", "Explanation", "Proposal", "ProposedColumn", "explain_files"]  # all that is shown
_USABLE = (State.RECOGNISED, State.PROPOSED)


@dataclass(frozen=True)
class ExplainedFile:
    """`proposals`: one for each visible sheet. `refused`: why the file cannot be taken in even with the proposed lines.

    `rows`, `on_hold`: what reading it with them gave, where it can be read. `by_column`: rows on hold, by heading.
    """

    path: Path
    encoding: str
    proposals: tuple[Proposal, ...]
    hidden: tuple[str, ...]
    refused: str | None = None
    rows: int = 0
    on_hold: int = 0
    by_column: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Explanation:
    """`toml`: the lines for kyosai.toml, "" where none are needed. `already_there`: layouts whose table it has already.

    `conflicts`: sentences on headings that mean different things in two files.
    """

    files: tuple[ExplainedFile, ...]
    toml: str
    already_there: tuple[str, ...]
    conflicts: tuple[str, ...]

    @property
    def needs_a_person(self) -> bool:
        return bool(self.conflicts) or any(file.refused for file in self.files)


def explain_files(
    folder: Path,
    paths: list[Path],
    *,
    today: date,
    encoding: str | None = None,
    password: str | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Explanation:
    """Looks at every file with the settings in `folder`; its store is not opened.

    Raises:
        FileRefused: a file cannot be opened at all. UsageError: there is no kyosai.toml.
    """
    if not paths:
        raise UsageError("調べるファイルが指定されていません。", "ファイルの名前を続けて書いてください。")
    settings = load_settings(folder)
    own = {str(name): dict(layout.columns) for name, layout in settings.layouts.items()}
    options = ReadingOptions(today=today, columns=own, encoding=encoding, password=password)
    files = []
    with Readers(options) as readers:
        for path in paths:
            progress(path.name)
            readers.try_opening(path)
            files.append(_looked_at(path, options))
        mapping, conflicts = _mapping(files)
        pasted = replace(options, columns=_together(own, mapping))
        tried = tuple(_tried(file, readers, pasted) for file in files)
    return Explanation(tried, toml_of(mapping), _already_there(settings, mapping), tuple(conflicts))


def _looked_at(path: Path, options: ReadingOptions) -> ExplainedFile:
    opened = open_sheets(path, options)
    proposals = tuple(propose(sheet, options, epoch_1904=opened.epoch_1904) for sheet in opened.sheets)
    return ExplainedFile(path, opened.encoding, proposals, tuple(opened.hidden))


def _mapping(files: list[ExplainedFile]) -> tuple[Mapping, list[str]]:
    """All lines together; of two files that say different things of one heading, the first is heard."""
    mapping: Mapping = {}
    keys: dict[tuple[str, str], str] = {}
    conflicts = []
    for proposal in (proposal for file in files for proposal in _heard(file)):
        for column in proposal.columns:
            if not (proposal.layout and column.to_write and column.standard):
                continue
            layout, heading = proposal.layout, as_key(column.heading)
            meant = keys.setdefault((layout.id, header_key(heading)), column.standard)
            if meant == column.standard:
                doubt = column.confidence is not Confidence.CERTAIN
                mapping.setdefault(layout.id, {}).setdefault(heading, (meant, doubt))
            else:
                conflicts.append(
                    f"見出し「{heading}」は、ファイルやシートによって「{meant}」とも「{column.standard}」とも読めます。"
                    "どちらかのファイルの見出しを標準の見出しに直してください。"
                )
    return mapping, conflicts


def _heard(file: ExplainedFile) -> list[Proposal]:
    """The sheets whose lines are wanted: beside one that can be read, what lacks columns is a memo."""
    usable = [proposal for proposal in file.proposals if proposal.state in _USABLE]
    return usable or [proposal for proposal in file.proposals if proposal.state is State.LACKING]


def _together(own: dict[str, dict[str, str]], mapping: Mapping) -> dict[str, dict[str, str]]:
    proposed = {layout: {h: meant for h, (meant, _) in headings.items()} for layout, headings in mapping.items()}
    return {layout: own.get(layout, {}) | proposed.get(layout, {}) for layout in own.keys() | proposed.keys()}


def _tried(file: ExplainedFile, readers: Readers, options: ReadingOptions) -> ExplainedFile:
    try:
        reading = readers.read(file.path, options)
    except FileRefused as error:
        return replace(file, refused=error.happened)
    held = reading.problems.unique(["file", "sheet", "row"]).height
    by_column = reading.problems.unique(["file", "sheet", "row", "column"])["column"].value_counts(sort=True)
    return replace(file, rows=reading.rows.height, on_hold=held, by_column=tuple(by_column.iter_rows()))


def _already_there(settings: Settings, mapping: Mapping) -> tuple[str, ...]:
    return tuple(str(layout) for layout in settings.layouts if layout in mapping)
