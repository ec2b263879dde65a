"""One document under examination: what went in, and what the checks have established so far."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Self

from .did import Method
from .format.contexts import Contexts
from .format.errors import FormatError
from .format.jose import Jws
from .format.proof import Walked
from .format.rdfc import Work
from .format.types import JsonObject
from .policy import Policy
from .report import Notice, Report, StatusEntry
from .trust import Trust

ASSERTION = "assertionMethod"
AUTHENTICATION = "authentication"


@dataclass(slots=True)
class Proof:
    """One signature over the document, whether in a `proof` or around it in a JWS.

    `document` is what it covers, as it will be shown; `previous` are the proofs that it rests on (a chain).
    """

    suite: str
    method_id: str
    created: datetime | None
    expires: datetime | None
    signature: bytes
    document: JsonObject
    options: JsonObject = field(default_factory=dict)
    previous: list[JsonObject] = field(default_factory=list)
    signing_input: bytes | None = None
    method: Method | None = None

    @property
    def controller(self) -> str:
        """The DID before the fragment."""
        return self.method_id.partition("#")[0]


@dataclass(slots=True)
class StatusList:
    """What an authentic list says about one entry; `problem` is why it cannot be relied on."""

    purpose: str
    value: int
    valid_from: datetime | None
    valid_until: datetime | None
    issuer: str
    problem: FormatError | None = None


@dataclass(slots=True)
class Examination:
    """Input, collaborators, and the products of checks. A check reads only products of checks that it needs.

    `examine` runs the checks up to `signature` on another document, and `report` all of them, under the same trust:
    a status list, or a credential inside a presentation, is verified by the same code, one level down.
    """

    source: bytes | JsonObject
    trust: Trust
    at: datetime
    policy: Policy
    contexts: Contexts
    examine: "Callable[[JsonObject], Self]"
    report: Callable[[bytes | JsonObject], Report]
    bits: Callable[[str], bytes]
    """The bits of an `encodedList`, as `statuslist.decode`."""
    work: Work
    walked: Walked
    departures: Callable[[JsonObject, str], list[str] | None]
    """As `schema.departures`, by the schemas of the trust."""

    document: JsonObject = field(default_factory=dict)
    plain: JsonObject = field(default_factory=dict)
    """The document without its proofs."""
    jws: Jws | None = None
    purpose: str = ASSERTION
    signer: str = ""
    """Who has to have signed: the issuer of a credential, the holder of a presentation."""
    proofs: list[Proof] = field(default_factory=list)
    unsupported: list[str] = field(default_factory=list)
    term_problems: list[FormatError] = field(default_factory=list)
    did_documents: dict[str, JsonObject] = field(default_factory=dict)
    statements: JsonObject = field(default_factory=dict)
    """The tree that the document's quads give back; empty where every byte is signed, and the document itself is."""
    shown: JsonObject = field(default_factory=dict)
    authentic: bool = False
    lists: list[StatusList] = field(default_factory=list)
    entries: list[StatusEntry] = field(default_factory=list)
    genuine_lists: dict[str, JsonObject] = field(default_factory=dict)
    credentials: list[Report] = field(default_factory=list)
    warnings: list[Notice] = field(default_factory=list)

    def accepts(self, issuer: str) -> bool:
        """Whether the relying party has said, in its trust or policy, that it accepts this issuer."""
        return issuer in self.trust.issuers or issuer in self.policy.accept_issuers

    def warn(self, code: str, detail: str) -> None:
        """Note something that does not change the verdict."""
        self.warnings.append(Notice(code, detail))
