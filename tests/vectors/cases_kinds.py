"""Vectors of kinds that are not checked here, each named and left open, and of files that are no credentials."""

from tests.kit.carriers import pdf_with
from tests.kit.foreign import MADE, OB1, OTHERS, VC2, as_bytes, sd_jwt
from tests.kit.minting import ISSUER, encoded
from tests.vectors.case import PLAIN, Case, Given, Of, text

READABLE = Of("readable")
CONTEXTS = Of("contexts-known")
CLR2 = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"

CASES: tuple[Case, ...] = (
    *(READABLE.undecided(f"kind-{name}", code, what, text(as_bytes(made))) for name, code, what, made in MADE),
    *(READABLE.invalid(f"file-{name}", code, what, text(as_bytes(made))) for name, code, what, made in OTHERS),
    READABLE.undecided(
        "kind-in-pdf",
        "kind.sd-jwt",
        "A PDF with an SD-JWT VC and an invoice.",
        text(pdf_with(b"<invoice/>", sd_jwt().encode())),
    ),
    READABLE.undecided(
        "kinds-in-pdf",
        "carrier.none",
        "A PDF with two kinds, and none that is checked here.",
        text(pdf_with(as_bytes(OB1), sd_jwt().encode())),
    ),
    CONTEXTS.undecided(
        "kind-clr-2",
        "kind.clr-2",
        "A CLR 2.0 whose vocabulary is not at hand.",
        lambda: Given(
            encoded(
                {
                    **ISSUER.secured(PLAIN),
                    "@context": [*VC2["@context"], CLR2],  # type: ignore[misc]
                    "type": ["VerifiableCredential", "ClrCredential"],
                }
            )
        ),
    ),
)
