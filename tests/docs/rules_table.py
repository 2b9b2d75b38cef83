"""The tables of docs/rules.md, made from the code that checks and runs rules. `python -m tests.docs.rules_table` puts them there.

What a key, a relation or a function is for is said here; one that the code has and nobody describes is an error.
"""

from collections.abc import Iterable
from pathlib import Path

from kyosai_lists.products import PRODUCTS
from kyosai_lists.segments.front import OPTIONAL, OPTIONAL_OF_UNIONS, REQUIRED, REQUIRED_OF_UNIONS
from kyosai_lists.segments.functions import FUNCTIONS
from kyosai_lists.segments.marks import HARMLESS, SENTENCE_EXTRAS
from kyosai_lists.segments.parameters import DATE_FUNCTIONS
from kyosai_lists.segments.relations import COLUMNS, NUMBERS, STANDARD_DATES
from kyosai_lists.segments.union_relations import COUNTS, UNION_COLUMNS
from kyosai_lists.segments.value_words import words_of
from tests.docs.files_table import filled_page

PAGE = Path(__file__).parents[2] / "docs" / "rules.md"
_RELATIONS = {
    "people": "組合員。登録されている全員が1人1行(退職・脱退などの人もいるので、`status` で在職中に絞ります)",
    "unions": "単組。1単組1行",
    "held": "基準日に有効な、本人の契約。1契約1行",
    "enrolled": "本人の契約のうち、有効なもの・発効前のもの・申込受付中のもの。「未加入」はこの表にないことです",
    "family_held": "`held` と同じで、配偶者・子などの契約もふくむもの(`insured` がだれの分か)",
    "family_contracts": "有効な契約と発効前の契約で、配偶者・子などの契約もふくむもの(申込受付は、だれの分か分からないので入りません)",
    "fitting_guides": "その人に当たるめやす。1人1行。かっこの中の SELECT で、その人だけを見ます",
}
_UNION_RELATIONS = {
    "unions": "単組。1単組1行。単組のリストはここから選びます",
    "prefectures": "県。1県1行。県支部のリストはここから選びます",
    "union_figures": "単組ごとの数",
    "prefecture_figures": "県ごとの数",
    "nation": "全国の数。1行だけ",
}
_KEYS = {
    "kind": "リストの種類。`people`(人。書かなければこれ)か `unions`(単組・県支部)",
    "title": "題名。シートの名前にもなります",
    "offers": "ご案内する共済(下の「共済種類」の左の言葉)。この共済の案内停止の人は載りません",
    "plan": "計画の項目の並び。なければ `[]`",
    "priority": "並べる順番。小さいほど先。はじめからあるリストより後にするなら 500 くらい",
    "document": "渡すもの。表紙に載ります",
    "reason": "担当の人に見える理由の文。`{列}` はその人の値に替わります",
    "hint": "職場に回る用紙の、声かけの手がかり。空でもかまいません",
    "discreet": "`true` なら、担当限りの用紙に載ります(退職に関わるリストなど)",
    "needs_guide": "`group_life` か `contents`。そのめやすが一つも取り込まれていなければ、そう知らせます",
    "parameters": "変えられる数字(または日付)。`[parameters.名前]` の下に `default`(はじめの値)と `meaning`(意味)",
    "dates": '数字と基準日から計算する日付。`名前 = "関数(数字の名前)"`',
    "columns": "単組のリストの列。`[columns.名前]` の下に `heading`(見出し)と `kind`(`number` 数・`percent` 割合・`text` 文字)",
}
_DATE_FUNCTIONS = {
    "earliest_birth": "N歳以下の人の、いちばん早い生年月日(`m.born_on >= :名前` で「N歳以下」)",
    "latest_birth": "N歳以上の人の、いちばん遅い生年月日(`m.born_on <= :名前` で「N歳以上」)",
    "months_before": "基準日のNか月前の日",
    "years_before": "基準日のN年前の日",
    "days_after": "基準日のN日後の日",
}
_SENTENCE_EXTRAS = {
    "contract_names": "SELECT に `contract_key` があるとき、その契約の共済の名前",
    "contract_count": "SELECT に `contract_key` があるとき、その契約の件数",
    "renewal_month": "SELECT に `contract_key` があるとき、いちばん早い満期の月",
}
_LIKE = {"enrolled": "held", "family_held": "held", "family_contracts": "enrolled"}


