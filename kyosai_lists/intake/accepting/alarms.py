"""What a call changes that looks like a wrong file: said aloud, never held back. Pure.

Each function gives Japanese sentences without anybody's name or number.
"""

from collections.abc import Mapping

import polars as pl

from kyosai_lists.intake.layouts import Layout

_FEW = 10  # of fewer rows nothing can be said
_NAMED = 10  # unions in one sentence
_MANY_MOVED = 5  # people of one 職場 who all went to the same other one


def many_changes(layout: Layout, fate: pl.Series, changes: pl.DataFrame) -> list[str]:
    """A field that changes in a third of the rows that were known. `changes`: field; `fate`: of every row."""
    known = int((fate != "new").sum())
    counts = dict(changes.group_by("field").len().iter_rows())
    return [
        f"{layout.title}の「{column.header}」が、登録済みの{known:,}行のうち{counts[column.field]:,}行で変わります"
        for column in layout.columns
        if known >= _FEW and 3 * counts.get(column.field, 0) >= known
    ]


def fewer_rows(layout: Layout, now: int, before: int) -> list[str]:
    """Rows down by a tenth since an earlier import of that layout."""
    if 10 * now > 9 * before:
        return []
    fewer = f"{layout.title}の行が、前に取り込んだ{before:,}行から{now:,}行に減っています"
    return [f"{fewer}(全部のファイルでなければ、そのままで構いません)"]


def renamed_workplaces(changes: pl.DataFrame, rows: pl.DataFrame) -> list[str]:
    """A 職場 most of whose people are now in one other 職場. `rows`: member_key, union_code, workplace as taken in."""
    moved = changes.filter((pl.col("field") == "workplace") & (pl.col("before") != "") & (pl.col("after") != ""))
    if moved.is_empty() or "workplace" not in rows.columns:
        return []
    of_union = rows.select("member_key", "union_code")
    moved = moved.join(of_union, on="member_key").group_by("union_code", "before", "after").agg(moved=pl.len())
    left = moved.group_by("union_code", "before").agg(gone=pl.col("moved").sum())
    stayed = rows.group_by("union_code", before="workplace").agg(stayed=pl.len())
    counted = (
        moved.join(left, on=["union_code", "before"])
        .join(stayed, on=["union_code", "before"], how="left")
        .with_columns(pl.col("stayed").fill_null(0))
        .filter((pl.col("moved") >= _MANY_MOVED) & (2 * pl.col("moved") > pl.col("gone") + pl.col("stayed")))
        .sort("union_code", "before")
    )
    return [
        f"単組 {union} の職場「{before}」の{people:,}人が「{after}」に変わります"
        for union, before, after, people in counted.select("union_code", "before", "after", "moved").iter_rows()
    ]


def stops_of_nobody(numbers: pl.Series, members: pl.Series) -> list[str]:
    """Stops that stop nobody yet. Both: member keys (String); a zero lost in Excel is the usual cause."""
    unknown = numbers.filter(~numbers.is_in(members.implode())).unique()
    if unknown.is_empty():
        return []
    alike = _without_zeros(unknown).is_in(_without_zeros(members).implode()).sum()
    zeros = f"(うち{alike:,}件は、先頭の0の数だけが違う組合員がいます)" if alike else ""
    return [
        f"案内停止のうち{len(unknown):,}件は、登録のない番号です{zeros}。番号を確かめてください。登録されるまで、だれの案内も止まりません"
    ]


def old_rosters(warnings: Mapping[str, str]) -> list[str]:
    """`warnings`: by union code, what is wrong with the date of its roster, "" for nothing."""
    return [
        f"{text}(単組 {_some([code for code, said in sorted(warnings.items()) if said == text])})"
        for text in dict.fromkeys(said for _, said in sorted(warnings.items()) if said)
    ]


def short_rosters(people: Mapping[str, int], in_service: Mapping[str, int]) -> list[str]:
    """Rosters with a tenth fewer people than are in service. Both by union code."""
    short = {code: n for code, n in sorted(people.items()) if 10 * n <= 9 * in_service.get(code, 0)}
    if not short:
        return []
    told = _some([f"{code}(在職者{in_service[code]:,}人に対して{n:,}人)" for code, n in short.items()])
    return [f"登録より1割以上少ない名簿があります: 単組 {told}。全員分の名簿でなければ、そのままで構いません"]


def hold_numbers_without_effect(gone: set[str], strangers: set[str]) -> list[str]:
    """保留番号 that are not on 保留 here, and those that stand on the row of somebody or something else."""
    said = []
    if gone:
        where = "いまは保留にありません(もう直したか、ほかのデータのものです)"
        said.append(f"保留番号 {_some(sorted(gone))} は、{where}")
    if strangers:
        where = "保留とは別の人か別の契約などの行に付いています。その保留は、そのまま残っています"
        said.append(f"保留番号 {_some(sorted(strangers))} が、{where}")
    return said


def _without_zeros(keys: pl.Series) -> pl.Series:
    return keys.str.replace("-0+", "-")


def _some(names: list[str]) -> str:
    rest = f" ほか{len(names) - _NAMED}" if len(names) > _NAMED else ""
    return "、".join(names[:_NAMED]) + rest
