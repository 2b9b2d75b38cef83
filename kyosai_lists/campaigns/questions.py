"""What does not fit in a campaign: asked of the branch, in office words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kyosai_lists.campaigns.campaign import Campaign
from kyosai_lists.campaigns.issue_day import LONGEST_AHEAD
from kyosai_lists.campaigns.slots import LONGEST, UnionDay, is_old, unions_of

NEW_HIRES_LIST = "new-hire-unenrolled"
_NAMED_AT_MOST = 8


@dataclass(frozen=True)
class Question:
    """`blocks`: its lists cannot come out until it is answered."""

    text: str
    blocks: bool = False


def questions(campaign: Campaign, unions: Sequence[UnionDay], lists: Mapping[str, str], every: str) -> list[Question]:
    """`unions`: all of the store. `lists`: kind ("people", "unions") by id; `every`: the word for every list of people."""
    mine = unions_of(campaign, unions)
    return [*_of_lists(campaign, lists, every), *_of_unions(campaign, unions, mine), *_of_days(campaign, mine)]


def over_already(campaign: Campaign) -> Question:
    """What is asked of one that was over when it was entered."""
    return Question(
        f"終了日 {campaign.ends_on} がもう過ぎているので、名簿は出ません。年の打ちまちがいがないか確かめ、"
        "まちがいなら直して入れ直してください(終わった募集の記録なら、このままでかまいません)"
    )


def _of_lists(campaign: Campaign, lists: Mapping[str, str], every: str) -> Iterator[Question]:
    ids = campaign.list_ids
    if unknown := [list_id for list_id in ids if list_id not in lists and list_id != every]:
        yield Question(f"対象リスト {_named(unknown)} は、ありません", blocks=True)
    if not ids:
        yield Question("対象リストがありません", blocks=True)
    elif all(lists.get(list_id) == "unions" for list_id in ids):
        yield Question("対象リストが単組のリストだけなので、組合員に声をかける名簿は出ません")
    if campaign.kind == "new_hires" and not {NEW_HIRES_LIST, every} & {*ids}:
        yield Question(f"新規採用者の募集ですが、対象リストに {NEW_HIRES_LIST}(新規採用者 団体生命未加入)がありません")


def _of_unions(campaign: Campaign, unions: Sequence[UnionDay], mine: Sequence[UnionDay]) -> Iterator[Question]:
    if unknown := sorted({*campaign.union_codes} - {union.code for union in unions}):
        yield Question(f"単組コード {_named(unknown)} の単組は、登録されていません", blocks=True)
    elif elsewhere := sorted({*campaign.union_codes} - {union.code for union in mine}):
        yield Question(f"単組コード {_named(elsewhere)} は、県コード {campaign.pref} の単組ではありません", blocks=True)
    elif not mine:
        where = f"県コード {campaign.pref} の" if campaign.pref else ""
        yield Question(f"{where}単組が、まだ一つも登録されていません", blocks=True)


def _of_days(campaign: Campaign, mine: Sequence[UnionDay]) -> Iterator[Question]:
    if (campaign.days_ahead or 0) > LONGEST_AHEAD:
        yield Question(f"発行日数前の {campaign.days_ahead}日は、長すぎます", blocks=True)
    if campaign.by_union:
        yield from _of_union_days(campaign, mine)
    elif campaign.starts_on is None:
        yield Question("開始日が空欄です(空欄にできるのは、種別が「継続」の募集だけです)", blocks=True)
    elif campaign.starts_on > campaign.ends_on:
        yield Question(f"開始日 {campaign.starts_on} が、終了日 {campaign.ends_on} よりあとです", blocks=True)
    elif (campaign.ends_on - campaign.starts_on).days > LONGEST:
        yield Question(f"開始日 {campaign.starts_on} から終了日 {campaign.ends_on} まで、1年より長くなっています")


def _of_union_days(campaign: Campaign, mine: Sequence[UnionDay]) -> Iterator[Question]:
    if without := [union.code for union in mine if union.renewal_on is None]:
        yield Question(f"継続募集開始日が空欄の単組には出ません: {_named(without)}")
    days = [(union.code, union.renewal_on) for union in mine if union.renewal_on is not None]
    if late := [code for code, day in days if day > campaign.ends_on]:
        yield Question(f"継続募集開始日が終了日 {campaign.ends_on} よりあとの単組には出ません: {_named(late)}")
    if old := [code for code, day in days if is_old(campaign, day)]:
        yield Question(
            f"継続募集開始日が終了日より1年以上前の単組には出ません(前の年のままではありませんか): {_named(old)}"
        )


def _named(codes: Sequence[str]) -> str:
    more = len(codes) - _NAMED_AT_MOST
    return "・".join(codes[:_NAMED_AT_MOST]) + (f" ほか{more}" if more > 0 else "")
