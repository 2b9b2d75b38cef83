/*---
# 新しいリストのルールです。「#」から行の終わりまでは説明で、読み飛ばされます。
# 書きかえたら kyosai-lists lists check で確かめてください。使える列や言葉は、手引きの「リストを足す」にあります。

title = "持家・若い世代の火災共済未加入"            # 題名
offers = "fire"                                      # ご案内する共済(この共済の案内停止の人は、名簿に載りません)
plan = ["県支部独自"]                                # 計画の項目
priority = 500                                       # 小さいほど先に並びます
document = "火災共済のご案内"                        # 渡すもの
reason = "{age}歳・持家、火災共済に未加入"           # 担当の人に見える理由。{ } の中は列の名前
hint = ""                                            # 職場に回る用紙の手がかり。空なら何も書きません

[parameters.max_age]                                 # 変えられる数字。kyosai.toml でも変えられます
default = 40
meaning = "上限の年齢(歳)"

[dates]                                              # 数字から計算する日付
born_from = "earliest_birth(max_age)"                # max_age 歳以下の人の、いちばん早い生年月日
---*/
SELECT m.member_key
FROM people m
WHERE m.status IN ('active', 'leave')                -- 在職中である
  AND m.dwelling = 'owned'                           -- 持家である
  AND m.born_on >= :born_from                        -- {max_age}歳以下である
  AND NOT EXISTS (SELECT 1 FROM enrolled e           -- 火災共済に加入していない(申込中を含む)
                  WHERE e.member_key = m.member_key AND e.product = 'fire')
