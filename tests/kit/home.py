"""An issuer's home in a folder of a test, and the command `certify` run inside this process: no process to start."""

import atexit
import io
import json
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from unittest import mock

from sqlalchemy import URL, Engine, create_engine, inspect
from sqlalchemy.pool import NullPool

from issuer import cli
from issuer import config as configuration
from issuer.catalog import Catalog, load_catalog
from issuer.cli import audit, common
from issuer.register import open_register
from issuer.service import setup
from issuer.service.desk import Desk
from issuer.service.setup import file_passphrase
from tests.kit import databases
from verifier import Report, Trust, verify
from verifier.format.timestamp import parse

RESULTS = Path(__file__).resolve().parents[2] / "examples" / "results"
CREATED = "2026-06-15T00:00:00Z"
AIMA_AT = "2026-07-01T09:32:13Z"
CAIG_AT = "2026-07-08T01:32:13Z"
LATER = "2026-07-09T00:00:00Z"
REASON = ("--reason", "scoring-error", "--decision", "DEC-1")

SUFFIXES = (".json", ".compact.json", ".jwt")
"""Of the files of a revision."""

_PASSING = {".db", ".db-wal", ".db-shm"}


@dataclass(frozen=True)
class Ran:
    """What a command said, and its exit status."""

    exit: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def code(self) -> str:
        """The stable code of a failure, as `--json` gives it."""
        return str(self.json["error"]["code"])


@cache
def catalog() -> Catalog:
    """Read once: it takes a third of a command's time, and nobody changes it."""
    return load_catalog()


def certify(*arguments: str, stdin: bytes = b"", environment: dict[str, str] | None = None) -> Ran:
    """Run `certify` with these arguments; nothing of the tester's own environment reaches it."""
    streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2)]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CERTIFY_")}
    with (
        mock.patch.dict(os.environ, kept | (environment or {}), clear=True),
        mock.patch.object(common, "load_catalog", catalog),
        _closed_afterwards(),
        mock.patch.object(audit, "load_catalog", catalog),
        mock.patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8")),
        redirect_stdout(streams[0]),
        redirect_stderr(streams[1]),
    ):
        try:
            status = cli.main(arguments)
        except SystemExit as stopped:  # argparse has said what is wrong
            status = int(str(stopped.code))
    for stream in streams:
        stream.seek(0)
    return Ran(status, streams[0].read(), streams[1].read())


@contextmanager
def _closed_afterwards() -> Iterator[None]:
    """A program's end closes its connections; here there is none."""
    opened_here: list[Engine] = []

    def open_and_note(url: URL) -> Engine:
        opened_here.append(open_register(url))
        return opened_here[-1]

    with (
        mock.patch.object(common, "open_register", open_and_note),
        mock.patch.object(setup, "open_register", open_and_note),
    ):
        try:
            yield
        finally:
            for engine in opened_here:
                engine.dispose()


