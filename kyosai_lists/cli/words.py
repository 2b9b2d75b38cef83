"""Words that several answers share."""

from collections.abc import Mapping

FATES = {
    "new": "新規", "changed": "変更", "unchanged": "前と同じ", "duplicate": "重複", "quarantined": "保留", "held": "組合員待ち",
}  # fmt: skip


def fates_in_words(counts: Mapping[str, object]) -> str:
    """`新規 3 + 保留 1`, "0" for a file without rows."""
    return " + ".join(f"{word} {counts[fate]:,}" for fate, word in FATES.items() if counts[fate]) or "0"
