"""The operator's dictionaries of QR codes: added, and never changed."""

from sqlalchemy import Connection, select

from .tables import qr_dictionary


def every(connection: Connection) -> dict[int, bytes]:
    """All of them by number, oldest first."""
    rows = connection.execute(select(qr_dictionary).order_by(qr_dictionary.c.number))
    return {row.number: row.content for row in rows}


def numbers(connection: Connection) -> tuple[int, ...]:
    """The numbers that are given away."""
    return tuple(connection.execute(select(qr_dictionary.c.number).order_by(qr_dictionary.c.number)).scalars())


def add(connection: Connection, number: int, content: bytes) -> None:
    """Give a number away, for ever."""
    connection.execute(qr_dictionary.insert().values(number=number, content=content))
