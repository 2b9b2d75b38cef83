"""What came out of a campaign already: under a 開始日 that was changed since, or before the store was restored. Nobody gets it
again by itself."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kyosai_lists.campaigns.campaign import Campaign
from kyosai_lists.campaigns.questions import Question
from kyosai_lists.campaigns.slots import Slot

NEAR = 183  # days between two 開始日 of one campaign; more, and it is the next one under the same code


@dataclass(frozen=True)
class CameOut:
    """A run of a campaign. `day`: the 開始日 that it was for; `fills`: it brought out the slot of that day, else a person asked for it.
    `handed`: the unions that got a workbook; `looked_at`: those too that had nobody on the lists, None for every union. `made_on`
    None and `folder`: only a folder tells of it, the 台帳 does not.
    """

    code: str
    day: date
    run_id: str
    made_on: date | None
    fills: bool
    handed: frozenset[str]
    looked_at: frozenset[str] | None
    folder: str = ""

    @property
    def in_words(self) -> str:
        """`2026-11-02、名簿番号 261116-PHCE3`"""
        when = f"{self.made_on}、" if self.made_on else ""
        where = f"、フォルダー「{self.folder}」" if self.folder else ""
        return f"{when}名簿番号 {self.run_id}{where}"


@dataclass(frozen=True)
class Served:
    """Unions of a slot, by code, that have its lists already, each with the run that brought them."""

    slot: Slot
    by: Mapping[str, CameOut]

    def besides(self, union_codes: Collection[str]) -> "Served | None":
        """Those that are not among `union_codes`; None when all are."""
        others = {code: one for code, one in self.by.items() if code not in union_codes}
        return Served(self.slot, others) if others else None

    @property
    def in_words(self) -> str:
        told = [f"{code}(開始日 {one.day}、{one.in_words})" for code, one in self.by.items()]
        how = export_command(self.slot, [*self.by])
        return (
            f"単組 {'・'.join(told)} の名簿は、もう出してあるので、"
            f"開始日 {self.slot.starts_on} の名簿には入れません。要るなら {how} で出してください"
        )


@dataclass(frozen=True)
class Share:
    """What of a slot is still to come out: `slot` without the unions that have theirs, `served`. `question` blocks when nothing is
    left of it, or when it may be out already as a whole; `slot` is then as it was.
    """

    slot: Slot
    question: Question | None = None
    served: Served | None = None


def share_of(slot: Slot, came_out: Sequence[CameOut]) -> Share:
    """Of a slot that has not come out. `came_out`: oldest first."""
    own = [one for one in came_out if one.code == slot.campaign.code]
    for one in own:
        if one.folder and one.day == slot.starts_on:
            return Share(slot, _unknown(slot, one))
    near = near_runs(slot, own)
    if not slot.union_codes:
        filling = [one for one in near if one.fills and _is_for_some_of(slot.campaign, one)]
        return Share(slot, _moved(slot, filling[-1]) if filling else None)
    return _without_the_served(slot, near)


def near_runs(slot: Slot, own: Iterable[CameOut]) -> list[CameOut]:
    """Of the runs of its campaign, oldest first, those for other slots that had come out, of about the same time. What a person
    asked for before a slot came out was to look at: it came out all the same.
    """
    filled: set[date] = set()
    near = []
    for one in own:
        if one.fills:
            filled.add(one.day)
        if one.day in filled and one.day != slot.starts_on and abs((one.day - slot.starts_on).days) <= NEAR:
            near.append(one)
    return near


def _is_for_some_of(campaign: Campaign, one: CameOut) -> bool:
    """Whether the run handed anything to a union that the campaign, as it is now, may be for."""
    return bool(one.handed & {*campaign.union_codes} if campaign.union_codes else one.handed)


def _without_the_served(slot: Slot, near: Iterable[CameOut]) -> Share:
    served = {code: one for one in near for code in sorted(one.handed & {*slot.union_codes})}
    rest = tuple(code for code in slot.union_codes if code not in served)
    if not served:
        return Share(slot)
    if not rest:
        return Share(slot, _moved(slot, served[slot.union_codes[0]]))
    without = Served(slot, dict(sorted(served.items())))
    return Share(replace(slot, union_codes=rest), Question(without.in_words), without)


def _moved(slot: Slot, one: CameOut) -> Question:
    whose = f"単組 {'・'.join(slot.union_codes)}" if slot.union_codes else "この募集"
    said = f"{whose}の名簿は、開始日 {one.day} のときに、もう出してあります({one.in_words})"
    return Question(
        f"{said}。開始日 {slot.starts_on} の名簿は、二重に渡さないように、出さずに待っています。{_what_to_do(slot)}",
        blocks=True,
    )


def _unknown(slot: Slot, one: CameOut) -> Question:
    said = f"開始日 {one.day} の名簿({one.in_words})がありますが、台帳には載っていません"
    why = "データを控えに戻す前に出して、もう渡したものかもしれないので、出さずに待っています"
    return Question(f"{said}。{why}。{_what_to_do(slot)}", blocks=True)


def _what_to_do(slot: Slot) -> str:
    again = export_command(slot, slot.union_codes)
    return f"要らなければ {close_command(slot)} で止め、もう一度出すなら、発行日 {slot.issue.on} からあとに {again} で出してください"


def export_command(slot: Slot, union_codes: Sequence[str]) -> str:
    """What a person types to bring out the slot's lists, for these unions or for all."""
    return f"kyosai-lists export --campaign {slot.campaign.code}{_options(union_codes)} --as-of {slot.starts_on}"


def close_command(slot: Slot, union_codes: Sequence[str] = ()) -> str:
    """What a person types so that the slot's lists do not come out, or that these unions need none of them."""
    return f"kyosai-lists campaigns close {slot.campaign.code} --start {slot.starts_on}{_options(union_codes)}"


def _options(union_codes: Sequence[str]) -> str:
    return "".join(f" --union {code}" for code in union_codes)