def tables() -> dict[str, str]:
    """The text of every table by its name."""
    relations = {f"relation-{name}": _relation(name, COLUMNS[name], _RELATIONS[name]) for name in COLUMNS}
    figures = {
        f"figures-{name}": _relation(name, columns, _UNION_RELATIONS[name])
        for name, columns in UNION_COLUMNS.items()
        if name not in COLUMNS
    }
    return relations | figures | {
        "keys": _keys(REQUIRED, OPTIONAL),
        "keys-of-unions": _keys(REQUIRED_OF_UNIONS, OPTIONAL_OF_UNIONS),
        "products": _table(("書く言葉", "共済種類", "タイプ"), ((f"`{p.id}`", p.name, " / ".join(p.types)) for p in PRODUCTS)),
        "standard-dates": _table(("書き方", "日付"), ((f"`:{name}`", said) for name, said in STANDARD_DATES.items())),
        "date-functions": _table(("関数", "日付"), ((f"`{name}(N)`", _DATE_FUNCTIONS[name]) for name in DATE_FUNCTIONS)),
        "functions": _table(("関数", "何になるか"), ((f"`{name}`", said) for name, said in FUNCTIONS.items())),
        "marks": _table(("書き方", "替わるもの"), _marks()),
    }  # fmt: skip


def with_tables(page: str) -> str:
    """`page` with the tables as they should be."""
    return filled_page(page, tables())


def _relation(name: str, columns: dict[str, str], said: str) -> str:
    base = _LIKE.get(name)
    own = {column: words for column, words in columns.items() if base is None or column not in COLUMNS[base]}
    lead = f"{said}。" + (
        f"列は `{base}` と同じ" + ("です。" if not own else "で、次の列が加わります。") if base else ""
    )
    if not own:
        return f"{lead}\n"
    rows = ((f"`{column}`", words, _content(column)) for column, words in own.items())
    return f"{lead}\n\n{_table(('列', '意味', '入っているもの'), rows)}"


def _content(column: str) -> str:
    if column in ("leaving_derived", "leaving_guessed"):
        return "数(1 はい / 0 いいえ)"
    if words := words_of(column):
        return (
            " / ".join(f"`{code}` {word}" for code, word in words.items())
            if column != "product"
            else "上の「共済種類」"
        )
    if column.endswith("_on"):
        return "日付"
    return "数" if column in NUMBERS | COUNTS else "文字"


def _keys(required: Iterable[str], optional: Iterable[str]) -> str:
    rows = [(f"`{key}`", "○", _KEYS[key]) for key in required] + [(f"`{key}`", "", _KEYS[key]) for key in optional]
    return _table(("名前", "要", "書くこと"), rows)


def _marks() -> Iterable[tuple[str, str]]:
    for name in SENTENCE_EXTRAS:
        yield f"`{{{name}}}`", _SENTENCE_EXTRAS[name] + ("(`hint` にも使えます)" if name in HARMLESS else "")
    for name in HARMLESS:
        if name not in SENTENCE_EXTRAS:
            yield f"`{{{name}}}`", COLUMNS["people"][name] + "(`hint` にも使えます)"


def _table(headings: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [headings, tuple("---" for _ in headings), *rows]
    return (
        "\n".join("|" + "|".join(f" {cell} " if cell != "---" else cell for cell in line) + "|" for line in lines)
        + "\n"
    )


if __name__ == "__main__":
    PAGE.write_text(with_tables(PAGE.read_text("utf-8")), "utf-8", newline="\n")
