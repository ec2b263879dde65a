"""Vectors of envelopes that stand alone (VCDM 2.0 sections 4.13.1 and 4.13.2): what they hold, and nothing they say."""

from typing import Any

from tests.kit.minting import HOLDER, ISSUER, changed, encoded
from tests.vectors.case import PLAIN, Case, Given, Of, given, valid
from tests.vectors.presented import ENVELOPE, enveloped, swapped
from verifier.format.contexts import OB3, VCDM2
from verifier.format.types import Json, JsonObject

READABLE, PROOF, SIGNATURE = Of("readable"), Of("proof-shape"), Of("signature")
TOKEN = ISSUER.token(PLAIN)
GOOD = enveloped(ENVELOPE + TOKEN)
OF_PRESENTATION: JsonObject = {
    "@context": [VCDM2],
    "type": "EnvelopedVerifiablePresentation",
    "id": f"data:application/vp+jwt,{ISSUER.token(HOLDER.presentation(ISSUER.secured(PLAIN)), typ='vp+jwt')}",
}


def form(name: str, sentence: str, /, **members: Json) -> Case:
    """A good envelope with members changed; None takes one away."""
    return READABLE.invalid(f"envelope-{name}", "envelope.form", sentence, given(changed(GOOD, **members)))


def kind(name: str, sentence: str, address: str) -> Case:
    return READABLE.undecided(f"envelope-{name}", "envelope.kind", sentence, given(enveloped(address)))


def token(name: str, code: str, sentence: str, address: str) -> Case:
    return READABLE.invalid(f"envelope-{name}", code, sentence, given(enveloped(address)))


_CONTEXT: Any = {"@context": None}
_OTHER_CONTEXT: Any = {"@context": [OB3]}
CASES: tuple[Case, ...] = (
    valid("valid-envelope", "A token in an envelope.", given(GOOD)),
    valid(
        "valid-envelope-texts",
        "The same with one context and one type, not in arrays.",
        given({**GOOD, "@context": VCDM2, "type": "EnvelopedVerifiableCredential"}),
    ),
    form("name", "An envelope with a name of its own.", name="AI Manager"),
    form("subject", "An envelope that speaks about somebody.", credentialSubject=PLAIN["credentialSubject"]),
    form("proof", "An envelope with a proof.", proof=ISSUER.secured(PLAIN)["proof"]),
    form(
        "type", "An envelope of another type as well.", type=["EnvelopedVerifiableCredential", "VerifiableCredential"]
    ),
    form("no-context", "An envelope without context.", **_CONTEXT),
    form("context", "An envelope under another context alone.", **_OTHER_CONTEXT),
    form("no-id", "An empty envelope.", id=None),
    form("https", "An envelope that names an address.", id="https://credentials.example/token"),
    READABLE.invalid(
        "envelope-credential",
        "envelope.form",
        "A credential in the envelope of a presentation.",
        lambda: Given(encoded({**OF_PRESENTATION, "id": f"data:application/vp+jwt,{TOKEN}"})),
    ),
    form("array", "An envelope with its token in an array.", id=[ENVELOPE + TOKEN]),
    kind("sd-jwt", "An envelope with an SD-JWT.", "data:application/vc+sd-jwt,eyJh.e30.e30~"),
    kind("cose", "An envelope with COSE.", "data:application/vc+cose;base64,0oRDoQEm"),
    kind("presentation", "A presentation in the envelope of a credential.", str(OF_PRESENTATION["id"])),
    token("empty", "jwt.form", "An envelope of nothing.", ENVELOPE),
    token("json", "jwt.form", "An envelope with a document.", ENVELOPE + encoded(ISSUER.secured(PLAIN)).decode()),
    token("padded", "jwt.form", "An envelope with a padded token.", f"{ENVELOPE}{TOKEN}=="),
    SIGNATURE.invalid(
        "envelope-swapped",
        "signature.mismatch",
        "An envelope with a token under the signature of another.",
        given(enveloped(ENVELOPE + swapped())),
    ),
    PROOF.undecided(
        "envelope-vp",
        "kind.vp-jwt",
        "A presentation in its own envelope, which is not checked here.",
        lambda: Given(encoded(OF_PRESENTATION)),
    ),
)
