"""案内停止 by telephone: obeyed at once, never weaker by a slip, ended without being forgotten."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from kyosai_lists.campaigns.campaign import Campaign
from kyosai_lists.errors import UsageError
from kyosai_lists.intake.layouts import SUPPRESSIONS
from kyosai_lists.usecases.asking.explain_member import explain_member
from kyosai_lists.usecases.draw import Occasion
from kyosai_lists.usecases.entering.enter_by_hand import read_typed
from kyosai_lists.usecases.entering.stops_by_hand import EnteredStops, LiftedStops, add_stops, lift_stops, list_stops
from kyosai_lists.usecases.importing.past_imports import past_imports, undo_import
from kyosai_lists.usecases.workspace import Workspace
from tests.importing.by_hand import FIRE, NUMBER, YOUNG, is_listed, why_not, with_one_person
from tests.importing.importing_files import (
    JOURNAL,
    TODAY,
    Files,
    column,
    contents,
    contract,
    member,
    on_hold,
    stop,
    take_in,
    union,
)

DAY = timedelta(days=1)
YESTERDAY = TODAY - DAY


@pytest.fixture
def branch(new_workspace: Callable[..., Workspace], files: Files) -> Workspace:
    return with_one_person(new_workspace("17"), files)


def add(branch: Workspace, *products: str, number: str = NUMBER, **more: str) -> EnteredStops:
    return add_stops(branch, number, products=products, today=TODAY, **more)


def lift(branch: Workspace, *products: str, number: str = NUMBER, **more: str) -> LiftedStops:
    return lift_stops(branch, number, products=products, today=TODAY, **more)


def refused(branch: Workspace, action: Callable[[], object]) -> str:
    """What is said when nothing is done."""
    before = contents(branch, without=())
    with pytest.raises(UsageError) as said:
        action()
    assert contents(branch, without=()) == before
    assert on_hold(branch) == []
    return str(said.value)


# -- entering --------------------------------------------------------------------------------------------------------


def test_a_stop_told_today_holds_at_once_and_for_lists_of_earlier_days(branch: Workspace) -> None:
    assert is_listed(branch, YOUNG)
    result = add(branch, "退職者団体生命")
    assert not result.needs_a_person
    assert result.fates == {"retiree_group_life": "new"}
    assert why_not(branch, YOUNG) == why_not(branch, YOUNG, date(2026, 4, 1)) == "案内停止"
    assert not is_listed(branch, YOUNG)


def test_a_stop_without_a_product_stops_everything_and_one_with_a_product_its_family(branch: Workspace) -> None:
    add(branch, "マイカー")
    assert is_listed(branch, YOUNG)
    add(branch)
    assert why_not(branch, YOUNG) == why_not(branch, FIRE) == "案内停止"


def test_several_products_are_one_import_with_the_fate_of_each(branch: Workspace) -> None:
    add(branch, "火災")
    result = add(branch, "火災共済", "介護", "介護保障", reason="電話")
    assert result.fates == {"fire": "changed", "care": "new"}
    latest = past_imports(branch)[0]
    assert latest.number == result.number
    assert [(f["name"], f["encoding"], f["read"], f["new"], f["changed"], f["duplicate"]) for f in latest.files] == [
        ("手入力", "手入力", 3, 1, 1, 1)
    ]
    assert add(branch, "介護").fates == {"care": "unchanged"}
    assert column(branch, "suppressions", "reason") == ["電話", "電話"]


def test_an_entry_can_be_taken_back_like_any_import(branch: Workspace) -> None:
    before = contents(branch, without=(*JOURNAL, "changes"))
    first = add(branch, "火災", ends="2026-12-31")
    second = add(branch, "火災")
    assert column(branch, "suppressions", "ends_on") == [None]
    undo_import(branch, second.number, TODAY)
    assert column(branch, "suppressions", "ends_on") == [date(2026, 12, 31)]
    undo_import(branch, first.number, TODAY)
    assert contents(branch, without=(*JOURNAL, "changes")) == before


def test_a_stop_for_a_number_that_nobody_has_is_kept_said_and_obeyed_later(branch: Workspace, files: Files) -> None:
    result = add(branch, number="00000099")
    assert result.needs_a_person
    assert not result.whom.registered
    young = member("00000099", 生年月日="2000/5/5", 採用年月日="2020/4/1")
    take_in(branch, files("名簿2.csv", young))
    assert why_not(branch, YOUNG, number="00000099") == "案内停止"
    assert not add(branch, number="00000099").needs_a_person


def test_a_number_that_lacks_only_zeros_is_pointed_to_the_registered_one(branch: Workspace) -> None:
    for typed, alike in (("13", (NUMBER,)), ("0013", (NUMBER,)), ("14", ()), ("0", ())):
        result = add(branch, number=typed)
        assert result.whom.alike == alike
        assert result.needs_a_person
    assert why_not(branch, YOUNG) is None  # guessed at it is not


def test_a_person_whose_roster_row_is_on_hold_is_told_from_a_wrong_number(branch: Workspace, files: Files) -> None:
    take_in(branch, files("名簿3.csv", member("00000020", 生年月日="来春")))
    assert add(branch, number="00000020").whom.on_hold
    assert not add(branch, number="00000021").whom.on_hold


def test_a_number_is_understood_however_it_is_written(branch: Workspace) -> None:
    for typed in ("17-00000013", "００００００１３", " 00000013 "):
        assert add(branch, number=typed).whom.key == "17-00000013"
    assert column(branch, "suppressions", "member_key") == ["17-00000013"]
    assert column(branch, "suppressions", "member_no") == ["00000013"]


def test_a_number_with_its_prefecture_is_understood_though_nobody_has_it(branch: Workspace) -> None:
    assert add(branch, number="17-00000077").whom.key == "17-00000077"
    assert add(branch, number="00000077").fates == {"": "unchanged"}
    assert add(branch, number="17-00000077", pref="17").fates == {"": "unchanged"}


def test_a_number_that_two_prefectures_have_needs_the_prefecture(
    new_workspace: Callable[..., Workspace], files: Files
) -> None:
    both = new_workspace()
    people = [member(NUMBER, code, 生年月日="2000/5/5", 採用年月日="2020/4/1") for code in ("17001", "18001")]
    take_in(both, files("u.csv", union("17001"), union("18001")), files("m.csv", *people))
    assert "県コード" in refused(both, lambda: add(both))
    assert "--pref" in refused(both, lambda: add(both, number="00000099"))
    add(both, pref="18")
    assert column(both, "suppressions", "member_key") == ["18-00000013"]
    assert add(both, number="18-00000013").fates == {"": "unchanged"}
    assert lift(both, number=NUMBER, pref="18").whom.key == "18-00000013"


WRONG: list[tuple[dict[str, object], str]] = [
    ({"products": ("かさい",)}, "共済種類「かさい」"),
    ({"products": ("火災", "")}, "--product"),
    ({"products": (" ",)}, "--product"),
    ({"starts": "2026-13-01"}, "開始日「2026-13-01」"),
    ({"ends": "来春"}, "終了日「来春」"),
    ({"ends": "1231"}, "Excelの日付番号"),  # an Excel serial in a file; typed, a slip
    ({"ends": "2026-10-31"}, "もう過ぎています"),
    ({"starts": "2027-01-01", "ends": "2026-12-31"}, "より前"),
    ({"pref": "48"}, "県コードではありません"),
    ({"pref": "18"}, "この作業フォルダーの県ではありません"),
    ({"reason": "a\x07b"}, "制御文字"),
    ({"reason": "a\ud800b"}, "文字として読めない"),
    ({"member_no": ""}, "組合員番号の形ではありません"),
    ({"member_no": "山田　花子"}, "組合員番号の形ではありません"),
    ({"member_no": "合計"}, "組合員番号の形ではありません"),
    ({"member_no": "組合員番号"}, "組合員番号の形ではありません"),
    ({"member_no": "1\udc80"}, "文字として読めない"),
]


def test_a_wrong_entry_is_refused_with_words_and_never_put_on_hold(branch: Workspace) -> None:
    for words, said in WRONG:
        typed: dict[str, object] = {"member_no": NUMBER, "today": TODAY, **words}
        told = refused(branch, lambda typed=typed: add_stops(branch, **typed))
        assert said in told, words
        assert "山田" not in told


def test_a_stop_that_holds_is_not_made_smaller_by_adding_another(branch: Workspace) -> None:
    add(branch, "火災", starts="2026-06-01", ends="2027-03-31")
    for less in ({"ends": "2027-03-30"}, {"starts": "2026-06-02"}, {"starts": "2027-01-01", "ends": "2027-12-31"}):
        assert "2026-06-01から、2027-03-31まで" in refused(branch, lambda less=less: add(branch, "火災", **less))
    assert add(branch, "火災", starts="2026-06-01", ends="2027-03-31").fates == {"fire": "unchanged"}
    assert add(branch, "火災", starts="2026-05-31", ends="2027-04-01").fates == {"fire": "changed"}
    assert add(branch, "火災").fates == {"fire": "changed"}
    refused(branch, lambda: add(branch, "火災", ends="2030-01-01"))
    refused(branch, lambda: add(branch, "火災", starts="2020-01-01"))


@pytest.mark.parametrize("product", ["介護", "火災", None])
def test_a_stop_typed_takes_nothing_off_hold_not_even_the_very_same(
    product: str | None, branch: Workspace, files: Files
) -> None:
    """The row on 保留 may stop for longer than what is typed."""
    take_in(branch, files("停止.csv", stop(product="火災共済", 終了日="来春"), stop(開始日="不明")))
    entered = add(branch, *([product] if product else []), ends="2026-11-05")
    assert len(entered.on_hold) == 2
    assert entered.needs_a_person
    assert why_not(branch, YOUNG) in ("案内停止の行が保留", "案内停止")
    assert len(on_hold(branch)) == 2


def test_a_row_that_a_file_would_leave_out_as_no_row_is_refused_when_typed() -> None:
    for number in ("合計", ""):
        with pytest.raises(UsageError, match="合計の行のように見えます"):
            read_typed(SUPPRESSIONS, [{"組合員番号": number, "共済種類": ""}], TODAY)


# -- ending ----------------------------------------------------------------------------------------------------------


def test_a_lifted_stop_no_longer_holds_but_is_remembered(branch: Workspace) -> None:
    add(branch, reason="本人申出")
    result = lift(branch)
    assert [(s.starts_on, s.ends_on, s.reason) for s in result.lifted] == [(None, YESTERDAY, "本人申出")]
    assert is_listed(branch, YOUNG)
    assert why_not(branch, YOUNG, YESTERDAY) == "案内停止"
    undo_import(branch, result.number, TODAY)
    assert why_not(branch, YOUNG) == "案内停止"


def test_a_stop_that_ends_today_is_still_there_to_lift(branch: Workspace) -> None:
    add(branch, ends=TODAY.isoformat())
    assert why_not(branch, YOUNG) == "案内停止"
    lift(branch)
    assert is_listed(branch, YOUNG)
    assert "ありません" in refused(branch, lambda: lift(branch))


def test_a_stop_that_had_not_begun_never_holds_from_today_on(branch: Workspace) -> None:
    for begins in (TODAY, TODAY + DAY, TODAY + 40 * DAY):
        entered = add(branch, "団体生命", starts=begins.isoformat())
        assert why_not(branch, YOUNG, begins) == "案内停止"
        result = lift(branch, "団体生命")
        assert result.not_begun == {"group_life"}
        assert [(s.starts_on, s.ends_on) for s in result.lifted] == [(YESTERDAY, YESTERDAY)]
        # Issued tomorrow: today is a Sunday, from which an issue day would move back to Friday.
        later = Campaign("C", "募集", "spot", "", (), TODAY + 20 * DAY, TODAY + 80 * DAY, 19, (YOUNG,))
        occasions = [Occasion(TODAY), Occasion(begins), Occasion(begins + DAY), Occasion(TODAY + 20 * DAY, later)]
        assert [explain_member(branch, (YOUNG,), NUMBER, one)[0].suppressed for one in occasions] == [None] * 4
        undo_import(branch, result.number, TODAY)
        undo_import(branch, entered.number, TODAY)


def test_only_what_is_asked_for_is_lifted_and_what_still_holds_is_said(branch: Workspace) -> None:
    add(branch, "団体生命", "介護", "火災")
    add(branch)
    result = lift(branch, "介護", "火災")
    assert [s.product for s in result.lifted] == ["care", "fire"]
    assert [s.product for s in result.still] == ["", "group_life"]
    assert not result.needs_a_person
    assert why_not(branch, YOUNG) == "案内停止"
    assert [s.product for s in lift(branch).still] == ["group_life"]
    assert why_not(branch, YOUNG) == "案内停止"
    assert why_not(branch, FIRE) is None
    assert lift(branch, "団体生命共済").still == ()
    assert is_listed(branch, YOUNG)


def test_a_stop_for_everything_is_not_lifted_for_one_product(branch: Workspace) -> None:
    add(branch)
    told = refused(branch, lambda: lift(branch, "団体生命"))
    assert "今あるのは、すべて(始めから、終わりなし)" in told
    assert "--product を付けずに" in told


def test_a_stop_of_one_product_is_not_lifted_without_naming_it(branch: Workspace) -> None:
    add(branch, "退職者団体生命", "火災")
    assert "退職者団体生命共済" in refused(branch, lambda: lift(branch))
    assert "退職者団体生命共済" in refused(branch, lambda: lift(branch, "団体生命"))
    refused(branch, lambda: lift(branch, "火災", "団体生命"))  # all or nothing
    refused(branch, lambda: lift(branch, "火災", ""))
    refused(branch, lambda: lift(branch, number="00000099"))
    assert why_not(branch, YOUNG) == why_not(branch, FIRE) == "案内停止"


@pytest.mark.parametrize("product", ["", "火災共済"])
def test_lifting_a_stop_does_not_free_a_person_with_a_stop_on_hold(
    branch: Workspace, files: Files, product: str
) -> None:
    """Not even where the row on 保留 is of the very stop that is lifted."""
    add(branch)
    take_in(branch, files("停止.csv", stop(product=product, 終了日="来春")))
    result = lift(branch)
    assert result.needs_a_person
    assert [(held.file, held.member_key) for held in result.on_hold] == [("停止.csv", "17-00000013")]
    assert why_not(branch, YOUNG) == "案内停止の行が保留"
    assert on_hold(branch) == [("suppressions", "17-00000013")]


def test_a_stop_on_hold_of_an_unclear_prefecture_is_said_too(branch: Workspace, files: Files) -> None:
    take_in(branch, files("停止.csv", stop(県コード="18"), stop("00000077", 県コード="18")))
    with pytest.raises(UsageError, match="保留"):
        lift(branch)
    add(branch)
    assert [held.member_key for held in lift(branch).on_hold] == ["??-00000013"]


def test_a_stop_that_a_file_brought_comes_back_with_that_file_and_this_is_said(branch: Workspace, files: Files) -> None:
    path = files("停止.csv", stop(product="介護"))
    take_in(branch, path)
    add(branch, "火災")
    assert lift(branch, "介護", "火災").from_files == ("停止.csv",)
    take_in(branch, path)
    assert [s.product for s in list_stops(branch, as_of=TODAY).stops] == ["care"]


def test_a_stop_of_someone_who_is_not_registered_can_be_lifted(branch: Workspace) -> None:
    add(branch, number="00000099")
    assert [s.ends_on for s in lift(branch, number="00000099").lifted] == [YESTERDAY]


# -- listing ---------------------------------------------------------------------------------------------------------


def test_the_list_shows_what_is_in_force_with_the_import_that_brought_it(branch: Workspace, files: Files) -> None:
    take_in(branch, files("停止.csv", stop(product="火災共済"), stop("00000099", "介護", 開始日="2026-12-01")))
    entered = add(branch, "団体生命", ends=TODAY.isoformat())
    found = list_stops(branch, as_of=TODAY)
    assert [(s.member_no, s.name, s.product, s.source.files) for s in found.stops] == [
        (NUMBER, "山田　花子", "fire", ("停止.csv",)),
        (NUMBER, "山田　花子", "group_life", ("手入力",)),
    ]
    assert found.stops[1].source.number == entered.number
    assert found.others == 1
    assert [s.product for s in list_stops(branch, as_of=TODAY + DAY).stops] == ["fire"]
    assert [s.member_no for s in list_stops(branch, as_of=TODAY, everything=True).stops][-1] == "00000099"
    assert list_stops(branch, as_of=date(2026, 12, 1), member_no="00000099").stops[0].name is None


def test_the_list_shows_stops_on_hold_of_the_person_and_of_all(branch: Workspace, files: Files) -> None:
    wrong = [stop(終了日="来春"), stop("00000099", 終了日="来春"), stop("00000013", "介護", 県コード="18")]
    take_in(branch, files("停止.csv", *({"県コード": "", **row} for row in wrong)))
    assert len(list_stops(branch, as_of=TODAY).on_hold) == 3
    mine = list_stops(branch, as_of=TODAY, member_no=NUMBER)
    assert sorted(held.member_key for held in mine.on_hold) == ["17-00000013", "??-00000013"]
    assert all("。" not in reason and reason for held in mine.on_hold for reason in held.reasons)


def test_a_stop_kept_for_a_person_does_not_stand_in_the_way_of_their_contracts(branch: Workspace, files: Files) -> None:
    add(branch)
    assert take_in(branch, files("契約.csv", contract())).problems.is_empty()
