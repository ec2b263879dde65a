"""Vectors of the check `proof-shape` on credentials in a JWT."""

from typing import Any

from tests.kit.minting import ISSUER, changed, jws
from tests.vectors.case import OTHER, PERSON, PLAIN, URL, Case, Given, Of, deferred, text, valid
from verifier.format.multibase import encode_base64url
from verifier.format.types import Json

JWT, SIGNATURE = Of("proof-shape"), Of("signature")
READABLE = Of("readable")


@deferred
def token(claims: dict[str, Json] | None = None, **header: Json) -> Given:
    """A token with claims beside the credential and header parameters set; None takes a parameter away."""
    return Given(ISSUER.token({**PLAIN, **(claims or {})}, **header).encode())


@deferred
def unsigned(alg: str, signature: bytes = b"") -> Given:
    head, payload, _ = ISSUER.token(PLAIN, alg=alg).split(".")
    return Given(f"{head}.{payload}.{encode_base64url(signature)}".encode())


def untyped_and_swapped() -> str:
    one, other = (ISSUER.token({**PLAIN, "name": name}, typ=None) for name in ("One", "Another"))
    return f"{one.rpartition('.')[0]}.{other.rpartition('.')[2]}"


SENT_ALONG: tuple[tuple[str, Json], ...] = (
    ("jwk", {"kty": "OKP"}),
    ("jku", URL),
    ("x5c", ["MIIB"]),
    ("x5t#S256", "AAAA"),
)


def sent_along(name: str, value: Json) -> dict[str, Any]:
    """The header parameters of a token that names no key, and has this one."""
    return {"kid": None, name: value}


def claim(name: str, sentence: str, **claims: Json) -> Case:
    return JWT.invalid(f"jwt-{name}", "jwt.claims", sentence, token(claims))


def wrapped(name: str, sentence: str, **claims: Json) -> Case:
    undefined: Any = {"beside": ("terms.undefined-signed",), "reason": "No context defines the claim."}
    return JWT.invalid(f"jwt-{name}", "jwt.claims", sentence, token(claims), **undefined)


