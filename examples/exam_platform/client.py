"""The client of POST /api/results: signs the exact bytes of a record (RFC 9421), sends them, reads the answer."""

import base64
import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any, Final
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

PATH: Final = "/api/results"
TIMEOUT_SECONDS: Final = 10
"""A candidate is waiting; what is not answered by then is sent again later."""
MAX_ANSWER_BYTES: Final = 1 << 18
_ANSWERED: Final = frozenset((200, 201, 202))
_REFUSED: Final = 422
REFUSED: Final = "refused"
_REPLAY: Final = "result.replay"


class NotTakenError(Exception):
    """The service did not answer on the record: send the same bytes again later. The text names nobody."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`outcome`: issued, failed, held or refused, of the first time when it is a replay. `link`: for the candidate."""

    outcome: str
    codes: tuple[str, ...]
    public_id: str | None
    link: str | None


@dataclass(frozen=True, slots=True)
class Client:
    """One platform at one service. `service` is the base address."""

    service: str
    platform: str
    key_id: str
    key: Ed25519PrivateKey

    def send(self, body: bytes, at: datetime) -> Answer:
        """Send one record; raises NotTakenError for all that is no answer on it."""
        parts = urlsplit(self.service)
        path = parts.path.rstrip("/") + PATH
        headers = {"Content-Type": "application/json", **self.signature("POST", path, body, at)}
        kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        connection = kind(parts.netloc, timeout=TIMEOUT_SECONDS)
        try:
            connection.request("POST", path, body, headers)
            response = connection.getresponse()
            return read_answer(response.status, response.read(MAX_ANSWER_BYTES))
        except (OSError, HTTPException) as error:
            raise NotTakenError(f"no answer: {type(error).__name__}") from None
        finally:
            connection.close()

    def signature(self, method: str, path: str, body: bytes, at: datetime) -> dict[str, str]:
        """The three headers. What is signed is four lines, without a line break at the end."""
        digest = f"sha-256=:{_base64(hashlib.sha256(body).digest())}:"
        parameters = (
            f'("@method" "@path" "content-digest");created={int(at.timestamp())}'
            f';keyid="{self.platform}/{self.key_id}";alg="ed25519"'
        )
        base = "\n".join(
            (
                f'"@method": {method}',
                f'"@path": {path}',
                f'"content-digest": {digest}',
                f'"@signature-params": {parameters}',
            )
        )
        return {
            "Content-Digest": digest,
            "Signature-Input": f"sig1={parameters}",
            "Signature": f"sig1=:{_base64(self.key.sign(base.encode()))}:",
        }


def read_answer(status: int, body: bytes) -> Answer:
    """The answer on a record; raises NotTakenError for every other reply."""
    try:
        value = json.loads(body)
        if status in _ANSWERED:
            return Answer(_outcome(value), _codes(value), value.get("publicId"), _link(value))
        if status == _REFUSED:
            return Answer(REFUSED, _codes(value), None, None)
        raise NotTakenError(f"{status} {value.get('code', '')}".strip())
    except (ValueError, KeyError, TypeError, AttributeError):
        raise NotTakenError(f"{status}, and no answer that can be read") from None


def _outcome(value: dict[str, Any]) -> str:
    """Of a replay the first answer, which is the candidate's; the register calls an issued record accepted."""
    outcome = str(value.get("first") or value["outcome"])
    return "issued" if outcome == "accepted" else outcome


def _codes(value: dict[str, Any]) -> tuple[str, ...]:
    found = value.get("codes") or [each["code"] for each in value.get("findings", ())] or [value.get("code")]
    return tuple(dict.fromkeys(str(code) for code in found if code and code != _REPLAY))


def _link(value: dict[str, Any]) -> str | None:
    link = value.get("link")
    return link if isinstance(link, str) and urlsplit(link).scheme in {"http", "https"} else None


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()
