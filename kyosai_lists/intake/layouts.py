"""The eight layouts a branch's files come in: their columns, headers, synonyms and what each cell must be.

Source: interface.md §1 (the table of layouts). `field` is the name of the column in the store.
"""

from dataclasses import dataclass, field
from enum import Enum

from kyosai_lists import vocabulary as v


class Kind(Enum):
    """What a cell of the column becomes. In canonical form everything is text; "" is an empty cell."""

    TEXT = "text"  # exactly as it came
    CODE = "code"  # as it came, flagged if Excel had made it a number
    DATE = "date"  # ISO date
    NUMBER = "number"  # whole number in decimal digits
    CHOICE = "choice"  # a code of `choices`
    CHOICES = "choices"  # several codes with ";"
    PRODUCT = "product"  # a product id
    CODES = "codes"  # several codes with ";"


@dataclass(frozen=True)
class Column:
    field: str
    header: str
    kind: Kind = Kind.TEXT
    required: bool = False  # bold in interface.md: the file must have the column
    filled: bool = False  # and the cell must not be empty
    choices: v.Choices | None = None
    synonyms: tuple[str, ...] = ()
    largest: int = 2**31 - 1  # of a NUMBER: what the store's column holds


@dataclass(frozen=True)
class Layout:
    """`key` are the fields that tell two rows apart; `date_order` pairs that must not run backwards."""

    id: str
    title: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    date_order: tuple[tuple[str, str], ...] = ()
    defaults: dict[str, str] = field(default_factory=dict)

    def column(self, name: str) -> Column:
        return next(c for c in self.columns if c.field == name)

    @property
    def required(self) -> tuple[Column, ...]:
        return tuple(c for c in self.columns if c.required)


_PREF = Column("pref", "県コード", Kind.CODE, synonyms=("都道府県コード", "県支部コード"))
_MEMBER_NO = Column(
    "member_no",
    "組合員番号",
    Kind.CODE,
    required=True,
    filled=True,
    synonyms=("組合員NO", "組合員No.", "組合員コード", "職員番号", "加入者番号"),
)
_PRODUCT = Column(
    "product", "共済種類", Kind.PRODUCT, required=True, filled=True, synonyms=("種類", "制度", "制度名", "共済種目")
)
_UNION_CODE = Column(
    "union_code", "単組コード", Kind.CODE, required=True, filled=True, synonyms=("単組CD", "単組番号", "組合コード")
)

UNIONS = Layout(
    "unions",
    "単組",
    (
        _PREF,
        _UNION_CODE,
        Column("name", "単組名", required=True, filled=True, synonyms=("単組名称", "組合名")),
        Column("kind", "単組区分", Kind.CHOICE, choices=v.UNION_KIND, synonyms=("区分",)),
        Column("sogo_participation", "総合共済取組", Kind.CHOICE, choices=v.YES_NO, synonyms=("総合共済",)),
        Column("group_life_menu", "団体生命メニュー", Kind.CHOICES, choices=v.GROUP_LIFE_MENU, synonyms=("メニュー",)),
        Column("cali_agreement", "自賠責協定", Kind.CHOICE, choices=v.YES_NO),
        Column("model_union", "モデル単組", Kind.CHOICE, choices=v.YES_NO),
        Column("renewal_campaign_on", "継続募集開始日", Kind.DATE),
        Column("contact_name", "担当者名", synonyms=("担当者",)),
        Column("contact_mail", "担当者メール", synonyms=("担当者メールアドレス",)),
    ),
    key=("union_code",),
)

