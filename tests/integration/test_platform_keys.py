"""`certify platforms allow` takes a public key as programs write it, from the command line, a file or a pipe, and
refuses everything else without repeating a letter of it.
"""

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, rsa, x25519
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from tests.kit.home import AIMA_AT, LATER, RESULTS, Home, demo
from tests.kit.minting import Key
from tests.kit.web import Platform, service
from verifier.format import multikey
from verifier.format.multibase import encode_base58btc

PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
RAW = PRIVATE.public_key().public_bytes_raw()
MULTIKEY = multikey.encode(RAW)
JWK = multikey.encode_jwk(RAW)
SECRET = base64.urlsafe_b64encode(PRIVATE.private_bytes_raw()).decode().rstrip("=")


def pem(key: Any) -> str:
    return str(key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode())


def private_pem(key: Any, form: PrivateFormat = PrivateFormat.PKCS8) -> str:
    return str(key.private_bytes(Encoding.PEM, form, NoEncryption()).decode())


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return demo(tmp_path_factory.mktemp("issuer") / "home")


PEM = pem(PRIVATE.public_key())
TAKEN = {
    "multikey": MULTIKEY,
    "jwk": json.dumps(JWK),
    "jwk with more": json.dumps({**JWK, "kid": "k", "use": "sig", "alg": "EdDSA", "key_ops": ["verify"]}, indent=1),
    "pem": PEM,
    "pem of windows": PEM.replace("\n", "\r\n"),
    "pem with words around": f"Our key:\n{PEM}\n",
    "with blanks": f"\n  {MULTIKEY} \n",
    "with a byte order mark": f"\ufeff{PEM}",
}


@pytest.mark.parametrize("way", ["given", "file", "pipe"])
@pytest.mark.parametrize("form", TAKEN)
def test_a_public_key_in_any_form_by_any_way(home: Home, tmp_path: Path, form: str, way: str) -> None:
    key_id = f"{form} {way}".replace(" ", "-")
    path = tmp_path / "key"
    path.write_text(TAKEN[form], newline="")
    given = {"given": TAKEN[form], "file": str(path), "pipe": "-"}[way]
    done = home.json("platforms", "allow", "p", key_id, given, at=AIMA_AT, stdin=TAKEN[form].encode())
    assert done == {"allowed": f"p/{key_id}", "publicKey": MULTIKEY}
    listed = {each["key"]: each["publicKeyMultibase"] for each in home.json("platforms", "list")}
    assert listed[key_id] == MULTIKEY


def test_records_under_a_key_that_came_as_pem_are_taken(tmp_path: Path) -> None:
    home = demo(tmp_path / "home")
    platform = Platform(key=Key("platform"))
    with service(home, LATER) as served:
        home.json(
            "platforms", "allow", platform.name, platform.key_id, pem(platform.key.private.public_key()), at=AIMA_AT
        )
        record = (RESULTS / "aima-pass.json").read_bytes()
        assert platform.send(served, record).status_code == 201


P256 = ec.generate_private_key(ec.SECP256R1())
RSA = rsa.generate_private_key(65537, 2048)
X25519 = x25519.X25519PrivateKey.generate()
SECRETS = {
    "pem": private_pem(PRIVATE),
    "pem of another curve": private_pem(P256, PrivateFormat.TraditionalOpenSSL),
    "pem of RSA": private_pem(RSA, PrivateFormat.TraditionalOpenSSL),
    "pem of SSH": private_pem(PRIVATE, PrivateFormat.OpenSSH),
    "both halves": PEM + private_pem(PRIVATE),
    "jwk": json.dumps({**JWK, "d": SECRET}),
    "jwk of RSA": json.dumps({"kty": "RSA", "n": "AQAB", "e": "AQAB", "d": SECRET}),
    "symmetric jwk": json.dumps({"kty": "oct", "k": SECRET}),
    "multikey": encode_base58btc(b"\x80\x26" + PRIVATE.private_bytes_raw()),
}
OTHERS = {
    "P-256": pem(P256.public_key()),
    "RSA": pem(RSA.public_key()),
    "X25519": pem(X25519.public_key()),
    "Ed448": pem(ed448.Ed448PrivateKey.generate().public_key()),
    "DSA": pem(dsa.generate_private_key(1024).public_key()),  # noqa: S505 - refused
    "jwk of P-256": json.dumps({"kty": "EC", "crv": "P-256", "x": "AQ", "y": "AQ"}),
    "jwk of X25519": json.dumps({"kty": "OKP", "crv": "X25519", "x": JWK["x"]}),
    "multikey of P-256": encode_base58btc(b"\x80\x24" + bytes(33)),
}
NONE = {
    "nothing": "",
    "a word": "secretword",
    "a file that is not there": "nothing/key.pem",
    "raw hex": RAW.hex(),
    "a set": json.dumps({"keys": [JWK]}),
    "no kind": json.dumps({"x": JWK["x"]}),
    "a short x": json.dumps({**JWK, "x": "AQ"}),
    "for encryption": json.dumps({**JWK, "use": "enc"}),
    "a certificate": PEM.replace("PUBLIC KEY", "CERTIFICATE"),
    "two": PEM + PEM,
    "half a pem": PEM[:60],
    "an empty pem": "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----",
    "not base64": "-----BEGIN PUBLIC KEY-----\n!!!!\n-----END PUBLIC KEY-----",
    "ssh": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA x@y",
    "a weak one": encode_base58btc(b"\xed\x01" + bytes(32)),
    "broken json": '{"kty": "OKP", ',
    "too long": "z" * 20_000,
    "null": "z\x00",
}
REFUSED = [
    *(("access.private-key", name, text) for name, text in SECRETS.items()),
    *(("access.key-type", name, text) for name, text in OTHERS.items()),
    *(("access.key", name, text) for name, text in NONE.items()),
]


@pytest.mark.parametrize("way", ["given", "file", "pipe"])
@pytest.mark.parametrize(("code", "name", "text"), REFUSED, ids=[f"{code} {name}" for code, name, _ in REFUSED])
def test_what_is_refused_is_not_repeated(home: Home, tmp_path: Path, code: str, name: str, text: str, way: str) -> None:
    path = tmp_path / "key"
    path.write_text(text, encoding="utf-8")
    given = {"given": text, "file": str(path), "pipe": "-"}[way]
    before = home.everything()
    ran = home.certify("platforms", "allow", "q", "k", given, "--json", at=AIMA_AT, stdin=text.encode())
    assert (ran.exit, ran.code) == (1, code), ran.err
    assert home.everything() == before
    said = ran.out + ran.err
    for part in {SECRET, *(line for line in text.splitlines() if len(line) > 8 and not line.startswith("-----"))}:
        assert part not in said


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x80"])
def test_a_file_that_is_no_text(home: Home, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "key"
    path.write_bytes(content)
    assert home.fails("platforms", "allow", "q", "k", str(path), at=AIMA_AT) == "access.key"
