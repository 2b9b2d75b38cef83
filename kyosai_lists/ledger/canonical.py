"""One text for one value: JSON with sorted keys and no spaces, so that its hash says whether it is the same."""

import hashlib
import json
from typing import Any


def canonical(value: Any) -> str:
    """`value` of dictionaries with texts as keys, lists, texts, whole numbers, booleans and None."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def sha256(data: bytes | str) -> str:
    return hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()
