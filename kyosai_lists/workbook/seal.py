"""Password-protects a finished workbook, and opens a sealed one again: in memory only, agile AES-256.

Source: [MS-OFFCRYPTO] 2.3.4.10 ff. (agile encryption, its HMAC is what `verify_integrity` checks).
"""

import io

from msoffcrypto.exceptions import InvalidKeyError
from msoffcrypto.format.ooxml import OOXMLFile

from kyosai_lists.errors import ExportError

PASSWORD_LIMIT = 255  # what Excel's own box takes
SEAL_SECONDS = 0.12  # of a file sealed and opened again, roughly; nearly all of it is hashing the password twice


def seal(data: bytes, password: str) -> bytes:
    """The workbook `data` as an encrypted file that Excel opens with `password`.

    Raises:
        ExportError: the password is empty, blank, or longer than Excel takes.
    """
    _refuse_unusable(password)
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(data)).encrypt(password, out)
    return out.getvalue()


def open_sealed(data: bytes, password: str, *, as_excel: bool = True) -> bytes:
    """The workbook inside a sealed file, its integrity checked.

    `as_excel`: the password is first held against the file's verifier, as Excel does to say "wrong password", and that alone
    takes as long as all the rest: the library hashes the password 100,000 times for it and as often again for the key.
    Without it the key still comes from the password, and the HMAC over the whole file shows that it is the right one; only
    the two fields of the verifier are not looked at. They come from the same hash as the key, by code that knows neither the
    contents nor the union, so that one file of a few dozen stands for all.

    Raises:
        ExportError: the password is another, or the file was damaged.
    """
    out = io.BytesIO()
    try:
        file = OOXMLFile(io.BytesIO(data))
        _unlock(file, password, as_excel=as_excel)
        file.decrypt(out, verify_integrity=True)
    except ExportError:
        raise
    except Exception as error:  # damaged bytes fail anywhere in three parsers, each with errors of its own
        raise ExportError(
            "作ったファイルが壊れています。", "ディスクの空きを確かめて、もう一度出してください。"
        ) from error
    return out.getvalue()


def _unlock(file: OOXMLFile, password: str, *, as_excel: bool) -> None:
    try:
        file.load_key(password=password, verify_password=as_excel)
    except InvalidKeyError as error:
        raise ExportError(
            "作ったファイルを、同じパスワードで開けませんでした。",
            "もう一度出してください。続くときは県支部の担当者に知らせてください。",
        ) from error


def _refuse_unusable(password: str) -> None:
    if not password.strip():
        raise ExportError(
            "パスワードが空です。",
            "パスワードを決めて入れるか、パスワードなしで出すことを選んでください。",
            "ファイルは作っていません。",
        )
    if len(password) > PASSWORD_LIMIT:
        raise ExportError(
            "パスワードが長すぎます。",
            f"{PASSWORD_LIMIT}文字以内のパスワードを決めてください。",
            "ファイルは作っていません。",
        )
