"""How long what a run was made from is kept: to the end of so many 年度 after its own."""

from datetime import date

from kyosai_lists.dates import fiscal_year


def kept_until(as_of: date, made_on: date, years: int) -> date:
    """The last day on which it is kept. The run's 年度 is that of its 基準日 or of the day it was made, the later of the two:
    lists of a day long past are not at once too old.
    """
    return date(fiscal_year(max(as_of, made_on)) + years + 1, 3, 31)