MEMBERS = Layout(
    "members",
    "組合員",
    (
        _PREF,
        _MEMBER_NO,
        _UNION_CODE,
        Column("workplace", "職場名", synonyms=("職場", "所属", "所属名", "課名", "勤務先")),
        Column("workplace_order", "職場順", Kind.NUMBER, synonyms=("所属順", "職場コード順")),
        Column("name", "氏名", required=True, filled=True, synonyms=("名前", "組合員氏名", "漢字氏名")),
        Column("kana", "氏名カナ", synonyms=("フリガナ", "ふりがな", "カナ氏名", "氏名かな", "カナ", "シメイ")),
        Column("born_on", "生年月日", Kind.DATE, required=True, filled=True, synonyms=("誕生日",)),
        Column("sex", "性別"),
        Column("hired_on", "採用年月日", Kind.DATE, required=True, filled=True, synonyms=("採用日", "入庁日", "採用")),
        Column(
            "employment",
            "雇用区分",
            Kind.CHOICE,
            required=True,
            filled=True,
            choices=v.EMPLOYMENT,
            synonyms=("雇用形態", "任用区分"),
        ),
        Column(
            "status",
            "在籍区分",
            Kind.CHOICE,
            required=True,
            filled=True,
            choices=v.STATUS,
            synonyms=("在籍状況", "在籍"),
        ),
        Column("leaving_planned_on", "退職予定日", Kind.DATE, synonyms=("退職予定", "退職予定年月日")),
        Column("after_leaving", "退職後区分", Kind.CHOICE, choices=v.AFTER_LEAVING, synonyms=("退職後",)),
        Column("householder", "世帯主", Kind.CHOICE, choices=v.YES_NO, synonyms=("世帯主区分",)),
        Column("spouse", "配偶者", Kind.CHOICE, choices=v.YES_NO, synonyms=("配偶者有無",)),
        Column("children", "子の人数", Kind.NUMBER, synonyms=("子人数", "子ども人数", "子供の人数")),
        Column("youngest_born_on", "末子生年月日", Kind.DATE, synonyms=("末子の生年月日", "末子誕生日")),
        Column("dwelling", "住居区分", Kind.CHOICE, choices=v.DWELLING, synonyms=("住居",)),
        Column("union_role", "組合役職", synonyms=("役職",)),
        Column("postal_code", "郵便番号", Kind.CODE, synonyms=("〒",)),
        Column("address", "住所"),
        Column("extension", "内線", Kind.CODE, synonyms=("内線番号",)),
        Column("phone", "電話番号", Kind.CODE, synonyms=("TEL", "電話", "自宅電話")),
        Column("mobile", "携帯電話", Kind.CODE, synonyms=("携帯", "携帯番号", "携帯電話番号")),
        Column("mail", "メール", synonyms=("メールアドレス", "Eメール", "E-mail", "email")),
    ),
    key=("pref", "member_no"),
)

CONTRACTS = Layout(
    "contracts",
    "契約",
    (
        _PREF,
        Column(
            "contract_no", "契約番号", Kind.CODE, required=True, filled=True, synonyms=("契約NO", "契約No.", "証書番号")
        ),
        _MEMBER_NO,
        _PRODUCT,
        Column("type", "タイプ", synonyms=("契約タイプ", "型")),
        Column("insured", "被共済者", Kind.CHOICE, choices=v.INSURED, synonyms=("被共済者区分", "被共済者続柄")),
        Column("units", "口数", Kind.NUMBER, synonyms=("契約口数",)),
        Column("premium", "月額掛金", Kind.NUMBER, synonyms=("掛金", "月掛金", "掛金月額")),
        Column("effective_on", "発効日", Kind.DATE, required=True, filled=True, synonyms=("契約発効日", "発効年月日")),
        Column("renews_on", "満期日", Kind.DATE, synonyms=("満期年月日", "契約満期日")),
        Column("ended_on", "終了日", Kind.DATE, synonyms=("終了年月日", "契約終了日")),
        Column("end_reason", "終了理由", synonyms=("終了事由",)),
        Column("main_contract_no", "主契約番号", Kind.CODE, synonyms=("主契約NO",)),
        Column("riders", "特約", synonyms=("付帯特約",)),
        Column("inspection_on", "車検満期日", Kind.DATE, synonyms=("車検満了日",)),
    ),
    key=("pref", "contract_no"),
    date_order=(("effective_on", "ended_on"),),
)

