"""Acts on keys with a passphrase that does not open them: nothing is announced, nothing begins or ends to sign."""

import os
from pathlib import Path

import pytest

from tests.kit.home import Home, Ran, real

RIGHT = "a passphrase that is long enough"
WRONG = "another one that is long enough"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Its passphrase is typed: no file holds it."""
    file = tmp_path / "passphrase"
    file.write_text(RIGHT + "\n")
    home = real(tmp_path / "home", file)
    config = home.path / "certify.toml"
    config.write_text("".join(line for line in config.read_text().splitlines(True) if "passphrase" not in line))
    file.unlink()
    return home


def run(home: Home, given: str, *arguments: str) -> Ran:
    reading, writing = os.pipe()
    os.write(writing, given.encode() + b"\n")
    os.close(writing)
    try:
        return home.certify(*arguments, "--passphrase-fd", str(reading), "--json")
    finally:
        os.close(reading)


def spare(home: Home) -> str:
    done = run(home, RIGHT, "keys", "generate")
    assert done.exit == 0, done.err
    return str(done.json["announced"])


def long_ago(home: Home, key_id: str) -> None:
    """As if this key had been announced years before."""
    path = home.path / "keys" / "registry.json"
    (announced,) = [key["announced"] for key in home.json("keys", "list")["keys"] if key["id"] == key_id]
    others, key, rest = path.read_text().partition(f'"{key_id}"')
    path.write_text(others + key + rest.replace(announced, f"2020-{announced[5:]}"))


def unchanged(home: Home, code: str, given: str, *arguments: str) -> None:
    before = home.everything()
    ran = run(home, given, *arguments)
    assert (ran.exit, ran.code) == (1, code)
    assert given not in ran.err
    assert home.everything() == before


def test_a_key_is_announced_under_the_passphrase_of_the_others_alone(home: Home) -> None:
    unchanged(home, "key.passphrase", WRONG, "keys", "generate")
    assert [key["state"] for key in home.json("keys", "list")["keys"]] == ["active"]
    assert spare(home).endswith("-2")


def test_the_key_that_signs_counts_before_any_other(home: Home) -> None:
    other = spare(home)
    (home.path / "keys" / f"{other}.pem").unlink()
    unchanged(home, "key.passphrase", WRONG, "keys", "generate")


def test_without_the_signing_file_any_other_tells(home: Home) -> None:
    first = home.json("keys", "list")["keys"][0]["id"]
    spare(home)
    (home.path / "keys" / f"{first}.pem").unlink()
    unchanged(home, "key.passphrase", WRONG, "keys", "generate")
    spare(home)


@pytest.mark.parametrize("content", [None, b"nothing", b"-----BEGIN PRIVATE KEY-----"])
def test_where_no_file_is_left_a_new_key_is_what_helps(home: Home, content: bytes | None) -> None:
    (path,) = (home.path / "keys").glob("*.pem")
    path.unlink()
    if content is not None:
        path.write_bytes(content)
        path.chmod(0o600)
    ran = run(home, WRONG, "keys", "generate")
    assert ran.exit == 0, ran.err
    assert ran.json["announced"] in (home.path / "public" / ".well-known" / "did.json").read_text()


def test_a_key_that_does_not_open_never_begins_to_sign(home: Home) -> None:
    key_id = spare(home)
    long_ago(home, key_id)
    unchanged(home, "key.passphrase", WRONG, "keys", "activate", key_id)
    path = home.path / "keys" / f"{key_id}.pem"
    kept = path.read_bytes()
    path.unlink()
    unchanged(home, "key.file-missing", RIGHT, "keys", "activate", key_id)
    path.write_bytes(kept)
    path.chmod(0o600)
    assert run(home, RIGHT, "keys", "activate", key_id).exit == 0


def test_a_key_ends_to_sign_only_where_another_can(home: Home) -> None:
    first = home.json("keys", "list")["keys"][0]["id"]
    key_id = spare(home)
    long_ago(home, key_id)
    assert run(home, RIGHT, "keys", "activate", key_id).exit == 0
    unchanged(home, "key.passphrase", WRONG, "keys", "retire", first)
    (home.path / "keys" / f"{key_id}.pem").rename(home.path / "aside")
    unchanged(home, "key.file-missing", RIGHT, "keys", "retire", first)
    (home.path / "aside").rename(home.path / "keys" / f"{key_id}.pem")
    assert run(home, RIGHT, "keys", "retire", first).exit == 0
