"""The functions that a rule may call: nothing that reads the clock, the disk, a setting or another database."""

# As written in SQL → what it gives, for those who write rules. The same on SQLite and PostgreSQL.
FUNCTIONS = {
    "COALESCE": "並べた値のうち、空でない最初のもの",
    "NULLIF": "二つの値が同じなら空、違えば一つ目",
    "COUNT": "件数(EXISTS などのかっこの中で)",
    "MIN": "いちばん小さい値、早い日(かっこの中で)",
    "MAX": "いちばん大きい値、遅い日(かっこの中で)",
    "SUM": "合計(かっこの中で)",
    "ABS": "符号を取った大きさ",
    "ROUND": "四捨五入",
    "LENGTH": "文字数",
    "LOWER": "英字を小文字に",
    "UPPER": "英字を大文字に",
    "TRIM": "前後の空白を除く",
    "REPLACE": "文字を置きかえる",
    "SUBSTRING": "文字の一部: SUBSTRING(列, 何文字目から, 何文字)",
}
# As SQLite calls them when it asks whether they may be used; LIKE is an operator to whoever writes it.
CALLED = frozenset(name.lower() for name in FUNCTIONS) | {"substr", "like"}
