"""Vectors of the check `key-state`: whether the key was in use when it signed."""

from datetime import datetime

from tests.kit.credentials import DID
from tests.kit.minting import AT, ISSUER, encoded
from tests.vectors.case import OTHER, PLAIN, Case, Given, Of, deferred, windowed
from tests.vectors.cases_keys import method
from tests.vectors.cases_proofs import others, proof
from verifier import Trust
from verifier.format.types import Json

STATE = Of("key-state")
OLDER = ISSUER.trust(asOf="2026-07-01T00:00:00Z")


@deferred
def under(trust: Trust, created: Json = "2026-07-20T10:00:00Z", at: datetime = AT) -> Given:
    return Given(encoded({**PLAIN, "proof": proof(created=created)}), trust, at)


@deferred
def token(trust: Trust, **claims: Json) -> Given:
    return Given(ISSUER.token({**PLAIN, **claims}).encode(), trust)


CASES: tuple[Case, ...] = (
    STATE.invalid(
        "key-early",
        "key.early",
        "Signed before the key was in use.",
        under(windowed(activeFrom="2026-07-20T10:00:01Z")),
    ),
    STATE.invalid(
        "key-late",
        "key.late",
        "Signed after the key was taken out of use.",
        under(windowed(activeUntil="2026-07-20T09:59:59Z")),
    ),
    STATE.invalid(
        "key-late-jwt",
        "key.late",
        "The same for a token's iat.",
        token(windowed(activeUntil="2026-07-20T09:59:59Z"), iat=1_784_541_600),
    ),
    STATE.undecided(
        "key-undated",
        "key.undated",
        "No created, and a key that has been retired.",
        under(windowed(activeUntil="2026-07-25T00:00:00Z"), created=None),
    ),
    STATE.undecided(
        "key-undated-jwt",
        "key.undated",
        "The same for a token without iat.",
        token(windowed(activeUntil="2026-07-25T00:00:00Z")),
    ),
    STATE.undecided(
        "key-unlisted",
        "key.unlisted",
        "A key that the trust file does not list.",
        under(ISSUER.trust(issuers=[{"id": DID, "keys": [{"id": f"{DID}#old"}]}])),
    ),
    STATE.undecided(
        "key-disputed",
        "key.unlisted",
        "Two equally new trust files give its keys different windows.",
        under(windowed() + windowed(activeUntil="2026-07-25T00:00:00Z")),
    ),
    STATE.invalid(
        "key-late-newer",
        "key.late",
        "An old trust file, in which the key was still in use, beside a new one.",
        under(windowed(activeUntil="2026-07-20T09:59:59Z") + OLDER),
    ),
    STATE.undecided(
        "key-unlisted-newer",
        "key.unlisted",
        "An old trust file that lists the key beside a new one that no longer does.",
        under(ISSUER.trust(issuers=[{"id": DID, "keys": [{"id": f"{DID}#new"}]}]) + OLDER),
    ),
    STATE.invalid(
        "key-revoked", "key.revoked", "A key revoked at this instant.", method(revoked="2026-08-01T12:00:00Z")
    ),
    STATE.invalid(
        "key-expired", "key.expired", "A key that expires at this instant.", method(expires="2026-08-01T12:00:00Z")
    ),
    STATE.invalid(
        "key-revoked-other",
        "key.revoked",
        "The key of a second signer was revoked.",
        lambda: Given(
            encoded({**PLAIN, "proof": [proof(), others()]}),
            ISSUER.trust(
                didDocuments={
                    DID: ISSUER.did_document(),
                    OTHER.did: {
                        **OTHER.did_document(),
                        "verificationMethod": [{**OTHER.verification_method, "revoked": "2026-07-31T00:00:00Z"}],
                    },
                }
            ),
        ),
    ),
)
