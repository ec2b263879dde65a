"""Every command that README shows is run, in its order, in a folder that looks like a fresh checkout."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
COMMAND = re.compile(r"^    (certify(?:-verify)? .+)$", re.MULTILINE)
PLACEHOLDER = "AIMA-2026-XXXXXXXX"


def expected(command: str) -> int:
    """README says which exit status to expect: 3 where the withdrawal list is missing, else 0."""
    return 3 if "--did-doc" in command and "--trust" not in command else 0


def test_every_command_does_what_readme_says(tmp_path: Path) -> None:
    for name in ("examples", "did-docs"):
        (tmp_path / name).symlink_to(ROOT / name)
    commands = COMMAND.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    assert [command.split()[0] for command in commands].count("certify-verify") == 3
    assert {command.split()[1] for command in commands if command.startswith("certify ")} == {
        "init",
        "issue",
        "revoke",
        "show",
    }
    for command in commands:
        issued = [path.name.removesuffix(".r1.json") for path in tmp_path.glob("my-issuer/issued/*.r1.json")]
        words = shlex.split(command.replace(PLACEHOLDER, issued[0] if issued else PLACEHOLDER))
        done = subprocess.run(
            [str(BIN / words[0]), *words[1:]], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.returncode == expected(command), f"{command}\n{done.stdout}{done.stderr}"


def test_the_two_commands_are_targets_of_the_makefile() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"^    make (\w[\w-]*)", readme, re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
