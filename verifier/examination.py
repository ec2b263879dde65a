"""One credential under examination: what went in, and what the checks have established so far."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Self

from .did import Method
from .format.types import JsonObject
from .policy import Policy
from .report import Notice, StatusEntry
from .trust import Trust


@dataclass(slots=True)
class Proof:
    """One proof of the document: the options that were signed, the raw signature, the key it names."""

    entry: JsonObject
    cryptosuite: str
    method_id: str
    created: datetime | None
    expires: datetime | None
    signature: bytes
    method: Method | None = None

    @property
    def controller(self) -> str:
        """The DID before the fragment."""
        return self.method_id.partition("#")[0]


@dataclass(slots=True)
class StatusList:
    """A status list that was found authentic for one entry of the credential."""

    purpose: str
    is_set: bool
    valid_from: datetime | None
    valid_until: datetime | None
    problem: str = ""


@dataclass(slots=True)
class Examination:
    """Input, collaborators, and the products of checks. A check reads only products of checks that it needs.

    `examine` runs the checks up to `signature` on another document, under the same trust: a status list is a
    credential verified by the same function, one level down.
    """

    source: bytes | JsonObject
    trust: Trust
    at: datetime
    policy: Policy
    examine: "Callable[[JsonObject], Self]"

    document: JsonObject = field(default_factory=dict)
    issuer: str = ""
    proofs: list[Proof] = field(default_factory=list)
    did_documents: dict[str, JsonObject] = field(default_factory=dict)
    shown: JsonObject = field(default_factory=dict)
    authentic: bool = False
    lists: list[StatusList] = field(default_factory=list)
    entries: list[StatusEntry] = field(default_factory=list)
    warnings: list[Notice] = field(default_factory=list)

    def warn(self, code: str, detail: str) -> None:
        """Note something that does not change the verdict."""
        self.warnings.append(Notice(code, detail))
