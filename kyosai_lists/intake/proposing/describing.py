"""What is said of each column: what it stands for, why, how sure that is, and what a person must look at."""

from collections import Counter

from kyosai_lists.intake.layouts import Column, Kind
from kyosai_lists.intake.opening.sheet import letter
from kyosai_lists.intake.proposing.contents import unreadable_share
from kyosai_lists.intake.proposing.lines import can_be_named
from kyosai_lists.intake.proposing.profile import Profile
from kyosai_lists.intake.proposing.proposal import Confidence, ProposedColumn
from kyosai_lists.intake.proposing.shapes import masked
from kyosai_lists.intake.proposing.weighing import Pair, Weighed
from kyosai_lists.text import header_key
from kyosai_lists.vocabulary import YES_NO

_SPEAKS_FOR_ITSELF = 0.9
_BEARS_IT_OUT = 0.3  # what a bold column's cells must at least say for it


def described(
    weighed: Weighed, headings: tuple[str, ...], profiles: list[Profile], *, recognised: bool, sure_of_layout: bool
) -> list[ProposedColumn]:
    """One for each column, in the order of the file. In a `recognised` sheet nothing is guessed from cells alone."""
    fields = {column: field for field, column in weighed.given.items()}
    keys = Counter(header_key(heading) for heading in headings)
    out = []
    for index, (heading, profile) in enumerate(zip(headings, profiles, strict=True)):
        field = fields.get(index)
        if field is not None and recognised and not _named_or_alike(weighed.pairs[field][index]):
            field = None
        writable = can_be_named(heading) and keys[header_key(heading)] == 1
        out.append(
            _described(weighed, field, index, headings, profile, writable=writable, sure_of_layout=sure_of_layout)
        )
    return out


def _named_or_alike(pair: Pair) -> bool:
    return pair.known or pair.likeness.same_word


def _described(
    weighed: Weighed,
    field: int | None,
    index: int,
    headings: tuple[str, ...],
    profile: Profile,
    *,
    writable: bool,
    sure_of_layout: bool,
) -> ProposedColumn:
    example = masked(profile.first)
    if field is None:
        reason = (
            "ほかの列と同じ意味の見出しです" if index in weighed.doubled else "当てはまる列がありません。読みません"
        )
        return ProposedColumn(
            letter(index), headings[index], None, False, Confidence.UNKNOWN, reason, example, writable=writable
        )
    column, pair = weighed.layout.columns[field], weighed.pairs[field][index]
    checks = [] if pair.known else _checks(weighed, field, index, headings)
    words = _unfit_words(profile, column, weighed)
    sure = not checks and sure_of_layout and _sure(pair, column, profile)
    confidence = Confidence.KNOWN if pair.known else Confidence.CERTAIN if sure else Confidence.LIKELY
    return ProposedColumn(
        letter(index),
        headings[index],
        column.header,
        column.required,
        confidence,
        _reason(pair, column, profile),
        example,
        "。".join([*checks, *words]) or None,
        writable,
    )


def _sure(pair: Pair, column: Column, profile: Profile) -> bool:
    if pair.likeness.same_word:
        return pair.evidence.score >= (_BEARS_IT_OUT if column.required else 0) and profile.filled > 0
    return not pair.likeness.score and _speaks_for_itself(pair, column)


def _speaks_for_itself(pair: Pair, column: Column) -> bool:
    """Words that only this column holds; no number, day or name is ever that clear."""
    only_such_words = column.kind is Kind.PRODUCT or (column.kind is Kind.CHOICE and column.choices != YES_NO)
    return only_such_words and pair.evidence.score >= _SPEAKS_FOR_ITSELF


def _checks(weighed: Weighed, field: int, index: int, headings: tuple[str, ...]) -> list[str]:
    pair = weighed.pairs[field][index]
    said = []
    if alike := weighed.look_alikes(field, index):
        others = "、".join(f"{letter(other)}列{_quoted(headings[other])}" for other in alike[:5])
        said.append(f"{others}も同じように見えます。必ず確かめてください")
    if pair.evidence.score < 0:
        said.append(f"{pair.evidence.reason}。必ず確かめてください")
    elif not pair.likeness.score and not alike and not _speaks_for_itself(pair, weighed.layout.columns[field]):
        said.append("中身だけから選びました。必ず確かめてください")
    return said


def _unfit_words(profile: Profile, column: Column, weighed: Weighed) -> list[str]:
    held_back = column.required or column.kind in (Kind.DATE, Kind.PRODUCT)
    share = unreadable_share(profile, column, weighed.layout) if held_back else 0
    if not share:
        return []
    percent = max(1, round(share * 100))
    return [f"中身の約{percent}%は、この列に使えない書き方です(そのままでは、その行が保留になります)"]


def _quoted(heading: str) -> str:
    return f"「{heading.strip()}」" if heading.strip() else ""


def _reason(pair: Pair, column: Column, profile: Profile) -> str:
    if pair.known:
        return "見出しがそのまま分かります"
    reasons = []
    if pair.likeness.same_word:
        reasons.append(f"見出しが「{column.header}」の別の言い方です")
    elif pair.likeness.score:
        reasons.append(f"見出しが「{pair.likeness.word}」に似ています")
    if pair.evidence.score > 0 and pair.evidence.reason:
        reasons.append(pair.evidence.reason)
    if not profile.filled:
        reasons.append("中身はありません")
    return "。".join(reasons)
