"""What an issuer whose register is on a server is told about backups: they are made by the server's own tools."""

from pathlib import Path

import pytest

from tests.kit import databases
from tests.kit.home import LATER, demo

pytestmark = pytest.mark.skipif(not databases.SERVER, reason="About a register on a server: make test-postgres.")


def test_a_backup_is_left_to_the_server(tmp_path: Path) -> None:
    home = demo(tmp_path / "home")
    before = home.everything()
    ran = home.certify("backup", str(tmp_path / "b.zip"), "--json", at=LATER)
    assert (ran.exit, ran.code, "Use its own tools" in ran.err) == (1, "register.unusable", True)
    assert home.everything() == before
    assert [path.name for path in tmp_path.iterdir()] == ["home"]
