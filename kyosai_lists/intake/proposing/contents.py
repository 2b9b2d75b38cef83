"""How well what stands in a column fits a field: a score from -1 (cannot be) over 0 (says nothing) to 1, and why in words."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from kyosai_lists.dates import latest_birth, years_before
from kyosai_lists.intake.layouts import Column, Kind, Layout
from kyosai_lists.intake.proposing import shapes as s
from kyosai_lists.intake.proposing.profile import Profile
from kyosai_lists.intake.rows.values import number_value, reader_of
from kyosai_lists.text import match_key
from kyosai_lists.vocabulary import YES_NO, Choices


@dataclass(frozen=True)
class Evidence:
    score: float
    reason: str = ""


@dataclass(frozen=True)
class Surroundings:
    """What else must be known to judge a column."""

    layout: Layout
    today: date
    profiles: list[Profile]


NOTHING = Evidence(0)
_MOSTLY = 0.9
_LIST_IDS = re.compile(r"[a-z]+(?:-[a-z]+)+(?:[;、,][a-z]+(?:-[a-z]+)+)*")
_A_YEAR = re.compile(r"20\d\d(?:年度?)?")
_WORKING_AGE = 14


def evidence(profile: Profile, column: Column, around: Surroundings) -> Evidence:
    """What the cells of `profile` say about its being `column`."""
    if not profile.filled:
        return Evidence(-0.3, "中身が空です") if column.filled and profile.cells else NOTHING
    judge = _BY_FIELD.get(f"{around.layout.id}.{column.field}") or _BY_FIELD.get(column.field)
    if judge:
        return judge(profile, around)
    match column.kind:
        case Kind.DATE:
            return _dates(profile, column, around)
        case Kind.CHOICE | Kind.CHOICES if column.choices:
            return _choice(profile, column.choices)
        case Kind.NUMBER:
            return _number(profile)
        case Kind.PRODUCT:
            return _share(
                profile.share_that(s.is_product),
                0.95,
                "中身が共済種類の名前です",
                "中身が共済種類の名前ではありません",
                -0.5,
            )
        case Kind.CODE:
            return _code(profile)
        case _:
            return NOTHING


def unreadable_share(profile: Profile, column: Column, layout: Layout) -> float:
    """Of the filled cells, how many could not be taken in if this were `column`."""
    reader = reader_of(column, layout, epoch_1904=profile.epoch_1904)
    if reader is None or not profile.filled:
        return 0

    wrong = sum(count for text, count in profile.counts.items() if reader(text).problem is not None)
    return wrong / profile.filled


def _share(share: float, full: float, yes: str, no: str, otherwise: float) -> Evidence:
    if share >= _MOSTLY:
        return Evidence(full * share, yes)
    return Evidence(otherwise, no) if share < 0.5 else Evidence(full * 0.3, f"{yes}(違うものもあります)")


# -- days --------------------------------------------------------------------------------------------------------


def _dates(profile: Profile, column: Column, around: Surroundings) -> Evidence:
    if profile.day_share < 0.5:
        return Evidence(-0.7, "中身が日付ではありません")
    if not profile.real_days:
        return NOTHING
    plausible = _PLAUSIBLE_DAYS.get(column.field)
    found = plausible(profile, around) if plausible else Evidence(0.3, "中身が日付です")
    serial = profile.share(*s.DAYS) < 0.5  # five digits are as often a code
    weight = profile.day_share * (0.6 if serial else 1)
    return Evidence(found.score * weight if found.score > 0 else found.score, found.reason)


def _between(profile: Profile, first: date, last: date) -> float:
    days = profile.real_days
    return sum(first.isoformat() <= day <= last.isoformat() for day in days) / len(days)


def _middle(profile: Profile) -> str:
    return profile.real_days[len(profile.real_days) // 2]


def _on_first_of_month(profile: Profile) -> float:
    return sum(day.endswith("-01") for day in profile.real_days) / len(profile.real_days)


def _births(profile: Profile, around: Surroundings) -> Evidence:
    alive = _between(profile, latest_birth(120, around.today), latest_birth(_WORKING_AGE, around.today))
    if alive < _MOSTLY:
        return Evidence(-0.6, "働く人の生年月日にしては、年が合いません")
    grown_up = _middle(profile) < years_before(around.today, 22).isoformat()
    later = any(other.lies_after(profile, _WORKING_AGE) for other in around.profiles if other is not profile)
    spread = _on_first_of_month(profile) < 0.35
    score = 0.35 + 0.15 * grown_up + 0.3 * later + 0.1 * spread + 0.1 * (profile.filled_share >= 0.95)
    return Evidence(score, "中身が生年月日らしい日付です")


def _hires(profile: Profile, around: Surroundings) -> Evidence:
    if _between(profile, date(1950, 1, 1), date(around.today.year + 1, 12, 31)) < _MOSTLY:
        return Evidence(-0.6, "採用の日にしては、年が合いません")
    earlier = any(profile.lies_after(other, _WORKING_AGE) for other in around.profiles if other is not profile)
    firsts = _on_first_of_month(profile) >= 0.35
    score = 0.25 + 0.25 * earlier + 0.3 * firsts + 0.15 * (profile.filled_share >= 0.95)
    return Evidence(
        score, "中身が採用の日らしい日付です(生年月日より後で、1日付けが多い)" if firsts else "中身が日付です"
    )


def _youngest(profile: Profile, around: Surroundings) -> Evidence:
    if _between(profile, years_before(around.today, 60), around.today) < _MOSTLY:
        return Evidence(-0.6, "子どもの生年月日にしては、年が合いません")
    return Evidence(0.45 if profile.filled_share < 0.9 else 0.2, "中身が子どもの生年月日らしい日付です")


def _future(profile: Profile, around: Surroundings) -> Evidence:
    ahead = _between(profile, years_before(around.today, 1), date(around.today.year + 60, 12, 31))
    return Evidence(0.55, "中身がこれからの日付です") if ahead >= _MOSTLY else Evidence(0, "中身が日付です")


def _begins(profile: Profile, around: Surroundings) -> Evidence:
    always = profile.filled_share >= 0.95 and not profile.shapes[s.NO_DAY]
    past = _between(profile, date(1950, 1, 1), date(around.today.year + 2, 12, 31))
    if past < _MOSTLY:
        return Evidence(-0.3, "始まりの日にしては、年が合いません")
    earlier = any(other.lies_after(profile, 0) for other in around.profiles if other is not profile)
    return Evidence(0.35 + 0.2 * always + 0.2 * earlier, "中身が、始まりらしい日付です")


def _ends(profile: Profile, around: Surroundings) -> Evidence:
    earlier = any(profile.lies_after(other, 0) for other in around.profiles if other is not profile)
    none = profile.shapes[s.NO_DAY] > 0
    return Evidence(0.3 + 0.2 * earlier + 0.2 * none, "中身が、終わりらしい日付です")


_Judge = Callable[[Profile, Surroundings], Evidence]
_PLAUSIBLE_DAYS: dict[str, _Judge] = {
    "born_on": _births,
    "hired_on": _hires,
    "youngest_born_on": _youngest,
    "leaving_planned_on": _future,
    "renews_on": _future,
    "effective_on": _begins,
    "starts_on": _begins,
    "received_on": _begins,
    "ended_on": _ends,
    "ends_on": _ends,
}

# -- words -------------------------------------------------------------------------------------------------------


def _choice(profile: Profile, choices: Choices) -> Evidence:
    accepted = {match_key(word): code for word, code in choices.accepted().items()}
    share = profile.share_that(lambda key: all(part in accepted for part in key.split(";")))
    words = list(choices.words.values())
    listed = "・".join(words[:3]) + ("…" if len(words) > 3 else "")
    if share < 0.5:
        return Evidence(-0.25, f"中身が「{listed}」のどれでもありません")
    if share < _MOSTLY:
        return Evidence(0.3, f"中身の多くが「{listed}」のどれかです")
    several = len({accepted.get(key, "") for key in profile.keys}) > 1
    everywhere = choices == YES_NO  # says nothing of which 有/無 it is
    return Evidence(0.4 if everywhere else 0.95 if several else 0.7, f"中身が「{listed}」のどれかです")


def _sex(profile: Profile, _: Surroundings) -> Evidence:
    share = profile.share_that(lambda key: key in {"男", "女", "男性", "女性"})
    return Evidence(0.95, "中身が男・女です") if share >= _MOSTLY else NOTHING


# -- numbers and codes -------------------------------------------------------------------------------------------


def _number(profile: Profile) -> Evidence:
    # Separators and units are as `rows.values` takes them.
    share = profile.share_that(lambda key: number_value(key, strict=True).problem is None)
    if share < 0.5 or profile.share(*s.DAYS) >= 0.5:
        return Evidence(-0.5, "中身が数ではありません")
    leading_zeros = any(key.startswith("0") and key != "0" for key in profile.keys)
    return Evidence(0.1 if leading_zeros else 0.35, "中身が数です")


def _premium(profile: Profile, _: Surroundings) -> Evidence:
    found = _number(profile)
    sums = profile.share_that(lambda key: key.strip("円").endswith("0") and len(key.strip("円")) > 2)
    return Evidence(0.65, "中身が金額らしい数です") if found.score > 0.2 and sums >= 0.5 else found


def _year(profile: Profile, _: Surroundings) -> Evidence:
    share = profile.share_that(
        lambda text: match_key(text).removesuffix("年度")[:2] == "20" and len(match_key(text)) < 7
    )
    return _share(share, 0.8, "中身が年度らしい数です", "中身が年度ではありません", -0.5)


def _code(profile: Profile) -> Evidence:
    return NOTHING if profile.code_share >= 0.5 else Evidence(-0.5, "中身が番号ではありません")


def _usual_length(profile: Profile) -> int:
    return profile.lengths.most_common(1)[0][0]


def _person_number(profile: Profile, around: Surroundings) -> Evidence:
    return (
        _own_number(profile)
        if "member_no" in around.layout.key and len(around.layout.key) == 2
        else _others_number(profile)
    )


def _own_number(profile: Profile, shortest: int = 4) -> Evidence:
    """The number of what the row is about: it never comes twice."""
    if profile.code_share < _MOSTLY:
        return Evidence(-0.6, "中身が番号ではありません")
    if profile.distinct_share < 0.98:
        return Evidence(-0.2, "番号ですが、同じものが何度も出てきます")
    if profile.share(s.EIGHT_DIGITS) >= 0.8 or _usual_length(profile) < shortest:
        return Evidence(0.1, "中身が番号です")
    one_length = profile.lengths.most_common(1)[0][1] >= profile.filled * _MOSTLY
    score = 0.5 + 0.1 * one_length + 0.2 * profile.ascending + 0.05 * (profile.filled_share == 1)
    return Evidence(score, "番号で、重なりがありません")


def _others_number(profile: Profile) -> Evidence:
    """A person's number where a person may have several rows."""
    if profile.code_share < _MOSTLY:
        return Evidence(-0.6, "中身が番号ではありません")
    many = profile.distinct_share >= 0.02 and len(profile.counts) > 1
    digits = profile.share_that(str.isdecimal) >= _MOSTLY
    if profile.share(s.EIGHT_DIGITS) >= 0.8 or _usual_length(profile) < 5 or not many or not digits:
        return Evidence(0.1, "中身が番号です")
    return Evidence(0.55 + 0.1 * (profile.filled_share == 1), "いろいろな番号です")


