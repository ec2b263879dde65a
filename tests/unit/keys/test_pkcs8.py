"""What a guess at a passphrase costs: stated in the file, at least ours when we write it, bounded when we read it."""

import signal
import subprocess
import sys
import time
from base64 import b64encode
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from hypothesis import given
from hypothesis import strategies as st

from keys import KeyFileError, durable, generate, local, pkcs8
from keys.pkcs8 import Cost

PASSPHRASE = b"correct horse battery"
ROOT = Path(__file__).resolve().parents[3]
REAL = Cost(1 << 17, 8, 1)
SMALL = Cost(1 << 4, 8, 1)
KEY = Ed25519PrivateKey.generate()
PUBLIC = KEY.public_key().public_bytes_raw()
DER = KEY.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
OLD = KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(PASSPHRASE))


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A file as it was written before."""
    return placed(tmp_path / "key-2026-1.pem", OLD)


def placed(path: Path, pem: bytes) -> Path:
    path.write_bytes(pem)
    path.chmod(0o600)
    return path


def test_a_program_that_runs_writes_what_is_promised() -> None:
    program = "from keys import pkcs8; print(*pkcs8.COST)"
    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["131072", "8", "1"]
    assert (REAL.memory, pkcs8.is_bearable(REAL)) == (128 << 20, True)


def test_the_real_cost_is_paid_and_bearable(tmp_path: Path) -> None:
    pem = pkcs8.seal(DER, PASSPHRASE, REAL)
    assert pkcs8.cost_of(pem) == REAL
    begun = time.process_time()
    assert local.load(placed(tmp_path / "k.pem", pem), PASSPHRASE, public_key=PUBLIC).public_key == PUBLIC
    assert 0.05 < time.process_time() - begun < 10


def test_another_reader_opens_what_is_written() -> None:
    """OpenSSL, below the library; and what it writes is read here."""
    pem = pkcs8.seal(DER, PASSPHRASE, SMALL)
    key = load_pem_private_key(pem, PASSPHRASE)
    assert isinstance(key, Ed25519PrivateKey)
    assert key.private_bytes_raw() == KEY.private_bytes_raw()
    command = ["openssl", "pkcs8", "-topk8", "-scrypt", "-passout", f"pass:{PASSPHRASE.decode()}"]
    plain = KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    theirs = subprocess.run(command, input=plain, capture_output=True, check=True).stdout
    assert pkcs8.cost_of(theirs) == Cost(1 << 14, 8, 1)


@given(st.binary(min_size=0, max_size=300))
def test_any_bytes_have_a_cost_or_none(data: bytes) -> None:
    for body in (data, b64encode(data)):
        pkcs8.cost_of(pkcs8.BEGIN + b"\n" + body + b"\n-----END ENCRYPTED PRIVATE KEY-----\n")


@pytest.mark.parametrize(
    "cost", [Cost(1 << 30, 8, 1), Cost(1 << 20, 8, 1), Cost(1 << 10, 1 << 13, 1), Cost(1 << 14, 8, 1 << 10)]
)
def test_a_file_that_asks_for_too_much_is_refused_at_once(tmp_path: Path, cost: Cost) -> None:
    pem = hostile(cost)
    assert pkcs8.cost_of(pem) == cost
    begun = time.process_time()
    with pytest.raises(KeyFileError) as raised:
        local.load(placed(tmp_path / "k.pem", pem), PASSPHRASE, public_key=PUBLIC)
    assert raised.value.code == "key.cost"
    assert time.process_time() - begun < 0.5


def hostile(cost: Cost) -> bytes:
    """A file of ours whose numbers were changed."""
    original = pkcs8._integer
    numbers = iter(cost)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pkcs8, "_integer", lambda _: original(next(numbers)))
        return pkcs8.seal(DER, PASSPHRASE, SMALL)


def test_rounds_without_end_are_refused_too(tmp_path: Path) -> None:
    rounds = (1 << 31).to_bytes(5)
    kdf = pkcs8._sequence(
        pkcs8._tlv(6, pkcs8._PBKDF2), pkcs8._sequence(pkcs8._tlv(4, bytes(16)), pkcs8._tlv(2, rounds))
    )
    scheme = pkcs8._sequence(pkcs8._tlv(6, pkcs8._AES256_CBC), pkcs8._tlv(4, bytes(16)))
    algorithm = pkcs8._sequence(pkcs8._tlv(6, pkcs8._PBES2), pkcs8._sequence(kdf, scheme))
    body = b64encode(pkcs8._sequence(algorithm, pkcs8._tlv(4, bytes(64))))
    pem = pkcs8.BEGIN + b"\n" + body + b"\n-----END ENCRYPTED PRIVATE KEY-----\n"
    with pytest.raises(KeyFileError) as raised:
        local.load(placed(tmp_path / "k.pem", pem), PASSPHRASE, public_key=PUBLIC)
    assert raised.value.code == "key.cost"


# --- rewrap -------------------------------------------------------------------------------------------------------


def test_an_old_file_is_read_named_and_written_anew(old: Path) -> None:
    signed = local.load(old, PASSPHRASE, public_key=PUBLIC).sign(b"data")
    assert local.is_worn(old)
    assert local.rewrap(old, PASSPHRASE, public_key=PUBLIC)
    assert not local.is_worn(old)
    assert not local.rewrap(old, PASSPHRASE, public_key=PUBLIC), "once is enough"
    assert local.load(old, PASSPHRASE, public_key=PUBLIC).sign(b"data") == signed
    assert old.stat().st_mode & 0o777 == 0o600
    assert [*old.parent.iterdir()] == [old]


def test_a_new_file_is_not_worn(tmp_path: Path) -> None:
    generate(tmp_path / "k.pem", PASSPHRASE)
    assert not local.is_worn(tmp_path / "k.pem")
    assert not pkcs8.is_enough(Cost(1 << 22, 0, 1)), "many rounds of PBKDF2 take no memory"


@pytest.mark.parametrize(
    ("passphrase", "public", "code"),
    [(b"another one", PUBLIC, "key.passphrase"), (PASSPHRASE, bytes(32), "key.mismatch")],
    ids=["passphrase", "key"],
)
def test_what_does_not_open_is_left_as_it_is(old: Path, passphrase: bytes, public: bytes, code: str) -> None:
    with pytest.raises(KeyFileError) as raised:
        local.rewrap(old, passphrase, public_key=public)
    assert (raised.value.code, old.read_bytes()) == (code, OLD)


def test_what_would_not_open_again_is_not_written(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = Ed25519PrivateKey.generate().private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    seal = pkcs8.seal
    monkeypatch.setattr(pkcs8, "seal", lambda _, passphrase: seal(other, passphrase))
    with pytest.raises(KeyFileError) as raised:
        local.rewrap(old, PASSPHRASE, public_key=PUBLIC)
    assert (raised.value.code, old.read_bytes()) == ("key.mismatch", OLD)


KILLED = """
import os, pathlib, sys
from keys import local, pkcs8
path, public, step, nth = sys.argv[1], bytes.fromhex(sys.argv[2]), sys.argv[3], int(sys.argv[4])
vars(pkcs8)["COST"] = pkcs8.Cost(16, 8, 1)
seen = 0
def die(*given, **named):
    global seen
    seen += 1
    if seen == nth:
        os.kill(os.getpid(), 9)
    return real(*given, **named)
owner, name = (pathlib.Path, "replace") if step == "rename" else (os, step)
real = getattr(owner, name)
setattr(owner, name, die)
local.rewrap(pathlib.Path(path), b"correct horse battery", public_key=public)
"""


@pytest.mark.parametrize(("step", "most"), [("open", 4), ("fsync", 2), ("fchmod", 1), ("rename", 1)])
def test_killed_at_any_step_the_key_still_opens(tmp_path: Path, step: str, most: int) -> None:
    for nth in range(1, most + 1):
        path = placed(tmp_path / f"{step}{nth}.pem", OLD)
        run = subprocess.run(
            [sys.executable, "-c", KILLED, str(path), PUBLIC.hex(), step, str(nth)], cwd=ROOT, check=False
        )
        assert run.returncode == -signal.SIGKILL
        assert local.load(path, PASSPHRASE, public_key=PUBLIC).public_key == PUBLIC
        durable.sweep(tmp_path)
        local.rewrap(path, PASSPHRASE, public_key=PUBLIC)
        assert not local.is_worn(path)
    assert sorted(each.name for each in tmp_path.iterdir()) == sorted(f"{step}{nth}.pem" for nth in range(1, most + 1))
