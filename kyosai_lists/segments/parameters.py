"""Parameters: rule → branch → campaign → command line, each later one winning; and the dates that follow from D.

Nothing here reads the clock: D is handed in.
"""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from kyosai_lists import dates
from kyosai_lists.errors import ConfigError
from kyosai_lists.segments.relations import STANDARD_DATES
from kyosai_lists.segments.rule import Parameter, Rule, Value

# A layer of settings: values by parameter name, and tables of values by list id, which win over them.
Layer = Mapping[str, Value | date | Mapping[str, Value | date]]

DATE_FUNCTIONS: dict[str, Callable[[int, date], date]] = {
    "earliest_birth": dates.earliest_birth,  # of anyone aged N or less
    "latest_birth": dates.latest_birth,  # of anyone aged N or more
    "months_before": lambda months, day: dates.months_before(day, months),
    "years_before": lambda years, day: dates.years_before(day, years),
    "days_after": lambda days, day: dates.days_after(day, days),
}
# Of a whole run and no list's own, set in the same places: how many letters 名簿 prints for a person at most.
MAX_OFFERS = Parameter("max_offers", 3, "名簿に印刷するご案内の数(1人の上限)")
_CALL = re.compile(r"(\w+)\((\w+)\)\Z")


@dataclass(frozen=True)
class BoundRule:
    """A rule with D and every value it runs with. `binds` holds whatever a `:name` in its SQL may mean."""

    rule: Rule
    as_of: date
    values: dict[str, Value | date | None]  # by parameter name
    binds: dict[str, Value | date | None]

    def sentence(self, text: str) -> str:
        """A condition's sentence with the values filled in."""
        shown = {name: spoken(value) for name, value in {**self.binds, **self.values}.items()}
        return re.sub(r"\{(\w+)\}", lambda found: shown[found.group(1)], text)

    def parameters_text(self) -> str:
        """`若年層とみなす上限の年齢(歳) 35`, as it is shown wherever the list is shown."""
        return "、".join(f"{p.meaning} {spoken(self.values[name])}" for name, p in self.rule.parameters.items())


def spoken(value: Value | date | None) -> str:
    if value is None:
        return "未設定"
    return dates.japanese_day(value) if isinstance(value, date) else str(value)


def date_call(text: str) -> tuple[str, str] | None:
    """`earliest_birth(young_max_age)` → its function and argument, or None when it is no such call."""
    found = _CALL.match(text)
    return (found.group(1), found.group(2)) if found and found.group(1) in DATE_FUNCTIONS else None


def is_date_or_name(value: Value | None) -> bool:
    """False for a text that is neither an ISO date nor the name of a standard date."""
    try:
        return not isinstance(value, str) or value in STANDARD_DATES or bool(date.fromisoformat(value))
    except ValueError:
        return False


def standard_binds(as_of: date) -> dict[str, Value | date]:
    """What the relations and every rule may use without declaring it."""
    return {
        "as_of": as_of,
        "as_of_ymd": as_of.year * 10000 + as_of.month * 100 + as_of.day,
        "fiscal_year": dates.fiscal_year(as_of),
        "fiscal_year_start": dates.fiscal_year_start(as_of),
        "fiscal_year_end": dates.fiscal_year_end(as_of),
    }


def bind(rule: Rule, as_of: date, layers: tuple[Layer, ...] = ()) -> BoundRule:
    """Fixes every parameter of `rule`; `layers` from the weakest (branch) to the strongest (command line).

    Raises:
        ConfigError: a layer sets a value of the wrong kind.
    """
    standard = standard_binds(as_of)
    values = {name: _value(rule, parameter, standard, layers) for name, parameter in rule.parameters.items()}
    made: dict[str, Value | date | None] = {}
    for name, text in rule.dates.items():
        function, argument = date_call(text) or ("", "")
        number = int(argument) if argument.isdigit() else values[argument]
        try:
            made[name] = DATE_FUNCTIONS[function](int(number), as_of)  # type: ignore[arg-type]  # a date has no int(): _value saw to it
        except (ValueError, OverflowError):
            raise ConfigError(
                f"{argument} の値 {number} では、日付を計算できません。", "kyosai.toml かコマンドの値を直してください。"
            ) from None
    return BoundRule(rule, as_of, values, {**standard, **values, **made})


def unknown_settings(rules: Mapping[str, Rule], layer: Layer) -> list[str]:
    """Names in `layer` that are no list and no parameter of any: a slip that would otherwise change nothing, silently."""
    names = {MAX_OFFERS.name} | {name for rule in rules.values() for name in rule.parameters}
    unknown = []
    for name, value in layer.items():
        if isinstance(value, Mapping):
            known = {parameter for rule in rules.values() if rule.id == name for parameter in rule.parameters}
            unknown += [f"{name}.{inner}" for inner in value if inner not in known]
        elif name not in names:
            unknown.append(name)
    return unknown


def max_offers(layers: tuple[Layer, ...]) -> int:
    """`MAX_OFFERS` after all `layers`, from the weakest to the strongest.

    Raises:
        ConfigError: it is no whole number from 1 up.
    """
    value: object = MAX_OFFERS.default
    for layer in layers:
        value = layer.get(MAX_OFFERS.name, value)
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise ConfigError(
            f"{MAX_OFFERS.name} の値は、1以上の数ではありません。",
            "kyosai.toml かコマンドの値を、1、2、3 … のどれかに直してください。",
        )
    return value


def _value(
    rule: Rule, parameter: Parameter, standard: Mapping[str, Value | date], layers: tuple[Layer, ...]
) -> Value | date | None:
    value: object = parameter.default
    for layer in layers:
        own = layer.get(rule.id)
        value = layer.get(parameter.name, value)
        value = own.get(parameter.name, value) if isinstance(own, Mapping) else value
    if isinstance(parameter.default, str):
        return _date_value(parameter, value, standard)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ConfigError(
            f"{parameter.name} の値は数ではありません。", "kyosai.toml かコマンドの値を、数に直してください。"
        )
    return value


def _date_value(parameter: Parameter, value: object, standard: Mapping[str, Value | date]) -> Value | date:
    if isinstance(value, str) and value in STANDARD_DATES:
        return standard[value]
    try:
        reading = dates.DateReading(value) if isinstance(value, date) else dates.read_date(str(value))
    except dates.UnreadableDate:
        reading = dates.DateReading(None)
    if reading.value is None or reading.remark:  # a remark: 7 is no day of 1900
        raise ConfigError(f"{parameter.name} の値は日付ではありません。", "2027-03-31 のように書いてください。")
    return reading.value
