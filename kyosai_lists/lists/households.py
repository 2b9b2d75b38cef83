"""Who on a union's workbook lives together, so that one talk serves both. For the person in charge only.

One household: the same union, the same address, the same surname, each by its key (`text.address_key`,
`text.surname_key`). A spouse stays a person with a row, a number and a result of their own: nobody is merged.

When in doubt there is no mark: no address, an address without a number, a name without a space (where the surname ends
is not known), and an address of more people than a household has (a town hall or a dormitory given as everybody's home).
"""

import polars as pl

from kyosai_lists.lists.column_keys import dwelling_numbers, surname_keys
from kyosai_lists.lists.mapped import mapped
from kyosai_lists.text import address_key

MOST_AT_ONE_ADDRESS = 8
_LONGEST_NAME = 100  # a longer one is known by its No. alone, so that the cell holds all of them


def same_household(people: pl.DataFrame) -> pl.DataFrame:
    """The others of each person's household, by No.: `No.3 山田　花子、No.7 山田　太郎`.

    Args:
        people: everyone who stands in a workbook: union_code, member_key, no (Int64), name, address (null: not known).

    Returns:
        member_key, household (String): the people who have somebody. A household is whole: whoever is named, names back.
    """
    home = ("union_code", "address_key", "surname_key")
    one = people.select("union_code", "member_key", "no", "name", "address").filter(pl.col("address").is_not_null())
    near = _neighbours(one.with_columns(surname_key=surname_keys(one["name"])))
    keyed = near.with_columns(address_key=mapped(near["address"], address_key))
    at_home = keyed.filter(
        pl.col("address_key") != "",
        pl.len().over("union_code", "address_key") <= MOST_AT_ONE_ADDRESS,
        pl.col("surname_key") != "",
    )
    named = pl.when(pl.col("name").str.len_chars() <= _LONGEST_NAME).then(pl.format("No.{} {}", "no", "name"))
    others = at_home.select(*home, "no", other="member_key", said=named.otherwise(pl.format("No.{}", "no")))
    pairs = at_home.select(*home, "member_key").join(others, on=home).filter(pl.col("other") != pl.col("member_key"))
    return pairs.sort("no").group_by("member_key", maintain_order=True).agg(household=pl.col("said").str.join("、"))


def _neighbours(people: pl.DataFrame) -> pl.DataFrame:
    """Whoever may share a dwelling with a namesake of the same union, and whoever may share it with those: the key of an
    address takes Python, and in a nation's lists few have such a neighbour.
    """
    numbered = people.with_columns(numbers=dwelling_numbers(people["address"]))
    namesakes = numbered.filter(
        pl.col("surname_key") != "", pl.struct("union_code", "surname_key", "numbers").is_duplicated()
    )
    where = ["union_code", "numbers"]
    return numbered.join(namesakes.select(where), on=where, how="semi", maintain_order="left").drop("numbers")
