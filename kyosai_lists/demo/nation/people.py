"""The nation's people as one frame: names, workplaces, addresses, and the numbers they are known by."""

from itertools import accumulate

import polars as pl

from kyosai_lists.demo.moment import Moment
from kyosai_lists.demo.names import FULL_WIDTH_SPACE, Spelling, name_stock
from kyosai_lists.demo.nation.bodies import BODIES
from kyosai_lists.demo.nation.careers import Careers
from kyosai_lists.demo.nation.chance import Chance
from kyosai_lists.demo.nation.households import with_households
from kyosai_lists.demo.offices import OFFICES, TOWNS

FIRST_NUMBER, NUMBER_STEP = 13, 7
_PLACELESS = 0.015
_COMMITTEE = 5  # 執行委員長, 副執行委員長, 書記長 and two 執行委員


def make_people(unions: pl.DataFrame, moment: Moment, seed: int) -> pl.DataFrame:
    """Everyone, by prefecture and 組合員番号: who has been a member for long has a low one. A row of `unions` for each of
    its `size` people, and besides: number, name, kana, sex, what `careers` and `households` add, workplace,
    workplace_order, role, and how to reach them; "" where there is nothing.
    """
    chance = Chance(seed)
    people = unions.with_columns(one=pl.lit(1).repeat_by("size")).explode("one").drop("one")
    people = people.with_columns(sex=chance.one_of("sex", ("女", "男"), (52, 48)))
    people = with_households(Careers(moment, chance).added_to(people), moment.roster_on, chance)
    people = _with_roles(_with_workplaces(_with_names(people, chance), chance), chance).sort(
        "pref", "since", maintain_order=True
    )
    nth = pl.int_range(pl.len()).over("pref")
    number = (FIRST_NUMBER + NUMBER_STEP * nth).cast(pl.String).str.zfill(8)
    return _with_contacts(people.with_columns(number=number), chance)


def in_service() -> pl.Expr:
    return pl.col("status").is_in(["現職", "休職"])


def retired() -> pl.Expr:
    return pl.col("status") == "退職"


def _with_names(people: pl.DataFrame, chance: Chance) -> pl.DataFrame:
    """Only names that the core system can write: it knows CP932 and nothing else."""
    stock = name_stock()
    weights = [b - a for a, b in zip((0, *stock.surname_weights), stock.surname_weights, strict=False)]
    surnames = [s for s, n in zip(stock.surnames, weights, strict=True) if _writable(s) for _ in range(n)]
    family = chance.below("surname", len(surnames))
    people = people.with_columns(
        family=pl.lit(pl.Series([kanji for kanji, _ in surnames])).gather(family),
        family_kana=pl.lit(pl.Series([kana for _, kana in surnames])).gather(family),
        **_given_names(chance),
    )
    return people.with_columns(
        name=pl.col("family") + FULL_WIDTH_SPACE + pl.col("given"),
        kana=pl.col("family_kana") + " " + pl.col("given_kana"),
    ).drop("family", "family_kana", "given", "given_kana")


def _given_names(chance: Chance) -> dict[str, pl.Expr]:
    """Of someone's sex and generation: all stocks stand in one column, and each person looks into one stretch of it."""
    names: list[Spelling] = []
    start, count = pl.lit(0), pl.lit(1)
    for sex, generations in name_stock().given.items():
        for born_from, all_names in generations:
            stock = [spelling for spelling in all_names if _writable(spelling)]
            theirs = (pl.col("sex") == sex) & (pl.col("born").dt.year() >= born_from)
            start = pl.when(theirs).then(len(names)).otherwise(start)
            count = pl.when(theirs).then(len(stock)).otherwise(count)
            names += stock
    at = start + chance.below("given name", count)
    return {
        "given": pl.lit(pl.Series([kanji for kanji, _ in names])).gather(at),
        "given_kana": pl.lit(pl.Series([kana for _, kana in names])).gather(at),
    }


def _writable(spelling: Spelling) -> bool:
    kanji, _ = spelling
    return kanji.encode("cp932", "ignore").decode("cp932") == kanji


