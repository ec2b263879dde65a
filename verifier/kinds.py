"""What a file can be that is not checked here: for each kind its code, how it is known, and a sentence for a reader.

`recognise` tells them apart. A sentence says what the file is and where it can be checked; it never blames the issuer,
who may have made everything right.
"""

from typing import Final, NamedTuple


class Kind(NamedTuple):
    """`sign`: by what the kind is known, which is also the detail of the report. `sentence`: see `codes`."""

    sign: str
    sentence: str


_ASK_FILE: Final = "Ask the holder for the original file."
_ASK_HOLDER: Final = "Ask the holder for the certificate"
_PLATFORM: Final = "use the verifier of the wallet or platform that it comes from."
FOREIGN: Final[dict[str, Kind]] = {
    "kind.sd-jwt": Kind(
        "A signed token with disclosures (~), or of type dc+sd-jwt or vc+sd-jwt.",
        "This is an SD-JWT VC, a credential of another kind (EUDI wallets). It is not checked here; let its holder "
        "present it from the wallet to a verifier of SD-JWT credentials.",
    ),
    "kind.jwt-vc": Kind(
        "A signed token with the claim vc.",
        f"This is a credential in a signed token of the older kind (JWT VC 1.1). It is not checked here; {_PLATFORM}",
    ),
    "kind.jwt-vp": Kind(
        "A signed token with the claim vp, or with a presentation but not of type vp+jwt.",
        f"This is a presentation in a signed token of the older kind (JWT VP 1.1). It is not checked here; {_PLATFORM}",
    ),
    "kind.jwt-signature": Kind(
        "A credential in a signed token whose alg is RS256, ES256 or another one that is not checked here.",
        "This is a credential in a token that is signed with RSA or ECDSA (RS256, ES256), as many Open Badges 3.0 are. "
        "Such signatures are not checked here; use a validator of Open Badges 3.0, or the verifier of the platform "
        "that it comes from.",
    ),
    "kind.jwt": Kind(
        "A signed token that holds no credential of a known kind.",
        "This is a signed token (JWT) of another kind, such as programs use among themselves. It is not checked here; "
        "take it to the service that it was made for.",
    ),
    "kind.jwe": Kind(
        "Five parts between dots, or a ciphertext in JSON: JWE.",
        "This is an encrypted text (JWE), which only the one can read for whom it was made, so it is not checked here. "
        "Ask the holder for the credential itself.",
    ),
    "kind.jws-json": Kind(
        "JSON with payload and signatures: a JWS in its JSON form.",
        f"This is a signed text in the JSON form of JWS. It is not checked here; {_PLATFORM}",
    ),
    "kind.europass": Kind(
        "A sealed or signed file with the vocabulary of the European Learning Model.",
        "This is a sealed Europass credential (European Digital Credential). Seals are not checked here; open it in "
        "the Europass viewer, on europass.europa.eu.",
    ),
    "kind.mdoc": Kind(
        "CBOR with issuerAuth and nameSpaces, or with documents; or a text that begins with mdoc:.",
        "This is an mdoc (ISO/IEC 18013-5), the kind of mobile driving licences and EU wallets (EUDI). It is not "
        "checked here; let its holder show it from the wallet to a reader of mdocs.",
    ),
    "kind.cose": Kind(
        "CBOR that begins as a COSE signature or a CWT does.",
        f"This is a credential in a binary form (COSE, CWT). It is not checked here; {_PLATFORM}",
    ),
    "kind.health-card": Kind(
        "A text that begins with shc:/ or shlink:/, or a token that is deflated.",
        "This is a SMART Health Card. It is not checked here; use a verifier of SMART Health Cards.",
    ),
    "kind.eu-dcc": Kind(
        "A text that begins with HC1:.",
        "This is an EU health certificate (EU Digital COVID Certificate, HC1). It is not checked here; use the app of "
        "a health authority.",
    ),
    "kind.cbor-ld": Kind(
        "A text that begins with VP1- or VC1-.",
        "This is a credential in CBOR-LD (a VP1 text), as some QR codes hold it. It is not checked here; use a "
        "verifier app for such codes.",
    ),
    "kind.open-badges-1": Kind(
        "JSON with recipient and badge, or under the context of Open Badges 1.",
        "This is an Open Badge of version 1. Its issuer's page vouches for it, and no signature that is checked here; "
        "use a validator of Open Badges 1 and 2, or the page of the badge.",
    ),
    "kind.open-badges-2": Kind(
        "JSON under the context of Open Badges 2, or an image that carries it.",
        "This is an Open Badge of version 2. Its issuer's page vouches for it, and no signature that is checked here; "
        "use a validator of Open Badges 2, or the page of the badge.",
    ),
    "kind.blockcerts": Kind(
        "A proof that leads to a blockchain (MerkleProof2017, MerkleProof2019), or a context of Blockcerts.",
        "This is a Blockcerts certificate, which is anchored in a blockchain. It is not checked here; use the verifier "
        "on blockcerts.org.",
    ),
    "kind.clr-1": Kind(
        "JSON under the context of CLR 1.",
        "This is a Comprehensive Learner Record of version 1 (CLR 1.0). It is not checked here; use the verifier of "
        "the platform that it comes from.",
    ),
    "kind.anoncreds": Kind(
        "JSON with schema_id and cred_def_id, or a proof of AnonCreds.",
        "This is an AnonCreds credential (Hyperledger Indy). It is not checked here; let its holder present it from "
        "the wallet to a verifier of AnonCreds.",
    ),
    "kind.bbs": Kind(
        "Proofs of a BBS suite, such as bbs-2023.",
        "This is a credential with a BBS signature, from which a holder can show a part. Such signatures are not "
        f"checked here; {_PLATFORM}",
    ),
    "kind.ecdsa": Kind(
        "Proofs of an ECDSA suite: ecdsa-rdfc-2019, ecdsa-jcs-2019 or ecdsa-sd-2023.",
        f"This is a credential with an ECDSA signature. Such signatures are not checked here; {_PLATFORM}",
    ),
    "kind.older-signature": Kind(
        "Proofs of an older suite, such as RsaSignature2018 or JsonWebSignature2020.",
        "This is a credential with a signature of an older kind, such as RsaSignature2018 or JsonWebSignature2020. "
        f"Such signatures are not checked here; {_PLATFORM}",
    ),
    "kind.wrapped": Kind(
        "A credential stands inside of other JSON, as an object, a token or a text.",
        "This file holds a credential inside of something else, such as a wallet's export or a service's answer, which "
        "nobody has signed. It is not checked here; save the credential alone as a file, or paste it alone, and check "
        "that.",
    ),
    "kind.archive": Kind(
        "The first bytes of an archive: ZIP, gzip, bzip2, xz, Zstandard, tar, 7z or RAR.",
        "This is an archive. Unpack it, then check the files in it.",
    ),
    "kind.mail": Kind(
        "The header of a mail, and nothing in it that can be read as it stands.",
        "This is a saved mail, in which the attachments stand in a form of their own. Open it in a mail program, save "
        "what is attached to it, and check that file.",
    ),
    "kind.photo": Kind(
        "The first bytes of a picture: JPEG, GIF, WebP, HEIC, AVIF, TIFF or BMP.",
        "This is a photo or picture, which cannot be checked: anybody can make one. If it shows a QR code, scan that "
        "with the verify page (/v); else ask the holder for the original file.",
    ),
    "kind.signed-pdf": Kind(
        "A PDF with a signature of its own (ByteRange), and no attached file.",
        "This is a PDF with a signature of its own, and without an attached credential. Such signatures are not "
        "checked here; open it in a PDF reader that checks signatures.",
    ),
    "kind.signed-document": Kind(
        "An XML signature, a CMS or PGP message, or an ASiC container.",
        "This is a signed document of another kind (XML signature, CMS, ASiC). It is not checked here; use a validator "
        "of such signatures, as the EU offers one (DSS).",
    ),
    "kind.wallet-pass": Kind(
        "A ZIP archive with pass.json.",
        "This is a pass for a telephone's wallet (Apple Wallet). It is not checked here; open it on a telephone, and "
        "ask the holder for the credential behind it.",
    ),
    "kind.wallet-link": Kind(
        "An address that opens a wallet, such as openid-credential-offer:.",
        "This is an invitation that a wallet opens, and no credential. It is not checked here; open it with a wallet "
        "app, and check the credential that the wallet receives.",
    ),
    "kind.link": Kind(
        "One address, and nothing else.",
        "This is a link, and no link is opened here. Open it only if you know whose page it is; check there, or "
        "download the credential and check that file.",
    ),
}
"""Kinds that somebody else can check, or that hold what can be checked: the answer stays open."""