def _unit_code(profile: Profile, around: Surroundings) -> Evidence:
    if around.layout.id == "unions":
        return _own_number(profile, shortest=3)
    if profile.code_share < _MOSTLY or profile.share(s.EIGHT_DIGITS) >= 0.8:
        return Evidence(-0.6, "中身が番号ではありません")
    if not 3 <= _usual_length(profile) <= 7 or (profile.distinct_share > 0.5 and profile.filled > 5):
        return Evidence(0, "中身が番号です")
    return Evidence(0.65, "短い番号で、同じものが何度も出てきます")


def _campaign_code(profile: Profile, _: Surroundings) -> Evidence:
    return _own_number(profile)


def _pref(profile: Profile, _: Surroundings) -> Evidence:
    codes = profile.share_that(lambda key: len(key) == 2 and key.isdecimal() and 1 <= int(key) <= 47)
    if codes >= _MOSTLY:
        return Evidence(
            0.65 if len(profile.counts) <= max(3, profile.filled * 0.05) else 0.2, "2桁の県コードらしい番号です"
        )
    return Evidence(-0.4, "中身が県コードではありません")


# -- names and addresses -----------------------------------------------------------------------------------------


def _name(profile: Profile, _: Surroundings) -> Evidence:
    share = profile.share(s.PERSON)
    # Words such as 解約 look like a short name, but there are only a few of them.
    if share >= 0.7 and len(profile.counts) > min(10, profile.filled * 0.5):
        return Evidence(0.75 * share, "中身が漢字の氏名です")
    nothing_like_it = profile.share(*s.NEVER_A_HEADING, s.WORD, s.PRODUCT, s.UNION, *s.KANA) >= 0.5
    return Evidence(-0.6, "中身が氏名ではありません") if nothing_like_it else NOTHING