CASES: tuple[Case, ...] = (
    JWT.invalid("jwt-none", "jwt.algorithm", "alg none, unsigned.", unsigned("none")),
    JWT.invalid("jwt-none-signed", "jwt.algorithm", "alg none, with a signature.", token(alg="none")),
    JWT.undecided("jwt-none-case", "proof.cryptosuite", "alg nOnE: not the one that is none.", unsigned("nOnE")),
    JWT.undecided("jwt-hs256", "proof.cryptosuite", "HS256, keyed with the public key.", unsigned("HS256", bytes(32))),
    READABLE.undecided("jwt-es256", "kind.jwt-signature", "ES256, over an EdDSA signature.", token(alg="ES256")),
    READABLE.undecided(
        "jwt-rs256", "kind.jwt-signature", "RS256, with its longer signature.", unsigned("RS256", bytes(256))
    ),
    JWT.undecided("jwt-no-alg", "proof.cryptosuite", "No alg.", token(alg=None)),
    JWT.undecided("jwt-alg-array", "proof.cryptosuite", "An array of algorithms.", token(alg=["EdDSA"])),
    JWT.warned("jwt-no-typ", "jwt.untyped", "No typ.", token(typ=None)),
    JWT.warned("jwt-typ-jwt", "jwt.untyped", "A typ that says no more than that it is a token.", token(typ="JWT")),
    JWT.invalid("jwt-typ", "jwt.type", "A typ of another kind of token.", token(typ="statuslist+jwt")),
    valid("valid-jwt-typ-capitals", "A typ in capitals: media types have no case.", token(typ="Application/VC+JWT")),
    JWT.warned("jwt-typ-small", "jwt.untyped", "The typ JWT in small letters.", token(typ="jwt")),
    *(
        JWT.undecided(f"jwt-typ-{typ}", "proof.cryptosuite", "A typ of a draft.", token(typ=typ))
        for typ in ("vc+ld+jwt", "vc+ld+json+jwt", "vp+ld+jwt")
    ),
    JWT.invalid(
        "jwt-typ-null",
        "jwt.type",
        "A typ of null.",
        text(jws(PLAIN, ISSUER.key, {"alg": "EdDSA", "typ": None, "kid": ISSUER.method})),
    ),
    JWT.invalid("jwt-no-typ-none", "jwt.algorithm", "No typ, and alg none.", token(typ=None, alg="none")),
    SIGNATURE.invalid(
        "jwt-no-typ-swapped",
        "signature.mismatch",
        "No typ, and the signature of another token.",
        lambda: Given(untyped_and_swapped().encode()),
        beside=("jwt.untyped",),
        reason="It is read as a credential, and says so.",
    ),
    JWT.invalid("jwt-typ-array", "jwt.type", "An array of types.", token(typ=["vc+jwt"])),
    JWT.invalid("jwt-crit", "jwt.critical", "A critical extension.", token(crit=["exp"], exp=1)),
    JWT.invalid("jwt-crit-empty", "jwt.critical", "An empty list of critical extensions.", token(crit=[])),
    JWT.invalid("jwt-b64", "jwt.critical", "A payload said not to be base64url.", token(b64=False, crit=["b64"])),
    JWT.invalid("jwt-b64-alone", "jwt.critical", "The same without saying that it is critical.", token(b64=False)),
    claim("iss", "iss is not the issuer.", iss=OTHER.did),
    claim("iss-array", "iss is an array.", iss=[ISSUER.did]),
    claim("jti", "jti is not the id.", jti="urn:uuid:5f0f3c0e-6a5f-4a53-9a0f-0e5b7c1d2a99"),
    claim("sub", "sub names a subject that the credential does not.", sub=PERSON),
    claim("exp-text", "exp is a text.", exp="1900000000"),
    claim("exp-null", "exp is null.", exp=None),
    claim("exp-huge", "exp is beyond the year 9999.", exp=10**15),
    claim("nbf-true", "nbf is a truth value.", nbf=True),
    claim("iat-date", "iat is a date.", iat="2026-07-20T10:00:00Z"),
    claim("iat-negative", "iat lies before 1970.", iat=-1),
    wrapped("vc", "The payload has a vc claim.", vc=PLAIN),
    wrapped("vp", "The payload has a vp claim.", vp={}),
    claim("proof", "The payload carries a proof of its own.", proof=ISSUER.secured(PLAIN)["proof"]),
    JWT.warned("jwt-iat-future", "jwt.future", "iat more than the skew ahead.", token({"iat": 1_785_585_661})),
    JWT.invalid("jwt-no-kid", "proof.method", "No kid.", token(kid=None)),
    JWT.invalid("jwt-kid-did", "proof.method", "A DID as kid.", token(kid=ISSUER.did)),
    JWT.undecided("jwt-kid-bare", "proof.cryptosuite", "A bare name as kid.", token(kid="key-2026-1")),
    JWT.undecided(
        "jwt-kid-address", "proof.cryptosuite", "The address of a key as kid.", token(kid="https://issuer.example/key")
    ),
    *(
        JWT.undecided(
            f"jwt-{name.partition('#')[0]}-alone",
            "proof.cryptosuite",
            "A key that is sent along, or where to find it, and no kid.",
            token(**sent_along(name, value)),
        )
        for name, value in SENT_ALONG
    ),
    JWT.invalid("jwt-kid-empty", "proof.method", "An empty kid beside a key.", token(kid="", jwk={"kty": "OKP"})),
    JWT.invalid("jwt-kid-number", "proof.method", "A number as kid.", token(kid=1)),
    JWT.invalid("jwt-empty-signature", "proof.value", "EdDSA without a signature.", unsigned("EdDSA")),
    JWT.invalid("jwt-short-signature", "proof.value", "EdDSA with 63 bytes.", unsigned("EdDSA", bytes(63))),
    JWT.invalid(
        "jwt-presentation",
        "jwt.type",
        "A presentation that its header calls a credential.",
        text(
            jws(
                changed(
                    PLAIN,
                    type=["VerifiablePresentation"],
                    credentialSubject=None,
                    issuer=None,
                    **dict.fromkeys(("validFrom", "validUntil", "awardedDate")),
                ),
                ISSUER.key,
                {"alg": "EdDSA", "typ": "vc+jwt", "kid": ISSUER.method},
            )
        ),
        beside=("credentials.none",),
        reason="What is inside is judged for itself.",
    ),
)
