"""Headings that unions and core systems use for a column and that are too loose, or too foreign, to be read unasked.

「所属」 is a synonym in `layouts.py` and understood at once; 「職番」 or KUMIAI_NO here only leads to a proposal, which a person
looks at. Latin letters are compared without signs between them, and with long vowels made short (KUMIAI_NO, kumiaiNo).
"""

_MEMBER_NO = """職番 職員No 職員コード 職員CD 職員ID 社員番号 社員コード 会員番号 会員No 会員コード 個人番号 個人コード 個人CD 整理番号
 組合員ID 組合員CD 組番 加入者No 加入者コード 加入番号 memberno memberid membernumber membercode employeeno employeeid empno
 empid staffno staffid shokuinno shokuinbango shokuincd shainno kumiaino kumiaiinno kumiaiinbango kumiaiincd kaiinno"""
_UNION_CODE = """単組 単組No 単組ID 組合CD 組合番号 組合No 支部コード 支部CD 団体コード 団体番号 団体CD tanso tansocd tansono tansocode
 tansokodo unioncode unioncd unionno unionid branchcode dantaicd kumiaicd kumiaicode sibucd shibucd"""
_PRODUCT = """共済 商品 商品名 共済名 共済商品 共済制度 保障 種目 product productname productcode kyosai kyosaishurui kyosaisyurui
 shohin shohinmei shumoku kyosaicd"""

