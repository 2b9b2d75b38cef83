"""The invented nation as its files: the plan's holdings exactly, people and contracts that fit each other, nothing on 保留."""

import hashlib
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from kyosai_lists.demo.nation.files import make_national_files
from kyosai_lists.usecases.importing.import_files import import_files
from tests.conftest import workspace_at
from tests.demo.nations import AS_OF, HELD, PART, TOTAL, holdings, table


@pytest.fixture(scope="module")
def paths(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return make_national_files(tmp_path_factory.mktemp("nation"), AS_OF, scale=PART)


@pytest.fixture(scope="module")
def contracts(paths: list[Path]) -> pl.DataFrame:
    return table(paths, "契約")


@pytest.fixture(scope="module")
def members(paths: list[Path]) -> pl.DataFrame:
    return table(paths, "組合員")


def digest(paths: list[Path]) -> str:
    return hashlib.sha256(b"".join(path.name.encode() + path.read_bytes() for path in paths)).hexdigest()


def test_a_part_of_the_nation_has_that_part_of_every_holding(contracts: pl.DataFrame) -> None:
    assert holdings(contracts) == {product: round(count * PART) for product, count in HELD.items()}


@pytest.mark.long
def test_the_nation_has_exactly_the_plans_holdings(tmp_path: Path) -> None:
    paths = make_national_files(tmp_path, AS_OF)
    found, members = holdings(table(paths, "契約")), table(paths, "組合員")
    assert found == HELD
    assert sum(found.values()) == TOTAL
    assert table(paths, "単組一覧").height == members["単組コード"].n_unique() == 2_595
    status = dict(members["在籍区分"].value_counts().iter_rows())
    assert 795_000 <= status["現職"] + status["休職"] <= 820_000
    assert 275_000 <= status["退職"] <= 290_000


def test_the_same_seed_and_day_give_the_same_bytes(tmp_path: Path) -> None:
    made = [make_national_files(tmp_path / f"{i}", AS_OF, seed, 0.005) for i, seed in enumerate((1, 1, 2))]
    assert digest(made[0]) == digest(made[1]) != digest(made[2])


@pytest.mark.parametrize("as_of", [date(2024, 2, 29), date(2026, 4, 1), date(2031, 3, 31)])
def test_the_holdings_are_exact_on_other_days_too(as_of: date, tmp_path: Path) -> None:
    contracts = table(make_national_files(tmp_path, as_of, scale=0.005), "契約")
    assert holdings(contracts, as_of) == {product: round(count * 0.005) for product, count in HELD.items()}


def test_files_are_those_of_a_core_system(paths: list[Path]) -> None:
    for path in paths:
        raw = path.read_bytes()
        assert raw.decode("cp932").encode("cp932") == raw
        assert raw.count(b"\n") == raw.count(b"\r\n")
        assert raw.startswith(b'"')


def test_everybody_was_an_adult_when_hired_and_children_came_after(members: pl.DataFrame) -> None:
    days = members.with_columns(pl.col("生年月日", "採用年月日").str.to_date("%Y%m%d"))
    years = days.select((pl.col("採用年月日") - pl.col("生年月日")).dt.total_days() / 365.25).to_series()
    assert 17.99 <= years.min() <= 20  # type: ignore[operator]  # a column of numbers
    assert (members["採用年月日"] <= "20261031").all()
    child = members.filter(pl.col("子の人数") != "0")
    assert ((child["末子生年月日"] != "") & (child["末子生年月日"] > child["生年月日"])).all()
    assert (members.filter(pl.col("子の人数") == "0")["末子生年月日"] == "").all()


def test_numbers_are_given_once_in_each_prefecture(members: pl.DataFrame, contracts: pl.DataFrame) -> None:
    assert members.select("県コード", "組合員番号").is_unique().all()
    assert contracts.select("県コード", "契約番号").is_unique().all()
    assert contracts.join(members, on=["県コード", "組合員番号"], how="anti").is_empty()


@pytest.mark.parametrize(("attached", "main"), [("自然災害共済", "火災共済"), ("車両損害補償", "マイカー共済")])
def test_what_is_attached_names_a_main_contract_of_the_same_person(
    contracts: pl.DataFrame, attached: str, main: str
) -> None:
    mine = contracts.filter(pl.col("共済種類") == attached)
    named = mine.filter(pl.col("主契約番号") != "")
    assert 0.98 * mine.height < named.height < mine.height  # the core system lost a few
    mains = contracts.filter(pl.col("共済種類") == main).select(
        "県コード", "組合員番号", "発効日", 主契約番号="契約番号"
    )
    found = named.join(mains, on=["県コード", "組合員番号", "主契約番号"], suffix="_of_main")
    assert found.height == named.height
    assert (found["発効日"] >= found["発効日_of_main"]).all()


def test_cover_is_only_of_family_that_is_there(contracts: pl.DataFrame, members: pl.DataFrame) -> None:
    life = contracts.filter(pl.col("共済種類") == "団体生命共済").join(members, on=["県コード", "組合員番号"])
    counts = dict(life["被共済者"].value_counts().iter_rows())
    assert counts["配偶者"] > counts["子"] > 100
    assert (life.filter(pl.col("被共済者") == "配偶者")["配偶者"] == "有").all()
    assert (life.filter(pl.col("被共済者") == "子")["子の人数"] != "0").all()


def test_what_ended_ended_after_it_began(contracts: pl.DataFrame) -> None:
    assert (contracts["終了日"] >= contracts["発効日"]).all()
    ended = contracts.filter(pl.col("終了日") < f"{AS_OF:%Y%m%d}")
    assert (ended["終了理由"] != "").all()
    assert {"解約", "退職"} <= set(ended["終了理由"])
    assert (contracts["発効日"] > f"{AS_OF:%Y%m%d}").sum() > 100  # agreed, not yet begun


def test_every_row_can_be_taken_in(tmp_path: Path) -> None:
    paths = make_national_files(tmp_path / "files", AS_OF, scale=0.005)
    workspace = workspace_at(tmp_path / "workspace", ())
    result = import_files(workspace, paths, today=AS_OF)
    workspace.engine.dispose()
    assert result.problems.is_empty()
    assert result.waiting == 0
    assert all(file.read == file.counts["new"] > 0 for file in result.files)
    assert {file.layout for file in result.files} == {
        "unions", "members", "contracts", "applications", "suppressions", "campaigns", "targets", "guides",
    }  # fmt: skip
