"""What went wrong in a worker, as plain values: an exception's own text may hold a person's data, and workers write logs."""

import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from kyosai_lists import errors
from kyosai_lists.errors import ExportError, KyosaiError

_OURS = Path(__file__).parents[2]
_EXPECTED = {kind.__name__: kind for kind in (errors.ExportError, errors.TemplateError, errors.UsageError)}


class BugInWorker(Exception):
    """A worker met a bug. `kind`: the exception's class; `places`: file:line function, in our code."""

    def __init__(self, kind: str, places: tuple[str, ...]) -> None:
        super().__init__(kind)
        self.kind = kind
        self.places = places


@dataclass(frozen=True)
class Failure:
    """`said`: what an expected error says, in its parts; `number`: errno, when the system refused something."""

    kind: str
    said: tuple[str, str, str] | None
    number: int | None
    places: tuple[str, ...]

    @classmethod
    def of(cls, error: BaseException) -> Self:
        frames = traceback.extract_tb(error.__traceback__)
        places = tuple(f"{f.filename}:{f.lineno} {f.name}" for f in frames if Path(f.filename).is_relative_to(_OURS))
        said = (error.happened, error.todo, error.unchanged) if isinstance(error, KyosaiError) else None
        return cls(type(error).__name__, said, getattr(error, "errno", None), places)

    def error(self) -> Exception:
        """To be raised in the process that asked."""
        if self.said is not None and self.kind in _EXPECTED:
            return _EXPECTED[self.kind](*self.said)
        if self.kind == MemoryError.__name__:
            return ExportError(
                "メモリーが足りず、名簿を作れませんでした。",
                "ほかのプログラムを閉じるか、--workers 1 を付けて、もう一度実行してください。",
                "前からあるファイルはそのままです。",
            )
        if self.number is not None:
            return OSError(self.number, self.kind)
        return BugInWorker(self.kind, self.places)