def _with_workplaces(people: pl.DataFrame, chance: Chance) -> pl.DataFrame:
    """A small office has only the first few of the offices; who is not in service has none."""
    shown = in_service() & ~chance.happens("placeless", _PLACELESS)
    offices = pl.min_horizontal(5 + pl.col("size") // 40, pl.lit(len(OFFICES)))
    by_weight = pl.Series([i for i, (_, weight) in enumerate(OFFICES) for _ in range(weight)])
    ends = pl.Series(list(accumulate(weight for _, weight in OFFICES)))
    drawn = pl.lit(by_weight).gather(chance.below("office", pl.lit(ends).gather(offices - 1)))
    of_body = pl.lit(pl.Series([len(body.offices) for body in BODIES])).gather(pl.col("offices").fill_null(0))
    people = people.with_columns(
        office=pl.when(shown & pl.col("offices").is_null()).then(drawn)
        .when(shown).then(chance.below("office of a body", of_body))
    ).with_columns(workplace_order=10 * (pl.col("office") + 1))  # fmt: skip
    return people.join(_offices(), on=["offices", "last_character", "office"], how="left", nulls_equal=True,
                       maintain_order="left").drop("office").with_columns(pl.col("workplace").fill_null(""))  # fmt: skip


def _offices() -> pl.DataFrame:
    """workplace (its name) by offices, last_character, office (its place in the order)."""
    rows: list[tuple[int | None, str, int, str]] = [
        (None, last, i, name.format(shi=last)) for last in "都道府県市町村区" for i, (name, _) in enumerate(OFFICES)
    ]
    rows += [(index, "", i, name) for index, body in enumerate(BODIES) for i, name in enumerate(body.offices)]
    kinds = {"offices": pl.Int64(), "last_character": pl.String(), "office": pl.Int64(), "workplace": pl.String()}
    return pl.DataFrame(rows, schema=kinds, orient="row")


def _with_roles(people: pl.DataFrame, chance: Chance) -> pl.DataFrame:
    """A committee among the 正規 in service, and in larger unions some workplace representatives."""
    eligible = (pl.col("employment") == "正規") & (pl.col("status") == "現職") & pl.col("age").is_between(25, 59)
    people = people.with_columns(lot=pl.when(eligible).then(chance.fraction("role")))
    at = pl.col("lot").rank("ordinal").over("union_code")
    committee = _COMMITTEE + pl.col("size") // 200
    return people.with_columns(
        role=pl.when(at == 1).then(pl.lit("執行委員長"))
        .when(at == 2).then(pl.lit("副執行委員長"))
        .when(at == 3).then(pl.lit("書記長"))
        .when(at <= committee).then(pl.lit("執行委員"))
        .when(at <= committee + pl.col("size") // 60).then(pl.lit("職場委員"))
        .otherwise(pl.lit(""))
    ).drop("lot")  # fmt: skip


def _with_contacts(people: pl.DataFrame, chance: Chance) -> pl.DataFrame:
    """No real number: an exchange that begins with 0 is never assigned in Japan."""
    c = chance

    def digits(what: str, count: int) -> pl.Expr:
        return c.below(what, 10**count).cast(pl.String).str.zfill(count)

    def some(what: str, likely: float, text: pl.Expr) -> pl.Expr:
        return pl.when(c.happens(what, likely)).then(text).otherwise(pl.lit(""))

    house = pl.format("{}-{}", 1 + c.below("block", 8), 1 + c.below("house", 39))
    extension = some("has extension", 0.7, (2000 + c.below("extension", 3000)).cast(pl.String))
    return people.with_columns(
        postal_code=pl.format("{}{}-{}", "pref", digits("post", 1), digits("postal", 4)),
        address=pl.col("place") + c.one_of("town", TOWNS) + house,
        extension=pl.when(in_service()).then(extension).otherwise(pl.lit("")),
        phone=some("has phone", 0.6, pl.format("0{}-0{}-{}", "pref", digits("exchange", 2), digits("phone", 4))),
        mobile=some("has mobile", 0.75, pl.format("090-0{}-{}", digits("carrier", 3), digits("mobile", 4))),
        mail=some("has mail", 0.25, pl.format("m{}{}@example.jp", "pref", "number")),
    )
