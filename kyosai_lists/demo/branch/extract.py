"""契約: the core system's extract, with dates as YYYYMMDD and 99999999 for 終了日 where there is none."""

from kyosai_lists.demo.branch.contracts import Contract
from kyosai_lists.demo.branch.date_styles import compact
from kyosai_lists.products import BY_ID

NO_END = "99999999"


def contract_row(contract: Contract) -> dict[str, str]:
    """Standard heading → cell."""
    return {
        "契約番号": contract.number,
        "組合員番号": contract.owner.number,
        "共済種類": BY_ID[contract.product].name,
        "タイプ": contract.type,
        "被共済者": contract.insured,
        "口数": str(contract.units),
        "月額掛金": "" if contract.premium is None else str(contract.premium),
        "発効日": compact(contract.effective),
        "満期日": compact(contract.renews) if contract.renews else "",
        "終了日": compact(contract.ended) if contract.ended else NO_END,
        "終了理由": contract.reason,
        "主契約番号": contract.main.number if contract.main else "",
        "特約": contract.riders,
        "車検満期日": compact(contract.inspection) if contract.inspection else "",
    }
