"""Everything that can go wrong in an expected way, as one small tree.

KyosaiError                 exit 1: refused or failed, nothing changed
├── UsageError              exit 2: the command was given wrongly
├── ConfigError             kyosai.toml cannot be used
├── FileRefused             an input file cannot be taken in
├── StoreError              the store cannot be opened or is not in a usable state
├── RuleError               a rule file is wrong (with file and line)
├── TemplateError           a workbook template cannot be used
└── ExportError             an export could not be completed

Anything else that is raised is a bug (exit 3). A message has three parts, in Japanese office words: what happened,
what is unchanged, what to do. Personal data never stands in a message, except a 組合員番号 that the user typed.
"""

UNCHANGED = "データは前のままです。"


class KyosaiError(Exception):
    """An expected failure: `happened`, `unchanged` and `todo` are complete Japanese sentences."""

    exit_code = 1

    def __init__(self, happened: str, todo: str, unchanged: str = UNCHANGED) -> None:
        self.happened = happened
        self.unchanged = unchanged
        self.todo = todo
        super().__init__(f"{happened}{unchanged}{todo}")


class UsageError(KyosaiError):
    exit_code = 2


class ConfigError(KyosaiError):
    pass


class FileRefused(KyosaiError):
    pass


class StoreError(KyosaiError):
    pass


class RuleError(KyosaiError):
    """`place` is `queries/fire-only.sql:7`."""

    def __init__(self, place: str, what: str, todo: str) -> None:
        self.place = place
        super().__init__(f"{place}: {what}", todo)


class TemplateError(KyosaiError):
    pass


class ExportError(KyosaiError):
    pass
