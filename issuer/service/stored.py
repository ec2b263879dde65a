"""The signed bytes of a credential as they were stored, for whoever may have them."""

from ..errors import IssuerError
from ..register import awards
from .awarded import find
from .desk import Desk


def signed(desk: Desk, public_id: str, number: int, name: str) -> bytes:
    """One rendering (`file`, `compact` or `jwt`) of a revision.

    Raises IssuerError `award.unknown` or `award.no-file`.
    """
    with desk.reading() as connection:
        award = find(connection, public_id).row
        found = [each.content for each in awards.renderings(connection, award.id, number) if each.format == name]
    if not found:
        raise IssuerError("award.no-file", f"{award.public_id} has no such file: not issued, or erased.")
    return found[0]
