"""Whether a column's digits are somebody's number, a union's code, an amount or a count."""

from kyosai_lists.intake.proposing import shapes as s
from kyosai_lists.intake.proposing.evidence import MOSTLY, NOTHING, Evidence, Surroundings, share_as_evidence
from kyosai_lists.intake.proposing.profile import Profile
from kyosai_lists.intake.rows.values import number_value
from kyosai_lists.text import match_key


def number(profile: Profile) -> Evidence:
    # Separators and units are as `rows.values` takes them.
    share = profile.share_that(lambda key: number_value(key, strict=True).problem is None)
    if share < 0.5 or profile.share(*s.DAYS) >= 0.5:
        return Evidence(-0.5, "中身が数ではありません")
    leading_zeros = any(key.startswith("0") and key != "0" for key in profile.keys)
    return Evidence(0.1 if leading_zeros else 0.35, "中身が数です")


def premium(profile: Profile, _: Surroundings) -> Evidence:
    found = number(profile)
    sums = profile.share_that(lambda key: key.strip("円").endswith("0") and len(key.strip("円")) > 2)
    return Evidence(0.65, "中身が金額らしい数です") if found.score > 0.2 and sums >= 0.5 else found


def year(profile: Profile, _: Surroundings) -> Evidence:
    share = profile.share_that(
        lambda text: match_key(text).removesuffix("年度")[:2] == "20" and len(match_key(text)) < 7
    )
    return share_as_evidence(share, 0.8, "中身が年度らしい数です", "中身が年度ではありません", -0.5)


def code(profile: Profile) -> Evidence:
    return NOTHING if profile.code_share >= 0.5 else Evidence(-0.5, "中身が番号ではありません")


def _usual_length(profile: Profile) -> int:
    return profile.lengths.most_common(1)[0][0]


def person_number(profile: Profile, around: Surroundings) -> Evidence:
    return (
        own_number(profile)
        if "member_no" in around.layout.key and len(around.layout.key) == 2
        else _others_number(profile)
    )


def own_number(profile: Profile, shortest: int = 4) -> Evidence:
    """The number of what the row is about: it never comes twice."""
    if profile.code_share < MOSTLY:
        return Evidence(-0.6, "中身が番号ではありません")
    if profile.distinct_share < 0.98:
        return Evidence(-0.2, "番号ですが、同じものが何度も出てきます")
    if profile.share(s.EIGHT_DIGITS) >= 0.8 or _usual_length(profile) < shortest:
        return Evidence(0.1, "中身が番号です")
    one_length = profile.lengths.most_common(1)[0][1] >= profile.filled * MOSTLY
    score = 0.5 + 0.1 * one_length + 0.2 * profile.ascending + 0.05 * (profile.filled_share == 1)
    return Evidence(score, "番号で、重なりがありません")


def _others_number(profile: Profile) -> Evidence:
    """A person's number where a person may have several rows."""
    if profile.code_share < MOSTLY:
        return Evidence(-0.6, "中身が番号ではありません")
    many = profile.distinct_share >= 0.02 and len(profile.counts) > 1
    digits = profile.share_that(str.isdecimal) >= MOSTLY
    if profile.share(s.EIGHT_DIGITS) >= 0.8 or _usual_length(profile) < 5 or not many or not digits:
        return Evidence(0.1, "中身が番号です")
    return Evidence(0.55 + 0.1 * (profile.filled_share == 1), "いろいろな番号です")


def unit_code(profile: Profile, around: Surroundings) -> Evidence:
    if around.layout.id == "unions":
        return own_number(profile, shortest=3)
    if profile.code_share < MOSTLY or profile.share(s.EIGHT_DIGITS) >= 0.8:
        return Evidence(-0.6, "中身が番号ではありません")
    if not 3 <= _usual_length(profile) <= 7 or (profile.distinct_share > 0.5 and profile.filled > 5):
        return Evidence(0, "中身が番号です")
    return Evidence(0.65, "短い番号で、同じものが何度も出てきます")


def campaign_code(profile: Profile, _: Surroundings) -> Evidence:
    return own_number(profile)


def prefecture(profile: Profile, _: Surroundings) -> Evidence:
    codes = profile.share_that(lambda key: len(key) == 2 and key.isdecimal() and 1 <= int(key) <= 47)
    if codes >= MOSTLY:
        return Evidence(
            0.65 if len(profile.counts) <= max(3, profile.filled * 0.05) else 0.2, "2桁の県コードらしい番号です"
        )
    return Evidence(-0.4, "中身が県コードではありません")
