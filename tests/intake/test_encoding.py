"""Faults 9–12: the encoding is found over the whole file, and what cannot be decoded is named, never lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyosai_lists.errors import FileRefused, UsageError
from kyosai_lists.intake.opening.encoding import UNDECODABLE, decode

from .conftest import MEMBER, reasons, remarks, trusted

HEAD = ",".join(MEMBER) + "\r\n"
ROW = ",".join(MEMBER.values()) + "\r\n"


@pytest.mark.parametrize(
    ("codec", "found"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("utf-16", "utf-16"), ("cp932", "cp932")],
)
def test_each_encoding_is_found_and_reported(codec, found, text_file, read) -> None:
    reading = read(text_file(HEAD + ROW, encoding=codec))
    assert reading.encoding == found
    assert reading.rows["name"].to_list() == ["山田　花子"]


def test_big_endian_utf16_is_found() -> None:
    assert decode(b"\xfe\xff" + "氏名".encode("utf-16-be"), "x").text == "氏名"


def test_a_short_utf8_name_is_not_taken_for_cp932() -> None:
    data = "髙田".encode()
    assert data.decode("cp932")  # it decodes, and every name would be wrong
    assert decode(data, "x").text == "髙田"


def test_a_single_late_cp932_byte_decides_for_the_whole_file() -> None:
    data = b"a,b\r\n" * 50_000 + "山".encode("cp932")
    assert decode(data, "x").encoding == "cp932"


@given(st.text(st.characters(codec="cp932", exclude_categories=["Cc", "Co"], exclude_characters="¢£¬‖−〜"), min_size=1))
def test_cp932_text_is_never_changed(text: str) -> None:
    whole = "組合員番号，単組コード、氏名。" + text
    decoded = decode(whole.encode("cp932"), "x")
    assert decoded.encoding == "cp932"
    assert decoded.text == whole


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_utf8_text_is_never_changed(text: str) -> None:
    assert decode(("氏名" + text).encode(), "x").text == "氏名" + text


@pytest.mark.parametrize("byte", [b"\x80", b"\xa0", b"\xfd", b"\xfe", b"\xff"])
def test_a_half_defined_byte_in_cp932_holds_its_row_back(byte: bytes, text_file, read) -> None:
    bad = ROW.replace("00000013", "00000020").encode("cp932").replace("花".encode("cp932"), byte)
    reading = read(text_file((HEAD + ROW).encode("cp932") + bad))
    assert reading.encoding == "cp932"
    problem = reading.problems.row(0, named=True)
    assert (problem["row"], problem["column"]) == (3, "氏名")
    assert trusted(reading)["member_no"].to_list() == ["00000013"]
    assert reading.rows["member_no"].to_list() == ["00000013", "00000020"]
    assert reading.rows["name"].to_list() == ["山田　花子", None]


def test_half_a_kanji_at_a_cells_end_does_not_eat_the_delimiter(text_file, read) -> None:
    cut = ROW.encode("cp932").replace("花子".encode("cp932"), "花".encode("cp932") + b"\x8e")
    reading = read(text_file((HEAD + ROW).encode("cp932") + cut))
    assert [(p["row"], p["column"]) for p in reading.problems.to_dicts()] == [(3, "氏名")]
    assert reading.rows["born_on"].to_list() == ["1990-04-01"] * 2


def test_a_damaged_byte_in_utf8_holds_back_exactly_its_row(text_file, read) -> None:
    bad = ROW.encode().replace("花".encode(), b"\xff")
    reading = read(text_file((HEAD + ROW * 30).encode() + bad + ROW.encode() * 30))
    assert reading.encoding == "utf-8"
    assert reading.problems["row"].to_list() == [32]
    assert reasons(reading) == ["氏名に、文字として読めない部分があります"]


def test_damaged_utf8_that_happens_to_be_flawless_cp932_is_still_utf8() -> None:
    data = "髙田".encode() * 30 + b"\xb1" + "髙田".encode() * 30
    assert data.decode("cp932")
    decoded = decode(data, "x")
    assert (decoded.encoding, decoded.text.count(UNDECODABLE)) == ("utf-8", 1)


def test_a_replacement_character_in_the_text_holds_its_row_back(read_rows) -> None:
    reading = read_rows(MEMBER | {"氏名": "山\ufffd"})
    assert reasons(reading) == ["氏名に、文字として読めない部分があります"]


def test_the_encoding_can_be_given(text_file, read) -> None:
    path = text_file(HEAD + ROW, encoding="euc-jp")
    assert read(path, encoding="euc-jp").rows["name"].to_list() == ["山田　花子"]
    path = text_file(HEAD + ROW, encoding="cp932")
    assert read(path, encoding="shift_jis").encoding == "cp932"


@pytest.mark.parametrize("name", ["no-such", "base64"])
def test_an_encoding_that_does_not_exist_is_wrong_usage(name: str, text_file, read) -> None:
    with pytest.raises(UsageError, match="文字コード"):
        read(text_file(HEAD + ROW), encoding=name)


@pytest.mark.parametrize(
    "data",
    [bytes(range(256)) * 40, (HEAD + ROW).encode("utf-16-le"), (HEAD + ROW).encode() + b"\0" * 512],
    ids=["picture", "utf-16 without its mark", "torn by a power cut"],
)
def test_what_is_no_text_is_refused(data: bytes, text_file, read) -> None:
    with pytest.raises(FileRefused, match="文字のファイルとして読めません"):
        read(text_file(data))


def test_the_end_mark_of_old_dos_is_no_row(text_file, read) -> None:
    assert read(text_file((HEAD + ROW).encode("cp932") + b"\x1a")).rows.height == 1


def test_names_are_stored_exactly_as_they_came(read_rows) -> None:
    names = ["髙橋 一郎 ", "　﨑山", "𠮷田", "①㈱", "葛\U000e0100城", "〜～−－ー", "ｶﾅ"]
    reading = read_rows(*({**MEMBER, "氏名": name} for name in names))
    assert reading.rows["name"].to_list() == names
    assert reading.problems.is_empty()


def test_the_branchs_own_characters_stay_and_are_flagged(text_file, read) -> None:
    data = (HEAD + ROW).encode("cp932").replace("花".encode("cp932"), b"\xf0\x40")
    reading = read(text_file(data))
    assert reading.rows["name"].to_list() == ["山田　\ue000子"]
    assert reading.problems.is_empty()
    assert "|2|氏名|外字があります" in remarks(reading)
