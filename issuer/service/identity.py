"""An issuer stays who it was when it was made: the DID of its first list counts, whatever is configured now."""

import json
from urllib.parse import unquote

from sqlalchemy import Connection

from ..config import FILE, Config
from ..errors import IssuerError
from ..register import statuses


def founded(connection: Connection) -> str | None:
    """The DID under which the register's first list was signed; None where nothing was signed yet."""
    first = statuses.first_content(connection)
    return None if first is None else str(json.loads(first)["issuer"])


def fault(config: Config, founded_as: str | None) -> str | None:
    """What is wrong, and what to do, where `base_url` makes another issuer of this one."""
    if founded_as in (None, config.did):
        return None
    return (
        f"This issuer is {founded_as}, and {config.base_url} would make it {config.did}: what it signed would be "
        f'another\'s. Set base_url = "{address(str(founded_as))}" in {config.home / FILE} (or in '
        "CERTIFY_ISSUER__BASE_URL, if that is set). For another address make another issuer with certify init."
    )


def refuse_other(config: Config, founded_as: str | None) -> None:
    """Raise IssuerError `config.other-issuer` with that."""
    wrong = fault(config, founded_as)
    if wrong:
        raise IssuerError("config.other-issuer", f"{wrong} Nothing was changed.")


def address(did: str) -> str:
    """The base URL of a did:web as `Config.did` makes it."""
    return f"https://{unquote(did.removeprefix('did:web:'))}"
