"""All rows of one layout in one call, against what is already known: whose they are, and whether they contradict each other.

Pure: frames in, frames out. What a row is by itself was settled when its file was read (`read.py`).
Source: interface.md §1, "Everyone belongs to a prefecture" and "保留".
"""

from dataclasses import dataclass

import polars as pl

from kyosai_lists.intake.accepting.belonging import KEY_OF, Known, is_prefecture, with_keys
from kyosai_lists.intake.as_it_came import places_as_they_came
from kyosai_lists.intake.layouts import Layout
from kyosai_lists.intake.reading import FileReading
from kyosai_lists.text import UNCLEAR_PREF

PLACE = ("source", "sheet", "row")
_REASONS = {
    "pref": ("どの県の行か決められません", "県コードの列を加えるか、先に単組と組合員の名簿を入れてください"),
    "no_pref": ("県コードではありません", "01から47までの2桁の県コードに直してください"),
    "foreign": (
        "この作業フォルダーの県ではありません",
        "県コードを確かめてください。ほかの県の行は、その県支部で入れます",
    ),
    "union": ("登録のない単組コードです", "単組コードを直すか、先に単組一覧を入れてください"),
    "none": ("「なし」の意味の値は、この列には入れられません", "正しい値に直して、もう一度入れてください"),
    "conflict": (
        "同じ番号の行が、違う内容で二つ以上あります",
        "正しい一行だけを残して、もう一度入れてください",
    ),
}


@dataclass(frozen=True)
class Accepted:
    """`rows`: one trusted row per key: PLACE, `record_key`, the keys of the store, the layout's fields (null: not in the file).

    `fates`: every row read: PLACE, `record_key`, `member_key`, `hold` (its 保留番号 or null), `fate` ("kept", "duplicate", "quarantined").
    `quarantined`: PLACE, `record_key`, `member_key`, `raw` (`as_it_came`). `problems`: PLACE, file, column, value, reason, remedy.
    """

    rows: pl.DataFrame
    fates: pl.DataFrame
    quarantined: pl.DataFrame
    problems: pl.DataFrame


def accept(layout: Layout, readings: list[FileReading], known: Known) -> Accepted:
    """Settles the rows of `readings`, all of one layout, in one call."""
    rows = _gather(layout, [r.rows for r in readings])
    problems = _gather_problems([r.problems for r in readings])
    rows = with_keys(layout, rows, known)
    problems = pl.concat([problems, *_store_problems(layout, rows, known)])
    rows = _mark_bad(rows, problems)
    problems = pl.concat([problems, *_nothing_in_it(layout, rows)])
    rows = _mark_bad(rows, problems)
    conflicts = _conflicts(layout, rows)
    of_key = "・".join(layout.column(name).header for name in layout.key if name != "pref")
    problems = pl.concat([problems, _problem(rows, conflicts, "conflict", of_key)])
    rows = _mark_bad(rows, problems)
    good = rows.filter(~pl.col("bad")) if rows["bad"].any() else rows
    first = pl.col("record_key").is_first_distinct()
    told = ("record_key", "member_key", "hold")
    on_hold = _on_hold(layout, rows.filter("bad"), known).select(*PLACE, "record_key", "member_key")
    return Accepted(
        rows=_one_per_key(layout, good),
        fates=pl.concat(
            [
                rows.filter("bad").select(*PLACE, *told, fate=pl.lit("quarantined")),
                good.select(
                    *PLACE,
                    *told,
                    fate=pl.when(first).then(pl.lit("kept")).otherwise(pl.lit("duplicate")),
                ),
            ]
        ),
        quarantined=on_hold.with_columns(places_as_they_came(readings, on_hold).alias("raw")),
        problems=problems,
    )


def _on_hold(layout: Layout, bad: pl.DataFrame, known: Known) -> pl.DataFrame:
    """A stop of another prefecture may be a slip in the 県コード, and so is a member of a union of ours with a foreign one:
    the row holds back whoever has the number here.
    """
    if layout.id not in ("suppressions", "members") or not known.prefectures:
        return bad
    foreign = ~pl.col("pref").is_in(known.prefectures) & (pl.col("member_key") != "")
    if layout.id == "members":
        ours = known.unions.filter(pl.col("pref").is_in(known.prefectures))["union_code"].implode()
        foreign &= pl.col("union_code").is_in(ours)
    here = pl.lit(f"{UNCLEAR_PREF}-") + pl.col("member_number")
    return bad.with_columns(member_key=pl.when(foreign).then(here).otherwise("member_key"))


def _gather(layout: Layout, frames: list[pl.DataFrame]) -> pl.DataFrame:
    fields = [column.field for column in layout.columns]
    may_be_empty = [name for name in layout.key if name != "pref" and not layout.column(name).filled]
    numbered = [
        f.select("file", "sheet", "row", "hold", *(name for name in fields if name in f.columns)).with_columns(
            source=pl.lit(i, pl.Int64),
            **{k: pl.col(k).replace("", v) for k, v in layout.defaults.items() if k in f.columns},
            **{k: pl.lit(layout.defaults.get(k, "")) for k in may_be_empty if k not in f.columns},
        )
        for i, f in enumerate(frames)
    ]
    rows = pl.concat(numbered, how="diagonal")
    missing = [name for name in fields if name not in rows.columns]
    return rows.with_columns(pl.lit(None, pl.String).alias(name) for name in missing)


