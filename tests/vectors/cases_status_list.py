"""Vectors of the check `status-list-authentic` on the lists."""

from tests.kit.credentials import REVOCATION, aima
from tests.kit.minting import HOLDER, ISSUER, changed, sign
from tests.vectors.case import OTHER, URL, Case, knowing
from tests.vectors.lists import (
    AUTHENTIC,
    BITS,
    FORGED,
    GOOD,
    PACKED,
    SET,
    TAMPERED,
    by_other,
    chained_list,
    copies,
    dated,
    gzipped,
    late_list,
    list_with,
    listed,
    listing,
    not_genuine,
    others_list,
)
from verifier.format import statuslist
from verifier.format.multibase import encode_base64url
from verifier.format.proof import JCS
from verifier.format.types import JsonObject
from verifier.limits import MAX_STATUS_BITS, MIN_STATUS_BITS

STRANGERS: JsonObject = {**listing(), "proof": sign(listing(), OTHER.key, OTHER.method)}
CASES: tuple[Case, ...] = (
    AUTHENTIC.invalid("list-purpose", "status.purpose", "A list for another purpose.", list_with(purpose="suspension")),
    AUTHENTIC.invalid("list-no-purpose", "status.purpose", "A list without purpose.", list_with(statusPurpose=None)),
    AUTHENTIC.undecided(
        "list-issuer",
        "status.issuer",
        "A list of another issuer, who is not accepted.",
        by_other(others_list(), accepted=False),
    ),
    AUTHENTIC.undecided(
        "list-issuer-set",
        "status.issuer",
        "The same in which the bit is set: nobody has to believe it.",
        by_other(others_list(SET), accepted=False),
    ),
    not_genuine(
        "issuer-forged",
        "A list of another who is accepted, signed by a third.",
        by_other({**(own := listing(issuer=OTHER.did)), "proof": sign(own, HOLDER.key, OTHER.method)}),
    ),
    AUTHENTIC.invalid(
        "list-issuer-purpose",
        "status.purpose",
        "A list for another purpose, of another who is accepted.",
        by_other(OTHER.secured(listing("suspension", issuer=OTHER.did))),
    ),
    AUTHENTIC.undecided(
        "list-holder",
        "status.issuer",
        "A list that the holder made.",
        listed({**(own := changed(listing(), issuer=HOLDER.did)), "proof": sign(own, HOLDER.key, HOLDER.method)}),
    ),
    not_genuine("tampered", "A list that was changed.", listed(TAMPERED)),
    not_genuine("unsigned", "A list without proof.", listed(listing())),
    not_genuine("forged", "A list signed by another in the issuer's name.", listed(FORGED)),
    not_genuine(
        "stranger",
        "A list signed by another in his own name.",
        listed(None, knowing(OTHER, statusLists={REVOCATION: STRANGERS})),
    ),
    not_genuine("id", "A list whose id is another address.", list_with(id=f"{REVOCATION}0")),
    not_genuine("type", "A credential that is no list.", list_with(type=["VerifiableCredential"])),
    not_genuine("subject-type", "A list whose subject is none.", list_with(JCS, type_of_subject=f"{URL}#List")),
    not_genuine("credential", "The credential itself in the place of the list.", listed(ISSUER.secured(aima()))),
    not_genuine("empty", "An empty object in its place.", listed({})),
    not_genuine(
        "ill-formed",
        "A list with a date without zone.",
        listed(ISSUER.secured({**listing(), "validUntil": "2026-09-04T10:00:00"}, JCS)),
    ),
    not_genuine("null", "A list with a null.", listed(ISSUER.secured({**listing(), "name": None}, JCS))),
    not_genuine("chain", "A list whose proof rests on one that is not checked here.", listed(chained_list())),
    not_genuine("late", "A list signed by a key after it was taken out of use.", late_list()),
    not_genuine(
        "unknown-signer",
        "A list with a second signer who is not known.",
        listed(
            {
                **listing(),
                "proof": [sign(listing(), ISSUER.key, ISSUER.method), sign(listing(), OTHER.key, OTHER.method)],
            }
        ),
    ),
    AUTHENTIC.undecided(
        "list-base64",
        "status.encoding",
        "A list in base64 with padding.",
        list_with(encodedList="u" + encode_base64url(PACKED) + "="),
    ),
    AUTHENTIC.undecided(
        "list-no-multibase",
        "status.encoding",
        "A list without the letter of its base.",
        list_with(encodedList=encode_base64url(PACKED)),
    ),
    AUTHENTIC.undecided(
        "list-no-gzip", "status.encoding", "A list that is not compressed.", list_with(encodedList=gzipped(BITS))
    ),
    AUTHENTIC.undecided(
        "list-cut", "status.encoding", "A list that was cut short.", list_with(encodedList=gzipped(PACKED[:-9]))
    ),
    AUTHENTIC.undecided(
        "list-trailing",
        "status.encoding",
        "A second list behind the first.",
        list_with(encodedList=gzipped(PACKED * 2)),
    ),
    AUTHENTIC.undecided("list-no-bits", "status.encoding", "A list without encodedList.", list_with(encodedList=None)),
    AUTHENTIC.undecided(
        "list-short",
        "status.size",
        "A list of fewer entries than are demanded.",
        list_with(encodedList=statuslist.encode(bytes(MIN_STATUS_BITS // 8 - 1))),
    ),
    AUTHENTIC.undecided(
        "list-bomb",
        "status.size",
        "A list of some kilobytes that inflates to more than 8 MiB.",
        list_with(encodedList=statuslist.encode(bytes(MAX_STATUS_BITS // 8 + 1))),
    ),
    AUTHENTIC.undecided(
        "list-newer-broken",
        "status.encoding",
        "The newest copy cannot be read, and an older one shows nothing.",
        copies(GOOD, dated("2026-07-31T11:00:00Z", encodedList="uAAAA")),
    ),
    AUTHENTIC.invalid(
        "list-newer-purpose",
        "status.purpose",
        "The newest copy is for another purpose.",
        copies(GOOD, ISSUER.secured(listing("suspension", validFrom="2026-07-31T11:00:00Z"))),
    ),
)
