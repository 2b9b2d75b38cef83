"""lists, lists show, lists count, lists explain, lists check, lists new; lists diff stands beside it."""

from typing import Annotated

import typer

from kyosai_lists.cli.commands import diff_command
from kyosai_lists.cli.japanese import JapaneseCommand, JapaneseGroup
from kyosai_lists.cli.left_out import tell_left_out
from kyosai_lists.cli.options import AsJson, AsOf, Values, day, occasion, opened

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
        from kyosai_lists.usecases.usable_lists import wrong_files

        workspace = opened()
        show_lists.lists_overview(all_lists(workspace), as_json=json)
        tell_left_out(wrong_files(workspace))


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
    from kyosai_lists.usecases.usable_lists import usable_lists

    workspace, asked = opened(), occasion(as_of, values)
    usable = usable_lists(workspace, tuple(list_ids or ()), asked)
    show_lists.counts(count_lists(workspace, usable.ids, asked), asked.as_of, as_json=json)
    tell_left_out(usable.left_out)


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
    from kyosai_lists.usecases.usable_lists import usable_lists

    workspace, asked = opened(), occasion(as_of, values)
    usable = usable_lists(workspace, () if list_id == "all" else (list_id,), asked, ("people",))
    found = explain_member(workspace, usable.ids, member_no, asked)
    show_explanations.explanations(found, one=list_id != "all", as_json=json)
    tell_left_out(usable.left_out)


@app.command(cls=JapaneseCommand)
def check(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="リスト|ファイル…", show_default="作業フォルダーの queries のすべて", help="調べるルール"
        ),
    ] = None,
    as_of: AsOf = None,
    json: AsJson = False,
) -> None:
    """県支部のルール(queries のファイル)を調べ、直すところをすべて、行の番号と直し方とともに表示します。"""
    from kyosai_lists.cli.show.show_rules import checked_rules
    from kyosai_lists.usecases.rules.check_rules import check_rules

    checked = check_rules(opened(), tuple(names or ()), day(as_of))
    checked_rules(checked, as_json=json)
    if any(rule.findings for rule in checked):
        raise typer.Exit(1)


@app.command("new", cls=JapaneseCommand)
def new_one(
    list_id: Annotated[str, typer.Argument(metavar="リスト", help="新しい名前(半角の英小文字・数字・ハイフン)")],
    source: Annotated[
        str | None, typer.Option("--from", metavar="リスト", help="元にするリスト(はじめからあるもの)")
    ] = None,
    json: AsJson = False,
) -> None:
    """新しいリストのルールを、書きはじめられる形で queries に作ります。"""
    from kyosai_lists.cli.show.show_rules import started_rule
    from kyosai_lists.usecases.rules.start_rule import start_rule

    started_rule(start_rule(opened(), list_id, source), as_json=json)


diff_command.add_to(app)
