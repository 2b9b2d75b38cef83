"""A workbook behind a password → the plain workbook, in memory only."""

from io import BytesIO

import msoffcrypto
from msoffcrypto.exceptions import InvalidKeyError
from msoffcrypto.format.base import BaseOfficeFile

from kyosai_lists.intake.refusal import DAMAGED, refused


def unsealed(data: bytes, file: str, password: str | None) -> bytes:
    """The workbook inside `data`.

    Raises:
        FileRefused: no password was given, it is a wrong one, or the file is damaged.
    """
    if not password:
        todo = "パスワードを指定して入れるか、Excelで開いてパスワードを外し、もう一度入れてください。"
        raise refused(file, "パスワードで保護されています。", todo)
    try:
        office = msoffcrypto.OfficeFile(BytesIO(data))
        right = _accepts(office, password)
        plain = BytesIO()
        if right:
            # Without this check a changed byte inside gives a workbook that looks whole.
            office.decrypt(plain, verify_integrity=True)
    except Exception as error:  # whatever a damaged container makes the library stumble over
        raise refused(file, DAMAGED) from error
    if not right:
        raise refused(file, "パスワードが違います。", "正しいパスワードを確かめて、もう一度入れてください。")
    return plain.getvalue()


def _accepts(office: BaseOfficeFile, password: str) -> bool:
    try:
        office.load_key(password=password, verify_password=True)
    except InvalidKeyError:
        return False
    return True
