"""What the tests of the invented nation share: its day, and its files read back as a clerk's program would."""

from collections.abc import Iterable
from datetime import date
from io import BytesIO
from pathlib import Path

import polars as pl

AS_OF = date(2026, 11, 1)
PART = 0.02
# The plan's 保有契約 at the year's end (issue texts, plan section 1(2)); 退職後共済 fills the total.
HELD = {
    "総合共済": 782_914, "団体生命共済": 307_079, "退職者団体生命共済": 14_447, "長期共済": 177_936, "税制適格年金": 55_173,
    "マイカー共済": 367_337, "車両損害補償": 206_537, "自賠責共済": 26_166, "火災共済": 182_548, "自然災害共済": 129_033,
    "こども保障満期金付タイプ": 3_370, "交通災害共済": 234_710, "介護保障": 282, "退職後共済": 278_207,
}  # fmt: skip
TOTAL = 2_765_739


def table(paths: Iterable[Path], what: str) -> pl.DataFrame:
    """All rows of the files whose names begin with `what`, every cell as text."""
    return pl.concat([_read(path) for path in paths if path.stem.split("_")[0] == what])


def _read(path: Path) -> pl.DataFrame:
    text = BytesIO(path.read_bytes().decode("cp932").encode())
    return pl.read_csv(text, infer_schema=False, empty_string_is_null=False)


def holdings(contracts: pl.DataFrame, as_of: date = AS_OF) -> dict[str, int]:
    """共済種類 → how many contracts are in force on `as_of`."""
    day = f"{as_of:%Y%m%d}"
    held = contracts.filter(pl.col("発効日") <= day, (pl.col("終了日") == "") | (pl.col("終了日") >= day))
    return dict(held["共済種類"].value_counts().iter_rows())
