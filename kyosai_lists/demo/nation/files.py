"""The nation as the files that a core system would give: CP932, every cell quoted, CRLF, dates as YYYYMMDD.

One file of members and one of contracts for each prefecture; everything else in one file for all.
"""

from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import polars as pl

from kyosai_lists.demo.figures import guide_rows
from kyosai_lists.demo.nation.municipalities import prefectures
from kyosai_lists.demo.nation.nation import Nation, make_nation
from kyosai_lists.demo.nation.plans import campaign_table, target_table, union_table
from kyosai_lists.demo.nation.requests import applications, stops
from kyosai_lists.products import BY_ID

_NO_END = "99999999"
_MEMBER_COLUMNS = {
    "県コード": "pref", "組合員番号": "number", "単組コード": "union_code", "職場名": "workplace", "職場順": "workplace_order",
    "氏名": "name", "氏名カナ": "kana", "生年月日": "born", "性別": "sex", "採用年月日": "hired", "雇用区分": "employment",
    "在籍区分": "status", "退職予定日": "leaving", "退職後区分": "after", "世帯主": "householder", "配偶者": "spouse",
    "子の人数": "children", "末子生年月日": "youngest", "住居区分": "dwelling", "組合役職": "role", "郵便番号": "postal_code",
    "住所": "address", "内線": "extension", "電話番号": "phone", "携帯電話": "mobile", "メール": "mail",
}  # fmt: skip
_CONTRACT_COLUMNS = {
    "県コード": "pref", "契約番号": "contract_no", "組合員番号": "number", "共済種類": "product", "タイプ": "type",
    "被共済者": "insured", "口数": "units", "月額掛金": "premium", "発効日": "start", "満期日": "renews", "終了日": "ended",
    "終了理由": "reason", "主契約番号": "main_no", "特約": "riders", "車検満期日": "inspection",
}  # fmt: skip
_APPLICATION_COLUMNS = {
    "県コード": "pref", "組合員番号": "number", "共済種類": "product", "受付日": "received", "状態": "state",
    "主契約番号": "main_no", "タイプ": "type",
}  # fmt: skip
_STOP_COLUMNS = {
    "県コード": "pref", "組合員番号": "number", "共済種類": "product", "開始日": "starts", "終了日": "ends", "理由": "reason",
}  # fmt: skip


def make_national_files(
    folder: Path, as_of: date, seed: int = 1, scale: float = 1.0, progress: Callable[[str], None] = lambda _: None
) -> list[Path]:
    """Writes the nation (or the `scale`-th part of it) as seen on `as_of`; every row of it can be loaded.

    Returns:
        The files, in the order of the layouts; the same bytes for the same seed and day.
    """
    folder.mkdir(parents=True, exist_ok=True)
    nation = make_nation(as_of, seed, scale)
    return [_write(folder / f"{stem}.csv", table, progress) for stem, table in _tables(nation, scale)]


def _tables(nation: Nation, scale: float) -> Iterator[tuple[str, pl.DataFrame]]:
    yield "単組一覧", union_table(nation)
    day = f"{nation.moment.roster_on:%Y%m%d}"
    yield from _by_prefecture(nation.people.select(**_MEMBER_COLUMNS), "組合員", day)
    with_end = pl.col("終了日").dt.to_string("%Y%m%d").fill_null(_NO_END)
    yield from _by_prefecture(_in_words(nation.contracts, _CONTRACT_COLUMNS).with_columns(with_end), "契約", day)
    yield "申込受付簿", _in_words(applications(nation, scale), _APPLICATION_COLUMNS)
    yield "案内停止", _in_words(stops(nation, scale), _STOP_COLUMNS)
    yield "募集計画", campaign_table(nation)
    yield "目標", target_table(nation)
    yield "保障額のめやす", pl.DataFrame(guide_rows())


def _by_prefecture(table: pl.DataFrame, what: str, day: str) -> Iterator[tuple[str, pl.DataFrame]]:
    for prefecture in prefectures():
        rows = table.filter(pl.col("県コード") == prefecture.code)
        if rows.height:
            yield f"{what}_{prefecture.code}{prefecture.name}_{day}", rows


def _in_words(frame: pl.DataFrame, columns: dict[str, str]) -> pl.DataFrame:
    names = {"": "", **{product.id: product.name for product in BY_ID.values()}}
    return frame.with_columns(pl.col("product").replace_strict(names, return_dtype=pl.String)).select(**columns)


def _write(path: Path, table: pl.DataFrame, progress: Callable[[str], None]) -> Path:
    progress(path.name)
    text = BytesIO()
    table.write_csv(text, line_terminator="\r\n", quote_style="always", null_value="", date_format="%Y%m%d")
    path.write_bytes(text.getvalue().decode().encode("cp932"))
    return path
