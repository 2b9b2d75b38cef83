"""What headquarters and the branches decide, as columns under the standard headings: unions, targets, campaigns."""

from datetime import date, timedelta

import polars as pl

from kyosai_lists.dates import business_year, fiscal_year
from kyosai_lists.demo.figures import PLAN_HELD, PLAN_NEW
from kyosai_lists.demo.nation.nation import Nation
from kyosai_lists.products import BY_ID

_MAIN_LISTS = "young-unenrolled;fire-only;disaster-standard"


def union_table(nation: Nation) -> pl.DataFrame:
    contact = nation.people.filter(pl.col("role") == "書記長").select("union_code", "name")
    unions = nation.unions.join(contact, on="union_code", how="left", maintain_order="left")
    return unions.select(
        pl.col("pref").alias("県コード"),
        pl.col("union_code").alias("単組コード"),
        pl.col("union_name").alias("単組名"),
        pl.col("kind").alias("単組区分"),
        _yes_no("sogo").alias("総合共済取組"),
        pl.col("menus").alias("団体生命メニュー"),
        _yes_no("cali").alias("自賠責協定"),
        _yes_no("model").alias("モデル単組"),
        pl.col("renewal_on").dt.to_string("%Y%m%d").alias("継続募集開始日"),
        pl.col("name").fill_null("").alias("担当者名"),
        pl.format("u{}@example.jp", pl.col("union_code").str.to_lowercase()).alias("担当者メール"),
    )


def _yes_no(column: str) -> pl.Expr:
    return pl.when(column).then(pl.lit("有")).otherwise(pl.lit("無"))


def target_table(nation: Nation) -> pl.DataFrame:
    """The plan's figures for the nation as they are; for each prefecture by its people, 団体生命 for each union too."""
    year, everyone = str(business_year(nation.moment.as_of)), nation.unions["size"].sum()
    part = pl.col("size").sum() / everyone
    of_prefecture = (
        nation.unions.group_by("pref", maintain_order=True).agg(part=part).with_columns(union_code=pl.lit(""))
    )
    of_union = nation.unions.select("pref", "union_code", part=pl.col("size") / everyone)
    whole = pl.DataFrame({"pref": [""], "union_code": [""], "part": [1.0]})
    figures = _figures()
    group_life = figures.filter(pl.col("product") == "group_life")
    targets = pl.concat(
        places.select("pref", "union_code", "part").join(of, how="cross", maintain_order="left_right")
        for places, of in ((whole, figures), (of_prefecture, figures), (of_union, group_life))
    )
    value = (pl.col("figure") * pl.col("part")).round().cast(pl.Int64).clip(lower_bound=1)
    return targets.select(
        pl.lit(year).alias("事業年度"), pl.col("pref").alias("県コード"), pl.col("union_code").alias("単組コード"),
        pl.col("name").alias("共済種類"), pl.col("kind").alias("区分"), value.alias("目標値"),
    )  # fmt: skip


def _figures() -> pl.DataFrame:
    rows = []
    for product, held in PLAN_HELD.items():
        new = "移行" if product == "post_retirement" else "新契約"
        rows += [(product, BY_ID[product].name, new, PLAN_NEW[product]), (product, BY_ID[product].name, "保有", held)]
    return pl.DataFrame(rows, schema=["product", "name", "kind", "figure"], orient="row")


def campaign_table(nation: Nation) -> pl.DataFrame:
    """A スポット of each prefecture soon after D, and its 継続, which begins in each union on that union's day."""
    year = fiscal_year(nation.moment.as_of)
    starts = nation.moment.as_of + timedelta(days=15)
    rows = []
    for pref in nation.unions["pref"].unique().sort():
        rows.append(
            _campaign(f"{year}-{pref}-SP2", "第2回スポット募集", "スポット", pref, starts, starts + timedelta(days=32))
        )
        rows.append(_campaign(f"{year}-{pref}-REN", "継続募集", "継続", pref, None, date(year + 1, 1, 31)))
    return pl.DataFrame(rows)


def _campaign(code: str, what: str, kind: str, pref: str, starts: date | None, ends: date) -> dict[str, str]:
    return {
        "募集コード": code,
        "募集名": f"{code[:4]}年度 {what}",
        "種別": kind,
        "県コード": pref,
        "単組コード": "",
        "開始日": f"{starts:%Y%m%d}" if starts else "",
        "終了日": f"{ends:%Y%m%d}",
        "発行日数前": "14",
        "対象リスト": _MAIN_LISTS,
    }
