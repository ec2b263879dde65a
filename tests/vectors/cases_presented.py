"""Vectors of the checks `presentation-bound` and `credentials-inside`."""

from tests.kit.credentials import DID, aima
from tests.kit.minting import HOLDER, ISSUER, changed
from tests.vectors.case import OTHER, PLAIN, Case, context, knowing
from tests.vectors.presented import (
    ADDRESSED,
    BOUND,
    ENVELOPE,
    INNER,
    INSIDE,
    PERIOD,
    STRANGER,
    about,
    as_is,
    enveloped,
    own_credential,
    presented,
    replayed_beside,
    stranger_presents,
    swapped,
)
from verifier.format.contexts import OB3, VCDM2
from verifier.format.proof import JCS
from verifier.format.types import JsonObject

CLAIMS_OF_AN_ENVELOPE: tuple[tuple[str, str, JsonObject], ...] = (
    (
        "claims",
        "an issuer, a subject and an end that its holder wrote",
        {
            "type": ["EnvelopedVerifiableCredential", "VerifiableCredential"],
            "issuer": DID,
            "credentialSubject": {"id": HOLDER.did},
            "validUntil": "2099-01-01T00:00:00Z",
        },
    ),
    ("type", "a second type", {"@context": [VCDM2, OB3], "type": ["EnvelopedVerifiableCredential", "Profile"]}),
    ("name", "a name of its own", {"name": "A title that nobody has given"}),
)