def _kana(profile: Profile, _: Surroundings) -> Evidence:
    return _share(profile.share(*s.KANA), 0.9, "中身がかなです", "中身がかなではありません", -0.6)


def _workplace(profile: Profile, _: Surroundings) -> Evidence:
    share = profile.share(s.WORKPLACE)
    if share >= 0.5:
        return Evidence(0.65 if share < _MOSTLY else 0.75, "中身が「…課」「…所」などの職場の名前です")
    wrong = profile.share(*s.DAYS, *s.KANA, s.MAIL, s.PHONE, s.MOBILE) >= 0.5
    return Evidence(-0.5, "中身が職場の名前ではありません") if wrong else NOTHING


def _union_name(profile: Profile, _: Surroundings) -> Evidence:
    share = profile.share(s.UNION)
    return Evidence(0.85 * share, "中身が「…組合」などの名前です") if share >= 0.5 else NOTHING


def _postal(profile: Profile, _: Surroundings) -> Evidence:
    if profile.share(s.POSTAL) >= _MOSTLY:
        return Evidence(0.95, "中身が郵便番号です")
    seven = profile.share_that(lambda key: len(key) == 7 and key.isdecimal())
    return _share(seven, 0.7, "7桁の番号です", "中身が郵便番号ではありません", -0.5)


