"""Who sits at this computer, and what its clock says."""

import getpass
import platform
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kyosai_lists.usecases.act import Act

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def this_act() -> "Act":
    from kyosai_lists.usecases.act import Act

    return Act(datetime.now(UTC), _plain(_user()), _plain(platform.node()))


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a service's account without a name
        return "不明"


def _plain(text: str) -> str:
    return _UNPRINTABLE.sub("", text)
