"""The one person whom a typed 組合員番号 names; `17-00000090` names the prefecture too."""

from kyosai_lists.errors import UsageError
from kyosai_lists.store import quarantine, read
from kyosai_lists.store.engine import Connection
from kyosai_lists.text import code_key


def only_person(connection: Connection, text: str) -> str:
    """The member_key of the person.

    Raises:
        UsageError: nobody, or more than one person, has the number.
    """
    keys = read.member_keys(connection, code_key(text))
    if not keys and row_on_hold(connection, code_key(text)):
        raise UsageError(
            f"組合員番号 {text} の人の行は保留になっています。",
            "直して取り込むまで、どのリストにも載りません。直し方は kyosai-lists held で見られます。",
        )
    if not keys:
        raise UsageError(f"組合員番号 {text} の人は登録されていません。", "番号(先頭の0も含めて)を確かめてください。")
    if len(keys) > 1:
        raise several(text, keys)
    return keys[0]


def row_on_hold(connection: Connection, number: str) -> bool:
    """Whether a row of the 名簿 with this number is on 保留. `number`: normalised, without the prefecture."""
    return bool(quarantine.open_rows(connection, "members")["member_key"].str.ends_with(f"-{number}").any())


def several(text: str, keys: list[str]) -> UsageError:
    return UsageError(
        f"組合員番号 {text} の人が{len(keys)}人います。", f"県コードを付けて指定してください(例: {keys[0]})。"
    )
