"""Chance as columns: the same numbers for the same seed, whatever library, machine or number of threads draws them.

Source: Steele, Lea and Flood 2014, the mixing function of SplitMix64; row k of a column is the k-th number of its stream.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

_STEP, _FIRST, _SECOND = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
_FRACTION_BITS = 53  # of a Float64


@dataclass(frozen=True)
class Chance:
    """Every draw is an expression for the rows of a whole frame, and needs a name of its own (`what`)."""

    seed: int | str

    def apart(self, what: str) -> "Chance":
        """Another chance, whose draws have nothing to do with those of this one."""
        return Chance(f"{self.seed}/{what}")

    def fraction(self, what: str) -> pl.Expr:
        """Float64, from 0 to just below 1."""
        start = int.from_bytes(hashlib.sha256(f"{self.seed}/{what}".encode()).digest()[:8], "little")
        z = pl.int_range(pl.len(), dtype=pl.UInt64) * pl.lit(_STEP, pl.UInt64) + pl.lit(start, pl.UInt64)
        z = _folded(z, 30) * pl.lit(_FIRST, pl.UInt64)
        z = _folded(z, 27) * pl.lit(_SECOND, pl.UInt64)
        top = _folded(z, 31) // pl.lit(1 << (64 - _FRACTION_BITS), pl.UInt64)
        return top.cast(pl.Float64) / float(1 << _FRACTION_BITS)

    def below(self, what: str, limit: int | pl.Expr) -> pl.Expr:
        """Int64, from 0 to `limit` - 1."""
        return (self.fraction(what) * limit).floor().cast(pl.Int64)

    def happens(self, what: str, likely: float | pl.Expr) -> pl.Expr:
        """Boolean, true as often as `likely` says."""
        return self.fraction(what) < likely

    def one_of(self, what: str, choices: Sequence[str | int | None], weights: Sequence[int] | None = None) -> pl.Expr:
        """One of `choices`, each as often as its weight says."""
        if weights is not None:
            choices = [choice for choice, n in zip(choices, weights, strict=True) for _ in range(n)]
        return pl.lit(pl.Series(choices)).gather(self.below(what, len(choices)))

    def order(self, what: str, weight: pl.Expr) -> pl.Expr:
        """Float64 whose largest values are a weighted sample without replacement; 0 where the weight is 0.

        Source: Efraimidis and Spirakis 2006.
        """
        return pl.when(weight > 0).then(self.fraction(what).pow(1 / weight)).otherwise(0.0)


def _folded(z: pl.Expr, bits: int) -> pl.Expr:
    return z ^ (z // pl.lit(1 << bits, pl.UInt64))