def _gather_problems(frames: list[pl.DataFrame]) -> pl.DataFrame:
    return pl.concat([f.with_columns(source=pl.lit(i, pl.Int64)) for i, f in enumerate(frames)]).select(
        *PLACE, "file", "column", "value", "reason", "remedy"
    )


def _store_problems(layout: Layout, rows: pl.DataFrame, known: Known) -> list[pl.DataFrame]:
    problems = []
    whose = {"unions": "union_code"}.get(layout.id, "member_key")
    if layout.id in ("unions", "members", "contracts", "applications", "suppressions"):
        unclear = pl.col("pref").is_null() & (pl.col(whose) != "")
        problems.append(_problem(rows, unclear, "pref", "県コード", value="pref"))
    given = pl.col("pref").is_not_null() & (pl.col("pref") != "")
    if "pref" in rows.columns:
        problems.append(_problem(rows, given & ~is_prefecture("pref"), "no_pref", "県コード", value="pref"))
    if known.prefectures and "pref" in rows.columns:
        foreign = given & is_prefecture("pref") & ~pl.col("pref").is_in(known.prefectures)
        problems.append(_problem(rows, foreign, "foreign", "県コード", value="pref"))
    unions = known.unions["union_code"].implode()
    if layout.id in ("members", "targets"):
        unknown = (pl.col("union_code") != "") & ~pl.col("union_code").is_in(unions)
        problems.append(_problem(rows, unknown, "union", "単組コード", value="union_code"))
    if layout.id == "campaigns":
        codes = pl.col("union_codes").fill_null("").str.split(";").list.eval(pl.element().filter(pl.element() != ""))
        unknown = (
            codes.list.set_difference(pl.lit(known.unions["union_code"].to_list(), pl.List(pl.String))).list.len() > 0
        )
        problems.append(_problem(rows, unknown, "union", "単組コード", value="union_codes"))
    return problems


def _nothing_in_it(layout: Layout, rows: pl.DataFrame) -> list[pl.DataFrame]:
    """A cell that must be filled and means "none", such as the date 99999999."""
    good = ~pl.col("bad")
    return [_problem(rows, good & (pl.col(c.field) == ""), "none", c.header) for c in layout.columns if c.filled]


def _problem(
    rows: pl.DataFrame, condition: pl.Expr, reason: str, column: str, value: str | None = None
) -> pl.DataFrame:
    text, remedy = _REASONS[reason]
    return rows.filter(condition).select(
        *PLACE,
        "file",
        column=pl.lit(column),
        value=pl.col(value).fill_null("") if value else pl.lit(""),
        reason=pl.lit(text),
        remedy=pl.lit(remedy),
    )


def _mark_bad(rows: pl.DataFrame, problems: pl.DataFrame) -> pl.DataFrame:
    if problems.is_empty():
        return rows.with_columns(bad=pl.lit(False))
    bad = problems.select(PLACE).unique().with_columns(bad=pl.lit(True))
    rows = rows.drop("bad", strict=False).join(bad, on=PLACE, how="left", maintain_order="left")
    return rows.with_columns(pl.col("bad").fill_null(False))


def _conflicts(layout: Layout, rows: pl.DataFrame) -> pl.Expr:
    """True for every row of a key whose rows say different things, or of which only some could be read.

    A number written in full width says nothing different.
    """
    if _no_key_twice(rows):
        return pl.lit(False)
    several = (pl.col("record_key") != "") & pl.col("record_key").is_duplicated()
    again = rows.filter(several)
    if again.is_empty():
        return pl.lit(False)
    fields = [KEY_OF.get(c.field, c.field) for c in layout.columns if c.field not in layout.key]
    differing = again.group_by("record_key").agg(
        differs=pl.any_horizontal(
            *(pl.col(f).drop_nulls().n_unique() > 1 for f in fields), pl.col("bad").n_unique() > 1
        )
    )
    return pl.col("record_key").is_in(differing.filter("differs")["record_key"].implode())


def _no_key_twice(rows: pl.DataFrame) -> bool:
    """As nearly always; to ask this takes a quarter of the time that finding which ones does."""
    return rows["record_key"].n_unique() == rows.height


def _one_per_key(layout: Layout, good: pl.DataFrame) -> pl.DataFrame:
    """Rows of one key agree where both speak; what one file lacks, the other may bring."""
    if _no_key_twice(good):
        return good
    several = good["record_key"].is_duplicated()
    alone, again = good.filter(~several), good.filter(several)
    place = [pl.col(name).first() for name in (*PLACE, "file")]
    rest = [pl.col(c).drop_nulls().first() for c in good.columns if c not in (*PLACE, "file", "record_key")]
    merged = again.group_by("record_key", maintain_order=True).agg(*place, *rest)
    return pl.concat([alone, merged.select(alone.columns)])
