"""Vectors of texts of QR codes: each breaks one rule of the text, and the good ones are carried by any host."""

import zlib
from urllib.parse import quote

from tests.kit.credentials import HOST, caig
from tests.kit.minting import ISSUER, encoded
from tests.vectors.case import PLAIN, TRUST, Build, Case, Given, Of, deferred, text, valid
from verifier.format import digits, qrtext
from verifier.format.jcs import canonicalize
from verifier.format.multibase import encode_base64url
from verifier.format.proof import JCS, RDFC
from verifier.format.types import JsonObject
from verifier.limits import MAX_QR_CHARACTERS, MAX_QR_INFLATED_BYTES

READABLE = Of("readable")
OWN_HOST = HOST.removeprefix("https://")
BUILT_IN = qrtext.built_in(1) or b""
COMPACT = ISSUER.secured(PLAIN, JCS)
OWN = canonicalize(PLAIN)
"""A dictionary of the operator's own."""
KNOWING_OWN = ISSUER.trust(qrDictionaries={qrtext.address(OWN_HOST, 100): encode_base64url(OWN)})
TEXT = qrtext.encode(COMPACT, OWN_HOST, 1, BUILT_IN)
PREFIX, DIGITS = qrtext.parts(COMPACT, OWN_HOST, 1, BUILT_IN)


def packed(content: bytes) -> bytes:
    """Any bytes as the codec packs them, under the built-in dictionary."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15, zdict=BUILT_IN)
    return deflate.compress(content) + deflate.flush()


def safe_link(link: str) -> str:
    """A link as Outlook writes it into mails."""
    return f"https://eur02.safelinks.protection.outlook.com/?url={quote(link, safe='')}&data=05%7C02%7C&reserved=0"


def holding(content: bytes, head: str = "1001") -> Build:
    return text(f"{PREFIX}{head}{digits.encode(content)}")


@deferred
def carried(host: str = OWN_HOST, number: int = 1, *, known: bool = False, document: JsonObject = COMPACT) -> Given:
    """The credential in a text of this host, under the built-in dictionary or the operator's own."""
    dictionary = BUILT_IN if number < qrtext.FIRST_OWN else OWN
    return Given(qrtext.encode(document, host, number, dictionary).encode(), KNOWING_OWN if known else TRUST)


