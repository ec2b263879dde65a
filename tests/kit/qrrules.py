"""The rules of docs/qr-format.md, each as texts that keep or break it, and what a reader has to say."""

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from tests.kit.minting import HOLDER, ISSUER, encoded
from tests.kit.qrtexts import CONTENT, bits_behind, holding, hosted, members, nested, of, own, stored, with_text
from tests.vectors.case import PLAIN
from tests.vectors.cases_qr import BUILT_IN, COMPACT, DIGITS, OWN, OWN_HOST, PREFIX, TEXT, packed, safe_link
from verifier.format import qrtext
from verifier.format.jcs import canonicalize
from verifier.format.proof import JCS, RDFC
from verifier.format.types import Json
from verifier.limits import MAX_JSON_MEMBERS, MAX_QR_CHARACTERS, MAX_QR_DICTIONARIES, MAX_QR_INFLATED_BYTES

PRESENTATION = canonicalize(HOLDER.signed(HOLDER.presentation(COMPACT), JCS))
UNTYPED = canonicalize({"proof": {"type": "DataIntegrityProof", "cryptosuite": "eddsa-jcs-2022"}})
NO_PROOFS: Mapping[str, Json] = MappingProxyType(
    {"null": None, "none in an array": [], "a text": "z", "nested": [[{}]], "empty": {}}
)
NOTHING: Mapping[str, bytes] = MappingProxyType({})
HERE, ELSEWHERE = qrtext.address(OWN_HOST, 100), qrtext.address("other.example", 100)
PAYLOAD = DIGITS[4:]
FOREIGN = {qrtext.address(f"h{number}.example", 100): b"x" for number in range(MAX_QR_DICTIONARIES)}


class Row(NamedTuple):
    """`answer`: the bytes, a code, or "" for what is no such text."""

    rule: str
    about: str
    text: bytes
    answer: bytes | str = CONTENT
    dictionaries: Mapping[str, bytes] = NOTHING


def row(rule: str, about: str, text: str | bytes, answer: bytes | str = CONTENT, **known: bytes) -> Row:
    return Row(rule, about, text.encode() if isinstance(text, str) else text, answer, known)


