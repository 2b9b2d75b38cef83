"""The unions (単組) of the nation: one of each prefecture and municipality, the rest of other bodies."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

import polars as pl

from kyosai_lists.dates import fiscal_year
from kyosai_lists.demo.nation.bodies import AREAS, BODIES, OFTEN
from kyosai_lists.demo.nation.municipalities import Municipality, Prefecture, prefectures

UNIONS = 2_595
_SMALLEST, _LARGEST = 12, 5_800
# Size of a roster by the third digit of the code (1: large cities and wards) or the last character of the name.
_USUAL_SIZE = {"県": 3_600, "1": 2_300, "市": 560, "町": 120, "村": 48}
_SPREAD = 0.55  # of the logarithm: 0.55 makes the largest of forty about five times the smallest
_MENUS = ("通常", "通常;小口型", "通常;若年層型", "通常;若年層型;小口型")
_NO_SOGO = {"産別統合": 0.5, "民間": 0.05, "公社": 0.05}  # the plan names 産別統合 as those that do not take part yet

SCHEMA: dict[str, pl.DataType] = {
    "union_code": pl.String(),
    "pref": pl.String(),
    "union_name": pl.String(),
    "kind": pl.String(),  # 単組区分
    "place": pl.String(),  # prefecture and municipality, as an address begins
    "offices": pl.Int64(),  # the index into BODIES, or null for a municipality or a prefecture
    "last_character": pl.String(),  # of its own name: 市民課, 町民課
    "size": pl.Int64(),  # everyone on its roster
    "menus": pl.String(),
    "strength": pl.Float64(),  # how willingly its members join, 1.0 is usual
    "sogo": pl.Boolean(),
    "cali": pl.Boolean(),
    "model": pl.Boolean(),
    "renewal_on": pl.Date(),
}


@dataclass(frozen=True)
class _Employer:
    """`place`: how an address there begins. `rank`: a key of _USUAL_SIZE. `body`: what else it is, its index in BODIES."""

    pref: str
    code: str
    union: str
    kind: str
    place: str
    rank: str = ""
    body: int | None = None


def make_unions(as_of: date, people: int, seed: int, scale: float = 1.0) -> pl.DataFrame:
    """SCHEMA, by code: UNIONS of them with `people` on their rosters, or the `scale`-th part of them, evenly chosen."""
    rng = Random(f"{seed}/unions")
    employers = sorted(_employers(rng), key=lambda employer: employer.code)
    kept = [e for i, e in enumerate(employers) if math.floor((i + 1) * scale) > math.floor(i * scale)]
    sizes = _sizes([rng.lognormvariate(math.log(_usual_size(e)), _SPREAD) for e in kept], people)
    rows = [_row(rng, employer, size, as_of) for employer, size in zip(kept, sizes, strict=True)]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def _employers(rng: Random) -> Iterator[_Employer]:
    others = UNIONS - sum(1 + len(prefecture.municipalities) for prefecture in prefectures())
    shares = _whole_numbers([4.0 + len(prefecture.municipalities) for prefecture in prefectures()], others)
    for prefecture, count in zip(prefectures(), shares, strict=True):
        yield _of_prefecture(prefecture)
        yield from (_of_municipality(prefecture, place) for place in prefecture.municipalities)
        yield from _of_bodies(rng, prefecture, count)


def _of_prefecture(prefecture: Prefecture) -> _Employer:
    place = prefecture.name + prefecture.municipalities[0].name
    return _Employer(prefecture.code, f"{prefecture.code}000", f"{prefecture.name}職員労働組合", "県", place, "県")


def _of_municipality(prefecture: Prefecture, municipality: Municipality) -> _Employer:
    last = municipality.name[-1]
    kind = {"区": "市"}.get(last, last)
    rank = "1" if municipality.code[2] == "1" else kind
    name = f"{municipality.name}職員労働組合"
    return _Employer(prefecture.code, municipality.code, name, kind, prefecture.name + municipality.name, rank)


def _of_bodies(rng: Random, prefecture: Prefecture, count: int) -> Iterator[_Employer]:
    """`count` different ones of the prefecture: 石川県北部水道企業団職員労働組合, 17A07."""
    all_there_are = [(body, area) for body in range(len(BODIES)) for area in AREAS]
    ranked = sorted(all_there_are, key=lambda pair: -(rng.random() ** (1 / OFTEN[pair[0]])))
    numbers = dict.fromkeys((body.letter for body in BODIES), 0)
    for index, area in sorted(ranked[:count]):
        body = BODIES[index]
        numbers[body.letter] += 1
        code = f"{prefecture.code}{body.letter}{numbers[body.letter]:02}"
        place = prefecture.name + rng.choice(prefecture.municipalities).name
        yield _Employer(prefecture.code, code, f"{prefecture.name}{area}{body.name}", body.kind, place, body=index)


def _usual_size(employer: _Employer) -> float:
    return _USUAL_SIZE[employer.rank] if employer.body is None else BODIES[employer.body].size


def _sizes(wanted: list[float], people: int) -> list[int]:
    """Whole numbers in proportion to `wanted`, from _SMALLEST to _LARGEST, that add up to `people`."""
    factor = people / sum(wanted)
    bounded = [min(_LARGEST, max(_SMALLEST, size * factor)) for size in wanted]
    free = [size if _SMALLEST < size < _LARGEST else 0.0 for size in bounded]
    rest = people - sum(size for size, move in zip(bounded, free, strict=True) if not move)
    return _whole_numbers(
        [move * rest / sum(free) if move else size for size, move in zip(bounded, free, strict=True)], people
    )


def _whole_numbers(parts: list[float], total: int) -> list[int]:
    """`total` dealt out in proportion to `parts`; what rounding leaves goes to the largest fractions."""
    exact = [part * total / sum(parts) for part in parts]
    whole = [math.floor(part) for part in exact]
    largest_fractions = sorted(range(len(parts)), key=lambda i: whole[i] - exact[i])
    for i in largest_fractions[: total - sum(whole)]:
        whole[i] += 1
    return whole


def _row(rng: Random, employer: _Employer, size: int, as_of: date) -> tuple[object, ...]:
    renewal = date(fiscal_year(as_of), 10, 1) + timedelta(days=7 * rng.randrange(6))
    return (
        employer.code, employer.pref, employer.union, employer.kind, employer.place, employer.body,
        employer.union[employer.union.index("職員") - 1] if employer.body is None else "", size,
        rng.choices(_MENUS, (62, 13, 16, 9))[0], rng.choice((0.5, 0.7, 0.9, 1.0, 1.0, 1.1, 1.2, 1.4, 1.6)),
        rng.random() >= _NO_SOGO.get(employer.kind, 0.0), rng.random() < 0.62, rng.random() < 0.06, renewal,
    )  # fmt: skip
