"""The words in which a file is turned away as a whole."""

from kyosai_lists.errors import FileRefused

DAMAGED = "ファイルが壊れているか、途中で切れています。"
SAVE_AGAIN = "元のファイルをExcelで開けるか確かめ、保存し直してから、もう一度入れてください。"
TOO_LARGE = (
    "必要な表だけを新しいExcelブックに写すか、CSVで保存し直すか、いくつかのファイルに分けて、もう一度入れてください。"
)


def refused(file: str, why: str, todo: str = SAVE_AGAIN) -> FileRefused:
    """`file` is the file's name without its folder; `why` and `todo` are complete sentences without personal data."""
    return FileRefused(f"「{file}」を読めませんでした。{why}", todo)
