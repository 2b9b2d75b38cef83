"""Who must be on each list of people, read word by word from lists.md and written down in the plainest Python there is.

No SQL, no frames, nothing of the product: one person at a time, every contract looked at in turn. Slow on purpose.
The rows stand by subject in `oracle_*.py`; here is what they have in common.
"""

from datetime import date

from . import oracle_car, oracle_group_life, oracle_guides, oracle_house, oracle_pension, oracle_retiree
from .facts import Member, World
from .oracle_said import said
from .oracle_stops import why_not
from .verdict import ListRule, Verdict

IN_SERVICE = ("active", "leave")
SUBJECTS: dict[str, dict[str, ListRule]] = {
    "group_life": oracle_group_life.LISTS,
    "guides": oracle_guides.LISTS,
    "retiree": oracle_retiree.LISTS,
    "pension": oracle_pension.LISTS,
    "car": oracle_car.LISTS,
    "house": oracle_house.LISTS,
}
LISTS: dict[str, ListRule] = {list_id: rule for lists in SUBJECTS.values() for list_id, rule in lists.items()}
_OFFERED = {
    "group_life": """young-unenrolled new-hire-unenrolled young-follow-up renewal-premium-notice group-life-unenrolled
                  cover-below-guide family-unenrolled group-life-keep liability-rider fiscal-year-staff role-retirement""",
    "retiree_group_life": "retiree-transfer late-fifties-notice",
    "natural_disaster": "fire-only disaster-standard",
    "fire": "housing-unenrolled fire-retiring fire-half-covered contents-below-guide fire-new-scheme",
    "sogo": "sogo-unenrolled",
    "long_term": "pension-unenrolled pension-top-up pension-keep reemployment-lump-sum",
    "my_car": "car-unenrolled car-family car-retiring car-bicycle-rider car-as-anchor",
    "vehicle_damage": "car-no-vehicle-cover",
    "cali": "cali-expiring",
    "child_maturity": "child-savings",
    "traffic": "traffic-unenrolled",
    "care": "care-middle-aged",
    "post_retirement": "retiree-pension retiree-whole-life",
}
OFFERS = {list_id: product for product, ids in _OFFERED.items() for list_id in ids.split()}


def verdict(world: World, list_id: str, member: Member) -> Verdict:
    found = LISTS[list_id](world, member)
    matched = found.matched and member.status in IN_SERVICE
    ordered = sorted(found.contracts, key=lambda c: (c.renews or date.max, c.key)) if matched else []
    facts = said(world, list_id, member, ordered) if matched else ()
    return Verdict(matched, why_not(world, OFFERS[list_id], member), tuple(c.key for c in ordered), facts)
