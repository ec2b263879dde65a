"""The signature of a platform over one request: HTTP Message Signatures (RFC 9421) in one fixed form.

    Content-Digest: sha-256=:BASE64:
    Signature-Input: NAME=("@method" "@path" "content-digest");created=UNIX;keyid="PLATFORM/KEY";alg="ed25519"
    Signature: NAME=:BASE64:

Method, path and the exact bytes of the body are covered, and when it was made. Nothing else is read.
"""

import base64
import hashlib
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Final

from verifier.format.ed25519 import verifies

from .problems import Problem

SKEW: Final = timedelta(minutes=5)
_COMPONENTS: Final = '("@method" "@path" "content-digest")'
_INPUT: Final = re.compile(
    r"(?P<name>[a-z][a-z0-9_.*-]{0,31})=(?P<params>"
    + re.escape(_COMPONENTS)
    + r';created=(?P<created>[1-9][0-9]{0,10});keyid="(?P<platform>[!#-.0-\[\]-~]{1,128})/(?P<key>[a-z0-9._-]{1,64})"'
    r';alg="ed25519")',
    re.ASCII,
)
_BASE64: Final = r":(?P<value>[A-Za-z0-9+/]{0,200}={0,2}):"
_DIGEST: Final = re.compile(rf"sha-256={_BASE64}", re.ASCII)


def platform_of(
    method: str,
    path: str,
    headers: Mapping[str, str],
    body: bytes,
    *,
    key_of: Callable[[str, str], bytes | None],
    at: datetime,
) -> str:
    """The platform that signed this request; `key_of`: the 32 key bytes of a platform's key id, if it is allowed.

    Raises Problem `transport.signature` (401), the same for every reason but the clock's.
    """
    found = _INPUT.fullmatch(headers.get("Signature-Input", ""))
    if found is None:
        raise _refused("The request is not signed as docs/api.md says.")
    created = datetime.fromtimestamp(int(found["created"]), UTC)
    if abs(at - created) > SKEW:
        raise _refused("The signature is not of the last five minutes. Check the clock, and sign again.")
    digest = headers.get("Content-Digest", "")
    base = "\n".join(
        (
            f'"@method": {method}',
            f'"@path": {path}',
            f'"content-digest": {digest}',
            f'"@signature-params": {found["params"]}',
        )
    )
    signature = re.fullmatch(re.escape(found["name"]) + "=" + _BASE64, headers.get("Signature", ""))
    key = key_of(found["platform"], found["key"])
    same_body = _decoded(_DIGEST.fullmatch(digest)) == hashlib.sha256(body).digest()
    if not same_body or key is None or not verifies(key, _decoded(signature), base.encode()):
        raise _refused("The signature does not fit the request, or its key is not allowed.")
    return found["platform"]


def _decoded(match: re.Match[str] | None) -> bytes:
    try:
        return base64.b64decode(match["value"], validate=True) if match else b""
    except ValueError:
        return b""


def _refused(detail: str) -> Problem:
    return Problem(HTTPStatus.UNAUTHORIZED, "transport.signature", detail)