# field → words; "layout.field" where the same field means something else elsewhere.
WORDS: dict[str, str] = {
    "pref": "県 県CD 県番号 都道府県 都道府県CD 都道府県番号 prefcode prefcd pref kencd kencode kenno",
    "member_no": _MEMBER_NO,
    "union_code": _UNION_CODE,
    "union_codes": f"対象単組 {_UNION_CODE}",
    "product": _PRODUCT,
    "workplace": """職場 部署 部署名 配属 配属先 所属課 所属部署 所属先 課 課所名 課室名 勤務地 勤務場所 事業所 事業所名 department
 dept deptname section workplace shozoku shozokumei busho bushomei shokuba shokubamei office""",
    "workplace_order": "職場の順 部署順 所属順番 並び順 並順 表示順 deptorder sortorder shokubajun",
    "members.name": """姓名 お名前 職員名 職員氏名 会員名 会員氏名 社員名 加入者名 加入者氏名 氏名漢字 漢字名 name fullname namekanji
 kanjiname membername employeename staffname shimei shimeikanji kanjishimei namae""",
    "kana": """よみ よみがな 読み 読み仮名 読みがな 振り仮名 振仮名 かな ヨミ ヨミガナ カナ名 氏名フリガナ 名前カナ 氏名ヨミ 氏名半角カナ
 kana namekana kananame furigana yomi yomigana shimeikana kanashimei hurigana reading""",
    "born_on": """生年月 生年 生月日 出生日 出生年月日 誕生年月日 生まれ birth birthday birthdate dateofbirth dob bornon born
 seinengappi seinengapi tanjobi birthymd seinenymd""",
    "sex": "男女 男女別 性 性別コード sex gender seibetsu seibetu",
    "hired_on": """採用年月 採用年 採用辞令日 入職日 入職年月日 入職 入社日 入社年月日 就職日 任用日 任用年月日 任用開始日 雇用開始日 入庁年月日
 hiredate hiredon hired hireday joindate joined joinedon startdate dateofhire employedon saiyobi saiyonengappi saiyohi saiyo
 saiyoymd nyushabi nyucho nyuchobi""",
    "employment": """身分 身分区分 職員区分 職員種別 雇用 雇用種別 雇用種類 任用形態 任用種別 任用 勤務形態 職種区分 employment
 employmenttype emptype employmentstatus jobtype contracttype koyo koyokubun koyokbn koyokeitai ninyo ninyokubun ninyokbn mibun
 mibunkbn shokuinkbn shokuinkubun""",
    "status": """異動 異動区分 在職 在職区分 在職状況 現況 現在の状態 状況 資格 資格区分 加入状況 在籍状態 在籍の有無 status memberstatus
 workstatus zaiseki zaisekikubun zaisekikbn zaishoku zaishokukbn genkyo idokbn idokubun shikakukbn""",
    "leaving_planned_on": """退職見込日 退職予定年月 退職日 退職年月日 定年退職日 定年日 retiredate retirementdate leavingdate
 plannedretirement taishokubi taishokuyotei taishokuyoteibi""",
    "after_leaving": "退職後の予定 退職後進路 退職後の進路 afterretirement afterleaving taishokugo taishokugokbn",
    "householder": "世帯主か 世帯 householder headofhousehold setainushi setainushikbn",
    "spouse": "配偶者の有無 婚姻 既婚 結婚 spouse married marriage haigusha haigushaumu",
    "children": "子供数 子ども数 子ども 子供 お子さんの数 お子様人数 子の数 扶養子 children numberofchildren childcount konoinzu kodomo kosu",
    "youngest_born_on": "末子の誕生日 末の子の生年月日 末子生年 youngestbirth youngestborn youngestchildbirth sueko matsushi masshi",
    "dwelling": "住まい お住まい 居住区分 居住形態 住宅区分 住居 住宅 dwelling housing residence jukyo jukyokubun jukyokbn jutakukbn",
    "union_role": "組合の役職 執行部 役員 役員名 unionrole role yakushoku kumiaiyakushoku",
    "postal_code": "郵便 郵便No 〒番号 zip zipcode postalcode postcode yubin yubinbango yubinno",
    "address": "自宅住所 現住所 居所 所在地 address homeaddress jusho juso jyusho",
    "extension": "内線No 内線電話 extension ext naisen naisenno naisenbango",
    "phone": "電話No 固定電話 自宅TEL 自宅電話番号 連絡先 連絡先電話 連絡先電話番号 tel telno phone phoneno phonenumber telephone denwa denwabango",
    "mobile": "ケータイ けいたい 携帯No 携帯TEL スマホ mobile mobileno mobilephone cell cellphone cellno keitai keitaidenwa keitaino keitaitel",
    "mail": "メアド アドレス 電子メール mail email mailaddress emailaddress meru meado",
    "unions.name": "名称 単組正式名 団体名 団体名称 組合名称 支部名 unionname tansomei dantaimei kumiaimei",
    "unions.kind": "種類 種別 団体区分 自治体区分 組合区分 unionkind uniontype tansokubun tansokbn",
    "sogo_participation": "総合取組 総合共済の取組 総合共済加入 sogo sogokyosai sogotorikumi",
    "group_life_menu": "団生メニュー 団体生命 団生 grouplifemenu dantaiseimei",
    "cali_agreement": "自賠責 自賠責の協定 calIagreement cali jibaiseki jibaisekikyotei",
    "model_union": "モデル モデル指定 modelunion model",
    "renewal_campaign_on": "継続募集日 継続開始日 継続募集 renewalcampaign keizokuboshubi",
    "contact_name": "担当 窓口 連絡担当 contact contactname tanto tantosha",
    "contact_mail": "担当メール 窓口メール contactmail contactemail",
    "contract_no": """契約コード 契約CD 契約ID 証券番号 証券No 証書No 加入証番号 contractno contractid contractnumber policyno
 keiyakuno keiyakubango keiyakucd shoshono shokenno""",
    "type": "種別 プラン コース 型名 契約型 type plan taipu kata course",
    "insured": "被保険者 被保険者区分 続柄 対象者 被共済者との続柄 insured relation relationship hikyosaisha tsuzukigara",
    "units": "口 加入口数 口数計 units unit kuchisu kosu",
    "premium": "掛金額 月額 保険料 掛け金 払込額 月額保険料 premium kakekin kakekingaku getsugaku hokenryo amount",
    "effective_on": """発効 契約日 契約年月日 契約開始日 始期 始期日 効力発生日 加入日 加入年月日 effectivedate effective effectiveon
 contractdate hakkobi hakkonengappi hakko hakkoymd keiyakubi shiki kanyubi""",
    "renews_on": "満期 終期 終期日 満了日 保険期間終了日 更新日 maturity maturitydate expirydate renewaldate renewson mankibi manki mankiymd",
    "contracts.ended_on": "解約日 解約年月日 消滅日 失効日 脱退日 enddate endedon ended shuryobi shuryoymd kaiyakubi",
    "end_reason": "解約理由 消滅理由 解約事由 異動理由 endreason shuryoriyu kaiyakuriyu",
    "main_contract_no": "主契約 主契約コード 親契約番号 親契約 maincontractno maincontract shukeiyakuno shukeiyakubango",
    "riders": "特約名 付加特約 特約コード riders rider tokuyaku",
    "inspection_on": "車検日 車検満期 車検 車検有効期限 inspection inspectiondate shaken shakenbi",
    "received_on": "受付 受理日 受領日 申込年月日 受付月日 receivedon received receiptdate uketsukebi uketukebi moshikomibi",
    "state": "処理状況 処理状態 進捗 state applicationstate jotai",
    "business_year": "年 会計年度 businessyear fiscalyear year nendo jigyonendo",
    "targets.kind": "種別 区分名 目標種別 targetkind kubun",
    "measure": "単位 計数 measure shihyo",
    "round": "回 次数 回次 round",
    "value": "目標数 計画値 計画 計画数 target targetvalue goal mokuhyo mokuhyochi",
    "code": "コード 募集ID 募集No 募集番号 code campaigncode campaignid boshucd boshucode",
    "campaigns.name": "名称 募集名称 件名 name campaignname campaign boshumei",
    "campaigns.kind": "募集区分 区分 type campaigntype campaignkind shubetsu",
    "starts_on": "開始 から 自 始 開始年月日 募集開始日 募集開始 停止日 受付日 start startdate startson from kaishibi",
    "ends_on": "終了 まで 至 終 終了年月日 募集終了日 募集終了 締切 締切日 再開日 end enddate endson until to shuryobi",
    "days_ahead": "発行前日数 事前日数 何日前 daysahead leaddays",
    "list_ids": "リスト 対象 出すリスト 対象名簿 lists listids list",
    "reason": "備考 停止の理由 申出内容 事由 摘要 reason riyu memo",
    "guides.kind": "共済 種類 区分 kind type",
    "age_from": "年齢から 最低年齢 下限年齢 下限 agefrom minage",
    "age_to": "年齢まで 最高年齢 上限年齢 上限 ageto maxage",
    "family_size": "家族 世帯人数 家族人数 familysize kazokusu",
}

# A word that makes it somebody else's, or another time's: 配偶者生年月日 is not 生年月日.
OTHERS: tuple[str, ...] = (
    *(
        "配偶者",
        "家族",
        "扶養",
        "保護者",
        "子",
        "末子",
        "親",
        "父",
        "母",
        "上司",
        "担当",
        "緊急",
        "会社",
        "口座",
        "受取",
        "請求",
    ),
    *("旧", "前", "再", "副", "予備", "異動", "発令", "登録", "更新", "作成", "入力", "変更", "勤続", "年齢"),
    *("退職", "満期", "終了", "解約", "停止", "主契約", "車検"),
    *(
        "spouse",
        "child",
        "parent",
        "emergency",
        "contact",
        "account",
        "old",
        "prev",
        "update",
        "create",
        "regist",
        "retire",
        "end",
    ),
    *("haigu", "kazoku", "kinkyu", "kyu", "koshin", "toroku", "manki", "shuryo"),
)
