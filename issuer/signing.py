"""An unsigned credential, a key and a time -> a secured credential, checked by a second implementation first."""

from datetime import datetime
from typing import Any

from keys import Signer
from verifier.format import proof, terms
from verifier.format.errors import FormatError
from verifier.format.timestamp import format_seconds

from . import secondopinion
from .errors import IssuerError


def secure(
    credential: dict[str, Any],
    signer: Signer,
    method: str,
    cryptosuite: str,
    created: datetime,
    walked: proof.Walked | None = None,
) -> dict[str, Any]:
    """`credential` with one proof in an array, by `method` (DID URL) at `created`; `walked` as in `hash_input`.

    Raises IssuerError `sign.content` for content that no signature may cover, `sign.disagreement` when two
    implementations read the content differently. Nothing is signed then.
    """
    options = proof.new_options(credential, cryptosuite, method, format_seconds(created))
    walked = walked or proof.Walked()
    try:
        if cryptosuite == proof.JCS:
            # It would sign any JSON, also what no other rendering of the same credential could carry.
            walked.answer(credential, terms.to_quads)
        covered = proof.hash_input(credential, options, walked=walked)
    except FormatError as error:
        raise IssuerError("sign.content", f"The content cannot be signed: {error.detail}") from None
    if cryptosuite == proof.RDFC:
        secondopinion.agree(credential, covered.document)
        secondopinion.agree({**options, "@context": credential["@context"]}, covered.proof)
    value = proof.encode_signature(signer.sign(covered.data))
    return {**credential, "proof": [{**options, "proofValue": value}]}
