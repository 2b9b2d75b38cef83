"""How well what stands in a column fits a field."""

from kyosai_lists.intake.layouts import Column, Kind, Layout
from kyosai_lists.intake.proposing import codes, days, names
from kyosai_lists.intake.proposing import shapes as s
from kyosai_lists.intake.proposing.evidence import MOSTLY, NOTHING, Evidence, Judge, Surroundings, share_as_evidence
from kyosai_lists.intake.proposing.profile import Profile
from kyosai_lists.intake.rows.values import reader_of
from kyosai_lists.text import match_key
from kyosai_lists.vocabulary import YES_NO, Choices


def evidence(profile: Profile, column: Column, around: Surroundings) -> Evidence:
    """What the cells of `profile` say about its being `column`."""
    if not profile.filled:
        return Evidence(-0.3, "中身が空です") if column.filled and profile.cells else NOTHING
    judge = _BY_FIELD.get(f"{around.layout.id}.{column.field}") or _BY_FIELD.get(column.field)
    if judge:
        return judge(profile, around)
    match column.kind:
        case Kind.DATE:
            return days.day(profile, column, around)
        case Kind.CHOICE | Kind.CHOICES if column.choices:
            return _choice(profile, column.choices)
        case Kind.NUMBER:
            return codes.number(profile)
        case Kind.PRODUCT:
            return share_as_evidence(
                profile.share_that(s.is_product),
                0.95,
                "中身が共済種類の名前です",
                "中身が共済種類の名前ではありません",
                -0.5,
            )
        case Kind.CODE:
            return codes.code(profile)
        case _:
            return NOTHING


def unreadable_share(profile: Profile, column: Column, layout: Layout) -> float:
    """Of the filled cells, how many could not be taken in if this were `column`."""
    reader = reader_of(column, layout, epoch_1904=profile.epoch_1904)
    if reader is None or not profile.filled:
        return 0

    wrong = sum(count for text, count in profile.counts.items() if reader(text).problem is not None)
    return wrong / profile.filled


def _choice(profile: Profile, choices: Choices) -> Evidence:
    accepted = {match_key(word): code for word, code in choices.accepted().items()}
    share = profile.share_that(lambda key: all(part in accepted for part in key.split(";")))
    words = list(choices.words.values())
    listed = "・".join(words[:3]) + ("…" if len(words) > 3 else "")
    if share < 0.5:
        return Evidence(-0.25, f"中身が「{listed}」のどれでもありません")
    if share < MOSTLY:
        return Evidence(0.3, f"中身の多くが「{listed}」のどれかです")
    several = len({accepted.get(key, "") for key in profile.keys}) > 1
    everywhere = choices == YES_NO  # says nothing of which 有/無 it is
    return Evidence(0.4 if everywhere else 0.95 if several else 0.7, f"中身が「{listed}」のどれかです")


def _sex(profile: Profile, _: Surroundings) -> Evidence:
    share = profile.share_that(lambda key: key in {"男", "女", "男性", "女性"})
    return Evidence(0.95, "中身が男・女です") if share >= MOSTLY else NOTHING


_BY_FIELD: dict[str, Judge] = {
    "pref": codes.prefecture,
    "member_no": codes.person_number,
    "union_code": codes.unit_code,
    "contract_no": lambda profile, _: codes.own_number(profile),
    "code": codes.campaign_code,
    "members.name": names.name,
    "unions.name": names.union_name,
    "kana": names.kana,
    "sex": _sex,
    "workplace": names.workplace,
    "premium": codes.premium,
    "business_year": codes.year,
    "postal_code": names.postal_code,
    "address": names.address,
    "phone": names.phone,
    "mobile": names.mobile,
    "mail": names.mail,
    "contact_mail": names.mail,
    "list_ids": names.list_ids,
}
