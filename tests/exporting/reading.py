"""Ways to read what was exported."""

from pathlib import Path

from python_calamine import CalamineWorkbook

TITLES = {
    "retiree-transfer": "退職者団体生命 移行対象",
    "young-unenrolled": "若年層 団体生命未加入",
    "fire-only": "火災共済のみ加入",
    "disaster-standard": "自然災害 標準タイプ",
}


def table(path: Path, sheet: str) -> list[dict[str, object]]:
    """The rows of a sheet below its row of headings, as dictionaries; [] when there is no such sheet."""
    workbook = CalamineWorkbook.from_path(path)
    if sheet not in workbook.sheet_names:
        return []
    rows = workbook.get_sheet_by_name(sheet).to_python()
    head = next(i for i, row in enumerate(rows) if "No." in row)
    return [dict(zip(rows[head], row, strict=True)) for row in rows[head + 1 :] if row[rows[head].index("No.")] != ""]


def workbooks(out: Path) -> list[Path]:
    return sorted(path for path in out.rglob("*.xlsx") if "県支部控え" not in path.parts)
