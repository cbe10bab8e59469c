"""Workbooks under the password that Office itself gives: nobody who opens them is asked for one, so they are read.

Excel encrypts a workbook whose structure is protected, or that is only recommended to be read, with this password
([MS-XLS] 2.2.10, [MS-OFFCRYPTO] 2.3). Of any other password nothing is tried.
"""

from __future__ import annotations

import io
import re

import olefile

from etl.reading.limits import Unreadable

PASSWORD = "VelvetSweatshop"  # noqa: S105  # a constant of the format, known to everyone
_LARGEST_INFO = 2**16
_MOST_TURNS = 1_000_000
"""Office turns the password's digest 100,000 times; a file may ask for thousands of millions."""
_TURNS = re.compile(rb'spinCount="(\d+)"')


def without_default_password(content: bytes) -> bytes:
    """The same workbook in the open; Unreadable (``encrypted``) where its password is a real one.

    The container must have been looked at before (``inspect_ole``): circles in it are not survived here.
    """
    # Only such a file needs it: every other one is read without its 40 ms and its memory.
    import msoffcrypto
    from msoffcrypto.format.ooxml import OOXMLFile

    try:
        _refuse_what_takes_forever(content)
        file = msoffcrypto.OfficeFile(io.BytesIO(content))
        # Old workbooks always compare the password, and know no such argument.
        file.load_key(PASSWORD, **({"verify_password": True} if isinstance(file, OOXMLFile) else {}))
        plain = io.BytesIO()
        file.decrypt(plain)
    except (MemoryError, Unreadable):
        raise
    except Exception as error:  # the library meets a damaged header with any of Python's own errors
        raise Unreadable("encrypted") from error
    return plain.getvalue()


def _refuse_what_takes_forever(content: bytes) -> None:
    with olefile.OleFileIO(io.BytesIO(content)) as container:
        if not container.exists("EncryptionInfo"):
            return
        info = container.openstream("EncryptionInfo").read()
    turns = _TURNS.search(info)
    if len(info) > _LARGEST_INFO or b"<!" in info or (turns is not None and int(turns[1][:12]) > _MOST_TURNS):
        raise Unreadable("encrypted")
