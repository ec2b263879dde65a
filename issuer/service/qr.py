"""The QR code of one credential: of its newest revision that was issued, under the dictionaries that are published."""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from urllib.parse import urlsplit

from sqlalchemy import Connection

from verifier.format.qrtext import FIRST_OWN, built_in

from ..deliver.qr import Code, choose
from ..errors import IssuerError
from ..register import awards, dictionaries
from .awarded import Awarded, find
from .desk import Desk
from .issue import COMPACT
from .publish import ensure_published


@cache
def built_ins() -> Mapping[int, bytes]:
    """Every dictionary that all readers have, by number."""
    return {number: content for number in range(FIRST_OWN) if (content := built_in(number))}


def code(desk: Desk, public_id: str, at: datetime, *, number_only: bool = False) -> Code:
    """The code as a holder gets it now. Raises IssuerError `award.unknown` or `award.no-file`."""
    ensure_published(desk, at)
    with desk.reading() as connection:
        awarded = find(connection, public_id)
        found = of_award(desk, connection, awarded, number_only=number_only)
    if found is None:
        raise IssuerError("award.no-file", f"{awarded.row.public_id} has no such file: not issued, or erased.")
    return found


def of_award(desk: Desk, connection: Connection, awarded: Awarded, *, number_only: bool = False) -> Code | None:
    """The same in a transaction that stands; None where no file is. Raises IssuerError `config.other-issuer`."""
    desk.require_identity(connection)  # what is printed names the address for years
    host = urlsplit(desk.config.base_url).netloc
    for revision in reversed(awarded.revisions):
        for each in awards.renderings(connection, revision.award_id, revision.number):
            if each.format == COMPACT:
                known = {**built_ins(), **dictionaries.every(connection)}
                compact = json.loads(each.content)
                return choose(compact, awarded.row.public_id, host, known, number_only=number_only)
    return None