@dataclass
class Home:
    """One issuer's home. `environment` goes with every command."""

    path: Path
    environment: dict[str, str] = field(default_factory=dict)

    def certify(self, *arguments: str, at: str | None = None, stdin: bytes = b"") -> Ran:
        when = ("--at", at) if at else ()
        return certify(*arguments, "--home", str(self.path), *when, stdin=stdin, environment=self.environment)

    def json(self, *arguments: str, at: str | None = None, stdin: bytes = b"") -> Any:
        """The answer of a command that must succeed."""
        ran = self.certify(*arguments, "--json", at=at, stdin=stdin)
        assert ran.exit == 0, (ran.out, ran.err)
        assert ran.err == ""
        return ran.json

    def fails(self, *arguments: str, at: str | None = None, stdin: bytes = b"") -> str:
        """The code of a command that must fail, and say so without a traceback."""
        ran = self.certify(*arguments, "--json", at=at, stdin=stdin)
        assert ran.exit == (130 if ran.code.endswith("interrupted") else 1), (ran.out, ran.err)
        assert ran.err.startswith("certify: ")
        assert ran.err.endswith(f"[{ran.code}]\n")
        return ran.code

    def issue(self, name: str = "aima-pass.json", at: str = AIMA_AT) -> str:
        """The public id for one of the example records."""
        answer = self.json("issue", str(RESULTS / name), at=at)
        assert answer["outcome"] == "issued", answer
        return str(answer["publicId"])

    def file(self, public_id: str, suffix: str = ".json") -> Path:
        return self.path / "issued" / f"{public_id}.r1{suffix}"

    def verify(self, public_id: str, at: str, suffix: str = ".json") -> Report:
        """What a reader finds who has the file and the published trust file."""
        trust = Trust.read((self.path / "public" / "trust.json").read_bytes())
        return verify(self.file(public_id, suffix).read_bytes(), trust=trust, at=parse(at))

    def desk(self) -> Desk:
        """What the use cases work with, for a test that goes below the command."""
        config = configuration.load(self.path, {})
        return Desk(
            config, catalog(), open_register(config.database), file_passphrase(config.passphrase_file), config.demo
        )

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What the register holds."""
        with self._engine() as engine, engine.connect() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(query)]

    def change(self, *statements: str) -> None:
        """Do something to the register that no act would."""
        with self._engine() as engine, engine.begin() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)

    def tables(self) -> list[str]:
        """The tables of the register."""
        with self._engine() as engine:
            return sorted(inspect(engine).get_table_names())

    def database(self) -> URL:
        """Where the register is."""
        return configuration.load(self.path, {}).database

    @contextmanager
    def _engine(self) -> Iterator[Engine]:
        engine = create_engine(self.database(), poolclass=NullPool, **databases.OPTIONS)
        try:
            yield engine
        finally:
            engine.dispose()

    def files(self, folder: str) -> dict[str, bytes]:
        """Every file under a folder of the home, by its path there; SQLite writes its own when it likes."""
        root = self.path / folder
        found = (path for path in sorted(root.rglob("*")) if path.is_file() and path.suffix not in _PASSING)
        return {str(path.relative_to(root)): path.read_bytes() for path in found}

    def contents(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of the register, by its table."""
        return {
            name: sorted(self.rows(f"SELECT * FROM {name}"), key=repr)  # noqa: S608 - our own names
            for name in self.tables()
        }

    def stored(self) -> list[bytes]:
        """Every value of the register that may hold words."""
        values = (value for rows in self.contents().values() for row in rows for value in row)
        texts = (value.encode() if isinstance(value, str) else value for value in values)
        return [bytes(text) for text in texts if isinstance(text, bytes | memoryview)]

    def everything(self) -> dict[str, Any]:
        """Every file but SQLite's own, and every row: what an act that changes nothing leaves as it was."""
        return {**self.files("."), **self.contents()}

    def keep(self) -> Callable[[], None]:
        """Copies the register by hand; to call the answer puts the copy in the place of the one that stands then."""
        if databases.SERVER:
            rows = databases.contents(self.database())
            return lambda: databases.fill(self.database(), rows)
        kept = {path: path.read_bytes() for path in self.path.glob("certify.db*")}

        def put_back() -> None:
            for path in self.path.glob("certify.db*"):
                path.unlink()
            for path, content in kept.items():
                path.write_bytes(content)
                path.chmod(0o600)

        return put_back


def demo(path: Path) -> Home:
    """A demo issuer as it was when it was new: a copy of the one that is made once, with its key."""
    template, rows = _template()
    shutil.copytree(template, path)
    file = path / "certify.toml"
    text = file.read_text(encoding="utf-8").replace(json.dumps(str(template))[1:-1], json.dumps(str(path))[1:-1])
    if databases.SERVER:
        (url,) = re.findall(r'^url = "(.*)"$', text, re.MULTILINE)
        text = text.replace(url, databases.new(rows))
    file.write_text(text, encoding="utf-8")
    return Home(path)


def fresh(path: Path, at: str | None = CREATED) -> Home:
    """A demo issuer with a key of its own, made by the command; `at` None: now."""
    home = Home(path)
    home.json("init", "--demo", *on_server(), at=at)
    return home


def on_server() -> tuple[str, ...]:
    """What init is told where registers are no files."""
    return ("--database", databases.new()) if databases.SERVER else ()


@cache
def _template() -> tuple[Path, databases.Rows]:
    """Its folder, and what is in its register where that is no file."""
    folder = Path(tempfile.mkdtemp(prefix="certify-"))
    atexit.register(shutil.rmtree, folder)
    home = fresh(folder / "home")
    if databases.SERVER:
        return home.path, databases.contents(home.database())
    home.change("PRAGMA wal_checkpoint(TRUNCATE)")
    for path in home.path.glob("certify.db-*"):
        path.unlink()
    return home.path, {}


def real(path: Path, passphrase: Path, **options: str) -> Home:
    """A new issuer that is no demo: its times are the clock's."""
    named = {"name": "Example Body", "base-url": "https://issuer.example", "email": "complaints@issuer.example"}
    given = [part for name, value in {**named, **options}.items() for part in (f"--{name}", value)]
    home = Home(path)
    home.json("init", *given, *on_server(), "--passphrase-file", str(passphrase))
    return home


@contextmanager
def opened(home: Home) -> Iterator[Desk]:
    """A desk whose register is closed at the end."""
    desk = home.desk()
    try:
        yield desk
    finally:
        desk.engine.dispose()