CASES: tuple[Case, ...] = (
    READABLE.invalid("qr-letter", "qr.form", "A letter among the digits.", text(f"{TEXT}a")),
    READABLE.invalid(
        "qr-upper-host", "qr.form", "A host in capitals.", text(TEXT.replace("credentials", "CREDENTIALS"))
    ),
    READABLE.invalid("qr-short", "qr.form", "Three digits.", text(f"{PREFIX}100")),
    READABLE.undecided("qr-upper-path", "kind.link", "Another path.", text(TEXT.replace("/v#", "/V#"))),
    READABLE.invalid("qr-plain-http", "json.syntax", "Without the s of https.", text(TEXT.replace("https", "http"))),
    READABLE.invalid("qr-in-two", "qr.form", "Digits behind a fixed space.", text(f"{TEXT[:90]}\u00a0{TEXT[90:]}")),
    READABLE.undecided(
        "qr-other-wrapper",
        "kind.link",
        "The link inside of a link of somebody unknown.",
        text(f"https://mail.example/?url={quote(TEXT, safe='')}"),
    ),
    READABLE.invalid("qr-two-links", "text.several", "Two links.", text(f"{TEXT}\n{TEXT.replace('credentials', 'x')}")),
    READABLE.warned("qr-in-a-mail", "text.around", "A link in a mail.", text(f"Dear all,\n{TEXT}.\n\nAda")),
    READABLE.warned("qr-behind", "text.around", "A mail that begins with it.", text(f"{TEXT}\nwas scanned by Ada")),
    READABLE.invalid("qr-space", "qr.form", "A space within.", text(f"{TEXT[:90]} {TEXT[90:]}")),
    READABLE.invalid("qr-twice", "qr.form", "The text twice.", text(TEXT * 2)),
    READABLE.invalid("qr-arabic-digits", "qr.form", "A digit of another script.", text(f"{TEXT[:-1]}٣")),
    READABLE.invalid("qr-cut", "qr.digits", "Digits that stand for no whole byte.", text(f"{PREFIX}10010")),
    READABLE.invalid("qr-overflow", "qr.digits", "17 digits beyond 7 bytes.", text(f"{PREFIX}1001{'9' * 17}")),
    READABLE.invalid("qr-overflow-last", "qr.digits", "256 as the last byte.", text(f"{PREFIX}1001256")),
    READABLE.invalid("qr-no-digits", "qr.deflate", "Nothing behind the head.", text(f"{PREFIX}1001")),
    READABLE.invalid("qr-truncated", "qr.deflate", "A stream cut short.", holding(packed(canonicalize(COMPACT))[:-5])),
    READABLE.invalid("qr-trailing", "qr.deflate", "A byte behind it.", holding(packed(canonicalize(COMPACT)) + b"\0")),
    READABLE.invalid("qr-distance", "qr.deflate", "No such stream.", holding(b"\xff" * 20)),
    READABLE.invalid("qr-long", "qr.size", "More digits than a QR code holds.", text(PREFIX + "1" * MAX_QR_CHARACTERS)),
    READABLE.invalid(
        "qr-bomb",
        "qr.size",
        "A stream that inflates beyond the bound.",
        holding(packed(bytes(MAX_QR_INFLATED_BYTES + 1))),
    ),
    READABLE.invalid("qr-pretty", "qr.content", "JSON that is not canonical.", holding(packed(encoded(COMPACT)))),
    READABLE.invalid("qr-not-json", "qr.content", "Text that is no JSON.", holding(packed(b"a credential"))),
    READABLE.invalid("qr-array", "qr.content", "A canonical array.", holding(packed(b"[]"))),
    READABLE.invalid(
        "qr-rdfc",
        "qr.content",
        "A proof of the other suite.",
        holding(packed(canonicalize(ISSUER.secured(PLAIN, RDFC)))),
    ),
    READABLE.invalid("qr-no-proof", "qr.content", "No proof.", holding(packed(canonicalize(PLAIN)))),
    READABLE.invalid(
        "qr-two-proofs",
        "qr.content",
        "Two proofs.",
        holding(packed(canonicalize({**COMPACT, "proof": [COMPACT["proof"], COMPACT["proof"]]}))),
    ),
    READABLE.undecided("qr-codec", "qr.codec", "A codec of another day.", text(f"{PREFIX}2{DIGITS[1:]}")),
    READABLE.undecided("qr-built-in", "qr.dictionary", "A built-in dictionary that is not.", text(f"{PREFIX}1099")),
    READABLE.undecided("qr-dictionary", "qr.dictionary", "An operator's that is not at hand.", carried(number=100)),
    READABLE.undecided(
        "qr-dictionary-other",
        "qr.dictionary",
        "That of another host, of the same number, does not fit.",
        lambda: Given(
            f"https://other.example/v#1100{digits.encode(packed(canonicalize(COMPACT)))}".encode(), KNOWING_OWN
        ),
    ),
    Of("signature").invalid(
        "qr-tampered",
        "signature.mismatch",
        "A name changed after it was signed.",
        carried(document={**COMPACT, "name": "Another"}),
    ),
    valid("valid-qr", "The text of a QR code, under the built-in dictionary.", carried()),
    valid("valid-qr-own", "The same under the operator's own.", carried(number=100, known=True)),
    valid("valid-qr-caig", "A certification with evidence.", carried(document=ISSUER.secured(caig(), JCS))),
    valid("valid-qr-newline", "A newline behind it.", text(f"{TEXT}\n")),
    valid("valid-qr-bom", "A byte order mark before it.", text(f"\ufeff{TEXT}")),
    valid("valid-qr-escaped", "The sign of the fragment percent-encoded.", text(TEXT.replace("#", "%23"))),
    valid("valid-qr-scheme", "The scheme in capitals.", text(TEXT.replace("https", "HTTPS"))),
    valid("valid-qr-brackets", "It stands between brackets, and a full stop is behind it.", text(f"<{TEXT}>.")),
    valid("valid-qr-quotes", "It stands between quotation marks.", text(f'"{TEXT}"')),
    valid(
        "valid-qr-broken", "A mail program broke it over lines.", text(f"{TEXT[:76]}\r\n{TEXT[76:152]}\n {TEXT[152:]}")
    ),
    valid("valid-qr-safe-link", "Outlook has put it into a link of its own.", text(safe_link(TEXT))),
    valid("valid-qr-safe-link-escaped", "And has escaped it before.", text(safe_link(TEXT.replace("#", "%23")))),
    valid("valid-qr-foreign", "A link that leads to a foreign host: who signed counts.", carried("other.example:8443")),
    valid("valid-qr-foreign-own", "The same under the operator's own.", carried("other.example", 100, known=True)),
)
