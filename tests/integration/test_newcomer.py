"""Whoever tries every command without knowing it: help says something, and nonsense is refused in a sentence."""

from pathlib import Path

import pytest

from tests.kit import commands
from tests.kit.databases import in_a_file
from tests.kit.home import LATER, Home, certify, demo

NONSENSE = ("", " ", "-", "--", "x" * 5_000, "ä\u202e\x00"[:2], "../../etc/passwd", "0", "1e999", "\udcff")
EVERY = sorted(commands.every())


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return demo(tmp_path_factory.mktemp("issuer") / "home")


@pytest.mark.parametrize("name", EVERY)
def test_help_says_what_it_is_for(name: str) -> None:
    ran = certify(*name.split(), "--help")
    assert (ran.exit, ran.err) == (0, "")
    assert len(ran.out.splitlines()) > 5


@pytest.mark.parametrize("name", [each for each in EVERY if each not in {"serve", "publish", "init"}])
def test_nonsense_is_refused_in_a_sentence(
    home: Home, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same nonsense in every place that asks for something."""
    monkeypatch.chdir(tmp_path)
    parser = commands.every()[name]
    required = [action for action in parser._actions if action.required or not action.option_strings]
    for text in NONSENSE:
        given: list[str] = []
        for action in required:
            value = str(next(iter(action.choices))) if action.choices else text
            given += [action.option_strings[0], value] if action.option_strings else [value]
        ran = home.certify(*name.split(), *given, at=LATER)
        assert ran.exit in {0, 1, 2}, (given, ran.err)
        assert "Traceback" not in ran.err
        assert (ran.err or ran.out).strip(), "whatever it answers, it says something"


@pytest.mark.parametrize("name", [each for each in EVERY if each != "init"])
def test_without_an_issuer_every_command_says_so(name: str, tmp_path: Path) -> None:
    parser = commands.every()[name]
    given: list[str] = []
    for action in parser._actions:
        if action.required or (not action.option_strings and action.nargs != "?"):
            value = str(next(iter(action.choices))) if action.choices else "1"
            given += [action.option_strings[0], value] if action.option_strings else [value]
    if name == "staff set":
        given += ["--password-fd", "0"]
    ran = Home(tmp_path / "nowhere").certify(*name.split(), *given)
    assert ran.exit in {1, 2}, ran.out
    assert "Traceback" not in ran.err
    assert ran.err.strip() or name == "doctor"
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize(
    "given",
    [
        ("init", "--demo", "--zone", "Nowhere/Nothing"),
        ("init", "--demo", "--base-url", "http://x"),
        ("init", "--demo", "--database", "nonsense"),
        ("init", "--demo", "--name", "No mark"),
        pytest.param(("init", "--demo", "--passphrase-file", "/nowhere"), marks=in_a_file),
        ("publish", "--every", "nan", "--watch"),
        ("publish", "--every", "-1", "--watch"),
        ("serve", "--port", "0"),
        ("serve", "--workers", "0"),
        ("serve", "--request-seconds", "nan"),
        ("publish", "--at", "yesterday"),
        ("publish", "--passphrase-fd", "99"),
        ("tokens", "new", "t", "--role", "issuer", "--days", "99999999999"),
        ("keys", "activate", "nothing"),
        ("qr", "X", "--size", "nan"),
        ("suspend", "X", "--reason", "r", "--decision", "D", "--due", "tomorrow"),
        ("person", "close-request", "x", "--decision", "D"),
        ("person", "close-request", "99999999999999999999", "--decision", "D"),
    ],
    ids=" ".join,
)
def test_values_that_are_none(given: tuple[str, ...], tmp_path: Path, home: Home) -> None:
    where = Home(tmp_path / "new") if given[0] == "init" else home
    ran = where.certify(*given)
    assert ran.exit in {1, 2}, ran.out
    assert ran.err.strip()
    assert "Traceback" not in ran.err
    assert not (tmp_path / "new").exists()
