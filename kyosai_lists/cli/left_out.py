"""Lists that could not be used, told loudly beside the answer about all the others."""

import sys

import typer

from kyosai_lists.cli.commands.main_commands import NEEDS_A_PERSON
from kyosai_lists.errors import KyosaiError


def tell_left_out(left_out: tuple[KyosaiError, ...]) -> None:
    """
    Raises:
        typer.Exit: something was left out, so that a person has to look.
    """
    if not left_out:
        return
    print(f"使えないリストが{len(left_out)}件あるため、除きました。", file=sys.stderr)
    for error in left_out:
        print(f"  {error.happened}{error.todo}", file=sys.stderr)
    print("kyosai-lists lists check で、直すところがすべて見られます。", file=sys.stderr)
    raise typer.Exit(NEEDS_A_PERSON)
