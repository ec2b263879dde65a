"""The outlines of files that are not JSON: by their first bytes and by words in them, in steps that stay linear.

Texts are bytes read as Latin-1, so that the patterns are the same in both languages; no pattern can try twice.
"""

import binascii
import re
from typing import Final, NamedTuple

_PNG: Final = r"\x89PNG\r\n\x1a\n"
_ZIP: Final = r"PK\x03\x04"
_PICTURE: Final = (
    r"\xff\xd8\xff|GIF8[79]a|RIFF[\x00-\xff]{4}WEBP|II\*\x00|MM\x00\*|BM[\x00-\xff]{4}\x00\x00\x00\x00"
    r"|[\x00-\xff]{4}ftyp(?:hei|hev|mif1|msf1|avi[fs])"
)
_PAGE: Final = r"(?i)(?:<!--[^>]{0,1000}>[ \t\r\n]{0,100})?<(?:!doctype html|html|head|body)"
_HEADER: Final = r"From [^\n]{1,1000}\n|[A-Za-z][A-Za-z0-9-]{0,76}:[ \t][^\n]{0,1000}\n"
_WALLET: Final = (
    r"(?i)(?:openid|openid-credential-offer|openid-initiate-issuance|openid-vc|openid4vp|openid4vci|siopv2|didcomm"
    r"|haip|haip-v[cp]i?|mdoc-openid4vp|eudi-[a-z0-9-]{1,40}|web\+[a-z]{1,40}):"
)
_OFFER: Final = (
    r"(?i)https?://[^ \t\r\n?]*\?(?:[^ \t\r\n]*&)?(?:credential_offer|credential_offer_uri|request_uri|iuv)="
)


class _Outline(NamedTuple):
    """A row: what the text begins with, the words that it has to hold, and those that it must not."""

    code: str
    begins: re.Pattern[str]
    holds: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()


def _row(code: str, begins: str, *holds: str, lacks: tuple[str, ...] = ()) -> _Outline:
    return _Outline(code, re.compile(begins, re.ASCII), holds, lacks)


_BINARY: Final = (
    _row("kind.mdoc", r"[\xa0-\xbf]", "issuerAuth", "nameSpaces"),
    _row("kind.mdoc", r"[\xa0-\xbf]", "documents", "docType"),
    _row("kind.cose", r"(?:\xd8\x3d)?\xd2\x84"),
    _row("kind.cose", r"\x84[\x41-\x57][\xa1-\xaf]\x01"),
)
_OUTLINES: Final = (
    _row("file.empty", r"\Z"),
    _row("kind.photo", _PICTURE),
    _row("kind.wallet-pass", _ZIP, "pass.json"),
    _row("kind.signed-document", _ZIP, "application/vnd.etsi.asic"),
    _row("file.office", _ZIP, "[Content_Types].xml"),
    _row("file.office", _ZIP, "mimetypeapplication/vnd.oasis.opendocument"),
    _row("kind.archive", _ZIP + r"|\x1f\x8b\x08|7z\xbc\xaf\x27\x1c|Rar!\x1a\x07"),
    _row("kind.archive", r"BZh[1-9]1AY&SY|\xfd7zXZ\x00|\x28\xb5\x2f\xfd|[\x00-\xff]{257}ustar"),
    _row("file.office", r"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    _row("kind.signed-document", r"0[\x80-\x84]", "\x06\x09*\x86H\x86\xf7\r\x01\x07\x02"),
    _row("kind.signed-document", r"-----BEGIN (?:PKCS7|CMS|PGP SIGNED MESSAGE)-----"),
    _row("kind.open-badges-2", _PNG, "openbadges\0", lacks=("openbadgecredential\0",)),
    _row("kind.signed-pdf", "%PDF-", "/ByteRange", lacks=("/EmbeddedFile", "/Encrypt")),
    _row("file.html", _PAGE),
    _row("kind.europass", "<", "data.europa.eu/snb"),
    _row("kind.open-badges-2", "<", "<openbadges:assertion", lacks=("<openbadges:credential",)),
    _row("kind.signed-document", "<", "http://www.w3.org/2000/09/xmldsig#", lacks=("<svg",)),
    _row("file.xml", r"<[A-Za-z?!]", lacks=("<svg",)),
    _row("kind.mail", _HEADER, "MIME-Version:", "Content-"),
    _row("kind.mail", _HEADER, "Mime-Version:", "Content-"),
    _row("kind.health-card", r"(?i)(?:shc|shlink):/|https?://[^ \t\r\n#]*#shlink:/"),
    _row("kind.eu-dcc", "HC1:"),
    _row("kind.cbor-ld", r"V[PC]1-"),
    _row("kind.mdoc", r"(?i)mdoc:"),
    _row("kind.wallet-link", _WALLET),
    _row("kind.wallet-link", _OFFER),
    _row("kind.link", r"(?i)https?://[^ \t\r\n]+\Z", lacks=("/v#", "/v%23")),
    *_BINARY,
)
_BASE64: Final = re.compile(r"[h02o-v][A-Za-z0-9+/_-]{31,}={0,2}")
_WORDS: Final = re.compile(r"[ \t\r\n]+")
_FIRST_WORDS: Final = 100
_LONGEST_WORD: Final = 60
_NOT_PROSE: Final = ("{", "[", '"', "<", "%PDF-", "\x89PNG")
_SEPARATORS: Final = ((";", 1), ("\t", 1), (",", 2))


def outline(text: str) -> str | None:
    """The code of what a file begins as; `text`: its bytes as Latin-1, without blanks around them."""
    return _first(_OUTLINES, text)


def binary(text: str) -> str | None:
    """The code of what stands behind base64, with either alphabet."""
    return _first(_BINARY, decoded(text)) if _BASE64.fullmatch(text) else None


def decoded(text: str) -> str:
    """The bytes of base64, as Latin-1, up to the last whole group of four digits."""
    digits = text.rstrip("=").replace("-", "+").replace("_", "/")
    return binascii.a2b_base64(digits[: len(digits) // 4 * 4]).decode("latin-1")


def prose(text: str) -> str | None:
    """The code of a table or of words; `text` is UTF-8 and no JSON."""
    if text.startswith(_NOT_PROSE) or "{" in text:
        return None  # what it holds may be a credential, and is wrong
    lines = [line for line in text.split("\n", 50)[:50] if line.strip("\r")]
    counts = [[line.count(mark) for line in lines[:2]] for mark, _ in _SEPARATORS]
    if any(len(each) > 1 and each[0] == each[1] >= least for each, (_, least) in zip(counts, _SEPARATORS, strict=True)):
        return "file.table"
    words = _WORDS.split(text, _FIRST_WORDS)[:_FIRST_WORDS]
    return "file.text" if len(words) > 2 and all(len(word) <= _LONGEST_WORD for word in words) else None


def _first(rows: tuple[_Outline, ...], text: str) -> str | None:
    return next((row.code for row in rows if _fits(row, text)), None)


def _fits(row: _Outline, text: str) -> bool:
    return (
        row.begins.match(text) is not None
        and all(word in text for word in row.holds)
        and not any(word in text for word in row.lacks)
    )
