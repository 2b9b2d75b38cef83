"""Invented names: common surnames of the region with their old-form spellings, given names by sex and generation."""

import tomllib
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import accumulate
from random import Random

FULL_WIDTH_SPACE = "　"

Spelling = tuple[str, str]  # kanji, katakana


@dataclass(frozen=True)
class NameStock:
    """`given` maps 性別 to (first birth year of the generation, its names), earliest generation first."""

    surnames: tuple[Spelling, ...]
    surname_weights: tuple[int, ...]  # cumulative
    given: dict[str, tuple[tuple[int, tuple[Spelling, ...]], ...]]

    def surname(self, rng: Random) -> Spelling:
        return rng.choices(self.surnames, cum_weights=self.surname_weights)[0]

    def given_name(self, rng: Random, sex: str, birth_year: int) -> Spelling:
        generations = self.given[sex]
        at = bisect_right(generations, birth_year, key=lambda generation: generation[0]) - 1
        return rng.choice(generations[at][1])

    def full_name(self, rng: Random, sex: str, birth_year: int) -> Spelling:
        """氏名 with a full-width space between the parts, 氏名カナ with a half-width one, as rosters have them."""
        family, family_kana = self.surname(rng)
        given, given_kana = self.given_name(rng, sex, birth_year)
        return f"{family}{FULL_WIDTH_SPACE}{given}", f"{family_kana} {given_kana}"


@cache
def name_stock() -> NameStock:
    """The stock in `names.toml`."""
    data = tomllib.loads(files("kyosai_lists.demo").joinpath("names.toml").read_text("utf-8"))
    weighted = [(spelling, tier["weight"]) for tier in data["surnames"] for spelling in _spellings(tier["names"])]
    given: dict[str, tuple[tuple[int, tuple[Spelling, ...]], ...]] = {}
    for entry in data["given"]:
        given[entry["sex"]] = (*given.get(entry["sex"], ()), (entry["born_from"], _spellings(entry["names"])))
    return NameStock(
        surnames=tuple(spelling for spelling, _ in weighted),
        surname_weights=tuple(accumulate(weight for _, weight in weighted)),
        given=given,
    )


def _spellings(text: str) -> tuple[Spelling, ...]:
    pairs = [item.split() for item in text.replace("\n", "").split("、") if item.strip()]
    return tuple((kanji, kana) for kanji, kana in pairs)
