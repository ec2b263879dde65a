"""`certify keys rewrap`: older key files are named by the doctor and written anew, also while a service signs."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)

from tests.kit.home import AIMA_AT, CAIG_AT, Home, demo, fresh
from tests.kit.serving import recent, serving


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """One whose key file is as it was written before."""
    return aged(demo(tmp_path / "home"))


def aged(home: Home) -> Home:
    secret = (home.path / "keys" / "passphrase").read_bytes().strip()
    for path in (home.path / "keys").glob("*.pem"):
        key = load_pem_private_key(path.read_bytes(), secret)
        path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(secret)))
    return home


def warned(home: Home, at: str) -> bool:
    ran = home.certify("doctor", "--json", at=at)
    (check,) = (each for each in ran.json["checks"] if each["code"] == "doctor.key-cost")
    return str(check["level"]) == "warning"


def test_an_old_key_signs_is_named_and_written_anew(home: Home) -> None:
    first = home.issue()
    assert warned(home, AIMA_AT)
    (key_id,) = home.json("keys", "rewrap", at=AIMA_AT)["rewrapped"]
    assert not warned(home, AIMA_AT)
    assert home.json("keys", "rewrap", at=AIMA_AT) == {"rewrapped": []}
    assert home.verify(home.issue("caig-pass.json", at=CAIG_AT), CAIG_AT).verdict == "valid"
    assert home.verify(first, CAIG_AT).verdict == "valid"
    kinds = [each["type"] for each in home.json("log")["events"] if each.get("subject") == key_id]
    assert "key-rewrapped" in kinds


def test_the_file_of_a_key_that_signs_no_more_may_be_gone(home: Home) -> None:
    home.json("keys", "generate", at=AIMA_AT)
    home.json("keys", "activate", "key-2026-2", at="2026-07-03T00:00:00Z")
    home.json("keys", "retire", "key-2026-1", at="2026-07-03T00:00:00Z")
    (home.path / "keys" / "key-2026-1.pem").unlink()
    assert home.json("keys", "rewrap", at=CAIG_AT) == {"rewrapped": []}
    (home.path / "keys" / "key-2026-2.pem").unlink()
    assert home.fails("keys", "rewrap", at=CAIG_AT) == "key.file-missing"


@pytest.mark.slow
def test_a_service_goes_on_signing_meanwhile(tmp_path: Path) -> None:
    home = aged(fresh(tmp_path / "home", at=None))
    with serving(home, 2) as server:
        assert home.json("issue", "-", stdin=recent(1))["outcome"] == "issued"
        assert home.json("keys", "rewrap")["rewrapped"] == ["key-2026-1"]
        assert home.json("issue", "-", stdin=recent(2))["outcome"] == "issued"
        assert server.ask("GET", "/readyz").status == 200
