"""Whoever follows the doctor: reads a red line, types what stands between backticks, as it stands, and looks again."""

import ast
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any, Self
from unittest import mock

from issuer.cli import common
from issuer.service import doctor
from issuer.service.checkup import check, house, ledger, publication, signing
from tests.kit.home import Home, certify
from verifier.format.timestamp import parse

MODULES: tuple[ModuleType, ...] = (house, ledger, publication, signing, doctor)
_WORDS = {
    "REF": "D-1",
    "REASON": "scoring-error",
    "NAME": "Example Body",
    "URL": "https://issuer.example",
    "ADDRESS": "complaints@issuer.example",
}
_COMMAND = re.compile(r"`([^`]+)`")


def sites() -> dict[tuple[str, int], str]:
    """Every place that says something in red: module and line -> `module.function:which`."""
    return dict(each for module in MODULES for each in _sites(module))


def _sites(module: ModuleType) -> Iterator[tuple[tuple[str, int], str]]:
    path = Path(str(module.__file__))
    for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(function, ast.FunctionDef):
            said = [node for node in ast.walk(function) if isinstance(node, ast.Name) and node.id == "red"]
            for place, node in enumerate(sorted(said, key=lambda node: node.lineno), 1):
                yield (module.__name__, node.lineno), f"{path.stem}.{function.name}:{place}"


@dataclass
class Follower:
    """A person with a home, a backup of it, and a clock. `words`: what they put in the place of capitals."""

    home: Home
    backup: Path
    now: datetime
    words: dict[str, str] = field(default_factory=dict)
    said: set[str] = field(default_factory=set)
    """The sites that spoke in red at the last look."""

    def certify(self, *arguments: str) -> Any:
        """A command at the time of this person's clock; the home is named only where they type it."""

        class Clock(datetime):
            @classmethod
            def now(cls, tz: Any = None) -> Self:
                return _now  # type: ignore[return-value]

        _now = self.now
        typed = mock.patch.object(common, "_ask", return_value=b"a passphrase that somebody types")
        with mock.patch.object(common, "datetime", Clock), typed:
            return certify(*arguments, environment=self.home.environment)

    def look(self) -> list[dict[str, str]]:
        """The red lines."""
        with _recorded(self.said):
            ran = self.certify("doctor", "--json", "--home", str(self.home.path))
        assert ran.err == ""
        return [each for each in ran.json["checks"] if each["level"] == "red"]

    def advice(self, code: str, said: str = "") -> str:
        """The red line of a check, which there has to be."""
        (found,) = [each["detail"] for each in self.look() if each["code"] == code and said in each["detail"]]
        return found

    def follow(self, advice: str, pick: slice = slice(None)) -> None:
        """Type these of its commands, one after the other."""
        commands = _COMMAND.findall(advice)[pick]
        assert commands, advice
        for command in commands:
            self.type(command)

    def type(self, command: str) -> None:
        words = {**_WORDS, "FILE": str(self.backup), **self.words}
        parts = [words.get(each, each) for each in shlex.split(command)]
        if parts[0] != "certify":
            subprocess.run(parts, check=True)
            return
        if parts[1:3] == ["keys", "activate"]:
            self.now += timedelta(hours=25)  # as the line says, or as the command would
        asks = parts[1:3] in (["keys", "compromise"], ["keys", "reissue"], ["clock", "put-right"])
        ran = self.certify(*parts[1:], *(["--yes"] if asks else []))  # as they answer
        assert ran.exit == 0, (command, ran.err)
        announced = re.match(r"Announced (\S+):", ran.out)
        if announced:
            self.words["KEY"] = announced[1]
        self.now += timedelta(seconds=1)


@contextmanager
def _recorded(said: set[str]) -> Iterator[None]:
    known, whole = sites(), check.red

    def red(sentence: str) -> check.Finding:
        frame = sys._getframe(1)
        said.add(known[(frame.f_globals["__name__"], frame.f_lineno)])
        return whole(sentence)

    said.clear()
    with ExitStack() as stack:
        for module in MODULES:
            stack.enter_context(mock.patch.object(module, "red", red))
        yield


def at(text: str) -> datetime:
    return parse(text).astimezone(UTC)
