"""The signature primitive: it accepts what fits, and no key under which anyone can sign."""

import pytest

from tests.kit.minting import Key
from verifier.format.ed25519 import verifies
from verifier.format.errors import FormatError

KEY = Key("primitive")
DATA = b"what is signed"
SIGNATURE = KEY.private.sign(DATA)
ORDER = 2**252 + 27742317777372353535851937790883648493
IDENTITY = b"\x01" + bytes(31)


def test_a_signature_that_fits() -> None:
    assert verifies(KEY.public, SIGNATURE, DATA)


def test_signatures_that_do_not() -> None:
    assert not verifies(KEY.public, SIGNATURE, DATA + b"x")
    assert not verifies(Key("another").public, SIGNATURE, DATA)
    for place in range(64):
        bent = bytearray(SIGNATURE)
        bent[place] ^= 1
        assert not verifies(KEY.public, bytes(bent), DATA)


@pytest.mark.parametrize("signature", [b"", SIGNATURE[:-1], SIGNATURE + b"\0", bytes(64)])
def test_signatures_of_another_form(signature: bytes) -> None:
    assert not verifies(KEY.public, signature, DATA)


def test_a_signature_has_one_form() -> None:
    """RFC 8032 section 5.1.7: S below the order; S + order would be a second signature over the same data."""
    scalar = int.from_bytes(SIGNATURE[32:], "little") + ORDER
    assert not verifies(KEY.public, SIGNATURE[:32] + scalar.to_bytes(32, "little"), DATA)


def test_a_key_under_which_anyone_signs_is_refused() -> None:
    with pytest.raises(FormatError, match=r"^key\.weak"):
        verifies(IDENTITY, IDENTITY + bytes(32), DATA)


@pytest.mark.parametrize("public_key", [b"", bytes(31), bytes(33), b"\xff" * 32])
def test_what_is_no_key_is_refused(public_key: bytes) -> None:
    with pytest.raises(FormatError, match=r"^key\.") as refused:
        verifies(public_key, SIGNATURE, DATA)
    assert refused.value.code in ("key.weak", "key.invalid")
