"""Made-up unions as the whole frames of a run, for timing: sizes with a long tail, texts as long as real ones."""

import random
from datetime import date

import polars as pl

from kyosai_lists.workbook.model import (
    LIST_SCHEMA,
    PEOPLE_SCHEMA,
    UNION_SCHEMA,
    ListSheet,
    RunBooks,
    RunHeader,
)

RUN = RunHeader(
    run_id="261101-BENCH",
    as_of=date(2026, 11, 1),
    title="2026年11月1日現在",
    file_title="2026-11-01",
    return_by=date(2026, 12, 1),
    return_to="石川県支部\n共済推進課 076-000-0000",
    purpose="じちろう共済のご案内(組合員への声かけと申込書の回収)",
    max_offers=3,
)
# The share of a union's listed people who are on each of the four main lists.
_LISTS = (
    ("retiree-transfer", "退職者団体生命 移行対象", 0.12, "退職後の保障のご案内"),
    ("young-unenrolled", "若年層 団体生命未加入", 0.30, "若い世代の保障のご案内"),
    ("fire-only", "火災共済のみ加入", 0.35, "住まいの保障のご案内"),
    ("disaster-standard", "自然災害 標準タイプ", 0.40, "地震・風水害の保障のご案内"),
)
_SURNAMES = [
    "佐藤",
    "鈴木",
    "高橋",
    "髙橋",
    "田中",
    "伊藤",
    "渡邊",
    "山本",
    "中村",
    "佐々木",
    "五十嵐",
    "長谷川",
    "﨑山",
    "𠮷田",
]
_GIVEN = [
    "太郎",
    "一郎",
    "花子",
    "美咲",
    "健",
    "恵",
    "さくら",
    "大輔",
    "由美子",
    "浩",
    "直樹",
    "愛",
    "翔太",
    "智子",
    "誠",
]
_KANA = [
    "サトウ",
    "スズキ",
    "タカハシ",
    "タナカ",
    "イトウ",
    "ワタナベ",
    "ヤマモト",
    "ナカムラ",
    "ササキ",
    "イガラシ",
    "ハセガワ",
]
_GIVEN_KANA = ["タロウ", "イチロウ", "ハナコ", "ミサキ", "ケン", "メグミ", "サクラ", "ダイスケ", "ユミコ", "ヒロシ"]
_PLACES = [
    "総務課", "税務課", "市民課", "福祉総務課", "子育て支援課", "高齢者福祉課", "道路河川課", "上下水道局", "市立病院看護部",
    "教育委員会", "中央消防署", "議会事務局",
]  # fmt: skip


def made_run(unions: int, seed: int = 2026, mean_people: float = 85.0) -> RunBooks:
    """`unions` unions; a few have thousands of people, most some dozens."""
    chance = random.Random(seed)
    sizes = [max(1, min(4_000, int(chance.lognormvariate(0, 1.25) * mean_people / 2.18))) for _ in range(unions)]
    codes = [f"{number % 47 + 1:02d}{number // 47:03d}" for number in range(unions)]
    people = _people(chance, codes, sizes)
    lists = tuple(_list(chance, people, letter, *about) for letter, about in zip("ABCD", _LISTS, strict=True))
    rows = [(c, c[:2], f"第{n}市職員労働組合", f"{RUN.run_id}-{c}", date(2026, 10, 1)) for n, c in enumerate(codes)]
    shown = people.select("union_code", *PEOPLE_SCHEMA)
    return RunBooks(pl.DataFrame(rows, schema=UNION_SCHEMA, orient="row"), shown, lists)


def _people(chance: random.Random, codes: list[str], sizes: list[int]) -> pl.DataFrame:
    frame = pl.DataFrame({"union_code": codes, "n": sizes}).select(pl.col("union_code").repeat_by("n").explode())
    count = frame.height
    frame = frame.with_columns(no=pl.int_range(1, pl.len() + 1, dtype=pl.Int64).over("union_code"))
    size = pl.len().over("union_code")
    place = ((pl.col("no") - 1) * len(_PLACES) // size).replace_strict(range(len(_PLACES)), _PLACES)
    return frame.with_columns(
        row_id=pl.Series([f"{chance.getrandbits(48):012x}" for _ in range(count)]),
        discreet=pl.col("no") > size * 0.9,
        workplace=pl.when(size > 20).then(place).otherwise(pl.lit("役場")),
        kana=pl.Series([f"{chance.choice(_KANA)}　{chance.choice(_GIVEN_KANA)}" for _ in range(count)]),
        name=pl.Series([f"{chance.choice(_SURNAMES)}　{chance.choice(_GIVEN)}" for _ in range(count)]),
        hint=pl.Series(
            [chance.choice(("", "採用3年目", "採用5年目・住まい更新3月", "住まい更新11月")) for _ in range(count)]
        ),
        letters=pl.Series([chance.choice(("A", "B", "C", "D", "C D", "B C")) for _ in range(count)]),
        previous=pl.lit(""),
        member_no=pl.Series([f"{chance.randrange(10**8):08d}" for _ in range(count)]),
        age=pl.Series([chance.randrange(20, 65) for _ in range(count)], dtype=pl.Int64),
        phone=pl.Series([f"090-{chance.randrange(10**4):04d}-{chance.randrange(10**4):04d}" for _ in range(count)]),
    )


def _list(
    chance: random.Random, people: pl.DataFrame, letter: str, id_: str, title: str, share: float, document: str
) -> ListSheet:
    on = people.filter(pl.Series([chance.random() < share for _ in range(people.height)]))
    count = on.height
    rows = on.with_columns(
        reason=pl.format("採用{}年目(2021年度採用)・{}歳、{}", pl.col("age") % 9, "age", pl.lit(title)),
        contracts=pl.Series(
            [f"{chance.randrange(10**8):08d} 火災共済(住宅) 満期202{chance.randrange(10)}年3月31日" for _ in range(count)]
        ),
        holdings=pl.Series([chance.choice(("総合共済", "総合共済・火災共済", "総合共済・マイカー共済・火災共済")) for _ in range(count)]),
        other_lists=pl.Series([chance.choice(("", "", "", "火災共済のみ加入")) for _ in range(count)]),
        household=pl.lit(""),
    )  # fmt: skip
    shown = rows.select("union_code", *LIST_SCHEMA)
    return ListSheet(id_, title, letter, document, "若年層の上限年齢 35歳", shown)
