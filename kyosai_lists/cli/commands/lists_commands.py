"""lists, lists show, lists count, lists explain."""

from typing import Annotated

import typer

from kyosai_lists.cli.japanese import JapaneseCommand, JapaneseGroup
from kyosai_lists.cli.options import AsJson, AsOf, Values, occasion, opened

app = typer.Typer(
    cls=JapaneseGroup,
    help="どんなリストがあるか、何人か、なぜ載る・載らないかを調べます。",
    invoke_without_command=True,
)


@app.callback()
def overview(context: typer.Context, json: AsJson = False) -> None:
    if context.invoked_subcommand is None:
        from kyosai_lists.cli.show import show_lists
        from kyosai_lists.usecases.asking.look_at_lists import all_lists

        show_lists.lists_overview(all_lists(opened()), as_json=json)


@app.command("show", cls=JapaneseCommand)
def show_one(
    list_id: Annotated[str, typer.Argument(metavar="リスト")],
    as_of: AsOf = None,
    values: Values = None,
    json: AsJson = False,
) -> None:
    """リストのきまり、数字、計画の根拠、条件ごとの残り人数を表示します。"""
    from kyosai_lists.cli.show import show_lists
    from kyosai_lists.usecases.asking.look_at_lists import show_list

    show_lists.shown_list(show_list(opened(), list_id, occasion(as_of, values)), as_json=json)


@app.command(cls=JapaneseCommand)
def count(
    list_ids: Annotated[list[str] | None, typer.Argument(metavar="リスト…", show_default="すべて")] = None,
    as_of: AsOf = None,
    values: Values = None,
    json: AsJson = False,
) -> None:
    """単組ごとの人数を表示します(案内停止などを除いたあと)。"""
    from kyosai_lists.cli.show import show_lists
    from kyosai_lists.usecases.asking.count_lists import count_lists

    asked = occasion(as_of, values)
    show_lists.counts(count_lists(opened(), tuple(list_ids or ()), asked), asked.as_of, as_json=json)


@app.command(cls=JapaneseCommand)
def explain(
    list_id: Annotated[str, typer.Argument(metavar="リスト|all")],
    member_no: Annotated[str, typer.Argument(metavar="組合員番号")],
    as_of: AsOf = None,
    values: Values = None,
    json: AsJson = False,
) -> None:
    """その人がリストに載る・載らない理由を、条件ごとに表示します。all では、もうすぐ載るリストから順に出します。"""
    from kyosai_lists.cli.show import show_explanations
    from kyosai_lists.usecases.asking.explain_member import explain_member

    ids = () if list_id == "all" else (list_id,)
    found = explain_member(opened(), ids, member_no, occasion(as_of, values))
    show_explanations.explanations(found, one=list_id != "all", as_json=json)