CASES: tuple[Case, ...] = (
    BOUND.invalid(
        "vp-challenge",
        "presentation.challenge",
        "Made for another challenge: replayed.",
        presented(proof={"challenge": "old", "domain": "d"}, policy={"challenge": "new", "domain": "d"}),
    ),
    BOUND.invalid(
        "vp-no-challenge",
        "presentation.challenge",
        "Made for no challenge, when one was asked for.",
        presented(policy={"challenge": "new"}),
    ),
    BOUND.invalid(
        "vp-challenge-case",
        "presentation.challenge",
        "A challenge in other letters.",
        presented(proof={"challenge": "New"}, policy={"challenge": "new"}),
    ),
    BOUND.invalid(
        "vp-domain",
        "presentation.domain",
        "Made for another domain.",
        presented(
            proof={"challenge": "new", "domain": "other.example"}, policy={"challenge": "new", "domain": "us.example"}
        ),
    ),
    BOUND.invalid(
        "vp-no-domain",
        "presentation.domain",
        "Made for no domain, when one was asked for.",
        presented(policy={"domain": "us.example"}),
    ),
    BOUND.invalid(
        "vp-challenge-array",
        "presentation.challenge",
        "The right challenge in an array.",
        presented(proof={"challenge": ["new"]}, policy={"challenge": "new"}),
    ),
    BOUND.invalid(
        "vp-challenge-several",
        "presentation.challenge",
        "Several challenges, when none was asked for.",
        presented(proof={"challenge": ["one", "two"]}),
    ),
    BOUND.invalid(
        "vp-challenge-number",
        "presentation.challenge",
        "A number as challenge, where every byte is signed.",
        presented(suite=JCS, proof={"challenge": 5}),
    ),
    BOUND.invalid(
        "vp-domain-number",
        "presentation.domain",
        "The right domain beside a number.",
        presented(suite=JCS, proof={"domain": ["us.example", 5]}, policy={"domain": "us.example"}),
    ),
    BOUND.invalid(
        "vp-challenge-beside",
        "presentation.challenge",
        "An old proof of the holder, beside a stranger's of this occasion.",
        replayed_beside(),
    ),
    PERIOD.invalid(
        "vp-expired", "proof.expired", "Its proof has expired.", presented(proof={"expires": "2026-08-01T12:00:00Z"})
    ),
    PERIOD.invalid(
        "vp-expired-jcs",
        "proof.expired",
        "The same under eddsa-jcs-2022.",
        presented(suite=JCS, proof={"expires": "2026-08-01T12:00:00Z"}),
    ),
    PERIOD.invalid("vp-exp", "period.expired", "It has ended by itself.", presented(exp=1_785_585_599)),
    ADDRESSED.invalid(
        "vp-audience",
        "audience.other",
        "Addressed to somebody else.",
        presented(aud="https://else.example", proof={"domain": "us.example"}, policy={"domain": "us.example"}),
    ),
    INSIDE.invalid(
        "vp-inside-audience",
        "credentials.invalid",
        "A token inside that is addressed to somebody else.",
        presented(
            enveloped(ENVELOPE + ISSUER.token({**PLAIN, "aud": "else.example"})),
            proof={"domain": "us.example"},
            policy={"domain": "us.example"},
        ),
    ),
    BOUND.warned(
        "vp-unasked",
        "presentation.unasked",
        "Made for a challenge that this check was not told.",
        presented(proof={"challenge": "new"}),
    ),
    INSIDE.invalid(
        "vp-inside-changed",
        "credentials.invalid",
        "A credential inside was changed before it was presented.",
        presented({**INNER, "name": "Another"}),
    ),
    INSIDE.invalid(
        "vp-inside-second",
        "credentials.invalid",
        "A good credential and an expired one.",
        presented(INNER, ISSUER.secured(changed(PLAIN, id="urn:x:2", validUntil="2026-07-31T00:00:00Z"))),
    ),
    INSIDE.invalid(
        "vp-inside-unsigned", "credentials.invalid", "A credential inside that nobody signed.", presented(PLAIN)
    ),
    INSIDE.invalid(
        "vp-inside-revoked",
        "credentials.invalid",
        "A credential inside that was withdrawn.",
        presented(ISSUER.secured(aima()), trust=ISSUER.trust(statusLists=ISSUER.lists(revoked=frozenset({48_213})))),
    ),
    INSIDE.invalid(
        "vp-nested",
        "credentials.invalid",
        "A presentation inside a presentation.",
        presented(HOLDER.signed(HOLDER.presentation(INNER))),
    ),
    INSIDE.invalid(
        "vp-envelope-changed",
        "credentials.invalid",
        "A token inside with another's payload.",
        presented(enveloped(ENVELOPE + swapped())),
    ),
    INSIDE.undecided(
        "vp-envelope-sd-jwt",
        "credentials.open",
        "An envelope with another kind of token.",
        presented(enveloped("data:application/vc+sd-jwt,eyJh")),
    ),
    *(
        INSIDE.invalid(
            f"vp-envelope-{name}",
            "credentials.invalid",
            f"A genuine token in an envelope with {what}.",
            presented({**enveloped(ENVELOPE + ISSUER.token(PLAIN)), **members}, **context(OB3)),
        )
        for name, what, members in CLAIMS_OF_AN_ENVELOPE
    ),
    INSIDE.invalid(
        "vp-envelope-json",
        "credentials.invalid",
        "An envelope that holds no token.",
        presented(enveloped(f"{ENVELOPE}x")),
    ),
    INSIDE.warned("vp-empty", "credentials.none", "No credential.", as_is("verifiableCredential", [])),
    INSIDE.warned("vp-none", "credentials.none", "Not even a place for one.", presented(verifiableCredential=None)),
    INSIDE.undecided(
        "vp-inside-missing-list",
        "credentials.open",
        "The list of a credential inside is not at hand.",
        presented(ISSUER.secured(aima()), trust=ISSUER.trust(statusLists={})),
    ),
    INSIDE.undecided(
        "vp-inside-not-accepted",
        "credentials.open",
        "A credential inside is of an issuer that is not accepted.",
        presented(OTHER.secured(changed(PLAIN, issuer=OTHER.did)), trust=knowing(OTHER)),
    ),
    INSIDE.undecided(
        "vp-inside-own",
        "credentials.open",
        "A credential inside that the holder made himself.",
        presented(own_credential()),
    ),
    INSIDE.warned(
        "vp-other-subject",
        "presentation.subject",
        "A credential inside is about somebody else.",
        presented(ISSUER.secured(about(STRANGER.did))),
    ),
    INSIDE.warned(
        "vp-no-holder-other-subject",
        "presentation.subject",
        "The same where the presentation names no holder.",
        stranger_presents(),
    ),
)
