"""What an import would change, and who is no longer in a complete file."""

from typing import TYPE_CHECKING

from kyosai_lists.cli.terminal import console, plain
from kyosai_lists.usecases.wording import title

if TYPE_CHECKING:
    import polars as pl

    from kyosai_lists.usecases.importing.preview import Preview

_SHOWN = 20


def changes(preview: "Preview") -> None:
    """For each layout: the first of those that are new, how often each column changes, the first of the changes."""
    for (layout,), rows in preview.new.group_by("layout", maintain_order=True):
        _heading(f"{title(str(layout))}: 新しい行", rows.height)
        _lines([_who(row) for row in rows.head(_SHOWN).iter_rows(named=True)], rows.height)
    for (layout,), rows in preview.changes.group_by("layout", maintain_order=True):
        _heading(f"{title(str(layout))}: 変わる行", rows["key"].n_unique())
        counts = rows.group_by("column", maintain_order=True).len().iter_rows()
        console.print("  " + "、".join(f"{plain(column)} {count:,}件" for column, count in counts), soft_wrap=True)
        shown = rows.head(_SHOWN).iter_rows(named=True)
        told = [f"{_who(r)}: {r['column']} 「{r['before']}」→「{r['after']}」" for r in shown]
        _lines(told, rows.height)


def gone(rows: "pl.DataFrame") -> None:
    """Told, and only told: nobody is taken away because a file does not name them."""
    for (layout,), missing in rows.group_by("layout", maintain_order=True):
        _heading(f"{title(str(layout))}: このファイルに載っていない行(登録はそのまま)", missing.height)
        _lines([_who(row) for row in missing.head(_SHOWN).iter_rows(named=True)], missing.height)


def _heading(text: str, rows: int) -> None:
    console.print(f"\n[bold]{text}[/] {rows:,}件")


def _lines(lines: list[str], total: int) -> None:
    for line in lines:
        console.print(f"  {plain(line)}", soft_wrap=True)
    if total > len(lines):
        console.print(f"  ほか{total - len(lines):,}件(--json ですべて見られます)")


def _who(row: dict[str, str]) -> str:
    return f"{row['key']} {row['name']}".strip()
