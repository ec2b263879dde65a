"""The Python end of peer.mjs: starts it once and asks it one question at a time."""

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

Json = dict[str, Any]


class PeerError(Exception):
    """The peer refused the request; the message is its own."""


class Peer:
    """A running peer.mjs in the given folder, whose node_modules must be installed. A context manager."""

    def __init__(self, folder: Path) -> None:
        self._process = subprocess.Popen(
            ["node", "peer.mjs"], cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()

    def ask(self, op: str, **request: object) -> Json:
        """The answer to one request; see the head of peer.mjs for what it understands."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        # json.dumps escapes everything beyond ASCII, so no character of the request can end the line early.
        self._process.stdin.write(json.dumps({"op": op, **request}).encode() + b"\n")
        self._process.stdin.flush()
        answer: Json = json.loads(self._process.stdout.readline())
        if "error" in answer:
            raise PeerError(answer["error"])
        return answer

    def public_key(self, seed: bytes) -> str:
        """The publicKeyMultibase of the Ed25519 key with this seed."""
        return str(self.ask("key", seed=seed.hex())["publicKeyMultibase"])

    def issue(self, credential: Json, *, seed: bytes, method: str, created: str) -> Json:
        """The credential with a proof of eddsa-rdfc-2022 by the method, which is the seed's key."""
        key = {"seed": seed.hex(), "verificationMethod": method, "controller": method.partition("#")[0]}
        signed: Json = self.ask("issue", credential=credential, created=created, **key)["credential"]
        return signed

    def errors(self, credential: Json, documents: Mapping[str, Json], *, now: str) -> list[str]:
        """Why the peer does not accept the credential at that time; nothing when it does."""
        answer = self.ask("verify", credential=credential, documents=dict(documents), now=now)
        assert answer["verified"] is not bool(answer["errors"]), answer
        return [str(error) for error in answer["errors"]]

    def canonicalize(self, document: object) -> bytes:
        """The document's canonical N-Quads: JSON-LD in safe mode, then RDFC-1.0."""
        return str(self.ask("canonicalize", document=document)["nquads"]).encode(errors="surrogatepass")
