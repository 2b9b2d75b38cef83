"""kyosai.toml: what a branch sets. Read once, frozen, every unknown key refused so that a slip is not silently ignored."""

import os
import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictFloat, StrictInt, ValidationError

from kyosai_lists import vocabulary
from kyosai_lists.dates import BUSINESS_START_MONTH
from kyosai_lists.errors import ConfigError, UsageError
from kyosai_lists.retirement import AgeStep, RetirementTable, law_steps

CONFIG_NAME = "kyosai.toml"
STORE_VARIABLE = "KYOSAI_LISTS_STORE"
RULES_STORE_VARIABLE = "KYOSAI_LISTS_RULES_STORE"
# 公社 and 民間 have no 定年 unless the branch sets one (lists.md, 定年退職日).
KINDS_UNDER_THE_LAW = ("", "city", "town", "village", "prefecture", "association", "merged")

ParameterValue = StrictInt | StrictFloat | date | str


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


PrefectureCode = Annotated[str, Field(pattern=r"^(0[1-9]|[1-3][0-9]|4[0-7])$")]
RetirementAge = Annotated[int, Field(ge=40, le=99)]
LayoutId = Literal["unions", "members", "contracts", "applications", "suppressions", "campaigns", "targets", "guides"]


class Workspace(_Section):
    prefectures: tuple[PrefectureCode, ...] = ()


class Branch(_Section):
    """Printed on the cover: to whom a workbook is returned."""

    name: str = ""
    contact: str = ""


class Store(_Section):
    """`rules_url`: on PostgreSQL the same store, entered as the role that runs a branch's own rules and can only read."""

    url: str = ""
    rules_url: str = ""


class Rules(_Section):
    """`seconds`: how long one query of a branch's own rule may take."""

    seconds: float = Field(default=60, gt=0, le=3600)


class Export(_Section):
    return_days: int = Field(default=30, ge=0)
    roster_max_age_days: int = Field(default=45, ge=1)
    writer: Literal["stamp", "openpyxl"] = "stamp"  # both make the same contents; openpyxl takes many times longer
    purpose: str = "じちろう共済のご案内(組合員への声かけと申込書の回収)"


class Ledger(_Section):
    """`retention_years`: for how many 年度 after its own a run's rows and files are kept."""

    retention_years: int = Field(default=3, ge=1, le=99)


class BusinessYear(_Section):
    """事業年度, by which targets are set."""

    start_month: int = Field(default=BUSINESS_START_MONTH, ge=1, le=12)


class LayoutColumns(_Section):
    columns: dict[str, str] = {}


class Settings(_Section):
    """All of kyosai.toml. `parameters` and `campaigns.<code>.parameters` hold values by parameter name, and tables by list id."""

    workspace: Workspace = Workspace()
    branch: Branch = Branch()
    store: Store = Store()
    rules: Rules = Rules()
    export: Export = Export()
    ledger: Ledger = Ledger()
    business_year: BusinessYear = BusinessYear()
    layouts: dict[LayoutId, LayoutColumns] = {}
    retirement: dict[str, RetirementAge | Literal["law", "none"]] = {}
    parameters: dict[str, ParameterValue | dict[str, ParameterValue]] = {}
    campaigns: dict[str, dict[Literal["parameters"], dict[str, ParameterValue | dict[str, ParameterValue]]]] = {}

    def campaign_parameters(self, code: str) -> dict[str, ParameterValue | dict[str, ParameterValue]]:
        return self.campaigns.get(code, {}).get("parameters", {})

    def retirement_table(self) -> RetirementTable:
        """The law's table for the kinds of employer under it, changed by `[retirement]`.

        Raises:
            ConfigError: a key is no 単組区分.
        """
        steps = dict.fromkeys(KINDS_UNDER_THE_LAW, law_steps())
        known = vocabulary.UNION_KIND.accepted()
        for word, rule in self.retirement.items():
            if word not in known:
                raise ConfigError(
                    f"{CONFIG_NAME} の [retirement] にある「{word}」は単組区分ではありません。",
                    f"{'・'.join(vocabulary.UNION_KIND.words.values())} のどれかに直してください。",
                )
            if rule == "none":
                steps.pop(known[word], None)
            else:
                steps[known[word]] = law_steps() if rule == "law" else (AgeStep(None, rule),)
        return RetirementTable(steps)


def load_settings(workspace: Path) -> Settings:
    """Reads `workspace/kyosai.toml`.

    Raises:
        UsageError: there is no kyosai.toml.
        ConfigError: it is no TOML, or holds something that is not a setting.
    """
    path = workspace / CONFIG_NAME
    if not path.is_file():
        raise UsageError(
            f"作業フォルダー {workspace} に {CONFIG_NAME} がありません。",
            "kyosai-lists init で作業フォルダーを作るか、--workspace で場所を指定してください。",
        )
    try:
        content: dict[str, Any] = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
        return Settings.model_validate(content)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        at = re.search(r"at line (\d+)", str(error))
        raise ConfigError(
            f"{CONFIG_NAME} {f'の{at[1]}行目' if at else ''}を読めませんでした。",
            '書き方を直し、UTF-8で保存してください(日本語の名前は " で囲みます)。',
        ) from error
    except ValidationError as error:
        places = "、".join(dict.fromkeys(_place(content, e["loc"]) for e in error.errors()))
        raise ConfigError(
            f"{CONFIG_NAME} に使えない設定があります: {places}。", "名前と値を直すか、その行を消してください。"
        ) from error


def _place(content: Any, location: tuple[int | str, ...]) -> str:
    """`location` as far as it is written in the file; behind that come pydantic's own words."""
    names = []
    for part in location:
        if not isinstance(content, dict) or part not in content:
            break
        names.append(str(part))
        content = content[part]
    return ".".join(names)


def store_url(settings: Settings, workspace: Path) -> str:
    """The environment first, then kyosai.toml, else a file in the workspace."""
    return os.environ.get(STORE_VARIABLE) or settings.store.url or f"sqlite:///{(workspace / 'kyosai.db').as_posix()}"


def rules_url(settings: Settings) -> str:
    """The environment first, then kyosai.toml; "" when neither says how own rules enter a PostgreSQL."""
    return os.environ.get(RULES_STORE_VARIABLE) or settings.store.rules_url
