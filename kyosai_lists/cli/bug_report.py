"""A bug: what is said on the screen, and its details in a file that the branch can send."""

import traceback
from datetime import datetime
from pathlib import Path

from kyosai_lists import __version__

# One call is one transaction: what is half done is never kept, but the bug may have come after its end.
_STOPPED = "プログラムの不具合で止まりました。途中までの変更は残りません(終わっていたかどうかは、もう一度実行すると分かります)。"


def bug_message(error: BaseException) -> str:
    """A bug's details go to a file, as places in our code: an exception's own text may hold a person's data."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{f.filename}:{f.lineno} {f.name}" for f in frames]
    places += getattr(error, "places", ())  # what the process that reads files said of itself
    lines = [f"{type(error).__name__} {getattr(error, 'kind', '')}\n", *(f"  {place}\n" for place in places)]
    log = Path.home() / "kyosai-lists-error.log"
    try:
        with log.open("a", encoding="utf-8") as file:
            file.write(f"{datetime.now().astimezone().isoformat()} kyosai-lists {__version__} ")
            file.writelines(lines)
    except OSError:
        return f"{_STOPPED}配布元に知らせてください。"
    return f"{_STOPPED}{log} を配布元に送ってください(個人情報は入っていません)。"
