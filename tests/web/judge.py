"""The Python end of run_cases.mjs, and what our own verifier says in the same form."""

import json
import subprocess
from base64 import b64decode, b64encode
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.vectors.case import Given
from verifier import Level, Trust, TrustError, summary, verify
from verifier.format.types import JsonObject
from verifier.limits import MAX_SAFE_INTEGER
from verifier.trust import KeyWindow
from verifier.trustvalues import code_units

Answer = dict[str, Any]
_KINDS = {"did_documents": "didDocuments", "qr_dictionaries": "qrDictionaries"}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Judge:
    """The verifier in JavaScript, running. A context manager."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            ["node", str(Path(__file__).with_name("run_cases.mjs"))], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()

    def verify(self, given: Given) -> Answer:
        """{report, lines}, as `verified` gives them."""
        return self._ask(op="verify", **asked(given))

    def seconds(self, given: Given) -> float:
        """The CPU seconds that this takes there."""
        return float(self._ask(op="cost", **asked(given))["seconds"])

    def trust(self, files: Sequence[bytes]) -> Answer:
        """{trust}, or {code, detail}, as `trusted` gives them."""
        return self._ask(op="trust", files=[b64encode(each).decode() for each in files])

    def remember(
        self,
        memory: bytes,
        lists: Sequence[JsonObject],
        accepted: frozenset[str],
        at: datetime,
        compromised: frozenset[str] = frozenset(),
    ) -> bytes:
        """The memory after a check that found these lists genuine; b"" for none before."""
        answer = self._ask(
            op="remember",
            memory=b64encode(memory).decode(),
            lists=[b64encode(json.dumps(each).encode()).decode() for each in lists],
            accepted=sorted(accepted),
            compromised=sorted(compromised),
            at=_microseconds(at),
        )
        return b64decode(answer["memory"])

    def forget(self, memory: bytes, at: datetime) -> Answer:
        """{content, ahead, gone, kept} of a memory put right."""
        answer = self._ask(op="forget", memory=b64encode(memory).decode(), at=_microseconds(at))
        return {**answer, "content": b64decode(answer["content"])}

    def _ask(self, **request: object) -> Answer:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(request).encode() + b"\n")
        self._process.stdin.flush()
        answer: Answer = json.loads(self._process.stdout.readline(), parse_int=_whole)
        return answer


def asked(given: Given) -> Answer:
    """A case as given.mjs takes it."""
    age, policy = given.policy.max_status_age, given.policy
    return {
        "data": b64encode(given.data).decode(),
        "trust": json.dumps(dumped(given.trust)),
        "at": _microseconds(given.at),
        "policy": {
            "maxStatusAge": None if age is None else age.total_seconds(),
            "maxListAge": policy.max_list_age.total_seconds(),
            "requireSchema": policy.require_schema,
            "challenge": policy.challenge,
            "domain": policy.domain,
            "acceptIssuers": sorted(policy.accept_issuers),
        },
    }


def _whole(digits: str) -> float:
    """JavaScript writes a double such as 4.7e16 in the shortest digits and without an exponent."""
    return int(digits) if abs(int(digits)) <= MAX_SAFE_INTEGER else float(digits)


def verified(given: Given) -> Answer:
    """What our own verifier says."""
    report = verify(given.data, trust=given.trust, at=given.at, policy=given.policy)
    lines = summary.lines(report.require(Level.AUTHENTIC)) if report.genuine else None
    return _plain({"report": report.to_json(), "lines": lines})


def trusted(files: Sequence[bytes]) -> Answer:
    """The trust of all these files together, or why one is refused."""
    together = Trust()
    try:
        for each in files:
            together += Trust.read(each)
    except TrustError as error:
        return {"code": error.code, "detail": error.detail}
    return _plain({"trust": dumped(together)})


def dumped(trust: Trust) -> Answer:
    """A trust as JSON: instants as texts of microseconds since 1970, dictionaries in base64."""
    issuers = {
        did: {"id": each.id, "name": each.name, "keys": [_window(key) for key in each.keys], "disputed": each.disputed}
        for did, each in trust.issuers.items()
    }
    return {
        "asOf": _microseconds(trust.as_of),
        "seenAt": _microseconds(trust.seen_at),
        "issuers": issuers,
        "didDocuments": dict(trust.did_documents),
        "statusLists": dict(trust.status_lists),
        "schemas": dict(trust.schemas),
        "contexts": dict(trust.contexts),
        "qrDictionaries": {name: b64encode(each).decode() for name, each in trust.qr_dictionaries.items()},
        "olderLists": {url: list(copies) for url, copies in trust.older_lists.items()},
        "compromised": sorted(trust.compromised, key=code_units),
        "dates": {
            _KINDS.get(kind, kind): {name: _microseconds(date) for name, date in names.items()}
            for kind, names in trust.dates.items()
        },
    }


def _window(key: KeyWindow) -> Answer:
    return {
        "id": key.id,
        "activeFrom": _microseconds(key.active_from),
        "activeUntil": _microseconds(key.active_until),
        "compromised": _microseconds(key.compromised),
    }


def _microseconds(instant: datetime | None) -> str | None:
    return None if instant is None else str((instant - _EPOCH) // timedelta(microseconds=1))


def _plain(value: Answer) -> Answer:
    """The value as it is after a way through JSON."""
    plain: Answer = json.loads(json.dumps(value))
    return plain
