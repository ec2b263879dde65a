"""Files of kinds that are not checked here, made for tests: outlines as their specifications have them."""

import base64
import bz2
import io
import json
import lzma
import quopri
import zipfile
import zlib
from typing import Final

from tests.kit.carriers import itxt, pdf, png, svg
from tests.kit.minting import ISSUER
from verifier.format.contexts import OB3, VCDM1, VCDM2
from verifier.format.multibase import encode_base64url
from verifier.format.types import Json, JsonObject

SUBJECT: Final = "did:example:holder"
VC2: Final[JsonObject] = {
    "@context": [VCDM2, OB3],
    "id": "urn:uuid:5f0f3c0e-6a5f-4a53-9a0f-0e5b7c1d2a55",
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "issuer": "https://issuer.example/profile",
    "validFrom": "2026-07-01T00:00:00Z",
    "credentialSubject": {"id": SUBJECT, "type": ["AchievementSubject"]},
}
VC1: Final[JsonObject] = {
    "@context": [VCDM1, "https://issuer.example/context"],
    "type": ["VerifiableCredential", "UniversityDegreeCredential"],
    "issuer": "did:example:issuer",
    "issuanceDate": "2026-07-01T00:00:00Z",
    "credentialSubject": {"id": SUBJECT, "degree": {"type": "BachelorDegree"}},
}
VP1: Final[JsonObject] = {"@context": [VCDM1], "type": ["VerifiablePresentation"], "holder": SUBJECT}
OB1: Final[JsonObject] = {
    "uid": "abc-1234",
    "recipient": {"type": "email", "hashed": True, "salt": "s", "identity": "sha256$c7ef86405ba71b85acd8e2e95166c4b1"},
    "badge": "https://issuer.example/badge.json",
    "verify": {"type": "hosted", "url": "https://issuer.example/assertion.json"},
    "issuedOn": 1359217910,
}
OB2: Final[JsonObject] = {
    "@context": "https://w3id.org/openbadges/v2",
    "id": "https://issuer.example/assertion/1",
    "type": "Assertion",
    "recipient": {"type": "email", "hashed": False, "identity": "ada@person.example"},
    "badge": "https://issuer.example/badge/1",
    "verification": {"type": "HostedBadge"},
    "issuedOn": "2026-07-01T00:00:00Z",
}
CERT_V1: Final[JsonObject] = {
    "@context": "https://w3id.org/blockcerts/v1",
    "type": "BlockchainCertificate",
    "document": {"certificate": {}, "assertion": {}, "recipient": {}},
    "receipt": {"type": "ChainpointSHA256v2", "merkleRoot": "00", "anchors": []},
}
CERT_V2: Final[JsonObject] = {
    **OB2,
    "@context": ["https://w3id.org/openbadges/v2", "https://w3id.org/blockcerts/v2"],
    "signature": {"type": ["MerkleProof2017", "Extension"], "merkleRoot": "00", "anchors": []},
}
CLR1: Final[JsonObject] = {
    "@context": "https://purl.imsglobal.org/spec/clr/v1p0/context/clr_v1p0.jsonld",
    "type": "Clr",
    "learner": {"id": SUBJECT},
    "publisher": {"id": "https://issuer.example"},
    "assertions": [],
}
ANONCREDS: Final[JsonObject] = {
    "schema_id": "did:sov:x/degree/1.0",
    "cred_def_id": "did:sov:x/CL/1/tag",
    "values": {"name": {"raw": "Ada", "encoded": "1"}},
    "signature": {"p_credential": {}},
    "signature_correctness_proof": {},
}
SVG_NS: Final = 'xmlns:openbadges="http://openbadges.org"'
PAGE: Final = "<!DOCTYPE html>\n<html lang=en><head><title>Certificate</title></head><body>Valid!</body></html>"
CMS: Final = b"0\x82\x01\x00\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02" + bytes(40)
JPEG: Final = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(40) + b"\xff\xd9"


OB: Final = "https://purl.imsglobal.org/spec/ob/"
QUOTED: Final = quopri.encodestring(json.dumps({"a": "x" * 100, "b": "ä="}, indent=1, ensure_ascii=False).encode())


