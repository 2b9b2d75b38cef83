"""The words a column may hold: the code that the store and the rules use, the word people read, and other spellings.

Source: interface.md §1, the choices in brackets after each column.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Choices:
    """`words` maps a code to the word shown; `spellings` maps any further accepted spelling to a code."""

    words: dict[str, str]
    spellings: dict[str, str]

    def accepted(self) -> dict[str, str]:
        """Every spelling that is understood, and its code."""
        return {word: code for code, word in self.words.items()} | self.spellings


def _choices(words: dict[str, str], **spellings: str) -> Choices:
    return Choices(words, spellings)


YES_NO = Choices({"yes": "有", "no": "無"}, {"あり": "yes", "なし": "no", "有り": "yes", "無し": "no"})

UNION_KIND = _choices(
    {
        "city": "市",
        "town": "町",
        "village": "村",
        "prefecture": "県",
        "association": "一部事務組合",
        "corporation": "公社",
        "private": "民間",
        "merged": "産別統合",
    }
)
GROUP_LIFE_MENU = _choices({"standard": "通常", "young": "若年層型", "small": "小口型"})
EMPLOYMENT = _choices(
    {"regular": "正規", "fiscal_year": "会計年度任用職員", "reemployed": "再任用", "temporary": "臨時・非常勤"}
)
STATUS = _choices({"active": "現職", "leave": "休職", "retired": "退職", "left": "脱退", "dead": "死亡"})
AFTER_LEAVING = _choices(
    {"complete": "完全離脱", "reemployment": "再任用予定", "other_body": "他団体", "undecided": "未定"}
)
DWELLING = _choices({"owned": "持家", "rented": "賃貸", "company": "社宅", "parents": "実家"})
INSURED = _choices({"self": "本人", "spouse": "配偶者", "child": "子", "parent": "親"})
APPLICATION_STATE = _choices({"received": "受付", "defective": "不備", "withdrawn": "取下"})
TARGET_KIND = _choices({"new": "新契約", "held": "保有", "transfer": "移行"})
TARGET_MEASURE = _choices({"contracts": "件数", "units": "口数", "premium": "掛金円"})
TARGET_ROUND = _choices({"first": "第1次", "second": "第2次"})
CAMPAIGN_KIND = _choices({"continuous": "継続", "spot": "スポット", "new_hires": "新規採用者"})
GUIDE_KIND = _choices({"group_life": "団体生命", "contents": "家財"})

# The columns of a 保留 workbook beside those of the original row.
HOLD_NUMBER = "保留番号"
HOLD_ANSWER = "保留の処理"
HOLD_REASON = "保留の理由"
HOLD_REMEDY = "直し方"
HOLD_PLACE = "元の場所"
HOLD_COLUMNS = (HOLD_NUMBER, HOLD_ANSWER, HOLD_REASON, HOLD_REMEDY, HOLD_PLACE)
HOLD_WITHDRAWN = "取りやめ"  # in HOLD_ANSWER: the row comes off 保留 and is not taken in
