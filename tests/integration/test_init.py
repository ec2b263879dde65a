"""An `init` that fails leaves nothing behind, wherever it fails: the same command is simply run again."""

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

import pytest

from issuer.errors import IssuerError
from issuer.register import postgres
from issuer.service import newhome, publish, setup
from keys import durable
from tests.kit import databases
from tests.kit.home import Home, Ran, on_server

NAMED = ("--name", "Example Body", "--base-url", "https://issuer.example", "--email", "complaints@issuer.example")
MOST_WRITES = 100
KILLED = """
import os, signal, sys
from keys import durable
from issuer.cli import main
number, left, write = int(sys.argv[1]), [int(sys.argv[2])], durable._write
def counted(*arguments):
    left[0] -= 1
    if left[0] == 0:
        os.kill(os.getpid(), number)
    write(*arguments)
durable._write = counted
sys.exit(main(sys.argv[3:]))
"""


@pytest.fixture
def passphrase(tmp_path: Path) -> Path:
    path = tmp_path / "passphrase"
    path.write_text("a passphrase that is long enough\n")
    path.chmod(0o600)
    return path


@pytest.fixture(params=["new", "empty", "deep"])
def home(tmp_path: Path, request: pytest.FixtureRequest) -> Home:
    """A folder that is not there, one that is there and empty, and one whose parents are not there."""
    path = tmp_path / "place" / ("a/b/home" if request.param == "deep" else "home")
    (path if request.param == "empty" else tmp_path / "place").mkdir(parents=True)
    return Home(path)


def seen(home: Home) -> set[str]:
    place = next(each for each in home.path.parents if each.name == "place")
    return {str(path.relative_to(place)) for path in place.rglob("*")}


def begin(home: Home, passphrase: Path, *more: str) -> Ran:
    return home.certify("init", *NAMED, *more, "--passphrase-file", str(passphrase), "--json")


def works(home: Home, passphrase: Path, *more: str) -> None:
    """It can be made now, and it is whole."""
    done = begin(home, passphrase, *(more or on_server()))
    assert done.exit == 0, done.err
    lines = home.certify("doctor", "--json").json["checks"]
    assert [each for each in lines if each["level"] == "red"] == []
    assert not (home.path / newhome.HALFWAY).exists()


@contextmanager
def no_room_after(writes: int) -> Iterator[list[int]]:
    """The disk is full from this many files on."""
    left, write = [writes], durable._write

    def counted(path: Path, data: bytes, mode: int) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        write(path, data, mode)

    with mock.patch.object(durable, "_write", counted):
        yield left


def test_a_disk_that_is_full_after_any_number_of_files(home: Home, passphrase: Path) -> None:
    before = seen(home)
    url = on_server()
    for writes in range(MOST_WRITES):
        with no_room_after(writes) as left:
            ran = begin(home, passphrase, *url)
        if left[0] >= 0:
            break
        assert ran.exit == 1
        assert ran.code in {"disk", "key.file-unwritable"}
        assert seen(home) == before, writes
    else:
        pytest.fail("it never had room enough")
    assert writes > 10
    assert home.certify("doctor").exit == 0


def fails(*_: object, **__: object) -> None:
    raise IssuerError("register.unusable", "The register could not be used (disk full). Nothing was changed.")


def interrupts(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("step", ["open_register", "publish_first", "_first_key", "load_catalog"])
@pytest.mark.parametrize("how", [fails, interrupts])
def test_a_step_that_fails(home: Home, passphrase: Path, step: str, how: Callable[..., None]) -> None:
    before = seen(home)
    with mock.patch.object(setup, step, how), mock.patch("tests.kit.home.open_register", how):
        ran = begin(home, passphrase, *on_server())
    assert ran.exit == (1 if how is fails else 130)
    assert "Traceback" not in ran.err
    assert seen(home) == before
    works(home, passphrase)


def test_a_commit_that_fails(home: Home, passphrase: Path) -> None:
    """On a server too: what was entered there is gone, and the database may be named again."""
    before, url, whole = seen(home), on_server(), publish.publish_first

    def then_fail(*arguments: object) -> None:
        whole(*arguments)  # type: ignore[arg-type]
        fails()

    with mock.patch.object(setup, "publish_first", then_fail):
        assert begin(home, passphrase, *url).exit == 1
    assert seen(home) == before
    works(home, passphrase, *url)


@pytest.mark.parametrize("content", [None, b"", b"short\n"])
def test_a_bad_passphrase_file(home: Home, passphrase: Path, content: bytes | None) -> None:
    before, bad = seen(home), passphrase.with_name("bad")
    if content is not None:
        bad.write_bytes(content)
    assert begin(home, bad, *on_server()).exit == 1
    assert seen(home) == before
    works(home, passphrase)


def test_a_folder_that_holds_something_stays_as_it_is(home: Home, passphrase: Path) -> None:
    home.path.mkdir(parents=True, exist_ok=True)
    (home.path / "letter.txt").write_text("mine")
    before = seen(home)
    ran = begin(home, passphrase)
    assert ran.code == "init.exists"
    assert seen(home) == before


def test_a_database_that_cannot_be_reached(home: Home, passphrase: Path) -> None:
    before = seen(home)
    with mock.patch.dict(postgres.OPTIONS, databases.OPTIONS):
        ran = begin(home, passphrase, "--database", "postgresql://nobody@127.0.0.1:1/nothing")
    assert ran.code == "register.unusable"
    assert seen(home) == before
    works(home, passphrase)


def test_a_database_that_holds_an_issuer(tmp_path: Path, passphrase: Path) -> None:
    if not databases.SERVER:
        pytest.skip("needs a server")
    url = on_server()
    (tmp_path / "place").mkdir()
    first, second = Home(tmp_path / "place" / "first"), Home(tmp_path / "place" / "second")
    works(first, passphrase, *url)
    before = seen(second)
    assert begin(second, passphrase, *url).code == "init.exists"
    assert seen(second) == before


def test_another_init_in_the_same_folder_waits_for_nobody(home: Home, passphrase: Path) -> None:
    def meanwhile(*_: object) -> None:
        ran = begin(home, passphrase, *on_server())
        assert ran.code == "init.running"
        interrupts()

    before = seen(home)
    with mock.patch.object(setup, "publish_first", meanwhile):
        assert begin(home, passphrase, *on_server()).exit == 130
    assert seen(home) == before


def killed_at(home: Home, passphrase: Path, number: int, writes: int) -> int:
    given = (str(number), str(writes), "init", *NAMED, "--passphrase-file", str(passphrase), "--home", str(home.path))
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CERTIFY_")}
    done = subprocess.run(
        [sys.executable, "-c", KILLED, *given, *on_server()], env=environment, capture_output=True, check=False
    )
    assert b"Traceback" not in done.stderr
    return done.returncode


@pytest.mark.parametrize("home", ["new"], indirect=True)
@pytest.mark.parametrize("writes", [1, 2, 3, 5, 9])
def test_one_that_was_killed_is_begun_again(home: Home, passphrase: Path, writes: int) -> None:
    """Whoever is killed can take nothing away; the same command does, and goes on."""
    assert killed_at(home, passphrase, signal.SIGKILL, writes) == -signal.SIGKILL
    assert home.fails("publish") == "config.missing"
    works(home, passphrase)


@pytest.mark.parametrize("home", ["new"], indirect=True)
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_one_that_is_told_to_stop_takes_all_away(home: Home, passphrase: Path, number: int) -> None:
    before = seen(home)
    assert killed_at(home, passphrase, number, 5) == 130
    assert seen(home) == before