APPLICATIONS = Layout(
    "applications",
    "申込受付",
    (
        _PREF,
        _MEMBER_NO,
        _PRODUCT,
        Column("received_on", "受付日", Kind.DATE, required=True, filled=True, synonyms=("申込日", "受付年月日")),
        Column("state", "状態", Kind.CHOICE, choices=v.APPLICATION_STATE, synonyms=("受付状態",)),
        Column("main_contract_no", "主契約番号", Kind.CODE),
        Column("type", "タイプ"),
    ),
    key=("pref", "member_no", "product", "received_on"),
    defaults={"state": "received"},
)

TARGETS = Layout(
    "targets",
    "目標",
    (
        Column("business_year", "事業年度", Kind.NUMBER, required=True, filled=True, synonyms=("年度",)),
        _PREF,
        Column("union_code", "単組コード", Kind.CODE),
        _PRODUCT,
        Column("kind", "区分", Kind.CHOICE, required=True, filled=True, choices=v.TARGET_KIND, synonyms=("目標区分",)),
        Column("measure", "指標", Kind.CHOICE, choices=v.TARGET_MEASURE),
        Column("round", "次", Kind.CHOICE, choices=v.TARGET_ROUND),
        Column(
            "value", "目標値", Kind.NUMBER, required=True, filled=True, synonyms=("目標", "目標件数"), largest=2**63 - 1
        ),
    ),
    key=("business_year", "pref", "union_code", "product", "kind", "measure", "round"),
    defaults={"measure": "contracts", "round": "first"},
)

CAMPAIGNS = Layout(
    "campaigns",
    "募集",
    (
        Column("code", "募集コード", Kind.CODE, required=True, filled=True, synonyms=("募集CD",)),
        Column("name", "募集名", required=True, filled=True),
        Column(
            "kind", "種別", Kind.CHOICE, required=True, filled=True, choices=v.CAMPAIGN_KIND, synonyms=("募集種別",)
        ),
        _PREF,
        Column("union_codes", "単組コード", Kind.CODES),
        Column("starts_on", "開始日", Kind.DATE, required=True),  # a 継続 may leave it empty
        Column("ends_on", "終了日", Kind.DATE, required=True, filled=True),
        Column("days_ahead", "発行日数前", Kind.NUMBER),
        Column("list_ids", "対象リスト", Kind.CODES, required=True, filled=True),
    ),
    key=("code",),
    date_order=(("starts_on", "ends_on"),),
)

SUPPRESSIONS = Layout(
    "suppressions",
    "案内停止",
    (
        _PREF,
        _MEMBER_NO,
        Column("product", "共済種類", Kind.PRODUCT, synonyms=("種類", "制度", "制度名", "対象共済")),
        Column("starts_on", "開始日", Kind.DATE, synonyms=("停止開始日",)),
        Column("ends_on", "終了日", Kind.DATE, synonyms=("停止終了日",)),
        Column("reason", "理由", synonyms=("停止理由",)),
    ),
    key=("pref", "member_no", "product"),
    date_order=(("starts_on", "ends_on"),),
)

GUIDES = Layout(
    "guides",
    "めやす",
    (
        Column("kind", "種別", Kind.CHOICE, required=True, filled=True, choices=v.GUIDE_KIND),
        Column("age_from", "年齢下限", Kind.NUMBER, required=True, filled=True),
        Column("age_to", "年齢上限", Kind.NUMBER, required=True, filled=True),
        Column("family_size", "家族数", Kind.NUMBER),
        Column("dwelling", "住居区分", Kind.CHOICE, choices=v.DWELLING),
        Column("units", "口数", Kind.NUMBER, required=True, filled=True),
    ),
    key=("kind", "age_from", "age_to", "family_size", "dwelling"),
)

# In the order in which they are loaded: a union before its members, a member before their contracts.
LAYOUTS: tuple[Layout, ...] = (UNIONS, MEMBERS, CONTRACTS, APPLICATIONS, SUPPRESSIONS, CAMPAIGNS, TARGETS, GUIDES)
BY_ID: dict[str, Layout] = {layout.id: layout for layout in LAYOUTS}
