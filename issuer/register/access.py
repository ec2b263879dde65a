"""Who may use the service: platforms by their keys, staff by passwords, and bearers of secrets by a digest of those."""

import hashlib
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from .tables import platform_key, secret, staff


def digest(token: str) -> str:
    """What stands in the register for a secret: it has 256 random bits, so a plain hash gives nothing away."""
    return hashlib.sha256(token.encode()).hexdigest()


# --- platforms ----------------------------------------------------------------------------------------------------


def add_platform_key(connection: Connection, platform: str, key_id: str, public_key: str, at: datetime) -> None:
    """Allow a platform to sign with a key (Multikey text)."""
    values = {"platform": platform, "key_id": key_id, "public_key": public_key, "since": at}
    connection.execute(platform_key.insert().values(**values))


def end_platform_key(connection: Connection, platform: str, key_id: str, at: datetime) -> bool:
    """End that; whether there was anything to end."""
    mine = (platform_key.c.platform == platform) & (platform_key.c.key_id == key_id) & platform_key.c.ended_at.is_(None)
    return connection.execute(platform_key.update().where(mine).values(ended_at=at)).rowcount > 0


def platform_keys(connection: Connection) -> list[Row[Any]]:
    """Every key there ever was."""
    return list(connection.execute(select(platform_key).order_by(platform_key.c.platform, platform_key.c.since)))


def find_platform_key(connection: Connection, platform: str, key_id: str) -> Row[Any] | None:
    """A key that may sign now."""
    mine = (platform_key.c.platform == platform) & (platform_key.c.key_id == key_id) & platform_key.c.ended_at.is_(None)
    return connection.execute(select(platform_key).where(mine)).first()


# --- staff --------------------------------------------------------------------------------------------------------


def find_staff(connection: Connection, name: str) -> Row[Any] | None:
    """Somebody who works here now."""
    return connection.execute(select(staff).where(staff.c.name == name, staff.c.ended_at.is_(None))).first()


def all_staff(connection: Connection) -> list[Row[Any]]:
    """Everybody who ever did."""
    return list(connection.execute(select(staff).order_by(staff.c.name)))


def put_staff(connection: Connection, name: str, role: str, password_hash: str, at: datetime) -> None:
    """Enter somebody, or give them another role and password."""
    values = {"role": role, "password_hash": password_hash, "failures": 0, "failed_at": None, "ended_at": None}
    if connection.execute(staff.update().where(staff.c.name == name).values(**values)).rowcount == 0:
        connection.execute(staff.insert().values(name=name, since=at, **values))


def end_staff(connection: Connection, name: str, at: datetime) -> bool:
    """Let somebody go, with all that lets them in."""
    mine = (staff.c.name == name) & staff.c.ended_at.is_(None)
    shut_out(connection, name, at)
    return connection.execute(staff.update().where(mine).values(ended_at=at)).rowcount > 0


def shut_out(connection: Connection, name: str, at: datetime) -> None:
    """End every session of somebody, what could begin one, and what their browsers are known by."""
    for kind in ("session", "browser", "entry"):
        end_secrets(connection, kind, name, at)


# --- secrets ------------------------------------------------------------------------------------------------------


def add_secret(
    connection: Connection,
    token: str,
    kind: str,
    subject: str,
    *,
    at: datetime,
    role: str | None = None,
    expires: datetime | None = None,
    seed: str | None = None,
) -> None:
    """Store the digest of a new secret; kind `token`, `session`, `browser`, `entry` or `link`."""
    values = {"digest": digest(token), "kind": kind, "subject": subject, "role": role, "since": at, "expires": expires}
    connection.execute(secret.insert().values(**values, seed=seed))


def find_secret(connection: Connection, token: str, kind: str, at: datetime) -> Row[Any] | None:
    """What a secret is for, if it is good at `at`."""
    row = connection.execute(
        select(secret).where(secret.c.digest == digest(token), secret.c.kind == kind, secret.c.ended_at.is_(None))
    ).first()
    return row if row and (row.expires is None or at < row.expires) else None


def secrets_of(connection: Connection, kind: str) -> list[Row[Any]]:
    """All of a kind, without the secrets themselves, which nobody has."""
    return list(connection.execute(select(secret).where(secret.c.kind == kind).order_by(secret.c.since)))


def secrets_for(connection: Connection, kind: str, subject: str) -> list[Row[Any]]:
    """All of a kind that a subject ever had, oldest first."""
    mine = (secret.c.kind == kind) & (secret.c.subject == subject)
    return list(connection.execute(select(secret).where(mine).order_by(secret.c.since)))


def end_secrets(connection: Connection, kind: str, subject: str, at: datetime) -> int:
    """End all of a subject; how many there were."""
    mine = (secret.c.kind == kind) & (secret.c.subject == subject) & secret.c.ended_at.is_(None)
    return int(connection.execute(secret.update().where(mine).values(ended_at=at)).rowcount)


def end_links(connection: Connection, person: str, at: datetime, *, but: str = "") -> None:
    """End every link of a person, but for the one of this digest."""
    mine = (secret.c.kind == "link") & (secret.c.subject == person) & (secret.c.digest != but)
    connection.execute(secret.update().where(mine, secret.c.ended_at.is_(None)).values(ended_at=at))


def end_every_secret(connection: Connection, at: datetime) -> int:
    """End all of every kind; how many there were."""
    return int(connection.execute(secret.update().where(secret.c.ended_at.is_(None)).values(ended_at=at)).rowcount)


def end_by_digest(connection: Connection, which: str, at: datetime) -> None:
    """End the one of this digest."""
    connection.execute(secret.update().where(secret.c.digest == which, secret.c.ended_at.is_(None)).values(ended_at=at))


def end_secret(connection: Connection, token: str, at: datetime) -> None:
    """End one."""
    connection.execute(secret.update().where(secret.c.digest == digest(token)).values(ended_at=at))
