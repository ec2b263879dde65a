"""Vectors that are valid: status entries and lists, and presentations."""

from datetime import timedelta
from typing import Any

from tests.kit.credentials import REVOCATION, aima, caig, entry
from tests.kit.minting import HOLDER, ISSUER, changed, encoded
from tests.vectors.case import (
    PLAIN,
    Case,
    Given,
    context,
    valid,
)
from tests.vectors.cases_period import addressed
from tests.vectors.cases_wellformed import SUITE_2020
from tests.vectors.lists import (
    FORGED,
    GOOD,
    INDEX,
    OLDER,
    SET,
    by_other,
    copies,
    list_with,
    listed,
    listing,
    others_list,
    pointing,
    sized,
    suspension,
)
from tests.vectors.presented import ENVELOPE, INNER, about, enveloped, presented
from verifier.format.proof import ED25519_2020, JCS
from verifier.format.types import JsonObject

AUDIENCE = "https://us.example"
NUMBERED: JsonObject = {**entry("revocation", REVOCATION, INDEX), "statusListIndex": INDEX}
YEARS: dict[str, Any] = {"validFrom": "2026-01-01T00:00:00Z", "validUntil": "2036-01-01T00:00:00Z"}
_STATUS: tuple[Case, ...] = (
    valid("valid-aima", "An assessment with a status entry.", lambda: Given(encoded(ISSUER.secured(aima())))),
    valid(
        "valid-caig", "A certification with two, and a name in Arabic.", lambda: Given(encoded(ISSUER.secured(caig())))
    ),
    valid("valid-caig-jcs", "The same under eddsa-jcs-2022.", lambda: Given(encoded(ISSUER.secured(caig(), JCS)))),
    valid(
        "valid-neighbours",
        "The places around it are set.",
        listed(ISSUER.secured(listing(indices=frozenset({INDEX - 1, INDEX + 1})))),
    ),
    valid(
        "valid-list-cap",
        "A list without an end, just as old as any may be.",
        list_with(validFrom="2026-06-27T12:00:00Z", validUntil=None),
    ),
    valid(
        "valid-list-cap-other",
        "A list for years, under a policy that takes it.",
        listed(ISSUER.secured(listing(**YEARS)), max_list_age=timedelta(days=400)),
    ),
    valid("valid-list-no-id", "A list without id, in its place.", listed(ISSUER.secured(listing(id=None)))),
    valid(
        "valid-list-purposes",
        "A list for several purposes.",
        listed(ISSUER.secured(listing(["suspension", "revocation"]))),
    ),
    valid("valid-list-jcs", "A list under eddsa-jcs-2022.", listed(ISSUER.secured(listing(), JCS))),
    valid(
        "valid-list-age",
        "A list just as old as the relying party takes.",
        listed(GOOD, max_status_age=timedelta(hours=26)),
    ),
    valid("valid-lists", "Two copies, the newer one fresh.", copies(OLDER, GOOD)),
    valid("valid-lists-forged", "A forged newer copy beside a genuine one.", copies(GOOD, FORGED)),
    valid(
        "valid-size",
        "An entry of four bits, of which none is set.",
        pointing(sized(4, 5), ISSUER.secured(listing(indices=frozenset({19, 24})))),
    ),
    valid(
        "valid-size-one",
        "An entry of one bit that says what its two values mean.",
        pointing(sized(1, 5)),
    ),
    valid(
        "valid-refresh",
        "A refresh entry that is not set.",
        pointing(entry("refresh", REVOCATION, INDEX), ISSUER.secured(listing("refresh"))),
    ),
    valid("valid-index-number", "An index as a number.", pointing(NUMBERED)),
    valid("valid-index-number-jcs", "The same under eddsa-jcs-2022.", pointing(NUMBERED, suite=JCS)),
    valid(
        "valid-index-number-jwt",
        "The same in a token.",
        lambda: Given(ISSUER.token(changed(aima(), credentialStatus=NUMBERED)).encode()),
    ),
    valid("valid-index-zero", "The first place, as a number.", pointing({**NUMBERED, "statusListIndex": 0})),
    valid("valid-list-other", "A list by another who is accepted.", by_other(others_list())),
    valid(
        "valid-list-other-moved",
        "A list that another goes on with, and an older copy of the issuer's own.",
        by_other(OLDER, others_list()),
    ),
    valid(
        "valid-list-other-beside",
        "A newer copy by another who is not accepted, in which the bit is set.",
        by_other(GOOD, others_list(SET, "2026-07-31T11:00:00Z"), accepted=False),
    ),
    valid("valid-last-place", "The last place of a list.", pointing(entry("revocation", REVOCATION, 131_071))),
    valid("valid-suspension-end", "The last instant of a list.", suspension(validUntil="2026-08-01T12:00:00Z")),
)
_PRESENTED: tuple[Case, ...] = (
    valid("valid-vp", "A presentation.", presented()),
    valid("valid-vp-jcs", "The same under eddsa-jcs-2022.", presented(suite=JCS)),
    valid(
        "valid-vp-2020", "The same under Ed25519Signature2020.", presented(suite=ED25519_2020, **context(SUITE_2020))
    ),
    valid(
        "valid-vp-asked",
        "Made for the challenge and domain that were asked for.",
        presented(
            proof={"challenge": "new", "domain": ["us.example", "x.example"]},
            policy={"challenge": "new", "domain": "us.example"},
        ),
    ),
    valid("valid-vp-expires", "A proof that expires later.", presented(proof={"expires": "2026-08-01T12:00:01Z"})),
    valid(
        "valid-vp-audience",
        "Addressed to us.",
        presented(aud=AUDIENCE, proof={"domain": AUDIENCE}, policy={"domain": AUDIENCE}),
    ),
    valid(
        "valid-jwt-audience", "A token that is addressed to us among others.", addressed(["x.example", "us.example"])
    ),
    valid("valid-vp-subject", "Of a credential about the holder.", presented(ISSUER.secured(about(HOLDER.did)))),
    valid("valid-vp-no-holder", "Without a holder.", presented(holder=None)),
    valid(
        "valid-vp-two",
        "Of two credentials, one in eddsa-jcs-2022.",
        presented(INNER, ISSUER.secured(changed(caig(), id="urn:x:2"), JCS)),
    ),
    valid("valid-vp-envelope", "Of a token in an envelope.", presented(enveloped(ENVELOPE + ISSUER.token(PLAIN)))),
    valid("valid-vp-one", "Of a credential that stands alone, not in an array.", presented(verifiableCredential=INNER)),
)
CASES = (*_STATUS, *_PRESENTED)