def mail(encoding: str, content: bytes) -> bytes:
    """A saved mail with one part."""
    head = f"Return-Path: <a@b.example>\r\nMIME-Version: 1.0\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    return head.encode() + content


def broken(text: str) -> str:
    return "\r\n".join(text[place : place + 60] for place in range(0, len(text), 60))


def part(value: Json) -> str:
    return encode_base64url(json.dumps(value).encode())


def token(payload: Json, signature: bytes = bytes(64), **header: Json) -> str:
    """A compact JWS that nobody has signed."""
    return f"{part({'alg': 'ES256', **header})}.{part(payload)}.{encode_base64url(signature)}"


def sd_jwt(typ: str = "dc+sd-jwt", alg: str = "ES256", **claims: Json) -> str:
    payload: JsonObject = {"iss": "https://issuer.example", "vct": "urn:example:degree", "_sd": ["x" * 43], **claims}
    return f"{token(payload, typ=typ, alg=alg)}~{part(['salt', 'name', 'Ada'])}~"


def health_card() -> str:
    """A SMART Health Card: its payload is raw DEFLATE."""
    deflate = zlib.compressobj(wbits=-15)
    packed = deflate.compress(json.dumps({"iss": "https://issuer.example", "vc": {}}).encode()) + deflate.flush()
    head, _, signature = token({}, zip="DEF", kid="x").split(".")
    return f"{head}.{encode_base64url(packed)}.{signature}"


def health_digits() -> str:
    return "shc:/" + "".join(f"{ord(character) - 45:02}" for character in health_card())


def cbor(*names: str, head: bytes = b"\xa2") -> bytes:
    """The outline of a CBOR map with these names, and empty maps as its values."""
    return head + b"".join(bytes([0x60 + len(name)]) + name.encode() + b"\xa0" for name in names)


def mdoc() -> bytes:
    return cbor("nameSpaces", "issuerAuth") + bytes(20)


def device_response() -> bytes:
    return cbor("version", "documents", "docType", "status", head=b"\xa4")


def cose(payload: Json = None) -> bytes:
    """COSE_Sign1 with ES256 in its protected header."""
    body = json.dumps(payload).encode()[:23]
    return b"\xd2\x84\x43\xa1\x01\x26\xa0" + bytes([0x40 + len(body)]) + body + b"\x58\x40" + bytes(64)


def secured(document: JsonObject = VC2, **proof: Json) -> JsonObject:
    """The document under one foreign proof."""
    usual: JsonObject = {
        "type": "DataIntegrityProof",
        "created": "2026-07-01T00:00:00Z",
        "verificationMethod": "did:example:issuer#key",
        "proofPurpose": "assertionMethod",
        "proofValue": "z3FXQqFMiY3bPuX",
    }
    return {**document, "proof": {**usual, **proof}}


def jades(payload: str) -> JsonObject:
    """JWS in its JSON form, with a header as JAdES has it."""
    header: JsonObject = {"alg": "ES256", "x5c": ["MIIB"], "sigT": "2026-07-01T00:00:00Z"}
    return {"payload": payload, "signatures": [{"protected": part(header), "signature": "AAAA"}]}


def europass() -> JsonObject:
    return {
        **VC1,
        "@context": [VCDM1, "http://data.europa.eu/snb/model/context/edc-ap"],
        "type": ["VerifiableCredential", "EuropeanDigitalCredential"],
    }


