"""PostgreSQL databases for the tests, where CERTIFY_TEST_POSTGRES names a server; else every home has its own file.

The variable is a URL of any database on that server, such as postgresql://root@127.0.0.1/postgres. A home's database is
copied from the one of the template; of those that a process has made only the newest few are kept.
"""

import atexit
import os
import secrets
from collections import deque
from typing import Final

from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

SERVER: Final = os.environ.get("CERTIFY_TEST_POSTGRES", "")
_KEPT: Final = 6
_made: deque[str] = deque()


def new(template: str = "") -> str:
    """The URL of a new database, empty or a copy of the one at the URL `template`."""
    name = f"certify_test_{os.getpid()}_{secrets.token_hex(4)}"
    copied = f' TEMPLATE "{template.rpartition("/")[2]}"' if template else ""
    _run(f'CREATE DATABASE "{name}"{copied}')
    if not template:
        atexit.register(_drop, name)  # the template itself, or one that is nobody's copy
    else:
        _made.append(name)
        if len(_made) > _KEPT:
            _drop(_made.popleft())
    return f"{SERVER.rpartition('/')[0]}/{name}"


def _drop(name: str) -> None:
    _run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _run(statement: str) -> None:
    url = SERVER.replace("postgresql://", "postgresql+pg8000://", 1)
    engine = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)


@atexit.register
def _drop_all() -> None:
    while _made:
        _drop(_made.popleft())
