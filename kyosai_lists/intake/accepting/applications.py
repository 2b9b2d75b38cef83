"""Which new contract came of which application at the branch. Pure.

A contract is one's application when nothing says otherwise: the same person and product, own cover, in force or to come,
not in force before the application was received, the same main contract and タイプ where both name one. The application was
there first: of a contract and an application that are told of together, nobody knows which came of which, and a person who
has just applied would be approached again when that contract ends. A contract like one that the person has already (same
main contract and タイプ) may be that one renewed, and says nothing of the application either. One contract is of one application, the oldest.
"""

from datetime import date

import polars as pl

from kyosai_lists.products import WHOLE_HOUSEHOLD

_ANY_INSURED = [*WHOLE_HOUSEHOLD, "child_maturity"]


def matched(applications: pl.DataFrame, contracts: pl.DataFrame, others: pl.DataFrame, today: date) -> pl.DataFrame:
    """
    Args:
        applications: open ones: member_key, product, received_on (Date), main_contract_key, type_key (null: not said).
        contracts: those that are new: contract_key, the same columns, insured, effective_on, ended_on (Date).
        others: the same columns and insured, of contracts that were there and have not ended.

    Returns:
        member_key, product, received_on (ISO text), contract_key: all String, as they are stored.
    """
    pairs = applications.join(contracts, on=["member_key", "product"], suffix="_of_contract").filter(
        pl.col("effective_on") >= pl.col("received_on"),
        pl.col("ended_on").is_null() | (pl.col("ended_on") >= today),
        _own_cover(),
        _agree("main_contract_key"),
        _agree("type_key"),
    )
    like = ["member_key", "product"]
    pairs = pairs.join(
        others.filter(_own_cover()),
        left_on=[*like, "main_contract_key_of_contract", "type_key_of_contract"],
        right_on=[*like, "main_contract_key", "type_key"],
        how="anti",
        nulls_equal=True,
    )
    of_application = ["member_key", "product", "received_on"]
    return _one_to_one(pairs.sort(*of_application, "effective_on", "contract_key"), of_application).select(
        "member_key", "product", pl.col("received_on").cast(pl.String), "contract_key"
    )


def _own_cover() -> pl.Expr:
    return pl.col("insured").is_null() | (pl.col("insured") == "self") | pl.col("product").is_in(_ANY_INSURED)


def _agree(field: str) -> pl.Expr:
    said, found = pl.col(field), pl.col(f"{field}_of_contract")
    return said.is_null() | found.is_null() | (said == found)


def _one_to_one(pairs: pl.DataFrame, of_application: list[str]) -> pl.DataFrame:
    taken: set[str] = set()
    chosen: list[bool] = []
    served: set[tuple[object, ...]] = set()
    for contract, *application in pairs.select("contract_key", *of_application).iter_rows():
        free = contract not in taken and tuple(application) not in served
        chosen.append(free)
        if free:
            taken.add(contract)
            served.add(tuple(application))
    return pairs.filter(pl.Series(chosen, dtype=pl.Boolean))
