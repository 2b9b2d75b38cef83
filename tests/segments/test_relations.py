"""What the relations say of family, guides and 特約, each on both databases."""

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from kyosai_lists.config import Settings
from kyosai_lists.products import riders_key
from kyosai_lists.segments.parameters import standard_binds
from kyosai_lists.segments.relations import COLUMNS, with_clause
from kyosai_lists.store import tables
from kyosai_lists.store.engine import reading, writing

from .facts import Application, Contract, Member, World
from .fill import IMPORT, fill
from .worlds import UNIONS

D = date(2026, 11, 1)
ME = "17-00001"


def asked(store: sa.Engine, sql: str, as_of: date = D) -> list[tuple[Any, ...]]:
    with reading(store) as connection:
        relations = with_clause(store.dialect.name, Settings().retirement_table())
        statement = sa.text(f"{relations}\n{sql}")
        binds = {name: standard_binds(as_of)[name] for name in statement._bindparams}
        if store.dialect.name == "sqlite":
            binds = {name: value.isoformat() if isinstance(value, date) else value for name, value in binds.items()}
        return [tuple(row) for row in connection.execute(statement, binds)]


def person(store: sa.Engine, born: date = date(1980, 7, 7), **facts: Any) -> None:
    """One person in an otherwise empty store; `facts`: further columns of `members`."""
    fill(store, World(D, UNIONS, [Member(ME, UNIONS[1], born, date(2005, 4, 1), "regular", "active")]))
    with writing(store) as connection:
        connection.execute(sa.delete(tables.guides))
        if facts:
            connection.execute(sa.update(tables.members).values(**facts))


@pytest.mark.parametrize(
    ("spouse", "children", "size"),
    [(None, None, 1), ("no", 0, 1), ("yes", None, 2), ("yes", 2, 4), (None, 3, 4), ("no", 1, 2)],
)
def test_a_family_is_the_member_the_spouse_and_the_children(
    store: sa.Engine, spouse: str | None, children: int | None, size: int
) -> None:
    person(store, spouse=spouse, children=children)
    assert asked(store, "SELECT family_size FROM people") == [(size,)]


@pytest.mark.parametrize(
    ("born", "as_of", "age"),
    [
        (None, D, None),
        (date(2014, 11, 1), D, 12),
        (date(2014, 11, 2), D, 11),
        (date(2016, 2, 29), date(2028, 2, 28), 11),
        (date(2016, 2, 29), date(2027, 2, 28), 10),
        (date(2016, 2, 29), date(2027, 3, 1), 11),
    ],
)
def test_the_youngest_child_ages_as_everybody_does(
    store: sa.Engine, born: date | None, as_of: date, age: int | None
) -> None:
    person(store, youngest_born_on=born)
    assert asked(store, "SELECT youngest_age FROM people", as_of) == [(age,)]


@pytest.mark.parametrize(
    ("born", "age"),
    [  # 年度(D) is from 1 April 2026; an age is reached on the day before the birthday
        (date(1966, 4, 1), 61), (date(1966, 4, 2), 60), (date(1967, 4, 1), 60), (date(1967, 4, 2), 59),
        (date(1966, 11, 1), 60), (date(1968, 2, 29), 59),
    ],
)  # fmt: skip
def test_an_age_is_reached_in_a_fiscal_year_on_the_day_before_the_birthday(
    store: sa.Engine, born: date, age: int
) -> None:
    person(store, born)
    assert asked(store, "SELECT age_in_fiscal_year FROM people") == [(age,)]


