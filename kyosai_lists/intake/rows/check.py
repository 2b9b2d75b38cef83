"""What a row must satisfy as a whole: its characters, its width, and what its dates say together."""

from datetime import date

import polars as pl

from kyosai_lists.dates import latest_birth
from kyosai_lists.intake.headings.header import Header
from kyosai_lists.intake.opening.encoding import UNDECODABLE
from kyosai_lists.intake.opening.sheet import CELLS, PLAIN, SWALLOWED, cell_columns, letter
from kyosai_lists.intake.rows.findings import Findings
from kyosai_lists.products import PRODUCTS, type_key

MAX_AGE = 120
_BIRTHS = ("born_on", "youngest_born_on")
# Control characters but TAB, CR, LF, and the last two code points of each plane. Lone surrogates cannot stand in a frame.
_FORBIDDEN = (
    r"[\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F"
    + "".join(rf"\x{{{plane << 16 | 0xFFFE:X}}}-\x{{{plane << 16 | 0xFFFF:X}}}" for plane in range(17))
    + "]"
)
_OWN_CHARACTERS = r"[\x{E000}-\x{F8FF}\x{F0000}-\x{FFFFD}\x{100000}-\x{10FFFD}]"
_LINE_OR_TAB = r"[\t\r\n]"
_ANY = f"{_FORBIDDEN}|{_OWN_CHARACTERS}|{_LINE_OR_TAB}|{UNDECODABLE}"


def check_characters(body: pl.DataFrame, header: Header, findings: Findings) -> pl.DataFrame:
    """Every cell of the row, also of columns that are not used: a row is trusted as a whole or not at all.

    Gives `body` with null for each cell that cannot be trusted for its characters.
    """
    if PLAIN in body.columns and body[PLAIN].all():
        return body
    names = cell_columns(body)
    flags = body.select(pl.col(names).str.contains(_ANY).any())
    for index, name in enumerate(names):
        if not flags[name].item():
            continue
        cells, heading = body[name], heading_of(index, header)
        sound = ~cells.str.contains(f"{_FORBIDDEN}|{UNDECODABLE}")
        body = body.with_columns(pl.when(sound).then(cells).alias(name))
        findings.problem(
            cells.str.contains(UNDECODABLE, literal=True),
            heading,
            cells,
            f"{heading}に、文字として読めない部分があります",
            "元のデータでその文字を確かめて直し、もう一度入れてください",
        )
        findings.problem(
            cells.str.contains(_FORBIDDEN),
            heading,
            cells,
            f"{heading}に、目に見えない制御文字が入っています",
            "その文字を消して打ち直し、もう一度入れてください",
        )
        findings.remark(
            cells.str.contains(_OWN_CHARACTERS), heading, "外字があります。印刷やほかのパソコンで見えないことがあります"
        )
        findings.remark(
            cells.str.contains(_LINE_OR_TAB), heading, "セルの中に改行かタブがあります。そのまま取り込みました"
        )
    return body


def heading_of(index: int, header: Header) -> str:
    return header.headings[index] if index < len(header.headings) else f"({letter(index)}列)"


def check_width(body: pl.DataFrame, header: Header, findings: Findings) -> None:
    """Rows of a text file whose cells do not stand under the headings."""
    width = len(header.headings)
    needed = max(index for index, heading in enumerate(header.written) if heading.strip()) + 1
    beyond = cell_columns(body)[width:]
    check = '区切りの文字(カンマやタブ)と引用符(")を確かめて直し、もう一度入れてください'
    nothing = pl.repeat("", body.height, dtype=pl.String, eager=True)
    if beyond:
        long = body.select(pl.any_horizontal(pl.col(beyond) != ""))[beyond[0]]
        heading = heading_of(width, header)
        findings.problem(long, heading, body[beyond[0]], "見出しより多くのセルがあります", check)
    findings.problem(body[CELLS] < needed, header.headings[needed - 1], nothing, "見出しよりセルが足りません", check)
    findings.problem(
        body[SWALLOWED], header.headings[0], nothing, "一つのセルの中に、ほかの行が入り込んでいるようです", check
    )


def check_dates(
    body: pl.DataFrame, values: dict[str, pl.Series], header: Header, findings: Findings, today: date
) -> None:
    """Births after today, ages over MAX_AGE, ends before beginnings."""
    remedy = "正しい日付に直して、もう一度入れてください"
    oldest = latest_birth(MAX_AGE + 1, today).isoformat()
    for field in _BIRTHS:
        if field in values:
            heading, cells = _as_it_came(body, field, header)
            born = values[field]
            reason = f"{heading}「{{value}}」はまだ来ていない日です"
            findings.problem(born > today.isoformat(), heading, cells, reason, remedy)
            reason = f"{heading}「{{value}}」では{MAX_AGE}歳を超えます"
            findings.problem((born != "") & (born <= oldest), heading, cells, reason, remedy)
    for start, end in header.layout.date_order:
        if start in values and end in values:
            heading, cells = _as_it_came(body, end, header)
            backwards = (values[end] != "") & (values[end] < values[start])
            first = header.headings[header.fields[start]]
            findings.problem(backwards, heading, cells, f"{heading}「{{value}}」が{first}より前です", remedy)


def check_types(body: pl.DataFrame, values: dict[str, pl.Series], header: Header, findings: Findings) -> None:
    """A タイプ that its product does not have is taken in as it came, and matches no rule: so it is said."""
    if "type" not in values or "product" not in values:
        return
    heading, cells = _as_it_came(body, "type", header)
    told = pl.DataFrame({"product": values["product"], "type": cells}).unique()
    filled = told.filter(pl.col("type").str.strip_chars() != "")
    for product in PRODUCTS:
        mine = filled.filter(pl.col("product") == product.id)["type"]
        unknown = [text for text in mine if product.types and type_key(text) not in product.types]
        if unknown:
            remark = f"{product.name}のタイプ({'・'.join(product.types)})のどれでもありません。そのまま取り込みました"
            findings.remark((values["product"] == product.id) & cells.is_in(unknown), heading, remark)


def check_campaign_start(body: pl.DataFrame, values: dict[str, pl.Series], header: Header, findings: Findings) -> None:
    """A 継続 募集 takes each union's own day, every other needs one."""
    heading, cells = _as_it_came(body, "starts_on", header)
    lacks = (values["starts_on"] == "") & (values["kind"] != "continuous")
    findings.problem(
        lacks,
        heading,
        cells,
        f"{heading}が空欄です",
        f"{heading}を入れて、もう一度入れてください(空欄にできるのは継続だけです)",
    )


def _as_it_came(body: pl.DataFrame, field: str, header: Header) -> tuple[str, pl.Series]:
    index = header.fields[field]
    return header.headings[index], body[f"c{index}"]
