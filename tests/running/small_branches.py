"""A branch of three small unions with a year's plan of campaigns, invented from its 県コード; quick to make, in many copies."""

import csv
import shutil
from datetime import date, timedelta
from pathlib import Path
from random import Random

import sqlalchemy as sa

from kyosai_lists.store.engine import writing
from kyosai_lists.store.tables import members
from kyosai_lists.usecases.importing.import_files import import_files
from kyosai_lists.usecases.workspace import Workspace, open_workspace
from tests.importing.importing_files import Here

FIRST = date(2026, 4, 1)
LAST = date(2027, 6, 30)
PEOPLE = 8  # in each union


def empty_workspace(folder: Path) -> Path:
    """What all branches are copied from: making a store takes longer than filling it."""
    from tests.conftest import workspace_at

    workspace_at(folder, ()).engine.dispose()
    return folder


def small_branch(pattern: Path, folder: Path, pref: str) -> Workspace:
    shutil.copytree(pattern, folder)
    workspace = open_workspace(folder)
    rng = Random(pref)
    codes = [f"{pref}{number:03}" for number in (1, 2, 3)]
    files = {
        "単組": _unions(rng, codes),
        "組合員": _members(rng, codes),
        "契約": _contracts(rng),
        "募集": plan(pref, codes),
    }
    paths = []
    for name, rows in files.items():
        paths.append(folder / f"{name}.csv")
        with paths[-1].open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    import_files(workspace, paths, today=FIRST - timedelta(days=30), readers=Here)
    return workspace


def _unions(rng: Random, codes: list[str]) -> list[list[str]]:
    starts = [date(2026, 9, 1), date(2026, 9, 1), date(2026, 10, rng.randint(1, 31))]
    rows = [[code, f"第{code}単組", str(day)] for code, day in zip(codes, starts, strict=True)]
    return [["単組コード", "単組名", "継続募集開始日"], *rows]


def _members(rng: Random, codes: list[str]) -> list[list[str]]:
    heads = ["組合員番号", "単組コード", "氏名", "生年月日", "採用年月日", "雇用区分", "在籍区分"]
    rows = []
    for number in range(PEOPLE * len(codes)):
        born, hired = date(rng.randint(1966, 2003), rng.randint(1, 12), rng.randint(1, 28)), rng.randint(2022, 2026)
        code = codes[number % len(codes)]
        rows.append([f"{number:05}", code, f"組合員{number}", str(born), f"{hired}-04-01", "正規", "現職"])
    return [heads, *rows]


def _contracts(rng: Random) -> list[list[str]]:
    heads = ["契約番号", "組合員番号", "共済種類", "タイプ", "発効日"]
    kinds = [("火災", "住宅"), ("団体生命", ""), ("自然災害", "標準")]
    chosen = [(number, *rng.choice(kinds)) for number in range(PEOPLE * 3) if rng.random() < 0.6]
    return [heads, *([f"C{n:05}", f"{n:05}", kind, type_, "2024-04-01"] for n, kind, type_ in chosen)]


def plan(pref: str, codes: list[str]) -> list[list[str]]:
    """The days that calendars get wrong are among them: 31st, 29 February's neighbours, year's end, 1 April, 1 June."""
    heads = ["募集コード", "募集名", "種別", "県コード", "単組コード", "開始日", "終了日", "発行日数前", "対象リスト"]
    spot = "young-unenrolled;fire-only"
    rows = [
        ["NEW", "新規採用者", "新規採用者", "", "2026-05-01", "2026-06-30", "30", "new-hire-unenrolled;young-unenrolled"],
        ["JUN", "事業年度はじめ", "スポット", "", "2026-06-01", "2026-07-10", "1", spot],
        ["KZ", "継続", "継続", "", "", "2026-12-11", "14", "all"],
        ["OCT", "秋", "スポット", codes[0], "2026-10-31", "2026-12-04", "", "fire-only;disaster-standard"],
        ["YEAR", "年末", "スポット", "", "2027-01-04", "2027-02-10", "2", spot],
        ["FEB", "冬", "スポット", f"{codes[1]};{codes[2]}", "2027-03-01", "2027-04-02", "1", spot],
        ["RET", "退職予定者", "スポット", "", "2027-02-01", "2027-03-12", "31", "retiree-transfer"],
        ["APR", "年度はじめ", "スポット", "", "2027-04-01", "2027-05-07", "7", "young-unenrolled"],
    ]  # fmt: skip
    return [heads, *([f"{pref}-{code}", name, kind, pref, *rest] for code, name, kind, *rest in rows)]


def rename_somebody(workspace: Workspace, rng: Random) -> None:
    """What was printed before must come out again as it was."""
    key = f"%-{rng.randrange(PEOPLE * 3):05}"
    with writing(workspace.engine) as connection:
        renamed = sa.update(members).where(members.c.member_key.like(key)).values(name=members.c.name + "改")
        connection.execute(renamed)
