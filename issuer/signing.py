"""An unsigned credential, a key and a time -> a secured credential, checked by a second implementation first."""

from datetime import datetime
from typing import Any

from keys import Signer
from verifier.format import jose, proof, terms
from verifier.format.errors import FormatError
from verifier.format.timestamp import format_seconds
from verifier.format.types import JsonObject

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
    _refuse_unread(credential, walked)
    covered = proof.hash_input(credential, options, walked=walked)
    if cryptosuite == proof.RDFC:
        secondopinion.agree(credential, covered.document)
        secondopinion.agree({**options, "@context": credential["@context"]}, covered.proof)
    value = proof.encode_signature(signer.sign(covered.data))
    return {**credential, "proof": [{**options, "proofValue": value}]}


def token(
    credential: dict[str, Any], signer: Signer, method: str, created: datetime, walked: proof.Walked | None = None
) -> bytes:
    """`credential` as a `vc+jwt` (VC JOSE COSE 1.0 section 3.1) by `method`; `iat` says when, as `created` of a proof.

    Raises IssuerError `sign.content`.
    """
    _refuse_unread(credential, walked or proof.Walked())
    header: JsonObject = {"alg": jose.ALGORITHMS[0], "cty": "vc", "kid": method, "typ": jose.TYPE}
    return jose.compose(header, {**credential, "iat": int(created.timestamp())}, signer.sign)


def _refuse_unread(credential: dict[str, Any], walked: proof.Walked) -> None:
    """Two of the three forms would sign any JSON, also what no other form of the same credential could carry."""
    try:
        walked.answer(credential, terms.to_quads)
    except FormatError as error:
        raise IssuerError("sign.content", f"The content cannot be signed: {error.detail}") from None
