"""person."""

from typing import Annotated

import typer

from kyosai_lists.cli.japanese import JapaneseCommand
from kyosai_lists.cli.left_out import tell_left_out
from kyosai_lists.cli.options import AsJson, AsOf, day, opened


def person(
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="組合員番号|氏名|カナ",
            help="氏名・カナは一部でもかまいません(ｱ/ア、髙/高 のどちらでも見つかります)",
        ),
    ],
    as_of: AsOf = None,
    json: AsJson = False,
) -> None:
    """その人について登録されているすべて、どのリストに載るか、どの名簿で渡したか、いつ取り込まれたかを表示します。"""
    from kyosai_lists.cli.show import show_person
    from kyosai_lists.usecases.asking.look_up_person import look_up_person

    found = look_up_person(opened(), " ".join(words), day(as_of))
    show_person.looked_up(found, as_json=json)
    tell_left_out(found.person.left_out if found.person else ())


def add_to(app: typer.Typer) -> None:
    app.command("person", cls=JapaneseCommand)(person)
