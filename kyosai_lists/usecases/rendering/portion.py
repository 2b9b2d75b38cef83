"""What one worker does at a time: some unions of a run, their rows and what becomes of them."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import polars as pl

from kyosai_lists.errors import ExportError
from kyosai_lists.stamp.batches import batches
from kyosai_lists.workbook.model import UNION_SCHEMA, RunBooks

# Sealing takes a hundred times as long as stamping: so few that the work is shared out evenly and the bar moves.
SEALED_FILES = 25


@dataclass(frozen=True, repr=False)
class Portion:
    """Travels to a worker; its frames do so as Arrow. By union code: `paths` below `folder`, and `passwords`, None when not to seal.

    `folder`: None where the worker may not see it: it gives the bytes back. Nothing of a portion is printed: it holds people's data.
    """

    books: RunBooks
    paths: Mapping[str, str]
    passwords: Mapping[str, str] | None
    folder: Path | None


@dataclass(frozen=True)
class RenderedBook:
    """A union's workbook, opened again. `plain_sha256`: before it was sealed; `counts`: people by sheet; `data`: the file, None
    when it was written.
    """

    union_code: str
    sha256: str
    plain_sha256: str
    counts: Mapping[str, int]
    data: bytes | None = field(repr=False)

    def kept_in(self, path: Path) -> "RenderedBook":
        """Its bytes are written, if they are not yet.

        Raises:
            OSError: it cannot be written.
            ExportError: it is not what the worker made.
        """
        if self.data is None:
            return self
        if hashlib.sha256(self.data).hexdigest() != self.sha256:
            raise ExportError(
                f"単組コード {self.union_code} の名簿が、届くまでに壊れました。",
                "もう一度出してください。続くときはネットワークの担当者に知らせてください。",
                "ファイルは作っていません。",
            )
        return self.written(path)

    def written(self, path: Path) -> "RenderedBook":
        """Its bytes, where they were made, are written. The folder must be there: one that was swept meanwhile does not come back.

        Raises:
            OSError: it cannot be written.
        """
        assert self.data is not None
        path.write_bytes(self.data)
        return replace(self, data=None)


def portions(
    books: RunBooks,
    paths: Mapping[str, str],
    passwords: Mapping[str, str] | None,
    folder: Path | None,
) -> Iterator[Portion]:
    """Every union that has somebody, a writer's batch at a time, or `SEALED_FILES` to be sealed.

    Raises:
        ValueError: the rows of a union do not stand together.
    """
    for batch in batches(books, most=None if passwords is None else SEALED_FILES):
        codes = [union["union_code"] for union in batch.unions]
        lists = tuple(replace(found, rows=batch.lists[found.id].rows) for found in books.lists)
        yield Portion(
            RunBooks(pl.DataFrame(batch.unions, schema=UNION_SCHEMA, orient="row"), batch.people.rows, lists),
            {code: paths[code] for code in codes},
            None if passwords is None else {code: passwords[code] for code in codes},
            folder,
        )
