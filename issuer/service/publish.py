"""Publish everything static: sign the lists, then write what a plain web server serves.

Two steps, each under the register's write lock. First new versions of the lists are signed, verified and stored;
then the newest stored ones are written to disk. Whoever writes last, writes the newest: a reader never sees a list
get older, and a crash between the steps is repaired by the next publication.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection

from keys import durable
from verifier import Trust

from ..credential import list_url
from ..deliver import badge
from ..diddoc import did_document, trust_file
from ..register import dictionaries as stored
from ..register import statuses
from . import dictionaries, lists
from .desk import Desk
from .lists import encode

_PUBLIC_FILE: Final = 0o644
_TRUST: Final = "trust.json"
_DID: Final = ".well-known/did.json"


@dataclass(frozen=True, slots=True)
class Published:
    """What stands now: the folder, and when each list was dated, by `purpose/number`."""

    folder: Path
    lists: dict[str, datetime]


def publish(desk: Desk, at: datetime) -> Published:
    """Sign every list anew and write all static files. Raises IssuerError; what stood before then still stands."""
    with desk.writing(at) as connection:
        lists.sign(desk, connection, lists.every(desk, connection), at)
    return write(desk, at)


def publish_first(desk: Desk, connection: Connection, at: datetime) -> None:
    """The first publication, inside of the transaction that begins the register: its end makes all of it last."""
    lists.sign(desk, connection, lists.every(desk, connection), at)
    _write(desk, connection, at)


def publish_due(desk: Desk, at: datetime) -> Published | None:
    """The same for lists that have changed or are a day old; None when there is nothing to do."""
    with desk.reading() as connection:
        desk.require_identity(connection)
        if not lists.due(desk, connection, at, changed=True) and _stands(desk, connection):
            return None
    with desk.writing(at) as connection:
        lists.sign(desk, connection, lists.due(desk, connection, at, changed=True), at)
    return write(desk, at)


def keep_published(desk: Desk, at: datetime) -> Published | None:
    """The same for whoever stays and looks again and again.

    That the clock is right was said when it began: from now on the newest list is at most a day old, and a clock that
    runs away from it is refused as anywhere.
    """
    published = publish_due(desk, at)
    desk.clock_is_right = False
    return published


def ensure_published(desk: Desk, at: datetime) -> None:
    """Publish if a list is missing or a day old, so that what a credential names is public before it is released."""
    with desk.reading() as connection:
        desk.require_identity(connection)
        every = lists.every(desk, connection)
        due = any(lists.is_due(connection, each, at) for each in every) or not dictionaries.is_current(desk, connection)
        numbers = stored.numbers(connection)
    names = (*map(lists.path_of, every), *map(dictionaries.path_of, numbers), _TRUST)
    if due or not all(_path(desk, name).exists() for name in names):
        publish(desk, at)


def write(desk: Desk, at: datetime) -> Published:
    """Write all static files from what is stored, without a signature."""
    with desk.writing(at) as connection:
        _write(desk, connection, at)
        every = lists.every(desk, connection)
        dates = {
            f"{purpose}/{number}": lists.latest(connection, (purpose, number)).valid_from for purpose, number in every
        }
        return Published(desk.config.public, dates)


def trust(desk: Desk, connection: Connection, at: datetime) -> dict[str, Any]:
    """The trust file for the newest stored lists."""
    rows = {each: statuses.latest_list(connection, *each) for each in lists.every(desk, connection)}
    newest = {list_url(desk.config, *each): json.loads(row.content) for each, row in rows.items() if row}
    base = desk.config.base_url
    return trust_file(
        desk.config.did,
        desk.config.name,
        desk.registry(),
        as_of=at,
        status_lists=newest,
        schemas={
            f"{base}/schemas/{blueprint.credential_schema}.json": desk.catalog.schemas[blueprint.credential_schema]
            for blueprint in desk.catalog.blueprints.values()
        },
        dictionaries={f"{base}/{dictionaries.path_of(n)}": content for n, content in stored.every(connection).items()},
    )


def accepted(desk: Desk, connection: Connection, at: datetime) -> Trust:
    """The trust that our own credentials are verified under: what `trust` says, read again only when that changes.

    A stored list never changes, so its date stands for it. `asOf` may stay behind: no verdict depends on it.
    """
    lists_now = tuple((each, statuses.latest_date(connection, *each)) for each in lists.every(desk, connection))
    made_of = (desk.registry(), lists_now, stored.numbers(connection))
    if desk.trusted is None or desk.trusted[0] != made_of:
        desk.trusted = (made_of, Trust.read(encode(trust(desk, connection, at))))
    return desk.trusted[1]


def _path(desk: Desk, name: str) -> Path:
    return desk.config.public / name


def _stands(desk: Desk, connection: Connection) -> bool:
    """Whether what readers see of keys and lists is the newest there is, and the trust file is there."""
    newest = {lists.path_of(each): lists.latest(connection, each).content for each in lists.every(desk, connection)}
    newest[_DID] = encode(did_document(desk.config.did, desk.registry()))
    newest |= {dictionaries.path_of(number): content for number, content in stored.every(connection).items()}
    if not dictionaries.is_current(desk, connection):
        return False
    return _path(desk, _TRUST).exists() and all(_holds(_path(desk, name), data) for name, data in newest.items())


def _holds(path: Path, content: bytes) -> bool:
    return path.exists() and path.read_bytes() == content


def _write(desk: Desk, connection: Connection, at: datetime) -> None:
    """What a document refers to is written before it: lists and keys first, the trust file last."""
    desk.config.public.mkdir(exist_ok=True)  # somebody may have taken it away
    for folder in (desk.config.public, *(path for path in desk.config.public.rglob("*") if path.is_dir())):
        durable.sweep(folder)
    dictionaries.keep(desk, connection)
    for name, content in files(desk, connection, at):
        path = _path(desk, name)
        if _holds(path, content):
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        durable.replace(path, content, mode=_PUBLIC_FILE)


def files(desk: Desk, connection: Connection, at: datetime) -> Iterator[tuple[str, bytes]]:
    """Every public file: its path below the public folder, and what it holds."""
    yield _DID, encode(did_document(desk.config.did, desk.registry()))
    for name, schema in desk.catalog.schemas.items():
        yield f"schemas/{name}.json", encode(schema)
    for blueprint in desk.catalog.blueprints.values():
        address = f"achievements/{blueprint.credential.lower()}/{blueprint.version}"
        yield address, encode(desk.catalog.achievement(blueprint, desk.config.base_url))
        yield f"{address}.png", badge.image(desk.catalog, blueprint, badge.Form.PNG, demo=desk.config.demo)
    for each in lists.every(desk, connection):
        yield lists.path_of(each), lists.latest(connection, each).content
    for number, content in stored.every(connection).items():
        yield dictionaries.path_of(number), content
    yield _TRUST, encode(trust(desk, connection, at))
