"""Vectors of the check `status-list-authentic` on the entries of a credential, and on what lists only tell."""

from tests.kit.credentials import REVOCATION, aima, entry
from tests.kit.minting import ISSUER, changed, encoded
from tests.vectors.case import URL, Build, Case, Given, as_is, context
from tests.vectors.cases_period import token
from tests.vectors.cases_wellformed import OB_HOST
from tests.vectors.lists import AUTHENTIC, INDEX, SET, index, listed, listing, pointing, size, sized
from verifier.format.contexts import OB3
from verifier.format.proof import JCS
from verifier.format.types import Json, JsonObject
from verifier.limits import MIN_STATUS_BITS

TOKEN_STATUS: JsonObject = {"status_list": {"idx": 5, "uri": f"{URL}/tsl"}}


def messages(entry: JsonObject, count: int) -> JsonObject:
    """The entry with so many messages."""
    said: list[Json] = [{"status": f"{value:#x}", "message": f"message {value}"} for value in range(count)]
    return {**entry, "statusMessage": said}


def unexplained(name: str, sentence: str, status: JsonObject) -> Case:
    """A status whose values have no meaning; eddsa-jcs-2022 signs whatever stands there."""
    document = ISSUER.secured(changed(aima(), credentialStatus=status), JCS)
    purpose = status["statusPurpose"]
    trust = ISSUER.trust(statusLists={REVOCATION: ISSUER.secured(listing(purpose))})
    return AUTHENTIC.invalid(
        f"message-{name}", "status.message-form", sentence, lambda: Given(encoded(document), trust)
    )


def unread(name: str, sentence: str, build: Build) -> Case:
    """A status of a kind that is not checked, and that no context defines."""
    undefined = ("terms.undefined-signed",)
    return AUTHENTIC.undecided(
        f"status-{name}", "status.type", sentence, build, beside=undefined, reason="No context defines it."
    )


