"""Keys for finding people by name or kana, however it is spelled. For searching only: a key is never stored and never shown.

The key that rules go by (`text.match_key`) keeps 髙橋 and 高橋 apart, because a rule must
not take two people for one; here a clerk who types either is to find both, and then sees who it is. So the table below may go further than matching ever could.
"""

import re
import unicodedata
from string import ascii_lowercase, ascii_uppercase

# One row for each kanji: the form that stands for all, then those that stand for it in people's names. Taken together are
# the old forms that a name may be registered with (戸籍法施行規則 別表第二の二: 惠 is 恵, 瀨 is 瀬), the shapes that JIS X 0208
# unifies and Unicode does not (髙, 﨑, 𠮷), and the 俗字 that family registers carry on (嶌, 邉, 冨, 渕). Left out are different
# kanji that only look alike or are read alike: 埼 is not 崎, 萩 not 荻, 菅 not 管, 辺 not 部, 伊東 not 伊藤.
# Other compatibility ideographs (神, 福, 塚 …) are one with theirs after NFKC.
_SAME_KANJI = """
亜亞 悪惡 為爲 囲圍 壱壹 隠隱 栄榮 衛衞 鋭銳 円圓 縁緣 塩鹽 艶艷 応應 桜櫻 奥奧 横橫 温溫 価價 会會
絵繪 懐懷 壊壞 学學 岳嶽 楽樂 覚覺 鎌鐮 勧勸 関關 巻卷 寛寬 館舘 観觀 巌巖 気氣 喜㐂憙 亀龜 帰歸 旧舊
教敎 郷鄕鄉 峡峽 侠俠 尭堯 暁曉 区區 駆驅駈 勲勳 薫薰 恵惠 渓溪 経經 蛍螢 鶏鷄 芸藝 桒桑 県縣 剣劍劔
検檢 倹儉 険險 顕顯 験驗 厳嚴 戸戶户 広廣 晃晄 恒恆 黄黃 国國囯 黒黑 冴冱 済濟 斉齊斎齋斋亝 崎﨑嵜 桟棧
参參 蚕蠶 賛贊 児兒 実實 寿壽 収收 従從 渋澁 縦縱 叙敍 将將 奨奬 渉涉 昇曻 焼燒 称稱 乗乘 浄淨 条條
畳疊 嬢孃 譲讓 醸釀 晋晉 真眞 慎愼 尽盡 粋粹 穂穗 瀬瀨 声聲 静靜 清淸 青靑 聡聰 浅淺 銭錢 船舩 戦戰
繊纖 禅禪 曽曾 蔵藏 荘莊 装裝 捜搜 巣巢 総總 増增 双雙 即卽 続續 蔣蒋 帯帶 滝瀧 沢澤 択擇 団團 弾彈
遅遲 昼晝 鋳鑄 庁廳 徴徵 聴聽 鎮鎭 鶴靏鸖靍 鉄鐵 点點 転轉 伝傳 嶋島嶌 灯燈 当當 党黨 稲稻 徳德 独獨
読讀 栃杤 土圡 富冨 鴎鷗 禰祢 野埜 拝拜 売賣 麦麥 髪髮 浜濱濵 桧檜 彦彥 桝枡 仏佛 払拂 辺邊邉 変變
弁辨辯瓣 歩步 峰峯 宝寶寳 豊豐 穣穰 褒襃 槙槇 松枩 万萬 満滿 弥彌 薮藪 薬藥 柳栁桺 与與 余餘 誉譽 揺搖
様樣 謡謠 遥遙 来來 莱萊 頼賴 覧覽 竜龍 凉涼 緑綠 凛凜 塁壘 礼禮 霊靈 齢齡 暦曆 歴歷 恋戀 錬鍊 郎郞
録錄 芦蘆 籠篭 亘亙 吉𠮷 高髙 渕淵渊 橋𣘺 丈𠀋 秋穐 煕熙凞 臈﨟 欅﨔 迩邇 壷壺 驒騨 毎每 戯戲 呑吞
柏栢 鴬鶯 弐貳 闘鬪 昂昻
"""
_KANJI = {ord(other): row[0] for row in _SAME_KANJI.split() for other in row[1:]}
_LARGE = str.maketrans("ァィゥェォッャュョヮヵヶ", "アイウエオツヤユヨワカケ")
_KATAKANA = {code: code + 0x60 for code in range(ord("ぁ"), ord("ゖ") + 1)}
_SHAPES: dict[int, int | str] = {
    **_KANJI,
    **_KATAKANA,
    **_LARGE,
    **{small - 0x60: large for small, large in _LARGE.items()},
    **str.maketrans("ヲヰヱをゐゑ", "オイエオイエ"),
    **dict.fromkeys(map(ord, "‐‑‒–—―−-"), "ー"),  # a dash in a name is a long vowel sign mistyped
    **str.maketrans(ascii_uppercase, ascii_lowercase),
}
# Variation selectors (辻󠄀), what has no width, and lone surrogates.
_UNSEEN = re.compile("[\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff\ud800-\udfff\U000e0100-\U000e01ef]+")
_SPACES = re.compile(r"\s+")
_AGAIN = re.compile("([㐀-鿿豈-﫿\U00020000-\U0003ffff])(々+)")
_LETTER = re.compile("[ア-ヺ]")
# What is written for a long vowel after a letter that ends in that vowel: ショウコ, ショオコ, ショーコ; ケイコ, ケーコ.
_LENGTHENED = {"A": "アー", "I": "イー", "U": "ウー", "E": "エイー", "O": "オウー"}


def search_key(text: str) -> str:
    """The text without what people spell now so, now so: width, spaces, hiragana, small kana, ヅ and ズ, variant kanji, 々.

    Marks stay (ヤマサキ is not ヤマザキ), and so do long vowels, which only `pattern` sees through.
    """
    plain = unicodedata.normalize("NFKC", _UNSEEN.sub("", text))
    large = _SPACES.sub("", plain).translate(_SHAPES)
    marked = unicodedata.normalize("NFC", large)  # ｶ and ゛ came apart
    key = marked.replace("ヂ", "ジ").replace("ヅ", "ズ")
    return _AGAIN.sub(lambda found: found[1] * (1 + len(found[2])), key)


def pattern(text: str) -> str:
    """A regular expression that finds, in the `search_key` of a name or of its kana, every spelling of `text`; "" for nothing.

    >>> pattern("しょうこ")
    'シヨ[オウー]コ'
    """
    written, vowel = [], ""
    for letter in search_key(text):
        long = letter in _LENGTHENED.get(vowel, "")
        written.append(f"[{_LENGTHENED[vowel]}]" if long else re.escape(letter))
        vowel = _vowel(letter)
    return "".join(written)


def _vowel(letter: str) -> str:
    """The vowel that a kana ends in, which its name does too: KATAKANA LETTER GA."""
    return unicodedata.name(letter, "")[-1:] if _LETTER.fullmatch(letter) else ""