OWN: Final[dict[str, Kind]] = {
    "kind.trust-file": Kind(
        "JSON with asOf or issuers, and what a trust file holds.",
        f"This is a trust file: it says whom a verifier accepts, and is no certificate. "
        f"{_ASK_HOLDER} and give this file beside it (--trust).",
    ),
    "kind.memory": Kind(
        "JSON with seenAt, and what the memory of a trust folder holds.",
        "This is what a verifier remembers of earlier checks (seen.json), and no certificate. "
        f"{_ASK_HOLDER} and leave this file in its folder.",
    ),
    "kind.did-document": Kind(
        "JSON whose id is a DID, with its keys or services.",
        f"This is a document with an issuer's keys (did.json), and no certificate. {_ASK_HOLDER} "
        "and give this file beside it (--did-doc).",
    ),
    "kind.achievement": Kind(
        "JSON of type Achievement.",
        f"This describes what can be achieved, and not that anybody has achieved it. {_ASK_HOLDER} that names them.",
    ),
    "kind.profile": Kind(
        "JSON of type Profile.",
        f"This describes an issuer or a person, and is no certificate. {_ASK_HOLDER} itself.",
    ),
    "kind.result-record": Kind(
        "JSON with resultId, candidate and outcome.",
        "This is the record of an exam result that a platform sends to an issuer, and no "
        f"certificate; it holds personal data. {_ASK_HOLDER} itself.",
    ),
    "kind.report": Kind(
        "JSON with verdict, genuine and checks.",
        "This is the answer of an earlier check, which anybody can write. Ask the holder for the "
        "certificate itself, and check that.",
    ),
    "kind.schema": Kind(
        "JSON with $schema, or with type object and properties.",
        f"This describes how certificates are built (a JSON Schema), and is none. {_ASK_HOLDER} itself.",
    ),
    "kind.context": Kind(
        "JSON that holds a vocabulary under @context, and nothing else.",
        f"This explains the words of certificates (a vocabulary), and is none. {_ASK_HOLDER} itself.",
    ),
    "kind.key-set": Kind(
        "JSON with keys, each with kty.",
        f"This holds keys (JSON Web Keys), and is no certificate. {_ASK_HOLDER} itself.",
    ),
    "kind.qr-dictionary": Kind(
        "The bytes of a dictionary of QR texts at hand.",
        f"This is a word list that shortens QR codes, and no certificate. {_ASK_HOLDER} itself.",
    ),
}
"""What an issuer, a verifier or an exam platform has beside certificates (`ownfiles`): the answer stays open."""

OTHER_FILES: Final[dict[str, Kind]] = {
    "file.empty": Kind("There is no byte in it.", f"The file is empty. {_ASK_FILE}"),
    "file.html": Kind(
        "It begins as a web page does.",
        "This is a web page that was saved, and no credential. Download the credential itself from that page, or ask "
        "the holder for the original file.",
    ),
    "file.xml": Kind(
        "It begins as XML does, and is not signed.",
        f"This is an XML file of another kind, and no credential. {_ASK_FILE}",
    ),
    "file.data": Kind(
        "JSON without the context, the type and the proof of a credential.",
        f"This is a JSON file of another kind, and no credential. {_ASK_FILE}",
    ),
    "file.office": Kind(
        "The first bytes and the parts of an office document.",
        f"This is an office document (Word, Excel or the like), and no credential. {_ASK_FILE}",
    ),
    "file.table": Kind("Lines with equally many separators.", f"This is a table (CSV), and no credential. {_ASK_FILE}"),
    "file.text": Kind("Words, and nothing else.", f"This is plain text, and no credential. {_ASK_FILE}"),
}
"""Files that are no credential, whoever looks at them: they fail."""

KINDS: Final[dict[str, Kind]] = {**FOREIGN, **OWN, **OTHER_FILES}
