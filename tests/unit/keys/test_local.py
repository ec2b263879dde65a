"""Key files: who may read them, what opens them, and what is refused."""

import os
import stat
import traceback
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
)

from keys import KeyFileError, KeyRecord, KeyState, Signer, generate, inspect, local, open_signer
from tests.unit.keys.making import T0, public_key
from verifier.format import multikey

PASSPHRASE = b"correct horse battery"
ENCRYPTED = BestAvailableEncryption(PASSPHRASE)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "key-2026-1.pem"


def place(
    path: Path,
    key: Ed25519PrivateKey | ec.EllipticCurvePrivateKey,
    encryption: KeySerializationEncryption = ENCRYPTED,
) -> None:
    path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption))
    path.chmod(0o600)


def refusal(path: Path, passphrase: bytes = PASSPHRASE, public: bytes = bytes(32)) -> str:
    with pytest.raises(KeyFileError) as caught:
        local.load(path, passphrase, public_key=public)
    assert passphrase not in "".join(traceback.format_exception(caught.value)).encode()
    return caught.value.code


def test_a_generated_key_signs_and_signs_again_when_loaded(path: Path) -> None:
    made: Signer = generate(path, PASSPHRASE)
    loaded: Signer = local.load(path, PASSPHRASE, public_key=made.public_key)
    assert made.sign(b"data") == loaded.sign(b"data")
    assert len(made.public_key) == 32
    assert len(made.sign(b"data")) == 64
    Ed25519PublicKey.from_public_bytes(made.public_key).verify(loaded.sign(b"data"), b"data")


def test_only_the_owner_can_read_the_file(path: Path) -> None:
    before = os.umask(0)
    try:
        generate(path, PASSPHRASE)
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_bytes().startswith(b"-----BEGIN ENCRYPTED PRIVATE KEY-----")


def test_a_second_key_never_overwrites_the_first(path: Path) -> None:
    generate(path, PASSPHRASE)
    first = path.read_bytes()
    with pytest.raises(KeyFileError) as caught:
        generate(path, PASSPHRASE)
    assert caught.value.code == "key.file-exists"
    assert path.read_bytes() == first


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(KeyFileError) as caught:
        generate(tmp_path / "none" / "key.pem", PASSPHRASE)
    assert caught.value.code == "key.file-unwritable"


@pytest.mark.parametrize("passphrase", [b"", b"x" * 11])
def test_a_short_passphrase_is_refused_before_a_file_is_made(path: Path, passphrase: bytes) -> None:
    with pytest.raises(KeyFileError) as caught:
        generate(path, passphrase)
    assert caught.value.code == "key.passphrase-weak"
    assert not path.exists()


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o602, 0o610, 0o601, 0o644])
def test_a_file_that_others_may_use_is_refused(path: Path, mode: int) -> None:
    made = generate(path, PASSPHRASE)
    path.chmod(mode)
    assert refusal(path, public=made.public_key) == "key.file-mode"


def test_the_passphrase_must_be_right(path: Path) -> None:
    made = generate(path, PASSPHRASE)
    assert refusal(path, b"wrong horse battery", made.public_key) == "key.passphrase"


def test_a_missing_file(path: Path) -> None:
    assert refusal(path) == "key.file-missing"


def test_a_folder_or_a_pipe_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir(mode=0o700)
    os.mkfifo(tmp_path / "pipe", mode=0o600)
    assert refusal(tmp_path / "folder") in {"key.file-damaged", "key.file-unreadable"}
    assert refusal(tmp_path / "pipe") == "key.file-damaged"


@pytest.mark.parametrize("text", [b"", b"junk", b"-----BEGIN CERTIFICATE-----", b"x" * 1_000_000])
def test_a_file_that_is_no_key(path: Path, text: bytes) -> None:
    path.write_bytes(text)
    path.chmod(0o600)
    assert refusal(path) == "key.file-damaged"


def test_an_unencrypted_key(path: Path) -> None:
    place(path, Ed25519PrivateKey.generate(), NoEncryption())
    assert refusal(path) == "key.unencrypted"


