"""Entries for a computer's own scheduler, and how to put them in."""

from collections.abc import Mapping

from kyosai_lists.cli.terminal import as_document, loud

_HOW = {
    "cron": (
        "# crontab -e で開き、次の行を加えます(1時間ごとに確かめ、出すものがなければ何もしません)。",
        "# 時刻は日本時間です。CRON_TZ を読まない cron では、パソコンの時刻になります(発行日は、いつも日本の日付で決まります)。",
    ),
    "systemd": (
        "# 二つのファイルを ~/.config/systemd/user/ に置き、次を実行します。",
        "#   systemctl --user daemon-reload && systemctl --user enable --now kyosai-lists.timer",
    ),
    "windows": (),
}


def entries(scheduler: str, found: Mapping[str, Mapping[str, str]], *, as_json: bool) -> None:
    """A Windows task stands alone, so that it can be sent into a file."""
    files = found[scheduler]
    if as_json:
        as_document({"for": scheduler, "files": dict(files)})
        return
    for line in _HOW[scheduler]:
        print(line)
    for name, text in files.items():
        if len(files) > 1:
            print(f"# ---- {name}")
        print(text, end="")


def doubts(*, without_passwords: bool, elsewhere: bool) -> bool:
    """What would go wrong when the time comes; whether there is anything."""
    if without_passwords:
        loud(
            "この作業フォルダーには、単組ごとのパスワードがまだありません。このままでは、名簿を出すときに断られます。"
            "kyosai-lists passwords make で作るか、--password-file か --no-password か --remind-only を付けてください。"
        )
    if elsewhere:
        loud(
            "データの置き場所が、この画面の環境変数で決められています。予定表から動くときには伝わりません。"
            "kyosai.toml の [store] url に書いてください。"
        )
    return without_passwords or elsewhere
