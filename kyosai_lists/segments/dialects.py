"""The few things that SQLite and PostgreSQL say differently in a relation."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Dialect:
    ymd: str  # a date as the whole number 20270331
    march_31: str  # the date 31 March of a year

    def ymd_of(self, column: str) -> str:
        return self.ymd.format(column)

    def march_31_of(self, year: str) -> str:
        return self.march_31.format(year)


DIALECTS = {
    "sqlite": Dialect("CAST(REPLACE({}, '-', '') AS INTEGER)", "CAST({} AS TEXT) || '-03-31'"),
    "postgresql": Dialect("CAST(TO_CHAR({}, 'YYYYMMDD') AS INTEGER)", "MAKE_DATE({}, 3, 31)"),
}