_ENTRY: tuple[Case, ...] = (
    AUTHENTIC.undecided("list-missing", "status.missing", "The list is not at hand.", listed(None)),
    AUTHENTIC.undecided(
        "status-foreign",
        "status.type",
        "A status of a kind that is not checked here.",
        pointing({"type": f"{URL}#Status"}),
    ),
    AUTHENTIC.undecided(
        "status-purpose-unknown",
        "status.type",
        "A purpose that is not known here.",
        pointing(entry("quarantine", REVOCATION, INDEX)),
    ),
    AUTHENTIC.undecided(
        "status-purpose-none",
        "status.type",
        "No purpose.",
        pointing(changed(entry("revocation", REVOCATION, INDEX), statusPurpose=None)),
    ),
    AUTHENTIC.undecided(
        "status-purposes",
        "status.type",
        "Two purposes in one entry.",
        pointing({**entry("revocation", REVOCATION, INDEX), "statusPurpose": ["revocation", "suspension"]}),
    ),
    AUTHENTIC.undecided(
        "status-no-list",
        "status.type",
        "No list.",
        pointing(changed(entry("revocation", REVOCATION, INDEX), statusListCredential=None)),
    ),
    AUTHENTIC.undecided(
        "status-many",
        "status.type",
        "More entries than are read.",
        pointing([entry("revocation", REVOCATION, each) for each in range(17)]),
    ),
    AUTHENTIC.undecided(
        "status-2021",
        "status.type",
        "A StatusList2021Entry, whose context is at hand.",
        pointing(
            {**entry("revocation", REVOCATION, INDEX), "type": "StatusList2021Entry"},
            **context(OB3, "https://w3id.org/vc/status-list/2021/v1"),
        ),
    ),
    AUTHENTIC.undecided(
        "status-1edtech",
        "status.type",
        "A 1EdTechRevocationList, whose context is at hand.",
        pointing(
            {"id": f"{REVOCATION}x", "type": "1EdTechRevocationList"}, **context(OB3, f"{OB_HOST}/extensions.json")
        ),
    ),
    AUTHENTIC.undecided(
        "status-beside-foreign",
        "status.type",
        "A good entry beside one that is not checked here.",
        pointing([entry("revocation", REVOCATION, INDEX), {"type": f"{URL}#Status"}]),
    ),
    index("zeros", "A leading zero.", "048213"),
    index("number-negative", "A number below zero, as a number.", -1),
    index("number-fraction", "A number with a fraction.", 48213.5),
    AUTHENTIC.invalid(
        "index-number-point",
        "status.index",
        "A whole number written with a point.",
        pointing({**entry("revocation", REVOCATION, 0), "statusListIndex": 48213.0}, suite=JCS),
        beside=("terms.undefined-signed",),
        reason="Processors write such a number differently.",
    ),
    index("number-true", "A truth value, which `isinstance(True, int)` takes.", value=True),
    index("number-end", "The first place behind the list, as a number.", MIN_STATUS_BITS),
    index("number-far", "A place far behind it, as a number.", 9_999_999_999),
    index("number-beyond", "A place behind any list, as a number.", 10_000_000_000),
    index("sign", "A sign.", "+48213"),
    index("negative", "A number below zero.", "-1"),
    index("space", "A space.", " 48213"),
    index("underscore", "An underscore, which `int` takes.", "48_213"),
    index("full-width", "Full-width digits, which `int` takes.", "４８２１３"),
    index("exponent", "An exponent.", "48213e0"),
    index("hexadecimal", "Hexadecimal digits.", "0xbc55"),
    index("empty", "An empty text.", ""),
    index("array", "An array.", [str(INDEX)]),
    AUTHENTIC.invalid(
        "index-none",
        "status.index",
        "No index.",
        pointing(changed(entry("revocation", REVOCATION, 0), statusListIndex=None)),
    ),
    index("end", "The first place behind the list.", str(MIN_STATUS_BITS)),
    index("far", "A place far behind it.", "9999999999"),
    AUTHENTIC.invalid(
        "index-size",
        "status.index",
        "A place behind the list for its statusSize.",
        pointing(sized(2, MIN_STATUS_BITS // 2)),
    ),
    size("zero", "statusSize 0.", 0),
    size("negative", "statusSize -1.", -1),
    size("nine", "statusSize 9.", 9),
    size("true", "statusSize true, which `isinstance(True, int)` takes.", value=True),
    size("text", "statusSize as a text.", "1"),
    size("fraction", "statusSize 1.5.", 1.5),
    size("null", "statusSize in an array.", [1]),
    unexplained("none", "Two bits without a message.", changed(sized(2), statusMessage=None)),
    unexplained("few", "Two bits with three messages.", messages(sized(2), 3)),
    unexplained("many", "Two bits with five messages.", messages(sized(2), 5)),
    unexplained("one", "One bit with one message.", messages(sized(1), 1)),
    unexplained(
        "number", "A message for a number.", {**sized(1), "statusMessage": [{"status": 0, "message": "a"}] * 2}
    ),
    unexplained("text", "Messages as bare texts.", {**sized(1), "statusMessage": ["unset", "set"]}),
    unexplained("told", "Messages that are only told.", changed(sized(2, 1, "message"), statusMessage=None)),
    AUTHENTIC.invalid(
        "message-none-missing",
        "status.message-form",
        "Two bits without a message, on a list that is not at hand.",
        pointing({**changed(sized(2), statusMessage=None), "statusListCredential": f"{REVOCATION}7"}),
    ),
)
_FOREIGN: tuple[Case, ...] = (
    *(
        unread(kind.lower(), f"An entry of the type {kind}.", as_is("credentialStatus", {"id": URL, "type": kind}))
        for kind in (
            "StatusList2021Entry",
            "RevocationList2020Status",
            "CredentialStatusList2017",
            "1EdTechRevocationList",
        )
    ),
    unread("jwt", "Such an entry in a token.", token(credentialStatus={"id": URL, "type": "StatusList2021Entry"})),
    unread("token", "A Token Status List, in a token.", token(status=TOKEN_STATUS)),
    unread("token-jcs", "The same where every byte is signed.", as_is("status", TOKEN_STATUS)),
    unread("token-text", "A status that is a text, in a token.", token(status="active")),
    AUTHENTIC.undecided(
        "status-token-beside",
        "status.type",
        "A good entry beside a Token Status List.",
        lambda: Given(ISSUER.token({**aima(), "status": TOKEN_STATUS}).encode()),
        beside=("terms.undefined-signed",),
        reason="No context defines the member.",
    ),
)
_TOLD: tuple[Case, ...] = (
    AUTHENTIC.warned(
        "refresh-set",
        "status.refresh",
        "A newer version exists.",
        pointing(entry("refresh", REVOCATION, INDEX), ISSUER.secured(listing("refresh", SET))),
    ),
    AUTHENTIC.warned(
        "message-two-bits",
        "status.message",
        "A message of two bits.",
        pointing(
            sized(2, 1, "message"),
            ISSUER.secured(listing("message", frozenset({2}))),
        ),
    ),
    AUTHENTIC.warned(
        "message-clear",
        "status.message",
        "A message for the value 0.",
        pointing(
            sized(1, INDEX, "message"),
            ISSUER.secured(listing("message")),
        ),
    ),
    AUTHENTIC.warned(
        "message-unlisted",
        "status.message",
        "A value without a message.",
        pointing(entry("message", REVOCATION, INDEX), ISSUER.secured(listing("message", SET))),
    ),
    AUTHENTIC.warned(
        "message-missing",
        "status.note-missing",
        "The list of messages is not at hand.",
        pointing(entry("message", f"{REVOCATION}7", INDEX)),
    ),
    AUTHENTIC.warned(
        "refresh-missing",
        "status.note-missing",
        "The list of newer versions is broken.",
        pointing(entry("refresh", REVOCATION, INDEX), ISSUER.secured(listing("refresh", encodedList="uAAAA"))),
    ),
)
CASES = (*_ENTRY, *_FOREIGN, *_TOLD)
