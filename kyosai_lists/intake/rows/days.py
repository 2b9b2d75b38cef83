"""Days as core systems write them, a whole column at once: a nation's birthdays are too many for Python to see each."""

import polars as pl

# 9999… is no day but "none", and whatever else looks odd is read one at a time, with words for what is wrong.
_EIGHT_DIGITS = "^[12][0-9]{7}$"


def compact_days(texts: pl.Series) -> pl.Series:
    """`20010401` → `2001-04-01`, as `values.date_value` has it; null for each text that is no day in eight digits."""
    text = pl.col("text")
    day = text.str.to_date("%Y%m%d", strict=False).dt.to_string("%Y-%m-%d")
    return texts.to_frame("text").select(day=pl.when(text.str.contains(_EIGHT_DIGITS)).then(day))["day"]
