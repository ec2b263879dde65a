"""The operator's own dictionaries of QR codes: numbered, kept in the register, and never changed once published."""

import re
from typing import Final

from sqlalchemy import Connection

from verifier.format.qrtext import FIRST_OWN, LAST_OWN
from verifier.limits import MAX_QR_DICTIONARY_BYTES

from ..deliver.dictionary import dictionary
from ..register import dictionaries
from .desk import Desk

_FILE: Final = re.compile(r"[1-9][0-9]{2}\.bin", re.ASCII)


def path_of(number: int) -> str:
    """Where one stands below the public folder, and below the base URL."""
    return f"qr/{number:03}.bin"


def is_current(desk: Desk, connection: Connection) -> bool:
    """Whether today's catalogue and configuration have a number, or will never have one."""
    known = dictionaries.every(connection)
    return LAST_OWN in known or dictionary(desk.config, desk.catalog) in known.values()


def keep(desk: Desk, connection: Connection) -> None:
    """Give today's wording the next number, unless it has one or there is none left.

    A number that is public already is taken, also when a register from a backup does not know it: codes are printed
    on it.
    """
    known = dictionaries.every(connection)
    for number, content in _published(desk).items():
        if number not in known:
            dictionaries.add(connection, number, content)
    if not is_current(desk, connection):
        last = max(dictionaries.numbers(connection), default=FIRST_OWN - 1)
        dictionaries.add(connection, last + 1, dictionary(desk.config, desk.catalog))


def _published(desk: Desk) -> dict[int, bytes]:
    found = (path for path in sorted((desk.config.public / "qr").glob("*.bin")) if _FILE.fullmatch(path.name))
    return {int(path.stem): path.read_bytes()[:MAX_QR_DICTIONARY_BYTES] for path in found}
