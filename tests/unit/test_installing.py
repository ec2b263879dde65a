"""What is said while pip installs: something at once, then how far it is, on a terminal and without one."""

import io
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tools import installing

SAID = [
    "Collecting alembic==1.18.5 (from -r requirements/dev.txt (line 7))\n",
    "  Downloading alembic-1.18.5.whl (10 kB)\n",
    "Requirement already satisfied: pip==26.0 in /x (from -r y)\n",
    "Installing collected packages: alembic\n",
]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_without_a_terminal_the_first_and_every_tenth_are_told() -> None:
    out = io.StringIO()
    many = [f"Collecting p{number}==1\n" for number in range(25)]
    assert installing.follow([*many, SAID[3]], 25, out) == [*many, SAID[3]]
    assert out.getvalue().splitlines() == [
        "  1 of 25 packages: p0",
        "  11 of 25 packages: p10",
        "  21 of 25 packages: p20",
        "  25 of 25 packages fetched, now they are installed ...",
    ]


def test_on_a_terminal_one_line_goes_on() -> None:
    out = Terminal()
    installing.follow(SAID, 2, out)
    assert "1 of 2 packages: alembic" in out.getvalue()
    assert "2 of 2 packages: pip" in out.getvalue()
    assert out.getvalue().count("\n") == 1


@pytest.mark.parametrize("name", ["no-such-file", ""])
def test_a_failure_is_told_in_full_and_is_one(name: str, tmp_path: Path) -> None:
    path = tmp_path / "requirements.txt"
    path.write_text(f"-r {name or 'nothing'}.txt\n")
    program = [sys.executable, str(ROOT / "tools" / "installing.py"), str(path)]
    done = subprocess.run(program, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "ERROR" in done.stderr


def test_make_uses_it() -> None:
    rule = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "tools/installing.py requirements/dev.txt" in rule
