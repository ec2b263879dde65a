"""Where the passphrase of a signing key comes from: a descriptor, a file, a person at a terminal."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.kit.home import Home, on_server, real

PASSPHRASE = "a passphrase that is long enough"
PROMPT = b"Passphrase of the signing key: "
AGAIN = b"The same again: "
NAMED = ("--name", "Example Body", "--base-url", "https://issuer.example", "--email", "complaints@issuer.example")
PROGRAM = (sys.executable, "-c", "import sys; from issuer.cli import main; sys.exit(main())")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """An issuer whose configuration names no passphrase file."""
    file = tmp_path / "passphrase"
    file.write_text(PASSPHRASE + "\n")
    home = real(tmp_path / "home", file)
    config = home.path / "certify.toml"
    config.write_text("".join(line for line in config.read_text().splitlines(True) if "passphrase" not in line))
    file.unlink()
    return home


def environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("CERTIFY_")}


def by_descriptor(given: bytes, *arguments: str) -> subprocess.CompletedProcess[str]:
    reading, writing = os.pipe()
    os.write(writing, given)
    os.close(writing)
    try:
        return subprocess.run(
            (*PROGRAM, *arguments, "--passphrase-fd", str(reading)),
            pass_fds=(reading,),
            stdin=subprocess.DEVNULL,
            env=environment(),
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        os.close(reading)


def at_terminal(answers: dict[bytes, list[bytes]], *arguments: str) -> tuple[int, bytes]:
    """Exit status, and everything that the terminal showed; each prompt gets its next answer, then none."""
    ours, theirs = pty.openpty()
    program = subprocess.Popen(
        (*PROGRAM, *arguments), stdin=theirs, stdout=theirs, stderr=theirs, env=environment(), start_new_session=True
    )
    os.close(theirs)
    shown, seen = b"", 0
    try:
        while chunk := _read(ours):
            shown += chunk
            for prompt, waiting in answers.items():
                if shown.endswith(prompt) and len(shown) > seen and waiting:
                    seen = len(shown)
                    os.write(ours, waiting.pop(0) + b"\n")
        return program.wait(timeout=30), shown
    finally:
        program.kill()
        program.wait()
        os.close(ours)


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # the program has closed its end
        return b""


def test_a_descriptor_gives_it_once_for_the_whole_command(home: Home) -> None:
    given = PASSPHRASE.encode() + b"\nwhat follows is not read"
    for command in (("publish",), ("keys", "generate")):
        ran = by_descriptor(given, *command, "--home", str(home.path))
        assert (ran.returncode, ran.stderr) == (0, "")


def test_a_descriptor_creates_an_issuer(tmp_path: Path) -> None:
    home = tmp_path / "home"
    ran = by_descriptor(PASSPHRASE.encode(), "init", *NAMED, *on_server(), "--home", str(home))
    assert (ran.returncode, ran.stderr) == (0, "")
    assert (home / "public" / "trust.json").exists()
    assert PASSPHRASE not in ran.stdout
    assert not [path for path in home.rglob("*") if path.is_file() and PASSPHRASE.encode() in path.read_bytes()]


def test_a_descriptor_with_the_wrong_one_or_none(home: Home) -> None:
    wrong = by_descriptor(b"not the passphrase at all\n", "publish", "--home", str(home.path))
    assert wrong.returncode == 1
    assert "[key.passphrase]" in wrong.stderr
    empty = by_descriptor(b"", "publish", "--home", str(home.path))
    assert (empty.returncode, "gave no passphrase" in empty.stderr) == (2, True)
    ran = home.certify("publish", "--passphrase-fd", "987")
    assert (ran.exit, "cannot be read" in ran.err) == (2, True)


def test_a_descriptor_goes_before_the_configured_file(home: Home, tmp_path: Path) -> None:
    home.environment["CERTIFY_KEYS__PASSPHRASE_FILE"] = str(tmp_path / "nowhere")
    assert home.fails("publish") == "key.passphrase-file"
    reading, writing = os.pipe()
    os.write(writing, PASSPHRASE.encode())
    os.close(writing)
    try:
        assert home.certify("publish", "--passphrase-fd", str(reading)).exit == 0
    finally:
        os.close(reading)


def test_a_file_gives_its_first_line(home: Home, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(PASSPHRASE.encode() + b"\r\nanother line\n")
    home.environment["CERTIFY_KEYS__PASSPHRASE_FILE"] = str(file)
    home.json("publish")
    file.write_bytes(b"\n" + PASSPHRASE.encode())
    assert home.fails("publish") == "key.passphrase-file"


def test_a_person_is_asked_once_and_what_they_type_is_not_shown(home: Home) -> None:
    for command in (("publish",), ("keys", "generate")):
        answers = {PROMPT: [PASSPHRASE.encode()]}
        status, shown = at_terminal(answers, *command, "--home", str(home.path))
        assert (status, answers) == (0, {PROMPT: []})
        assert shown.count(PROMPT) == 1
        assert PASSPHRASE.encode() not in shown


def test_a_person_who_creates_an_issuer_types_it_twice(tmp_path: Path) -> None:
    answers = {PROMPT: [PASSPHRASE.encode()], AGAIN: [PASSPHRASE.encode()]}
    status, shown = at_terminal(answers, "init", *NAMED, *on_server(), "--home", str(tmp_path / "home"))
    assert (status, shown.count(PROMPT), shown.count(AGAIN)) == (0, 1, 1)


@pytest.mark.parametrize(
    ("first", "second", "words"), [(PASSPHRASE, "another", b"differ"), ("", "", b"no passphrase was given")]
)
def test_two_that_differ_or_are_empty_create_nothing(tmp_path: Path, first: str, second: str, words: bytes) -> None:
    answers = {PROMPT: [first.encode()], AGAIN: [second.encode()]}
    status, shown = at_terminal(answers, "init", *NAMED, *on_server(), "--home", str(tmp_path / "home"))
    assert (status, words in shown) == (2, True)
    assert not (tmp_path / "home").exists()


def test_a_wrong_one_at_the_terminal(home: Home) -> None:
    status, shown = at_terminal({PROMPT: [b"not the passphrase at all"]}, "publish", "--home", str(home.path))
    assert (status, b"[key.passphrase]" in shown) == (1, True)
