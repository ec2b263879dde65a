"""Vectors of the checks `status-fresh`, `not-revoked` and `not-suspended`."""

from datetime import timedelta

from tests.kit.credentials import REVOCATION, aima, caig, entry
from tests.kit.minting import ISSUER, changed, encoded
from tests.vectors.case import OTHER, Build, Case, Given
from tests.vectors.lists import (
    FORGED,
    FRESH,
    GOOD,
    INDEX,
    NEWER,
    OLDER,
    REVOKED,
    SET,
    SUSPENDED,
    bits_set,
    by_other,
    copies,
    dated,
    list_with,
    listed,
    listing,
    others_list,
    pointing,
    sized,
    suspension,
)
from verifier.format.types import Json
from verifier.limits import MIN_STATUS_BITS


def suspended_elsewhere(start: str, **own: Json) -> Build:
    """A credential that its issuer's list shows as suspended, and a newer list by another who is accepted does not."""
    ours = ISSUER.secured(listing("suspension", SET, **own))
    theirs = OTHER.secured(listing("suspension", validFrom=start, issuer=OTHER.did))
    return by_other(ours, theirs, document=changed(aima(), credentialStatus=entry("suspension", REVOCATION, INDEX)))


_FRESH: tuple[Case, ...] = (
    FRESH.undecided(
        "list-stale", "status.stale", "A second past the list's end.", list_with(validUntil="2026-08-01T11:59:59Z")
    ),
    FRESH.undecided(
        "list-stale-suspension",
        "status.stale",
        "The same for the second list.",
        suspension(validUntil="2026-08-01T11:59:59Z"),
    ),
    FRESH.undecided(
        "list-proof-expired",
        "status.stale",
        "The list's proof has expired.",
        listed(ISSUER.secured(listing(), adjust=lambda usual: {**usual, "expires": "2026-08-01T11:00:00Z"})),
    ),
    FRESH.undecided(
        "list-old",
        "status.stale",
        "A list older than the relying party takes.",
        listed(GOOD, max_status_age=timedelta(hours=25)),
    ),
    FRESH.undecided(
        "list-undated",
        "status.stale",
        "A list without a date where an age is asked for.",
        listed(ISSUER.secured(listing(validFrom=None)), max_status_age=timedelta(days=99)),
    ),
    FRESH.undecided(
        "list-dateless",
        "status.stale",
        "A list without dates, which would stay good for ever.",
        listed(ISSUER.secured(listing(validFrom=None, validUntil=None))),
    ),
    FRESH.undecided(
        "list-no-end",
        "status.stale",
        "A list without an end, a second older than any may be.",
        list_with(validFrom="2026-06-27T11:59:59Z", validUntil=None),
    ),
    FRESH.undecided(
        "list-for-years",
        "status.stale",
        "A list that says of itself that it is good for ten years.",
        list_with(validFrom="2026-06-01T00:00:00Z", validUntil="2036-06-01T00:00:00Z"),
    ),
    FRESH.undecided(
        "list-old-wish",
        "status.stale",
        "A list for ten years, where the relying party would take it for one.",
        listed(
            ISSUER.secured(listing(validFrom="2026-06-01T00:00:00Z", validUntil="2036-06-01T00:00:00Z")),
            max_status_age=timedelta(days=365),
        ),
    ),
    FRESH.undecided(
        "list-early",
        "status.early",
        "A list from more than the skew ahead.",
        list_with(validFrom="2026-08-01T12:01:01Z"),
    ),
    FRESH.undecided(
        "list-far-future",
        "status.early",
        "A list from the far future beside a good one, which it would outlast.",
        copies(GOOD, dated("2099-01-01T00:00:00Z", validUntil=None)),
    ),
    FRESH.undecided(
        "list-newer-expired",
        "status.stale",
        "The newer copy has expired, the older one would last.",
        copies(OLDER, dated("2026-07-31T11:00:00Z", validUntil="2026-08-01T11:00:00Z")),
    ),
)
_BITS: tuple[Case, ...] = (
    REVOKED.invalid("revoked-other", "status.revoked", "Withdrawn on a list by another.", by_other(others_list(SET))),
    REVOKED.invalid(
        "revoked-taken-back",
        "status.revoked",
        "Withdrawn by the issuer, and no longer on a newer list by another.",
        by_other(dated("2026-07-31T10:00:00Z", SET), others_list(start="2026-07-31T11:00:00Z")),
        beside=("status.unrevoked",),
        reason="It says why the older one counts.",
    ),
    REVOKED.invalid("revoked", "status.revoked", "Withdrawn.", bits_set(revoked=frozenset({48_214}))),
    REVOKED.invalid(
        "revoked-first",
        "status.revoked",
        "The very first place of a list.",
        pointing(entry("revocation", REVOCATION, 0), ISSUER.secured(listing(indices=frozenset({0})))),
    ),
    REVOKED.invalid(
        "revoked-last",
        "status.revoked",
        "The very last.",
        pointing(
            entry("revocation", REVOCATION, MIN_STATUS_BITS - 1),
            ISSUER.secured(listing(indices=frozenset({MIN_STATUS_BITS - 1}))),
        ),
    ),
    REVOKED.invalid(
        "revoked-stale",
        "status.revoked",
        "Withdrawn on a list that is too old: a withdrawal is for ever.",
        list_with(indices=SET, validUntil="2026-08-01T11:00:00Z"),
        beside=("status.stale",),
        reason="The list is too old.",
    ),
    REVOKED.invalid(
        "revoked-array",
        "status.revoked",
        "On a list for several purposes.",
        list_with(purpose=["suspension", "revocation"], indices=SET),
    ),
    REVOKED.invalid(
        "revoked-two-bits",
        "status.revoked",
        "The second bit of an entry of two.",
        pointing(sized(2, 5), ISSUER.secured(listing(indices=frozenset({11})))),
    ),
    REVOKED.invalid(
        "revoked-eight-bits",
        "status.revoked",
        "The eighth bit of an entry of eight.",
        pointing(sized(8, 5), ISSUER.secured(listing(indices=frozenset({47})))),
    ),
    REVOKED.invalid(
        "revoked-one-missing",
        "status.revoked",
        "Withdrawn by one list, the other is not at hand.",
        lambda: Given(
            encoded(ISSUER.secured(caig())),
            ISSUER.trust(statusLists={REVOCATION: ISSUER.lists(revoked=frozenset({48_214}))[REVOCATION]}),
        ),
        beside=("status.missing",),
        reason="The other list is not at hand.",
    ),
    REVOKED.invalid(
        "revoked-newer",
        "status.revoked",
        "The newer of two copies shows it.",
        copies(GOOD, dated("2026-07-31T11:00:00Z", SET)),
    ),
    REVOKED.invalid(
        "revoked-older",
        "status.revoked",
        "The older shows it, the newer takes it back.",
        copies(NEWER, dated("2026-07-30T10:00:00Z", SET)),
        beside=("status.unrevoked",),
        reason="It says why the older one counts.",
    ),
    REVOKED.invalid(
        "unrevoked",
        "status.revoked",
        "A newer copy, from the issuer, takes a withdrawal back.",
        copies(dated("2026-07-31T10:00:00Z", SET), NEWER),
        beside=("status.unrevoked",),
        reason="It says why the older one counts.",
    ),
    REVOKED.invalid(
        "revoked-forged-newer",
        "status.revoked",
        "A forged newer copy hides nothing.",
        copies(dated("2026-07-31T10:00:00Z", SET), FORGED),
    ),
    SUSPENDED.invalid("suspended", "status.suspended", "Suspended.", bits_set(suspended=frozenset({90_177}))),
    SUSPENDED.invalid(
        "suspended-other",
        "status.suspended",
        "Suspended by the issuer, and no longer on a newer list by another.",
        suspended_elsewhere("2026-07-31T11:00:00Z"),
    ),
    SUSPENDED.undecided(
        "suspended-other-before",
        "status.suspended-before",
        "The same where the issuer's own list is too old to tell.",
        suspended_elsewhere("2026-07-31T11:00:00Z", validUntil="2026-08-01T11:00:00Z"),
        beside=("status.stale",),
        reason="The list is too old.",
    ),
    SUSPENDED.undecided(
        "suspended-before",
        "status.suspended-before",
        "Suspended when the list was made, which is too old.",
        suspension(frozenset({90_177}), validUntil="2026-08-01T11:00:00Z"),
        beside=("status.stale",),
        reason="The list is too old, which is what leaves it open.",
    ),
)
CASES = (*_FRESH, *_BITS)