def archive(*names: str, first: str = "") -> bytes:
    """A ZIP archive with these files; `first`: the content of an uncompressed file mimetype before them."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        if first:
            packed.writestr("mimetype", first)
        for name in names:
            packed.writestr(name, "{}")
    return made.getvalue()


def signed_pdf() -> bytes:
    return pdf(b"<</Type/Catalog>>", b"<</Type/Sig/ByteRange[0 10 20 30]/Contents<00>>>")


def as_bytes(value: Json | bytes) -> bytes:
    """What a file holds: bytes and texts as they stand, all else as JSON."""
    if isinstance(value, bytes):
        return value
    return value.encode() if isinstance(value, str) else json.dumps(value, indent=1).encode()


SIGNED: Final = ISSUER.secured(VC2 | {"issuer": ISSUER.did})
_B64: Final = base64.b64encode(mdoc()).decode()
_DISCLOSURES: Final[JsonObject] = {"disclosures": [part(["salt", "name", "Ada"])]}
_FLAT: Final[JsonObject] = {
    "payload": part({"vct": "urn:example"}),
    "protected": part({"alg": "ES256"}),
    "signature": "A",
}
_CLR2: Final[Json] = ["VerifiableCredential", "ClrCredential"]
MADE: Final[tuple[tuple[str, str, str, Json | bytes], ...]] = (
    ("sd-jwt", "kind.sd-jwt", "An SD-JWT VC.", sd_jwt()),
    ("sd-jwt-eddsa", "kind.sd-jwt", "One that is signed with EdDSA.", sd_jwt(alg="EdDSA")),
    ("sd-jwt-older", "kind.sd-jwt", "One of the older type.", sd_jwt("vc+sd-jwt")),
    ("sd-jwt-bound", "kind.sd-jwt", "One with a KB-JWT.", sd_jwt() + token({"nonce": "n"}, typ="kb+jwt")),
    ("sd-jwt-plain", "kind.sd-jwt", "One without disclosures.", f"{token({'vct': 'urn:x'}, typ='dc+sd-jwt')}~"),
    ("sd-jwt-cut", "kind.sd-jwt", "Its token alone.", token({"vct": "urn:x"}, typ="dc+sd-jwt")),
    ("sd-jwt-vcdm", "kind.sd-jwt", "VCDM 2.0 in an SD-JWT.", f"{token(VC2, typ='vc+sd-jwt')}~"),
    ("sd-jwt-no-typ", "kind.sd-jwt", "A token with vct and no typ.", token({"vct": "urn:x"}, alg="EdDSA")),
    ("sd-jwt-json", "kind.sd-jwt", "An SD-JWT in JSON.", {**_FLAT, "header": _DISCLOSURES}),
    ("jwt-vc", "kind.jwt-vc", "JWT VC 1.1.", token({"iss": "did:example:i", "vc": VC1}, typ="JWT")),
    ("jwt-vc-eddsa", "kind.jwt-vc", "The same with EdDSA.", token({"vc": VC1}, alg="EdDSA", typ="JWT")),
    ("jwt-vc-no-typ", "kind.jwt-vc", "The same without typ.", token({"vc": VC1}, alg="ES256K")),
    ("jwt-vp", "kind.jwt-vp", "JWT VP 1.1.", token({"iss": SUBJECT, "vp": VP1}, alg="EdDSA", typ="JWT")),
    ("jwt-vp-flat", "kind.jwt-vp", "A presentation in a token of type JWT.", token(VP1, typ="JWT")),
    ("jwt-ob-rs256", "kind.jwt-signature", "An Open Badge in RS256.", token(VC2, bytes(256), alg="RS256", typ="JWT")),
    ("jwt-ob-es256", "kind.jwt-signature", "An Open Badge in ES256.", token(VC2, typ="JWT")),
    ("jwt-ob-no-typ", "kind.jwt-signature", "An Open Badge in a token without typ.", token(VC2, alg="RS256")),
    ("jwt-es256k", "kind.jwt-signature", "ES256K.", token(VC2, alg="ES256K", typ="vc+jwt")),
    ("jwt-ps256", "kind.jwt-signature", "PS256.", token(VC2, bytes(256), alg="PS256", typ="vc+jwt")),
    ("jwt-clr", "kind.jwt-signature", "A CLR 2.0 in RS256.", token({**VC2, "type": _CLR2}, alg="RS256", typ="JWT")),
    ("jwt-session", "kind.jwt", "A token that a service made for itself.", token({"sub": "ada", "exp": 1}, typ="JWT")),
    ("jwt-status", "kind.jwt", "A Token Status List.", token({"status_list": {}}, typ="statuslist+jwt", alg="EdDSA")),
    ("jwe", "kind.jwe", "An encrypted token.", f"{part({'alg': 'RSA-OAEP', 'enc': 'A256GCM'})}.AA.AA.AA.AA"),
    ("jwe-json", "kind.jwe", "A backup of a wallet, encrypted.", {"protected": "e30", "iv": "AA", "ciphertext": "AA"}),
    ("jws-json", "kind.jws-json", "JWS in its JSON form.", _FLAT),
    ("europass", "kind.europass", "A sealed Europass credential.", jades(json.dumps(europass()))),
    ("europass-base64", "kind.europass", "One whose payload is base64url.", jades(part(europass()))),
    (
        "europass-xml",
        "kind.europass",
        "A Europass credential in XML.",
        '<?xml version="1.0"?>\n<europassCredential xmlns="http://data.europa.eu/snb"><ds:Signature/></europassCredential>',
    ),
    ("mdoc", "kind.mdoc", "IssuerSigned of an mdoc.", mdoc()),
    ("mdoc-base64url", "kind.mdoc", "The same as a text.", encode_base64url(mdoc())),
    ("mdoc-base64", "kind.mdoc", "The same in base64 with padding.", _B64),
    ("mdoc-response", "kind.mdoc", "A DeviceResponse.", device_response()),
    ("mdoc-uri", "kind.mdoc", "A device engagement.", "mdoc:owBjMS4wAYIB2BhYS6QBAiABIVgg"),
    ("cose", "kind.cose", "A credential in COSE.", cose(VC2)),
    ("cose-base64url", "kind.cose", "The same as a text.", encode_base64url(cose(VC2))),
    ("cwt", "kind.cose", "A CWT.", b"\xd8\x3d" + cose()),
    ("cose-untagged", "kind.cose", "COSE without its tag.", cose()[1:]),
    ("health-card-code", "kind.health-card", "A SMART Health Card in digits.", health_digits()),
    ("health-card-file", "kind.health-card", "Its file.", {"verifiableCredential": [health_card()]}),
    ("health-card-token", "kind.health-card", "Its token.", health_card()),
    ("health-link", "kind.health-card", "A SMART Health Link.", "https://viewer.example/#shlink:/eyJ1cmwiOiJ4In0"),
    ("eu-dcc", "kind.eu-dcc", "An EU health certificate.", "HC1:6BFOXN%TS3DHPVO13J /G-/2YRVA.Q/R8WRU2FCAH9"),
    ("vp1", "kind.cbor-ld", "A presentation in CBOR-LD.", "VP1-B3ECQDIYACEMHIGDODB6KAAAA"),
    ("ob-1", "kind.open-badges-1", "An assertion of Open Badges 1.", OB1),
    ("ob-1-1", "kind.open-badges-1", "One of 1.1.", {**OB1, "@context": "https://w3id.org/openbadges/v1"}),
    ("ob-1-class", "kind.open-badges-1", "A badge class.", {"@context": "https://w3id.org/openbadges/v1", "name": "x"}),
    ("ob-2", "kind.open-badges-2", "An assertion of Open Badges 2.", OB2),
    ("ob-2-signed", "kind.open-badges-2", "A signed one.", token(OB2, bytes(256), alg="RS256")),
    (
        "ob-2-png",
        "kind.open-badges-2",
        "One in a PNG image.",
        png(itxt(json.dumps(OB2).encode(), keyword=b"openbadges")),
    ),
    (
        "ob-2-svg",
        "kind.open-badges-2",
        "One in an SVG image.",
        svg('<openbadges:assertion verify="https://issuer.example/1"/>', attributes=SVG_NS),
    ),
    ("blockcerts-1", "kind.blockcerts", "Blockcerts 1.2.", CERT_V1),
    (
        "blockcerts-1-1",
        "kind.blockcerts",
        "Blockcerts 1.1.",
        {"certificate": {}, "assertion": {}, "recipient": {}, "verify": {}, "signature": "x"},
    ),
    ("blockcerts-2", "kind.blockcerts", "Blockcerts 2.", CERT_V2),
    ("blockcerts-3", "kind.blockcerts", "Blockcerts 3.", secured(type="MerkleProof2019")),
    ("blockcerts-3-2", "kind.blockcerts", "Blockcerts 3.2.", secured(cryptosuite="merkle-proof-2019")),
    ("clr-1", "kind.clr-1", "CLR 1.0.", CLR1),
    ("clr-1-signed", "kind.clr-1", "A signed one.", token(CLR1, bytes(256), alg="RS256")),
    ("anoncreds", "kind.anoncreds", "An AnonCreds credential.", ANONCREDS),
    ("anoncreds-shown", "kind.anoncreds", "A presentation of one.", {"requested_proof": {}, "identifiers": []}),
    ("anoncreds-vc", "kind.anoncreds", "One as a W3C credential.", secured(VC1, cryptosuite="anoncreds-2023")),
    ("bbs", "kind.bbs", "bbs-2023.", secured(cryptosuite="bbs-2023")),
    ("bbs-older", "kind.bbs", "BbsBlsSignature2020.", secured(VC1, type="BbsBlsSignature2020")),
    ("ecdsa-rdfc", "kind.ecdsa", "ecdsa-rdfc-2019.", secured(cryptosuite="ecdsa-rdfc-2019")),
    (
        "ecdsa-jcs",
        "kind.ecdsa",
        "ecdsa-jcs-2019, over a word without meaning.",
        secured(VC2 | {"x": 1}, cryptosuite="ecdsa-jcs-2019"),
    ),
    ("ecdsa-sd", "kind.ecdsa", "ecdsa-sd-2023.", secured(cryptosuite="ecdsa-sd-2023")),
    ("rsa-2018", "kind.older-signature", "RsaSignature2018.", secured(VC1, type="RsaSignature2018")),
    (
        "secp256k1",
        "kind.older-signature",
        "EcdsaSecp256k1Signature2019.",
        secured(VC1, type="EcdsaSecp256k1Signature2019"),
    ),
    (
        "jws-2020",
        "kind.older-signature",
        "JsonWebSignature2020.",
        secured(VC1, type="JsonWebSignature2020", jws="e30..AA"),
    ),
    (
        "ed25519-2018",
        "kind.older-signature",
        "Ed25519Signature2018.",
        secured(VC1, type="Ed25519Signature2018", jws="e30..AA"),
    ),
    ("wrapped", "kind.wrapped", "A credential in an answer of a service.", {"credential": SIGNED}),
    ("wrapped-verifiable", "kind.wrapped", "One as VC-API has it.", {"verifiableCredential": SIGNED, "options": {}}),
    ("wrapped-array", "kind.wrapped", "One in an array.", [SIGNED]),
    ("wrapped-backup", "kind.wrapped", "A wallet's export.", {"wallet": {"credentials": [SIGNED, SIGNED]}}),
    (
        "wrapped-token",
        "kind.wrapped",
        "A token in an answer of OpenID4VCI.",
        {"credentials": [{"credential": sd_jwt()}]},
    ),
    (
        "wrapped-in-vp",
        "kind.wrapped",
        "A presentation with a token.",
        {**VP1, "verifiableCredential": [token({"vc": VC1})]},
    ),
    ("photo-jpeg", "kind.photo", "A photo.", JPEG),
    ("photo-gif", "kind.photo", "A GIF image.", b"GIF89a" + bytes(20)),
    ("photo-webp", "kind.photo", "A WebP image.", b"RIFF\x24\x00\x00\x00WEBPVP8 " + bytes(20)),
    ("photo-heic", "kind.photo", "A photo of a telephone.", b"\x00\x00\x00\x18ftypheic" + bytes(20)),
    ("pdf-signed", "kind.signed-pdf", "A signed PDF.", signed_pdf()),
    (
        "xml-signed",
        "kind.signed-document",
        "Signed XML.",
        '<a><Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/></a>',
    ),
    ("asic", "kind.signed-document", "An ASiC container.", archive("a.xml", first="application/vnd.etsi.asic-e+zip")),
    ("cms", "kind.signed-document", "A CMS message.", CMS),
    ("pass", "kind.wallet-pass", "A pass for a telephone.", archive("pass.json", "manifest.json", "signature")),
    (
        "offer",
        "kind.wallet-link",
        "A credential offer.",
        "openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fx",
    ),
    (
        "offer-https",
        "kind.wallet-link",
        "One behind https.",
        "https://wallet.example/o?credential_offer_uri=https%3A%2F%2Fx",
    ),
    (
        "request",
        "kind.wallet-link",
        "A request for a presentation.",
        "openid4vp://?client_id=x&request_uri=https%3A%2F%2Fx",
    ),
    ("link", "kind.link", "A link.", "https://www.credly.com/badges/5f0f3c0e-6a5f-4a53-9a0f-0e5b7c1d2a55/public_url"),
    ("archive", "kind.archive", "An archive.", archive("certificate.pdf")),
    ("bzip2", "kind.archive", "A file packed with bzip2.", bz2.compress(PAGE.encode())),
    ("xz", "kind.archive", "One packed with xz.", lzma.compress(PAGE.encode())),
    ("zstd", "kind.archive", "One packed with Zstandard.", b"\x28\xb5\x2f\xfd" + bytes(40)),
    ("tar", "kind.archive", "A tar file.", b"a.json".ljust(257, b"\0") + b"ustar" + bytes(250)),
    ("mail", "kind.mail", "A mail with an attachment in base64.", mail("base64", b"e30=")),
    ("mail-html", "kind.mail", "One whose page has a style.", mail("7bit", PAGE.encode() + b"<style>a{b:c}</style>")),
    ("mail-quoted", "kind.mail", "One with a credential broken as mails are.", mail("quoted-printable", QUOTED)),
    ("mail-apple", "kind.mail", "One of Apple.", mail("base64", b"e30=").replace(b"MIME", b"Mime")),
    (
        "ob-2-0",
        "kind.open-badges-2",
        "Open Badges 2.0 of 1EdTech.",
        {**OB2, "@context": f"{OB}v2p0/x.json"},
    ),
    ("ob-2-1", "kind.open-badges-2", "Open Badges 2.1.", {**OB2, "@context": f"{OB}v2p1/ob_v2p1.jsonld"}),
    ("sd-jwt-broken", "kind.sd-jwt", "An SD-JWT VC broken over lines.", broken(sd_jwt())),
    ("sd-jwt-mail", "kind.sd-jwt", "An SD-JWT VC in a mail.", f"Dear all,\n\n{sd_jwt()}\n\nRegards\n"),
    ("jwe-broken", "kind.jwe", "A JWE broken over lines.", broken(f"{part({'alg': 'dir', 'enc': 'A'})}..AA.AA.AA")),
)
"""(name, code, what it is, the file)"""

OTHERS: Final[tuple[tuple[str, str, str, Json | bytes], ...]] = (
    ("empty", "file.empty", "Blanks alone.", b" \n"),
    ("html", "file.html", "A web page.", PAGE),
    ("html-saved", "file.html", "One that a browser saved.", f"<!-- saved from url=(0014)about:internet -->\n{PAGE}"),
    ("xml", "file.xml", "XML.", '<?xml version="1.0"?><invoice/>'),
    ("json", "file.data", "JSON of a program.", {"name": "certificate", "version": "1.0.0"}),
    ("json-ld", "file.data", "JSON-LD of another vocabulary.", {"@context": "https://schema.org", "@type": "Person"}),
    ("docx", "file.office", "A Word document.", archive("[Content_Types].xml", "word/document.xml")),
    ("odt", "file.office", "An OpenDocument.", archive(first="application/vnd.oasis.opendocument.text")),
    ("doc", "file.office", "An older Word document.", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(40)),
    ("csv", "file.table", "A table.", "name;number\nAda Example;AIMA-2026-7K3Q9FW8\n"),
    ("text-points", "file.text", "Short lines that end in points.", "Ada Example.\nPassed.\nWell done\n"),
    ("text", "file.text", "Words.", "Ada Example has passed, see the attachment.\n"),
)
"""The same of files that are no credential."""