def test_a_key_of_another_type(path: Path) -> None:
    place(path, ec.generate_private_key(ec.SECP256R1()))
    assert refusal(path) == "key.type"


def test_the_key_of_another_record(path: Path) -> None:
    generate(path, PASSPHRASE)
    assert refusal(path, public=public_key()) == "key.mismatch"


def test_no_tampered_file_gives_a_signer(path: Path) -> None:
    """Some changed bytes decrypt to another key without an error; only the public half tells."""
    made = generate(path, PASSPHRASE)
    head, *body, foot = path.read_bytes().splitlines()
    text = b"".join(body)
    codes = set()
    for position in range(len(text.rstrip(b"=")) - 1):
        other = b"B" if text[position] == ord("A") else b"A"
        path.write_bytes(b"\n".join([head, text[:position] + other + text[position + 1 :], foot]))
        codes.add(refusal(path, public=made.public_key))
    assert {"key.passphrase", "key.mismatch"} <= codes <= {"key.passphrase", "key.mismatch", "key.type", "key.cost"}


def test_neither_repr_nor_comparison_shows_the_key(path: Path) -> None:
    made = generate(path, PASSPHRASE)
    assert repr(made) == f"LocalSigner(public_key={made.public_key!r})"
    assert made == local.load(path, PASSPHRASE, public_key=made.public_key)


def record(signer: str, public: bytes) -> KeyRecord:
    return KeyRecord("key-2026-1", multikey.encode(public), signer, KeyState.ANNOUNCED, created=T0, announced=T0)


def test_a_record_leads_to_its_signer(path: Path) -> None:
    made = generate(path, PASSPHRASE)
    signer = open_signer(record(f"file:{path.name}", made.public_key), path.parent, PASSPHRASE)
    assert signer.sign(b"data") == made.sign(b"data")


@pytest.mark.parametrize("uri", ["file:../key.pem", "file:/etc/key.pem", "file:.", "file:a/b", "hsm:slot-1"])
def test_a_signer_outside_the_folder_is_unknown(tmp_path: Path, uri: str) -> None:
    with pytest.raises(KeyFileError) as caught:
        open_signer(record(uri, public_key()), tmp_path, PASSPHRASE)
    assert caught.value.code == "key.signer"


def test_a_look_at_a_key_file_needs_no_passphrase(path: Path) -> None:
    record = KeyRecord(
        "key-2026-1",
        multikey.encode(generate(path, PASSPHRASE).public_key),
        f"file:{path.name}",
        KeyState.ANNOUNCED,
        T0,
        T0,
    )
    inspect(record, path.parent)
    path.chmod(0o640)
    assert seen(record, path) == "key.file-mode"
    path.unlink()
    assert seen(record, path) == "key.file-missing"
    place(path, Ed25519PrivateKey.generate(), NoEncryption())
    assert seen(record, path) == "key.unencrypted"
    path.write_bytes(b"junk")
    assert seen(record, path) == "key.file-damaged"
    assert seen(replace(record, signer="hsm:slot-1"), path) == "key.signer"


def seen(record: KeyRecord, path: Path) -> str:
    with pytest.raises(KeyFileError) as caught:
        inspect(record, path.parent)
    return caught.value.code


def unfit(path: Path) -> str:
    with pytest.raises(KeyFileError) as caught:
        local.sealed(path)
    return caught.value.code


def test_a_key_file_is_handed_on_only_as_it_should_be_kept(path: Path) -> None:
    generate(path, PASSPHRASE)
    assert local.sealed(path) == path.read_bytes()
    path.chmod(0o604)
    assert unfit(path) == "key.file-mode"
    path.chmod(0o600)
    encrypted = path.read_bytes()
    for content, code in (
        (encrypted.replace(b"ENCRYPTED ", b""), "key.unencrypted"),
        (encrypted + encrypted.replace(b"ENCRYPTED ", b""), "key.unencrypted"),
        (encrypted + b"-----BEGIN CERTIFICATE-----", "key.unencrypted"),
        (b"correct horse battery", "key.file-damaged"),
    ):
        path.write_bytes(content)
        assert unfit(path) == code
    path.unlink()
    assert unfit(path) == "key.file-missing"