def _address(profile: Profile, _: Surroundings) -> Evidence:
    return _share(profile.share(s.PLACE), 0.9, "中身が住所です", "中身が住所ではありません", -0.4)


def _phone(profile: Profile, _: Surroundings) -> Evidence:
    mobiles, phones = profile.share(s.MOBILE), profile.share(s.PHONE)
    if phones >= 0.5 and phones + mobiles >= _MOSTLY:
        return Evidence(0.85, "中身が電話番号です")
    return NOTHING if mobiles + phones >= 0.5 else Evidence(-0.3, "中身が電話番号ではありません")


def _mobile(profile: Profile, _: Surroundings) -> Evidence:
    if profile.share(s.MOBILE) >= 0.8:
        return Evidence(0.9, "中身が携帯電話の番号です")
    return NOTHING if profile.share(s.MOBILE, s.PHONE) >= 0.5 else Evidence(-0.3, "中身が携帯電話の番号ではありません")


def _mail(profile: Profile, _: Surroundings) -> Evidence:
    return _share(profile.share(s.MAIL), 0.95, "中身がメールアドレスです", "中身がメールアドレスではありません", -0.6)


def _lists(profile: Profile, _: Surroundings) -> Evidence:
    ids = profile.share_that(
        lambda text: all(part.strip().replace("-", "").isalpha() and part.isascii() for part in text.split(";"))
    )
    return _share(ids, 0.85, "中身がリストの名前です", "中身がリストの名前ではありません", -0.5)


_BY_FIELD: dict[str, _Judge] = {
    "pref": _pref,
    "member_no": _person_number,
    "union_code": _unit_code,
    "contract_no": lambda profile, _: _own_number(profile),
    "code": _campaign_code,
    "members.name": _name,
    "unions.name": _union_name,
    "kana": _kana,
    "sex": _sex,
    "workplace": _workplace,
    "premium": _premium,
    "business_year": _year,
    "postal_code": _postal,
    "address": _address,
    "phone": _phone,
    "mobile": _mobile,
    "mail": _mail,
    "contact_mail": _mail,
    "list_ids": _lists,
}
