"""Help and wrong usage in Japanese: typer itself speaks English and offers no other language."""

import re

import typer
from typer._click import exceptions  # typer re-exports only BadParameter; the version is bounded in pyproject.toml
from typer._click.core import Context, Parameter
from typer.core import TyperCommand, TyperGroup

from kyosai_lists.errors import UsageError

_HEADINGS = {
    r"^Usage: ": "書き方: ",
    r"^Options:$": "指定できること:",
    r"^Arguments:$": "続けて書くもの:",
    r"^Commands:$": "命令:",
    r"\[OPTIONS\]": "[指定]",
    r"COMMAND \[ARGS\]\.\.\.": "命令 …",
    r"\[default: \(?(.*?)\)?(?:; [^]]*[<>]=[^]]*)?\]$": r"[省略すると: \1]",
    r"\[required\]": "[必須]",
    r" <[\w\[\]]+>": "",
    r"\{(\S+)\}\.\.\.": r"\1",
    r"Show this message and exit\.": "この説明を表示します",
}
_NOTHING_DONE = "何も変わっていません。"


def _in_japanese(text: str) -> str:
    for english, japanese in _HEADINGS.items():
        text = re.sub(english, japanese, text, flags=re.MULTILINE)
    return text


class JapaneseCommand(TyperCommand):
    def get_help(self, ctx: Context) -> str:
        return _in_japanese(super().get_help(ctx))


def help_alone(context: typer.Context) -> None:
    """What a group of commands does when none of them is named."""
    if context.invoked_subcommand is None:
        print(context.get_help())


class JapaneseGroup(TyperGroup):
    def get_help(self, ctx: Context) -> str:
        return _in_japanese(super().get_help(ctx))


def wrong_usage(error: BaseException) -> UsageError | None:
    """What typer says of a wrongly given command, in three Japanese sentences; None for any other error."""
    if not isinstance(error, exceptions.UsageError):
        return None
    command = error.ctx.command_path if error.ctx else "kyosai-lists"
    return UsageError(_what_is_wrong(error), f"{command} --help で書き方が見られます。", _NOTHING_DONE)


def _what_is_wrong(error: exceptions.UsageError) -> str:
    if isinstance(error, exceptions.NoSuchOption):
        return f"「{error.option_name}」という指定はありません。"
    if isinstance(error, exceptions.MissingParameter):
        return f"「{_as_typed(error.param)}」が足りません。"
    if isinstance(error, exceptions.BadParameter):
        return f"「{_as_typed(error.param)}」に書いた値が正しくありません。"
    if found := re.match(r"No such command '(.*?)'", error.message):
        return f"「{found.group(1)}」という命令はありません。"
    return "命令の書き方が違います(足りないか、余分なものがあります)。"


def _as_typed(parameter: Parameter | None) -> str:
    """`--product` of an option; of an argument, what --help calls it."""
    if parameter is None:
        return ""
    name = parameter.opts[0]
    return name if name.startswith("-") else parameter.metavar or name
