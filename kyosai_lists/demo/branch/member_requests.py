"""What members asked for: applications just received, and not to be approached (案内停止)."""

from datetime import date, timedelta
from random import Random

from kyosai_lists.demo.branch.branch import Branch
from kyosai_lists.demo.branch.date_styles import iso, slashes, written
from kyosai_lists.demo.branch.enrolment import WEIGHTS, pick
from kyosai_lists.demo.proportions import (
    APPLICATION_STATES,
    APPLIED,
    APPLIED_TO_MAIN,
    STOP_EVERYTHING,
    STOP_REASONS,
    STOPPED,
)
from kyosai_lists.products import BY_ID, MAIN_OF_ATTACHED

_STOPS = 160


def application_rows(branch: Branch) -> list[dict[str, str]]:
    """Received in the six weeks before D; a few 不備 or 取下. Earliest first."""
    rng = Random(f"{branch.seed}/applications")
    held = [contract for contract in branch.contracts if contract.held(branch.moment.as_of)]
    rows = []
    for product, count in APPLIED.items():
        holders = {contract.owner for contract in held if contract.product == product}
        free = [p for p in branch.people if p not in holders and (p.in_service or p.retired)]
        for person in pick(rng, free, WEIGHTS[product], count):
            rows.append(_application(rng, branch, person.number, product, "", ""))
    for product, count in APPLIED_TO_MAIN.items():
        attached = {contract.main for contract in held if contract.product == product}
        bare = [c for c in held if c.product == MAIN_OF_ATTACHED[product] and c not in attached]
        types = BY_ID[product].types
        for main in rng.sample(bare, min(count, len(bare))):
            rows.append(_application(rng, branch, main.owner.number, product, main.number, rng.choice(types)))
    rows.sort(key=lambda row: (row["受付日"], row["組合員番号"], row["共済種類"], row["主契約番号"]))
    return _first_of_each(rows, "組合員番号", "共済種類", "受付日")


def _application(rng: Random, branch: Branch, number: str, product: str, main: str, type_: str) -> dict[str, str]:
    received = branch.moment.as_of - timedelta(days=rng.randrange(1, 42))
    return {
        "組合員番号": number,
        "共済種類": rng.choice((BY_ID[product].name, BY_ID[product].short)),
        "受付日": iso(received),
        "状態": rng.choices(*APPLICATION_STATES)[0],
        "主契約番号": main,
        "タイプ": type_,
    }


def stop_rows(branch: Branch) -> list[dict[str, str]]:
    """案内停止, some for everything, with dates around D; one for a number that no roster has."""
    rng = Random(f"{branch.seed}/stops")
    chosen = rng.sample(branch.people, _STOPS)
    rows = []
    for person in sorted(chosen, key=lambda p: p.number):
        product = BY_ID[rng.choice(STOPPED)]
        what = "" if rng.random() < STOP_EVERYTHING else rng.choice((product.name, product.short))
        rows.append(_stop(rng, branch.moment.as_of, person.number, what))
    rows.append(_stop(rng, branch.moment.as_of, "09000001", ""))
    return rows


def _stop(rng: Random, as_of: date, number: str, what: str) -> dict[str, str]:
    day = timedelta(days=1)
    long_ago = as_of - timedelta(days=rng.randrange(2, 700))
    starts = rng.choices((None, long_ago, as_of - day, as_of, as_of + day), (25, 45, 10, 10, 10))[0]
    ends = rng.choices((None, as_of - day, as_of, as_of + day, as_of + timedelta(days=300)), (55, 10, 10, 10, 15))[0]
    if starts and ends and ends < starts:
        ends = starts
    return {
        "組合員番号": number,
        "共済種類": what,
        "開始日": written(rng, starts, (slashes,)),
        "終了日": written(rng, ends, (slashes,)),
        "理由": rng.choices(*STOP_REASONS)[0],
    }


def _first_of_each(rows: list[dict[str, str]], *key: str) -> list[dict[str, str]]:
    seen: dict[tuple[str, ...], dict[str, str]] = {}
    for row in rows:
        seen.setdefault(tuple(row[name] for name in key), row)
    return list(seen.values())
