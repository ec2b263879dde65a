"""Wycheproof's JWS and JWK vectors, as far as they apply to a verifier that knows EdDSA alone.

None of them is EdDSA, so what is held is that none is taken for it: every token is refused, whatever its own key would
say, every key is refused, and no header makes another algorithm pass. How base64url and the parts of a token are read
does not depend on the algorithm, and is compared answer for answer.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.kit.minting import AT, ISSUER
from tests.vectors.case import PLAIN, TRUST
from verifier import Verdict, verify
from verifier.format import jose, multikey
from verifier.format.errors import FormatError
from verifier.format.multibase import decode_base64url, encode_base64url
from verifier.reading import read

FILES = {"json_web_signature_test.json": 401, "json_web_key_test.json": 26, "json_web_crypto_test.json": 49}

# tcId of the group base64 -> why the answer here is another.
OTHER_ANSWER = {
    367: "marked invalid for its padding, which the file has lost: the text is that of 357, which is valid",
    370: "as 367",
    372: "valid there with a question mark in the header, which RFC 7515 section 2 does not have; refused here",
    373: "as 372, in the payload",
}


def groups(vectors: Path, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((vectors / "wycheproof" / name).read_bytes())["testGroups"]
    return found


def tokens(vectors: Path, name: str) -> list[dict[str, Any]]:
    return [test for group in groups(vectors, name) for test in group["tests"] if "jws" in test]


def text(token: Any) -> bytes:
    """A token, or the JSON serialization of one, which some vectors have."""
    return (token if isinstance(token, str) else json.dumps(token)).encode()


def header_of(token: Any) -> Any:
    """The header of a compact token, None when it has none that can be read."""
    try:
        return json.loads(decode_base64url(token.split(".")[0]))
    except (FormatError, ValueError, AttributeError):
        return None


@pytest.mark.parametrize("name", FILES)
def test_no_token_is_valid_or_breaks_anything(vectors: Path, name: str) -> None:
    found = tokens(vectors, name)
    assert len(found) == FILES[name]
    for test in found:
        report = verify(text(test["jws"]), trust=TRUST, at=AT)
        # In its JSON form a signed text is of another kind, which is named and left open.
        assert report.verdict is (Verdict.INDETERMINATE if isinstance(test["jws"], dict) else Verdict.INVALID), test
        assert report.decisive is not None
        assert report.decisive.id in ("readable", "well-formed"), test


@pytest.mark.parametrize("name", FILES)
def test_no_header_makes_a_credential_of_ours_valid(vectors: Path, name: str) -> None:
    """alg, kid, jwk and crit of the vectors, over our credential, under a signature of our issuer."""
    payload = encode_base64url(json.dumps(PLAIN).encode())
    headers = {
        json.dumps(header) for test in tokens(vectors, name) if isinstance(header := header_of(test["jws"]), dict)
    }
    assert headers
    for header in headers:
        for changes in ({}, {"typ": jose.TYPE}, {"typ": jose.TYPE, "kid": ISSUER.method}):
            given = encode_base64url(json.dumps({**json.loads(header), **changes}).encode())
            signature = encode_base64url(ISSUER.key.private.sign(f"{given}.{payload}".encode()))
            assert not verify(f"{given}.{payload}.{signature}".encode(), trust=TRUST, at=AT), header
    assert verify(ISSUER.token(PLAIN).encode(), trust=TRUST, at=AT), "with our own header it is valid"


def test_parts_are_read_as_strictly(vectors: Path) -> None:
    (group,) = (each for each in groups(vectors, "json_web_signature_test.json") if each["comment"] == "base64")
    different = set()
    for test in group["tests"]:
        try:
            answer = len([decode_base64url(part) for part in test["jws"].split(".")]) == 3
        except FormatError:
            answer = False
        if answer != (test["result"] == "valid"):
            different.add(test["tcId"])
    assert different == OTHER_ANSWER.keys()


def test_a_token_that_lacks_a_part_is_no_token(vectors: Path) -> None:
    found = [test for test in tokens(vectors, "json_web_signature_test.json") if "Missing" in test["comment"]]
    assert len(found) >= 20
    for test in found:
        with pytest.raises(FormatError, match=r"^(jwt\.form|json\.)"):
            read(text(test["jws"]))


@pytest.mark.parametrize("name", FILES)
def test_every_key_is_refused(vectors: Path, name: str) -> None:
    sets = [group[part] for group in groups(vectors, name) for part in ("private", "public") if part in group]
    keys = [key for each in sets for key in each.get("keys", [each])]
    assert keys
    for key in keys:
        with pytest.raises(FormatError, match=r"^key\.invalid"):
            multikey.decode_jwk(key)


@pytest.mark.parametrize(
    ("members", "accepted"),
    [
        ({}, True),
        ({"use": "sig", "alg": "EdDSA", "key_ops": ["verify"], "kid": "a"}, True),
        ({"alg": "Ed25519"}, True),
        ({"use": "enc"}, False),
        ({"use": None}, False),
        ({"alg": "ES256"}, False),
        ({"alg": "RSA1_5"}, False),
        ({"key_ops": ["encrypt"]}, False),
        ({"key_ops": []}, False),
        ({"key_ops": "verify"}, False),
        ({"crv": "X25519"}, False),
        ({"kty": "RSA"}, False),
        ({"d": "AA"}, False),
        ({"x": "AA"}, False),
        ({"x": None}, False),
    ],
)
def test_what_wycheproof_asks_of_keys_holds_for_ours(members: dict[str, Any], accepted: bool) -> None:
    """Its cases rejectsWrongUse, rejectWrongKeyOps, mismatchedAlgAndCurve, wrong_kty and the like, on Ed25519."""
    key = multikey.encode_jwk(ISSUER.key.public)
    try:
        assert multikey.decode_jwk({**key, **members}) == ISSUER.key.public
    except FormatError as error:
        assert error.code == "key.invalid"
        assert not accepted
    else:
        assert accepted