def test_contracts_for_the_family_are_those_for_anyone_and_say_for_whom(store: sa.Engine) -> None:
    world = World(D, UNIONS, [Member(ME, UNIONS[1], date(1980, 7, 7), date(2005, 4, 1), "regular", "active")])
    for insured in (None, "self", "spouse", "child", "parent"):
        key = f"{ME}-{insured}"
        world.contracts.append(Contract(key, ME, "group_life", D, D, insured=insured))
        world.contracts.append(Contract(f"{key}-over", ME, "group_life", date(2020, 1, 1), date(2026, 10, 31)))
        world.contracts.append(Contract(f"{key}-next", ME, "group_life", date(2026, 11, 2), insured=insured))
    world.applications.append(Application(ME, "group_life", D, "received"))
    fill(store, world)
    everybody = {None, "self", "spouse", "child", "parent"}
    held = asked(store, "SELECT insured FROM family_held")
    assert sorted(map(str, held)) == sorted(str((whom,)) for whom in everybody)
    to_come = asked(store, "SELECT state, insured FROM family_contracts")
    expected = [(state, whom) for state in ("held", "pending") for whom in everybody]
    assert sorted(map(str, to_come)) == sorted(map(str, expected))


GUIDES = [
    # kind, age from, age to, 家族数, 住居区分, 口数
    ("group_life", 40, 49, "", "", 10),
    ("group_life", 40, 49, "3", "", 20),
    ("group_life", 46, 46, "", "owned", 15),
    ("group_life", 46, 46, "3", "owned", 30),
    ("group_life", 46, 50, "3", "owned", 28),
    ("group_life", 51, 60, "2", "", 50),
    ("contents", 40, 49, "", "rented", 7),
]


@pytest.mark.parametrize(
    ("age", "facts", "units"),
    [
        (46, {}, (10, None)),
        (39, {}, (None, None)),
        (40, {}, (10, None)),
        (49, {}, (10, None)),
        (50, {}, (None, None)),
        (46, {"dwelling": "owned"}, (15, None)),
        (46, {"dwelling": "rented"}, (10, 7)),
        (46, {"spouse": "yes", "children": 1}, (20, None)),
        (46, {"spouse": "yes", "children": 1, "dwelling": "owned"}, (28, None)),  # both say as much: the smaller
        (47, {"spouse": "yes", "children": 1, "dwelling": "owned"}, (28, None)),
        (45, {"spouse": "yes", "children": 1, "dwelling": "owned"}, (20, None)),
        (55, {"children": 1}, (50, None)),
        (55, {"children": 2}, (None, None)),
    ],
)
def test_of_several_guides_the_one_that_says_most_fits(
    store: sa.Engine, age: int, facts: dict[str, Any], units: tuple[int | None, int | None]
) -> None:
    person(store, date(2026 - age, 3, 3), **facts)
    columns = ("kind", "age_from", "age_to", "family_size", "dwelling", "units")
    with writing(store) as connection:
        rows = [dict(zip(columns, guide, strict=True)) | {"import_id": IMPORT} for guide in GUIDES]
        connection.execute(sa.insert(tables.guides), rows)
    assert asked(store, "SELECT group_life_units, contents_units FROM fitting_guides") == [units]
    with writing(store) as connection:
        connection.execute(sa.delete(tables.guides))


def test_a_rider_is_found_by_its_whole_name_however_it_was_spelled(store: sa.Engine) -> None:
    person(store)
    spellings = ["類焼損害;個人賠償責任", "個人賠償責任特約", " 個人賠償責任 ； 弁護士費用", "個人賠償責任等", "", None]
    rows = [
        {"contract_key": f"17-{n}", "contract_no": str(n), "pref": "17", "member_key": ME, "member_no": "00001"}
        | {"product": "fire", "effective_on": D, "riders": said, "import_id": IMPORT}
        | {"riders_key": riders_key(said) if said else None}
        for n, said in enumerate(spellings)
    ]
    with writing(store) as connection:
        connection.execute(sa.insert(tables.contracts), rows)
    found = asked(store, "SELECT contract_no FROM enrolled e WHERE e.riders LIKE '%;個人賠償責任;%'")
    assert sorted(found) == [("0",), ("1",), ("2",)]


@pytest.mark.parametrize("relation", COLUMNS)
def test_every_relation_has_exactly_the_columns_it_promises(store: sa.Engine, relation: str) -> None:
    person(store)
    columns = ", ".join(f"r.{name}" for name in COLUMNS[relation])
    assert isinstance(asked(store, f"SELECT {columns} FROM {relation} r"), list)
