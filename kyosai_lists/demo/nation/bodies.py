"""The employers beside prefectures and municipalities, all invented: their codes have a letter, so that none is a real one."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Body:
    """`letter`: in the codes of its unions. `size`: about how many people are on a roster."""

    name: str
    kind: str  # 単組区分
    letter: str
    size: int
    offices: tuple[str, ...]


BODIES: tuple[Body, ...] = (
    Body("広域行政事務組合職員労働組合", "一部事務組合", "A", 90, ("総務課", "業務課", "電算センター", "斎場")),
    Body("水道企業団職員労働組合", "一部事務組合", "A", 110, ("総務課", "工務課", "浄水場", "営業所")),
    Body("病院企業団職員労働組合", "一部事務組合", "A", 320, ("病棟", "外来", "検査科", "薬剤科", "事務部", "栄養科")),
    Body("環境衛生組合職員労働組合", "一部事務組合", "A", 60, ("総務課", "クリーンセンター", "リサイクルプラザ")),
    Body("介護保険組合職員労働組合", "一部事務組合", "A", 45, ("総務課", "認定課", "給付課")),
    Body("福祉施設組合職員労働組合", "一部事務組合", "A", 130, ("事務室", "第1寮", "第2寮", "デイサービスセンター")),
    Body("土地開発公社労働組合", "公社", "K", 30, ("総務課", "用地課")),
    Body("公共施設公社労働組合", "公社", "K", 70, ("本部", "体育館", "市民会館", "公園管理事務所")),
    Body("社会福祉協議会労働組合", "民間", "M", 95, ("事務局", "訪問介護事業所", "児童館", "地域包括支援センター")),
    Body("公共サービス労働組合", "民間", "M", 55, ("本社", "第1営業所", "第2営業所")),
    Body("交通労働組合", "産別統合", "S", 140, ("本局", "東営業所", "西営業所", "整備工場")),
    Body("水道労働組合", "産別統合", "S", 120, ("本局", "浄水場", "配水センター")),
)  # fmt: skip
# How often each comes, in the same order.
OFTEN = (20, 12, 6, 16, 6, 6, 4, 6, 10, 5, 4, 5)
AREAS = (
    "東部", "西部", "南部", "北部", "中部", "中央", "東南部", "西南部", "東北部", "西北部", "沿岸", "内陸", "川東", "川西", "山手", "浜手",
)  # fmt: skip
