"""What the relying party demands beyond the specifications."""

from dataclasses import dataclass, field
from datetime import timedelta

from .limits import MAX_LIST_AGE_DAYS


@dataclass(frozen=True, slots=True)
class Policy:
    """`max_list_age`: how long after its `validFrom` a status list is relied on, unless its issuer ends it earlier.
    `max_status_age`: refuse lists that are older than this, too (None: no further wish).

    `require_schema`: a departure from the credentialSchema fails instead of warning. `accept_issuers`: DIDs that are
    accepted in addition to those of the trust. `challenge` and `domain`: what a presentation must have been made for;
    `domain` also has to be among whom a credential names as its audience.
    """

    max_status_age: timedelta | None = None
    require_schema: bool = False
    challenge: str | None = None
    domain: str | None = None
    accept_issuers: frozenset[str] = field(default_factory=frozenset)
    max_list_age: timedelta = timedelta(days=MAX_LIST_AGE_DAYS)
