"""What is said of a 案内停止, and when an entry would make less of one than there is."""

from datetime import date

from kyosai_lists.errors import UsageError
from kyosai_lists.intake.reading import FileReading
from kyosai_lists.products import family_of
from kyosai_lists.store.entries import HeldStop, StoredStop
from kyosai_lists.usecases.wording import shown_value

EVERYTHING = ""


def in_force(stop: StoredStop, day: date) -> bool:
    begun = stop.starts_on is None or stop.starts_on <= day
    return begun and (stop.ends_on is None or stop.ends_on >= day)


def period(stop: StoredStop) -> str:
    """`2026-11-01から、終わりなし`"""
    begins = f"{stop.starts_on}から" if stop.starts_on else "始めから"
    return f"{begins}、{f'{stop.ends_on}まで' if stop.ends_on else '終わりなし'}"


def product_name(product: str) -> str:
    return shown_value("suppressions", "product", product)


def spreads_over(product: str) -> tuple[str, ...]:
    """The names of the further products that a stop for `product` keeps a person from being told of."""
    return tuple(product_name(other) for other in family_of(product) if other != product) if product else ()


def refuse_less(typed: FileReading, before: dict[str, StoredStop], today: date) -> None:
    """
    Raises:
        UsageError: a stop of `typed` is over before today, or leaves out a day of the one that is there.
    """
    for product, starts, ends in typed.rows.select("product", "starts_on", "ends_on").iter_rows():
        if ends and ends < today.isoformat():
            raise UsageError(
                f"終了日 {ends} はもう過ぎています。この停止では、今日から先は何も止まりません。",
                "日付を確かめてください。終わりの日がないときは、--until を付けません。",
            )
        old = before.get(product)
        later = old and starts and (old.starts_on is None or starts > old.starts_on.isoformat())
        earlier = old and ends and (old.ends_on is None or ends < old.ends_on.isoformat())
        if old and (later or earlier):
            raise UsageError(
                f"{product_name(product)}の案内停止がもうあります({period(old)})。この入力では、止まる日が減ります。",
                "今の期間をすべて含む日付にするか、--from と --until を付けずに入れてください。終わらせるときは suppress lift です。",
            )


def nothing_to_lift(
    member_no: str, absent: list[str], live: dict[str, StoredStop], held: tuple[HeldStop, ...]
) -> UsageError:
    """There is no stop to end for the products `absent`: what there is instead, in force or to come (`live`), and on 保留."""
    names = "、".join(product_name(product) for product in absent)
    happened = f"組合員番号 {member_no} に、終わらせる案内停止({names})がありません。"
    if live:
        happened += f"今あるのは、{'、'.join(f'{product_name(p)}({period(stop)})' for p, stop in live.items())}です。"
    if held:
        happened += "ほかに、保留になっている案内停止の行があり、直して取り込むまで、すべて止まります。"
    if EVERYTHING in live:
        todo = "すべての案内停止は、--product を付けずに suppress lift で終わらせます。その前に、本人の希望を確かめてください。"
    elif live:
        todo = "どの共済種類を終わらせるか、--product で指定してください。"
    else:
        todo = "番号と共済種類を確かめてください(kyosai-lists suppress list 番号 --all で見られます)。"
    return UsageError(happened, todo)
