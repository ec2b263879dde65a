"""The table of codes: for each, the check it belongs to, what it does to the verdict, and a sentence for a reader.

Codes are stable: scripts and the verify page depend on them. Adding one is fine, changing one is not.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from .kinds import FOREIGN, OTHER_FILES, OWN
from .limits import MAX_LIST_AGE_DAYS


class Outcome(StrEnum):
    """What became of one check."""

    PASSED = "passed"
    FAILED = "failed"
    INDETERMINATE = "indeterminate"
    SKIPPED = "skipped"


class Effect(StrEnum):
    """What a code does: fails its check, leaves it open, or only warns."""

    FAILED = "failed"
    INDETERMINATE = "indeterminate"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Code:
    """One row: `sentence` tells a person who reads no specification what it means and what to do."""

    code: str
    check: str
    effect: Effect
    sentence: str


_ASK_FILE = "Ask the holder for the original file."
_ASK_HOLDER = "Ask the holder for the certificate"
_CONFIRM = "ask its issuer to confirm it, at an address that you look up yourself."
_MAY_BE = f"It may be genuine all the same: {_CONFIRM}"
_SCAN = "If it shows a QR code, scan that with the verify page (/v); else ask the holder for the original file."
_ASK_ISSUER = "Ask the issuer to correct it."
_TABLE: Final[dict[tuple[str, Effect], dict[str, str]]] = {
    ("readable", Effect.FAILED): {
        "jwt.form": f"The text is not a complete signed token. {_ASK_FILE}",
        "png.form": f"The image is damaged, or carries its credential in a way that is not allowed. {_ASK_FILE}",
        "svg.form": f"The image is damaged, or carries its credential in a way that is not allowed. {_ASK_FILE}",
        "pdf.form": f"The PDF is damaged or encrypted, or holds its attached file in an unusual way. {_ASK_FILE}",
        "carrier.several": f"The image or PDF carries more than one credential. {_ASK_FILE}",
        "carrier.size": f"What the image or PDF carries is far too large to be a credential. {_ASK_FILE}",
        "qr.form": "The text of the QR code is not complete, or something was added to it. Scan it again.",
        "qr.digits": "The digits of the QR code are not complete, or were changed. Scan it again.",
        "qr.size": "The text is far too large to come from a QR code. Do not rely on it.",
        "qr.deflate": "What the QR code holds is damaged. Scan it again, or ask the holder for the file.",
        "qr.content": f"The QR code does not hold a signed credential in its one proper form. {_ASK_FILE}",
        "text.several": "The text holds more than one document. Check them one at a time.",
        "text.marks": "The text was changed when it was copied: it has typographic quotation marks or spaces. "
        f"{_ASK_FILE}",
        "envelope.form": f"The envelope around the credential is malformed, or says something beside it. {_ASK_FILE}",
        "json.size": f"The file is far too large to be a credential. {_ASK_FILE}",
        "json.encoding": "The file is not plain UTF-8 text. Save it as UTF-8, or ask the holder for the original file.",
        "json.syntax": f"The file is not a credential, or was cut off when it was copied. {_ASK_FILE}",
        "json.not-object": f"The file is not a credential. {_ASK_FILE}",
        "json.duplicate-name": "The file says the same thing twice in different ways; readers could disagree about it. "
        "Do not rely on it.",
        "json.number": "The file holds a number that readers could understand differently. Do not rely on it.",
        "json.depth": "The file is nested too deeply to be a credential. Do not rely on it.",
        "json.members": "The file holds too many values to be a credential. Do not rely on it.",
        "json.surrogate": "The file holds text that cannot be shown correctly. Do not rely on it.",
        **{code: kind.sentence for code, kind in OTHER_FILES.items()},
    },
    ("readable", Effect.INDETERMINATE): {
        "carrier.none": "The image or PDF carries no credential that can be read from the file, and what it shows "
        f"anybody can make. {_SCAN}",
        "carrier.unread": f"The image or PDF is stored in a way that is not read here, such as encrypted. {_SCAN}",
        **{code: kind.sentence for code, kind in FOREIGN.items()},
        **{code: kind.sentence for code, kind in OWN.items()},
        "envelope.kind": f"The credential is wrapped in a way that this verifier cannot check. {_MAY_BE}",
        "qr.codec": "The QR code was made in a newer way than this verifier reads. Get a newer verifier, or ask the "
        "holder for the file.",
        "limit.work": "The file takes more work to check than any credential needs, and the check was stopped. Do not "
        "rely on it.",
        "qr.dictionary": "The QR code is shortened by a word list of its issuer that is not at hand. Get the issuer's "
        "newest trust file, or ask the holder for the file.",
    },
    ("well-formed", Effect.FAILED): {
        "vc.holder": f"The presentation does not name its holder properly. {_ASK_ISSUER}",
        "vc.contained": "The presentation holds something that is not a credential, or too many of them. "
        "Ask the holder for another one.",
        "vc.context": f"The file does not follow the credential standard (its @context). {_ASK_ISSUER}",
        "vc.id": f"The credential's identifier is not a URL. {_ASK_ISSUER}",
        "vc.type": f"The file does not say that it is a verifiable credential. {_ASK_ISSUER}",
        "vc.issuer": f"The credential does not name its issuer properly. {_ASK_ISSUER}",
        "vc.subject": f"The credential does not say properly whom it is about. {_ASK_ISSUER}",
        "vc.period": f"The credential's dates are not proper dates, or end before they begin. {_ASK_ISSUER}",
        "vc.status": f"The credential's link to its withdrawal list is malformed. {_ASK_ISSUER}",
        "vc.schema": f"The credential's schema entry is malformed. {_ASK_ISSUER}",
        "vc.typed-object": f"A part of the credential lacks its type. {_ASK_ISSUER}",
        "vc.language": f"A name or description in the credential is malformed. {_ASK_ISSUER}",
        "vc.related-resource": f"A resource that the credential refers to is described without a digest. {_ASK_ISSUER}",
    },
    ("contexts-known", Effect.FAILED): {
        "context.invalid": f"The credential's vocabulary list is malformed. {_ASK_ISSUER}",
        "context.digest": "The credential fixes a vocabulary by a digest that is not the published one's. Do not rely "
        "on it.",
        "context.protected": "The credential tries to change the meaning of standard words. Do not rely on it.",
    },
    ("contexts-known", Effect.INDETERMINATE): {
        "context.unknown": "The credential uses a vocabulary that this verifier does not have, so it cannot be checked "
        f"here. {_MAY_BE} Whoever looks after your verifier can add the vocabulary to its trust file (contexts).",
        "kind.clr-2": "This is a Comprehensive Learner Record (CLR 2.0). Its vocabulary is not at hand, so it is not "
        "checked here; use the verifier of the platform that it comes from.",
        "context.inline": "The credential brings a vocabulary of its own that is too large or too unusual for this "
        f"verifier, so it cannot be checked here. {_MAY_BE}",
    },
    ("contexts-known", Effect.WARNING): {
        "context.digest-unchecked": "The credential refers to a file by its digest; whoever opens that file should "
        "compare it.",
    },
    ("terms-defined", Effect.FAILED): {
        "terms.undefined": "The credential holds statements that its signature does not cover. Do not rely on it.",
        "terms.null": "The credential holds an empty value that its signature does not cover. Do not rely on it.",
        "terms.empty": "The credential holds an empty list that its signature does not cover. Do not rely on it.",
        "terms.split": "Statements in the file were moved to another place than where they were made. Do not rely on "
        f"it. {_ASK_FILE}",
        "terms.iri": "The credential holds an identifier that is not a full URL, which its signature may not cover. "
        "Do not rely on it.",
    },
    ("terms-defined", Effect.INDETERMINATE): {
        "terms.unsupported": "The credential uses a feature that this verifier does not process, so it cannot be "
        f"checked here. {_MAY_BE}",
    },
    ("terms-defined", Effect.WARNING): {
        "terms.undefined-signed": "The credential holds words that no standard vocabulary defines; take them as notes.",
    },
    ("proof-shape", Effect.FAILED): {
        "proof.chain": "Its signatures do not rest on each other as they claim. Do not rely on it.",
        "jwt.type": f"The signed token does not say that it is a credential. {_ASK_ISSUER}",
        "jwt.algorithm": "The token says of itself that nobody has signed it. Do not rely on it.",
        "jwt.critical": "The token demands rules that this verifier does not know. Do not rely on it.",
        "jwt.claims": "The token says one thing twice, in different ways. Do not rely on it.",
        "proof.missing": "The file carries no signature, so nobody vouches for it. Ask for the signed file.",
        "proof.count": "The file carries too many signatures. Do not rely on it.",
        "proof.type": f"The signature is not of the kind the standard defines. {_ASK_ISSUER}",
        "proof.purpose": "The signature was made for another purpose than issuing a credential. Do not rely on it.",
        "proof.method": f"The signature does not say properly which key made it. {_ASK_ISSUER}",
        "proof.created": "The signature's date is not a proper date, or lies in the future. Make sure that this "
        "computer's clock is right and check again; if it is, ask the issuer to correct it.",
        "proof.value": f"The signature is damaged. {_ASK_FILE}",
        "proof.context": "The file was extended after it was signed. Ask the holder for the original file.",
    },
    ("proof-shape", Effect.INDETERMINATE): {
        "proof.cryptosuite": f"The credential is signed in a way that this verifier cannot check. {_MAY_BE}",
        "proof.chain-unsupported": f"A signature rests on another one that this verifier cannot check. {_MAY_BE}",
        "kind.vp-jwt": "This is a presentation in a signed token (vp+jwt). Who presents it is not checked here, only "
        "the credentials inside; use the verifier of the wallet that it comes from.",
        "presentation.unsigned": "Nobody has signed the presentation, so it does not show who holds the credentials. "
        "Ask the holder to sign it, or check each credential by itself.",
    },
    ("proof-shape", Effect.WARNING): {
        "jwt.future": "The signed token is dated in the future. Make sure that this computer's clock is right.",
        "jwt.untyped": "The signed token does not say of what kind it is; it was read as a credential.",
        "proof.unsupported-beside": "There is a further signature, of a kind that this verifier cannot check.",
    },
    ("issuer-resolved", Effect.FAILED): {
        "did.invalid": "The issuer's key document does not belong to the issuer. Do not rely on it.",
    },
    ("issuer-resolved", Effect.INDETERMINATE): {
        "did.unknown": "The issuer is not known here: its keys are not at hand, so the signature cannot be checked. "
        f"Get the trust file or did.json from the issuer's own website and check again, or {_CONFIRM}",
        "did.method": f"The issuer is named in a way that this verifier does not resolve. {_MAY_BE}",
    },
    ("method-authorised", Effect.FAILED): {
        "method.unknown": "The key that signed is not, or no longer, one of the issuer's keys. Do not rely on it.",
        "method.purpose": "The key that signed may not be used for issuing credentials. Do not rely on it.",
        "method.controller": "The key that signed belongs to somebody else than the issuer. Do not rely on it.",
        "method.compromised": "The issuer has given up the key that signed, because somebody else may have it. Do not "
        "rely on it; ask the holder for the file that was issued anew.",
        "method.key": "The issuer's key is of a kind that must not be trusted. Do not rely on it.",
    },
    ("key-state", Effect.FAILED): {
        "key.early": "The signature is dated before its key was in use. Do not rely on it.",
        "key.late": "The signature is dated after its key was taken out of use. Do not rely on it.",
        "key.revoked": "The issuer has withdrawn the key that signed. Ask the issuer for a new file.",
        "key.expired": "The key that signed has expired. Ask the issuer for a new file.",
    },
    ("key-state", Effect.INDETERMINATE): {
        "key.undated": "The signature carries no date, so it cannot be told whether its key was in use then. "
        f"{_MAY_BE}",
        "key.unlisted": "The trust file at hand does not list the key that signed. Get a newer trust file.",
    },
    ("signature", Effect.FAILED): {
        "signature.mismatch": "The content was changed after it was signed, or another key signed it. Do not rely on "
        "it; ask the holder for the original file.",
        "rdf.too-complex": "The credential is built in a way that takes too long to check. Do not rely on it.",
    },
    ("validity-period", Effect.FAILED): {
        "period.early": "The credential is not yet valid. Check again when its time has come.",
        "period.expired": "The credential has expired. Ask the holder for a renewed one.",
        "proof.expired": "The signature has expired. Ask the holder for a current file.",
    },
    ("status-list-authentic", Effect.FAILED): {
        "status.index": "The credential points outside its withdrawal list. Do not rely on it; ask the issuer.",
        "status.purpose": "The credential points to a list of another kind. Do not rely on it; ask the issuer.",
        "status.message-form": "The credential's link to its withdrawal list does not say what the entries of the "
        f"list mean. {_ASK_ISSUER}",
    },
    ("status-list-authentic", Effect.INDETERMINATE): {
        "status.missing": "Genuine, but the issuer's withdrawal list is not at hand, so it was not checked whether the "
        "credential is still in force. Get the list and check again.",
        "status.type": "The credential has a status of a kind that this verifier cannot check. Ask its issuer whether "
        "it is still in force.",
        "status.issuer": "The withdrawal list at hand was signed by somebody else whom you have not said that you "
        "accept, so it was not used. Get the list from the issuer.",
        "status.not-genuine": "The withdrawal list at hand cannot be trusted. Get a fresh copy from the issuer.",
        "status.encoding": "The withdrawal list at hand is damaged. Get a fresh copy from the issuer.",
        "status.size": "The withdrawal list at hand is too small or too large. Get a fresh copy from the issuer.",
    },
    ("status-fresh", Effect.INDETERMINATE): {
        "status.stale": "The withdrawal list at hand is too old to rely on: past the end that its issuer gave it, "
        f"older than you allow, or more than {MAX_LIST_AGE_DAYS} days old. Get a fresh copy and check again.",
        "status.early": "The withdrawal list at hand is dated in the future. Check the clock, or get a fresh copy.",
    },
    ("not-revoked", Effect.FAILED): {
        "status.revoked": "No longer in force: withdrawn, or replaced by a newer one. Ask for the current file.",
    },
    ("not-suspended", Effect.FAILED): {
        "status.suspended": "Suspended for the time being. Ask the issuer before relying on it.",
    },
    ("not-suspended", Effect.INDETERMINATE): {
        "status.suspended-before": "It was suspended when the list at hand was made; it may have been lifted since. "
        "Get a fresh list and check again.",
    },
    ("certificate", Effect.INDETERMINATE): {
        "kind.status-list": "This is a withdrawal list, which an issuer keeps about many certificates. It is about "
        f"nobody and no certificate. {_ASK_HOLDER}, and give this list beside it (--status-list).",
    },
    ("list-content", Effect.FAILED): {
        "list.form": "This withdrawal list does not say properly what it is for. Get a fresh copy from the issuer.",
        "list.encoding": "This withdrawal list is damaged. Get a fresh copy from the issuer.",
        "list.size": "This withdrawal list is too small or too large. Get a fresh copy from the issuer.",
    },
    ("issuer-accepted", Effect.INDETERMINATE): {
        "issuer.not-accepted": "The file is unchanged since its issuer signed it, but you have not said that you "
        "accept this issuer, and anybody can choose a name. Find out who it is from elsewhere than this file; if you "
        "then accept it (--accept-issuer, or its trust file), check again.",
    },
    ("addressed", Effect.FAILED): {
        "audience.other": "It is addressed to somebody else. Ask for one that is addressed to you.",
    },
    ("addressed", Effect.WARNING): {
        "audience.unasked": "It is addressed to somebody, and it was not said who checks it.",
    },
    ("credential-schema", Effect.WARNING): {
        "schema.mismatch": "The credential departs from the schema that its issuer published.",
    },
    ("credential-schema", Effect.FAILED): {
        "schema.required-mismatch": f"The credential departs from the schema that its issuer published. {_ASK_ISSUER}",
    },
    ("credential-schema", Effect.INDETERMINATE): {
        "schema.required-missing": "The issuer's schema is needed and not at hand. Get it from the issuer and check "
        "again.",
    },
    ("readable", Effect.WARNING): {
        "text.around": "Other text stood around the credential. Nobody has signed that text, and it was passed over.",
    },
    ("well-formed", Effect.WARNING): {
        "vc.older-model": "It follows version 1.1 of the standard, which newer credentials have left behind.",
    },
    ("method-authorised", Effect.INDETERMINATE): {
        "method.unchecked": f"The issuer's own signature is of a kind that this verifier cannot check. {_MAY_BE}",
    },
    ("validity-period", Effect.INDETERMINATE): {
        "clock.behind": "This computer's clock is behind a time at which it has checked before. If the clock is wrong, "
        "set it and check again. If it is right, it was once ahead: let that time be forgotten (certify-verify "
        "--forget --trust DIR, or the button at the end of the verify page) and check again.",
        "period.unread": "The credential names an end in a way that this verifier does not read. Ask the issuer "
        "whether it is in force.",
    },
    ("status-list-authentic", Effect.WARNING): {
        "status.refresh": "The issuer offers a newer version; ask the holder for it.",
        "status.message": "The issuer has left a message about this credential.",
        "status.note-missing": "A list that carries messages, and decides nothing, was not at hand.",
        "status.unrevoked": "A newer list no longer shows a withdrawal. A withdrawal is for ever, so it still counts.",
    },
    ("presentation-bound", Effect.FAILED): {
        "presentation.challenge": "The presentation was made for another occasion. Ask for a fresh one.",
        "presentation.domain": "The presentation was made for somebody else. Ask for one that is made for you.",
    },
    ("presentation-bound", Effect.WARNING): {
        "presentation.unasked": "It was made for an occasion that this check was not told; it may be an old one.",
    },
    ("credentials-inside", Effect.FAILED): {
        "credentials.invalid": "A credential inside the presentation is not valid; see there.",
    },
    ("credentials-inside", Effect.INDETERMINATE): {
        "credentials.open": "A credential inside the presentation could not be decided; see there.",
    },
    ("credentials-inside", Effect.WARNING): {
        "credentials.none": "The presentation shows no credential.",
        "presentation.subject": "A credential inside is about somebody else than who presents it.",
    },
    # What only the command or the service says, or a caller who brings a stopwatch; `verify` itself has no clock, no
    # socket, and no look at pictures.
    ("command", Effect.INDETERMINATE): {
        "picture.reader": "The picture may show a QR code, and what reads codes is not installed here. Scan it with "
        "the verify page (/v), or ask the holder for the original file.",
        "picture.several": "The picture shows more than one code. Cut out the one that is meant, then check again.",
        "picture.number": "The code in the picture holds only the number of a credential, which anybody can copy. Look "
        "the number up on the page of its issuer, or ask the holder for the original file.",
        "picture.other": f"The code in the picture holds no credential, but a link or some other text. {_ASK_FILE}",
        "picture.size": "The picture is too large to look for a code in it. Cut out the code, then check again.",
        "limit.time": "The check took too long and was stopped. Do not rely on the file.",
    },
    ("command", Effect.WARNING): {
        "online.scheme": "An address was not asked, because it is not plain https.",
        "online.address": "An address was not asked, because it is not a public one.",
        "online.redirect": "A server sent the question on too often, or to a place that is not asked.",
        "online.size": "A server's answer was too large.",
        "online.time": "A server did not answer in time.",
        "online.status": "A server does not have what was asked for.",
        "online.content": "A server's answer was not what was asked for, or no newer than what is at hand.",
        "online.tls": "A server could not prove who it is.",
        "online.network": "A server could not be reached. The answer rests on what was at hand.",
    },
}

CODES: Final[dict[str, Code]] = {
    code: Code(code, check, effect, sentence)
    for (check, effect), rows in _TABLE.items()
    for code, sentence in rows.items()
}
