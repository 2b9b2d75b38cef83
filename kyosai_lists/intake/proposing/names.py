"""Whether a column holds names, kana, workplaces, addresses, telephone numbers."""

from kyosai_lists.intake.proposing import shapes as s
from kyosai_lists.intake.proposing.evidence import MOSTLY, NOTHING, Evidence, Surroundings, share_as_evidence
from kyosai_lists.intake.proposing.profile import Profile


def name(profile: Profile, _: Surroundings) -> Evidence:
    share = profile.share(s.PERSON)
    # Words such as 解約 look like a short name, but there are only a few of them.
    if share >= 0.7 and len(profile.counts) > min(10, profile.filled * 0.5):
        return Evidence(0.75 * share, "中身が漢字の氏名です")
    nothing_like_it = profile.share(*s.NEVER_A_HEADING, s.WORD, s.PRODUCT, s.UNION, *s.KANA) >= 0.5
    return Evidence(-0.6, "中身が氏名ではありません") if nothing_like_it else NOTHING


def kana(profile: Profile, _: Surroundings) -> Evidence:
    return share_as_evidence(profile.share(*s.KANA), 0.9, "中身がかなです", "中身がかなではありません", -0.6)


def workplace(profile: Profile, _: Surroundings) -> Evidence:
    share = profile.share(s.WORKPLACE)
    if share >= 0.5:
        return Evidence(0.65 if share < MOSTLY else 0.75, "中身が「…課」「…所」などの職場の名前です")
    wrong = profile.share(*s.DAYS, *s.KANA, s.MAIL, s.PHONE, s.MOBILE) >= 0.5
    return Evidence(-0.5, "中身が職場の名前ではありません") if wrong else NOTHING


def union_name(profile: Profile, _: Surroundings) -> Evidence:
    share = profile.share(s.UNION)
    return Evidence(0.85 * share, "中身が「…組合」などの名前です") if share >= 0.5 else NOTHING


def postal_code(profile: Profile, _: Surroundings) -> Evidence:
    if profile.share(s.POSTAL) >= MOSTLY:
        return Evidence(0.95, "中身が郵便番号です")
    seven = profile.share_that(lambda key: len(key) == 7 and key.isdecimal())
    return share_as_evidence(seven, 0.7, "7桁の番号です", "中身が郵便番号ではありません", -0.5)


def address(profile: Profile, _: Surroundings) -> Evidence:
    return share_as_evidence(profile.share(s.PLACE), 0.9, "中身が住所です", "中身が住所ではありません", -0.4)


def phone(profile: Profile, _: Surroundings) -> Evidence:
    mobiles, phones = profile.share(s.MOBILE), profile.share(s.PHONE)
    if phones >= 0.5 and phones + mobiles >= MOSTLY:
        return Evidence(0.85, "中身が電話番号です")
    return NOTHING if mobiles + phones >= 0.5 else Evidence(-0.3, "中身が電話番号ではありません")


def mobile(profile: Profile, _: Surroundings) -> Evidence:
    if profile.share(s.MOBILE) >= 0.8:
        return Evidence(0.9, "中身が携帯電話の番号です")
    return NOTHING if profile.share(s.MOBILE, s.PHONE) >= 0.5 else Evidence(-0.3, "中身が携帯電話の番号ではありません")


def mail(profile: Profile, _: Surroundings) -> Evidence:
    return share_as_evidence(
        profile.share(s.MAIL), 0.95, "中身がメールアドレスです", "中身がメールアドレスではありません", -0.6
    )


def list_ids(profile: Profile, _: Surroundings) -> Evidence:
    ids = profile.share_that(
        lambda text: all(part.strip().replace("-", "").isalpha() and part.isascii() for part in text.split(";"))
    )
    return share_as_evidence(ids, 0.85, "中身がリストの名前です", "中身がリストの名前ではありません", -0.5)