LONG_HOST = "h" * 253
ROWS: tuple[Row, ...] = (
    *(
        row("R1", f"{space!r} around", f"{space}{TEXT}{space}")
        for space in (" ", "\t", "\n", "\v", "\f", "\r", " \r\n ")
    ),
    *(
        row("R1", f"{mark!r} before", f"{mark}{TEXT}", "")
        for mark in ("\u00a0", "\ufeff", "\0", "\x1c", "\x85", "\u2003")
    ),
    *(row("R1", f"{mark!r} behind", f"{TEXT}{mark}", "qr.form") for mark in ("\u00a0", "\ufeff", "\0", "\x1c", "\x85")),
    row("R2", "plain http", TEXT.replace("https", "http"), ""),
    row("R2", "scheme in capitals", TEXT.replace("https", "HTTPS"), ""),
    row("R2", "path in capitals", TEXT.replace("/v#", "/V#"), ""),
    row("R2", "a path before", TEXT.replace("/v#", "/x/v#"), ""),
    row("R2", "a slash behind", TEXT.replace("/v#", "/v/#"), ""),
    row("R2", "a query", TEXT.replace("/v#", "/v?a#"), ""),
    row("R2", "an escaped sign", TEXT.replace("#", "%23"), ""),
    row("R2", "no host", hosted(""), ""),
    row("R2", "white space in the host", hosted("a b"), ""),
    row("R2", "a host of 300", hosted("h" * 300), "qr.form"),
    row("R2", "a host of 301", hosted("h" * 301), ""),
    row("R3", "8,192 bytes", PREFIX + "2" * (MAX_QR_CHARACTERS - len(PREFIX)), "qr.codec"),
    row("R3", "8,193 bytes", PREFIX + "1" * (MAX_QR_CHARACTERS - len(PREFIX) + 1), "qr.size"),
    row("R3", "8,193 bytes of no form", PREFIX + "x" * MAX_QR_CHARACTERS, "qr.size"),
    row("R3", "white space does not count", " " * MAX_QR_CHARACTERS + TEXT),
    *(
        row("R4", f"head {head!r}", f"{PREFIX}{head}", "qr.form")
        for head in ("", "1", "10", "100", "x001", "1x01", "2")
    ),
    row("R4", "a letter within", f"{TEXT[:-9]}a{TEXT[-9:]}", "qr.form"),
    row("R4", "white space within", f"{TEXT[:90]} {TEXT[90:]}", "qr.form"),
    row("R4", "a digit of another script", f"{TEXT[:-1]}\u0663", "qr.form"),
    row("R4", "a superscript", f"{TEXT[:-1]}\u00b2", "qr.form"),
    row("R4", "the form before the codec", f"{PREFIX}2001x", "qr.form"),
    *(
        row("R5", f"host {host}", hosted(host))
        for host in ("a", "9", "a-.example", "a..b", "a.", "1.2.3.4", "xn--bcher-kva.a")
    ),
    *(row("R5", f"port {port}", hosted(f"a:{port}")) for port in ("1", "443", "99999")),
    row("R5", "253 characters", hosted(LONG_HOST)),
    row("R5", "254 characters", hosted(f"{LONG_HOST}h"), "qr.form"),
    *(
        row("R5", f"host {host}", hosted(host), "qr.form")
        for host in (
            "A.example",
            "-a",
            ".a",
            "a_b",
            "a@b",
            "[::1]",
            "a%2e",
            "bücher.example",
            "a:",
            "a:0",
            "a:01",
            "a:123456",
        )
    ),
    *(row("R6", f"codec {codec}", f"{PREFIX}{codec}{DIGITS[1:]}", "qr.codec") for codec in "023456789"),
    row("R6", "the codec before the digits", f"{PREFIX}20019", "qr.codec"),
    *(
        row("R7", f"{size} digits", f"{PREFIX}1001{'0' * size}", "qr.digits")
        for size in (1, 2, 4, 6, 7, 9, 11, 12, 14, 16, 18)
    ),
    *(row("R7", f"{size} digits", f"{PREFIX}1001{'0' * size}", "qr.deflate") for size in (3, 5, 8, 10, 13, 15, 17)),
    *(row("R7", f"{size} nines", f"{PREFIX}1001{'9' * size}", "qr.digits") for size in (3, 5, 8, 10, 13, 15, 17)),
    row("R7", "256 in 3 digits", f"{PREFIX}1001256", "qr.digits"),
    row("R7", "the digits before the dictionary", f"{PREFIX}10999", "qr.digits"),
    *(
        row("R8", f"dictionary {number}", f"{PREFIX}1{number}{PAYLOAD}", "qr.dictionary")
        for number in ("000", "002", "099")
    ),
    Row(
        "R8",
        "never an operator's",
        holding(packed(CONTENT), "1099").encode(),
        "qr.dictionary",
        {HERE.replace("100", "099"): OWN},
    ),
    Row("R9", "that of the host", own().encode(), dictionaries={HERE: OWN}),
    Row("R9", "damaged under it", holding(packed(CONTENT), "1100").encode(), "qr.deflate", {HERE: OWN[:9]}),
    Row(
        "R9",
        "a port is another host",
        own().replace("example/", "example:443/").encode(),
        "qr.deflate",
        {HERE.replace("example/", "example:443/"): b"x"},
    ),
    Row("R9", "not beside it", own().encode(), "qr.deflate", {HERE: b"x", ELSEWHERE: OWN}),
    Row("R10", "that of another host", own().encode(), dictionaries={ELSEWHERE: OWN}),
    Row("R10", "of another number", own().encode(), "qr.dictionary", {HERE.replace("100", "101"): OWN}),
    Row("R10", "none at hand", own().encode(), "qr.dictionary"),
    Row("R10", "none that fits", own().encode(), "qr.dictionary", {ELSEWHERE: b"x"}),
    Row(
        "R10",
        "the last that is tried",
        own().encode(),
        dictionaries={**dict(list(FOREIGN.items())[1:]), ELSEWHERE: OWN},
    ),
    Row("R10", "behind it", own().encode(), "qr.dictionary", {**FOREIGN, ELSEWHERE: OWN}),
    Row(
        "R10",
        "a bomb under another's",
        holding(packed(bytes(MAX_QR_INFLATED_BYTES + 1)), "1100").encode(),
        "qr.dictionary",
        {ELSEWHERE: BUILT_IN},
    ),
    Row(
        "R10",
        "the first that fits",
        own().encode(),
        dictionaries={ELSEWHERE: b"x", ELSEWHERE.replace("other", "third"): OWN},
    ),
    row("R11", "no digits", f"{PREFIX}1001", "qr.deflate"),
    row("R11", "no stream", holding(b"\xff" * 20), "qr.deflate"),
    row("R11", "cut short", holding(packed(CONTENT)[:-1]), "qr.deflate"),
    row("R11", "no last block", holding(stored(CONTENT, 0).replace(b"\x01", b"\0", 1)), "qr.deflate"),
    row("R11", "another library's stream", holding(stored(CONTENT, 0))),
    row("R12", "65,537 bytes", of(bytes(MAX_QR_INFLATED_BYTES + 1)), "qr.size"),
    row("R12", "65,536 bytes", of(bytes(MAX_QR_INFLATED_BYTES)), "qr.content"),
    row(
        "R12",
        "a fault behind the bound",
        holding(packed(bytes(MAX_QR_INFLATED_BYTES * 2))[:-4] + b"\xff" * 9),
        "qr.size",
    ),
    row("R12", "the bound before the end", holding(packed(bytes(MAX_QR_INFLATED_BYTES + 1)) + b"\0"), "qr.size"),
    row("R13", "a byte behind it", holding(packed(CONTENT) + b"\0"), "qr.deflate"),
    *(row("R13", "a spare bit is changed", holding(stream)) for stream in bits_behind(packed(CONTENT))),
    row("R13", "bits before a stored block", holding(stored(CONTENT, 0b10101))),
    row("R13", "the end before the content", holding(packed(b"{}") + b"\0"), "qr.deflate"),
    row("R14", "an array", of(b"[]"), "qr.content"),
    row("R14", "nothing", of(b""), "qr.content"),
    row("R14", "no JSON", of(b"a credential"), "qr.content"),
    row("R14", "a byte order mark", of(b"\xef\xbb\xbf" + CONTENT), "qr.content"),
    row("R14", "no UTF-8", of(CONTENT.replace(b"AI", b"A\xff", 1)), "qr.content"),
    row("R14", "half a pair", of(with_text("z", '"\\ud800"')), "qr.content"),
    row("R14", "a name twice", of(with_text("type", '"a"')), "qr.content"),
    row("R14", "an infinite number", of(with_text("z", "1e400")), "qr.content"),
    row("R14", "2^53 - 1", of(with_text("z", "9007199254740991")), with_text("z", "9007199254740991")),
    row("R14", "2^53", of(with_text("z", "9007199254740992")), "qr.content"),
    row("R14", "a large number that is no integer", of(with_text("z", "1e+21")), with_text("z", "1e+21")),
    row("R14", "64 deep", of(nested(64)), nested(64)),
    row("R14", "65 deep", of(nested(65)), "qr.content"),
    row("R14", "as many members as are read", of(members(MAX_JSON_MEMBERS)), members(MAX_JSON_MEMBERS)),
    row("R14", "one more", of(members(MAX_JSON_MEMBERS + 1)), "qr.content"),
    *(
        row("R15", f"proof {about}", of(canonicalize({**COMPACT, "proof": proof})), "qr.content")
        for about, proof in NO_PROOFS.items()
    ),
    row(
        "R15", "two proofs", of(canonicalize({**COMPACT, "proof": [COMPACT["proof"], COMPACT["proof"]]})), "qr.content"
    ),
    row("R15", "another suite", of(canonicalize(ISSUER.secured(PLAIN, RDFC))), "qr.content"),
    row("R15", "no proof", of(canonicalize(PLAIN)), "qr.content"),
    row("R15", "no more is looked at", of(UNTYPED), UNTYPED),
    row("R16", "indented", of(encoded(COMPACT)), "qr.content"),
    row("R16", "a newline behind it", of(CONTENT + b"\n"), "qr.content"),
    row("R16", "a number written otherwise", of(with_text("z", "1.0")), "qr.content"),
    row("R16", "names in another order", of(b'{"z":0,' + CONTENT[1:]), "qr.content"),
    row("R17", "a presentation", of(PRESENTATION), PRESENTATION),
    row("R17", "of no type", of(UNTYPED), UNTYPED),
)
LINKS: tuple[Row, ...] = (
    row("L1", "a byte order mark", f"\ufeff{TEXT}"),
    row("L1", "two of them", f"\ufeff\ufeff{TEXT}", "json.syntax"),
    row("L2", "the scheme in capitals", TEXT.replace("https", "HTTPS")),
    row("L2", "its first letter", TEXT.replace("https", "Https")),
    row("L2", "the host in capitals", TEXT.replace("https", "HTTPS").replace("credentials", "CREDENTIALS"), "qr.form"),
    row("L2", "the path in capitals", TEXT.replace("/v#", "/V#"), "kind.link"),
    row("L3", "an escaped sign", TEXT.replace("#", "%23")),
    row("L3", "both", TEXT.replace("#", "%23#"), "qr.form"),
    row("L3", "another character escaped", TEXT.replace("#1", "#%31"), "qr.form"),
    row("L3", "escaped twice", TEXT.replace("#", "%2523"), "kind.link"),
    *(
        row("L4", f"between {a}{b}", f" {a}{TEXT}{b}\n")
        for a, b in ("<>", '""', "''", "“”", "„“", "»«", "()", "[]", "``")
    ),
    *(row("L4", f"{mark!r} behind", TEXT + mark) for mark in (".", ",", ";", ">.", '",', "!", "?", "):")),
    row("L4", "another sign behind", f"{TEXT}-", "qr.form"),
    row("L5", "a string", json.dumps(TEXT)),
    row("L5", "with escapes", json.dumps(TEXT).replace("1", "\\u0031")),
    *(
        row("L6", f"{mark!r} within", f"{TEXT[:76]}{mark}{TEXT[76:]}")
        for mark in ("\n", "\r\n", " \n", "\n\t", "\n> ", "\n> > ")
    ),
    row("L6", "a blank within", f"{TEXT[:76]} {TEXT[76:]}", "qr.form"),
    row("L6", "a break and a blank", f"{TEXT[:76]}\n{TEXT[76:90]} {TEXT[90:]}", "qr.form"),
    row("L7", "a Safe Link", safe_link(TEXT)),
    row("L7", "of an escaped link", safe_link(TEXT.replace("#", "%23"))),
    row("L7", "between brackets", f"<{safe_link(TEXT)}>"),
    row("L7", "as long as may be", safe_link(PREFIX + "2" * (MAX_QR_CHARACTERS - len(PREFIX))), "qr.codec"),
    row("L7", "of another link", safe_link("https://x.example/"), "kind.link"),
    row("L7", "of a host that ends alike", safe_link(TEXT).replace(".com/", ".com.x/"), "kind.link"),
    row("L8", "in a mail", f"Dear all,\n{TEXT}. Regards", "text.around"),
    row("L8", "twice", f"{TEXT} <{safe_link(TEXT)}>", "text.around"),
    row("L8", "beside another link", f"See https://x.example/ or {TEXT}", "text.around"),
    row("L8", "two of them", f"{TEXT}\n{hosted('x.example')}", "text.several"),
    row("L8", "beside an object", f"{TEXT} {{}}", "text.several"),
    row("L8", "digits behind it", f"Here: {TEXT[:76]} {TEXT[76:]} is it", "qr.form"),
)
