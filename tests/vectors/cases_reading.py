"""Vectors of the check `readable`: text that has no single meaning, or that is too much."""

import json

from tests.kit.minting import ISSUER, encoded
from tests.vectors.case import PLAIN, Case, Of, spliced, text, valid
from verifier.format.multibase import encode_base64url
from verifier.limits import MAX_CREDENTIAL_BYTES, MAX_JSON_MEMBERS, MAX_TEXT_OBJECTS

READABLE = Of("readable")
SECURED = ISSUER.secured(PLAIN)
TOKEN = ISSUER.token(PLAIN)
WHOLE = encoded(SECURED).decode()
QUOTED = json.dumps(SECURED, indent=1).replace("\n", "\n> > ")
BROKEN = "\r\n".join(TOKEN[place : place + 76] for place in range(0, len(TOKEN), 76))
HEADER, PAYLOAD, SIGNATURE = TOKEN.split(".")
UTF16 = b"\xff\xfe" + '{"a":1}'.encode("utf-16-le")
DUPLICATE_PAYLOAD = encode_base64url(spliced(PLAIN, before='"name": "Another",'))


def padded(part: str) -> str:
    return part + "=" * (-len(part) % 4 or 4)


CASES: tuple[Case, ...] = (
    READABLE.invalid(
        "read-size",
        "json.size",
        "More bytes than a credential has.",
        text(b'{"a":"' + b"x" * MAX_CREDENTIAL_BYTES + b'"}'),
    ),
    READABLE.invalid("read-latin-1", "json.encoding", "Text in Latin-1.", text('{"a":"é"}'.encode("latin-1"))),
    READABLE.invalid(
        "read-utf-16-big",
        "json.encoding",
        "The same, the other way around.",
        text(b"\xfe\xff" + "{}".encode("utf-16-be")),
    ),
    READABLE.invalid("read-utf-16", "json.encoding", "Text in UTF-16, which `json.loads` takes.", text(UTF16)),
    READABLE.invalid("read-overlong", "json.encoding", "UTF-8 that is longer than need be.", text(b'{"a":"\xc0\xaf"}')),
    READABLE.invalid("read-empty", "file.empty", "An empty file.", text("")),
    READABLE.invalid("read-cut", "json.syntax", "A file that was cut off.", text(b"{" + HEADER.encode())),
    READABLE.invalid("read-trailing", "text.several", "Another object behind the object.", text('{"a":1} {"a":2}')),
    READABLE.invalid("read-objects", "text.several", "Seventeen of one object.", text("{} " * (MAX_TEXT_OBJECTS + 1))),
    READABLE.invalid("read-trailing-bracket", "json.syntax", "A bracket that is never closed first.", text("{ {}")),
    READABLE.invalid(
        "read-two-kinds", "text.several", "A credential and a token in one text.", text(f"{WHOLE} and {TOKEN}")
    ),
    READABLE.invalid(
        "read-curly-marks", "text.marks", "Curly quotation marks for straight ones.", text("{“@context”: “x”}")
    ),
    READABLE.invalid(
        "read-fixed-spaces", "text.marks", "A credential that is indented with fixed spaces.", text('{\n\u00a0"a": 1}')
    ),
    READABLE.undecided(
        "read-string-twice",
        "kind.wrapped",
        "A credential as a JSON string, twice.",
        text(json.dumps(json.dumps(WHOLE))),
    ),
    READABLE.invalid("read-comma", "json.syntax", "A comma behind the last member.", text('{"a":1,}')),
    READABLE.invalid("read-control", "json.syntax", "A control character within a text.", text('{"a":"\x01"}')),
    READABLE.invalid("read-array", "json.not-object", "An array, even of a credential.", text("[{}]")),
    READABLE.invalid("read-null", "json.not-object", "A lone null.", text("null")),
    READABLE.invalid(
        "read-duplicate",
        "json.duplicate-name",
        "A genuine credential with a second name before the signed one, which many readers drop.",
        text(spliced(SECURED, before='"name": "Another",')),
    ),
    READABLE.invalid(
        "read-duplicate-escaped",
        "json.duplicate-name",
        "The same, with a letter of the name written as an escape.",
        text(spliced(SECURED, before='"n\\u0061me": "Another",')),
    ),
    READABLE.invalid(
        "read-duplicate-equal",
        "json.duplicate-name",
        "A member that stands twice with one value, inside.",
        text('{"a":{"b":1,"b":1}}'),
    ),
    READABLE.invalid("read-infinite", "json.number", "A number that becomes infinite.", text('{"a":1e400}')),
    READABLE.invalid("read-nan", "json.number", "NaN, which is no JSON.", text('{"a":NaN}')),
    READABLE.invalid("read-infinity", "json.number", "-Infinity, which is no JSON.", text('{"a":-Infinity}')),
    READABLE.invalid("read-beyond-2-53", "json.number", "The integer 2^53.", text('{"a":9007199254740992}')),
    READABLE.invalid("read-digits", "json.number", "A number of 6,000 digits.", text('{"a":' + "1" * 6000 + "}")),
    READABLE.invalid("read-fraction", "json.number", "A long fraction.", text('{"a":0.' + "1" * 40 + "}")),
    READABLE.invalid("read-depth", "json.depth", "Objects 70 deep.", text('{"a":' * 70 + "1" + "}" * 70)),
    READABLE.invalid("read-brackets", "json.depth", "100,000 opening brackets.", text("[" * 100_000)),
    READABLE.invalid(
        "read-members",
        "json.members",
        "More values than a credential has.",
        text('{"a":[' + "0," * MAX_JSON_MEMBERS + "0]}"),
    ),
    READABLE.invalid("read-surrogate", "json.surrogate", "Half of a surrogate pair.", text('{"a":"\\ud800"}')),
    READABLE.invalid("read-surrogate-name", "json.surrogate", "The same in a name.", text('{"\\udfff":1}')),
    READABLE.invalid(
        "read-jwt-padded", "jwt.form", "A token with padding.", text(f"{padded(HEADER)}.{PAYLOAD}.{SIGNATURE}")
    ),
    READABLE.invalid(
        "read-jwt-trailing-bits",
        "jwt.form",
        "A token whose last character has bits that no byte holds: another text with the same bytes.",
        text(f"{HEADER}.{PAYLOAD}.{SIGNATURE[:-1]}{chr(ord(SIGNATURE[-1]) + 1)}"),
    ),
    READABLE.invalid(
        "read-jwt-length", "jwt.form", "A part of a length that no bytes have.", text(f"{HEADER}.AAAAA.{SIGNATURE}")
    ),
    READABLE.invalid(
        "read-jwt-two-parts", "json.syntax", "A token without its signature's part.", text(f"{HEADER}.{PAYLOAD}")
    ),
    READABLE.invalid("read-jwt-five-parts", "json.syntax", "An encrypted token.", text("a.b.c.d.e")),
    READABLE.invalid(
        "read-jwt-no-json", "json.syntax", "A token whose payload is no JSON.", text(f"{HEADER}.Zm9v.{SIGNATURE}")
    ),
    READABLE.invalid("read-jwt-empty", "json.syntax", "A token without a payload.", text(f"{HEADER}..{SIGNATURE}")),
    READABLE.invalid(
        "read-jwt-array", "json.not-object", "A token whose payload is an array.", text(f"{HEADER}.W10.{SIGNATURE}")
    ),
    READABLE.invalid(
        "read-jwt-duplicate",
        "json.duplicate-name",
        "A token whose payload has a name twice.",
        text(f"{HEADER}.{DUPLICATE_PAYLOAD}.{SIGNATURE}"),
    ),
    READABLE.invalid(
        "read-jwt-spaces", "json.syntax", "A token with a space within.", text(f"{HEADER}. {PAYLOAD}.{SIGNATURE}")
    ),
    READABLE.warned(
        "read-mail", "text.around", "A credential in a mail.", text(f"Dear all,\n\n{WHOLE}\n\n-- \nAda {HEADER}")
    ),
    READABLE.warned(
        "read-fence", "text.around", "A credential in a fence of Markdown.", text(f"```json\n{WHOLE}\n```\n")
    ),
    READABLE.warned("read-answer", "text.around", "A credential in a mail that was answered.", text(f"> > {QUOTED}")),
    READABLE.warned("read-bom-twice", "text.around", "Two byte order marks first.", text(f"\ufeff\ufeff{WHOLE}")),
    READABLE.warned(
        "read-mail-twice", "text.around", "A mail that has the same credential twice.", text(f"{WHOLE}\nagain: {WHOLE}")
    ),
    READABLE.warned("read-mail-token", "text.around", "A token in a sentence.", text(f"Here: <{TOKEN}>.")),
    READABLE.warned(
        "read-mail-greeting", "text.around", "A token with one word below it.", text(f"{TOKEN}\r\n\r\nRegards\r\n")
    ),
    READABLE.warned(
        "read-answer-greeting", "text.around", "The same in an answer.", text(f"> {TOKEN}\n>\n> \n> Regards")
    ),
    valid("valid-bom", "A byte order mark first, as some editors write it.", text(f"\ufeff{WHOLE}")),
    valid("valid-string", "A credential as a JSON string.", text(json.dumps(WHOLE))),
    valid("valid-string-token", "A token as a JSON string.", text(f'\n"{TOKEN}"')),
    valid("valid-jwt-bom", "A token behind a byte order mark.", text(f"\ufeff{TOKEN}\n")),
    valid("valid-jwt-broken-twice", "One whose lines end in CR CR LF.", text(BROKEN.replace("\r\n", "\r\r\n"))),
    valid("valid-jwt-broken", "A token that a mail program broke over lines.", text(BROKEN)),
    valid("valid-jwt-quoted", "The same in an answer.", text(BROKEN.replace("\r\n", "\n> "))),
)
