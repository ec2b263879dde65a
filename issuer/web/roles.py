"""Who may use which route: roles in the API and the console, and what a candidate's link can do. No row: shut."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from ..service.access import Role

Table = dict[tuple[str, str], frozenset[Role]]

EVERYBODY: Final = frozenset(Role)
"""Whoever works here may look."""
ISSUER: Final = frozenset({Role.ISSUER})
"""Carries out."""
REVIEWER: Final = frozenset({Role.REVIEWER})
"""Decides."""
LINKS: Final = ISSUER
"""Is told the links of candidates, each of which lets its bearer act as one."""

ON_ONE: Final = {
    "suspend": REVIEWER,
    "reinstate": REVIEWER,
    "appeal": REVIEWER,
    "review-close": REVIEWER,
    "supersede": ISSUER,
    "revoke": ISSUER,
    "erase": ISSUER,
    "forget-contact": ISSUER,
}
"""Act on one credential -> who may."""

API: Final[Table] = {
    ("GET", "/api/results/<result_id>"): EVERYBODY,
    ("GET", "/api/credentials/<public_id>"): EVERYBODY,
    ("GET", "/api/holds"): EVERYBODY,
    ("GET", "/api/reviews"): EVERYBODY,
    ("GET", "/api/keys"): EVERYBODY,
    ("GET", "/api/log"): EVERYBODY,
    ("GET", "/api/batches"): EVERYBODY,
    ("POST", "/api/batches"): ISSUER,
    ("GET", "/api/batches/<batch_id>"): EVERYBODY,
    ("GET", "/api/batches/<batch_id>/answers"): EVERYBODY,
    ("POST", "/api/batches/<batch_id>/begin"): ISSUER,
    ("POST", "/api/batches/<batch_id>/discard"): ISSUER,
    ("POST", "/api/holds/<path:result_id>/release"): REVIEWER,
    ("POST", "/api/holds/<path:result_id>/refuse"): REVIEWER,
    **{("POST", f"/api/credentials/<public_id>/{act}"): roles for act, roles in ON_ONE.items()},
}
CONSOLE: Final[Table] = {
    ("GET", "/console"): EVERYBODY,
    ("POST", "/console/logout"): EVERYBODY,
    ("GET", "/console/search"): EVERYBODY,
    ("POST", "/console/search"): EVERYBODY,
    ("GET", "/console/credentials/<public_id>"): EVERYBODY,
    ("GET", "/console/credentials/<public_id>/files/<int:number>/<name>"): EVERYBODY,
    ("GET", "/console/issue"): ISSUER,
    ("POST", "/console/issue"): ISSUER,
    ("GET", "/console/batches"): EVERYBODY,
    ("POST", "/console/batches"): ISSUER,
    ("GET", "/console/batches/template-<credential>-<separator>.csv"): ISSUER,
    ("GET", "/console/batches/<batch_id>"): EVERYBODY,
    ("GET", "/console/batches/<batch_id>/answers.csv"): EVERYBODY,
    ("POST", "/console/batches/<batch_id>/links"): LINKS,
    ("POST", "/console/batches/<batch_id>/begin"): ISSUER,
    ("POST", "/console/batches/<batch_id>/discard"): ISSUER,
    ("GET", "/console/requests"): EVERYBODY,
    ("POST", "/console/requests/<int:number>/close"): REVIEWER,
    ("POST", "/console/waiting/<int:number>/take-back"): ISSUER | REVIEWER,
    ("POST", "/console/notices/<int:number>/told"): ISSUER | REVIEWER,
    ("GET", "/console/holds"): EVERYBODY,
    ("GET", "/console/holds/record"): EVERYBODY,
    ("POST", "/console/holds/release"): REVIEWER,
    ("POST", "/console/holds/refuse"): REVIEWER,
    ("GET", "/console/reviews"): EVERYBODY,
    ("GET", "/console/persons/<name>"): EVERYBODY,
    ("POST", "/console/persons/<name>/add-email"): REVIEWER,
    ("POST", "/console/persons/<name>/merge"): REVIEWER,
    ("POST", "/console/persons/<name>/split"): REVIEWER,
    ("POST", "/console/persons/<name>/link/end"): ISSUER | REVIEWER,
    ("POST", "/console/persons/<name>/link/renew"): ISSUER,
    ("GET", "/console/keys"): EVERYBODY,
    ("GET", "/console/log"): EVERYBODY,
    ("GET", "/console/reports"): EVERYBODY,
    ("GET", "/console/reports/credentials.csv"): EVERYBODY,
    ("GET", "/console/reports/counts.csv"): EVERYBODY,
    **{("POST", f"/console/credentials/<public_id>/{act}"): roles for act, roles in ON_ONE.items()},
}
OPEN: Final = frozenset(
    {
        ("POST", "/api/results"),  # for platforms, by their signature
        ("GET", "/api/certify/verify"),
        ("POST", "/api/certify/verify"),
        ("GET", "/api/openapi.json"),
        ("GET", "/console/login"),
        ("POST", "/console/login"),
        ("GET", "/console/enter/<link>"),
        ("POST", "/console/enter"),
        ("GET", "/console/console.css"),
    }
)
"""What asks for no role at all."""


class Reach(StrEnum):
    """What becomes of a request through a candidate's link."""

    LOOK = "shows"
    AT_ONCE = "is done at once, and can be changed back"
    WAITS = "waits, and can be taken back until then"
    TAKE_BACK = "takes back what waits"


LINK: Final[Mapping[tuple[str, str], Reach]] = {
    ("GET", "/c/<token>"): Reach.LOOK,
    ("GET", "/c/<token>/renewed"): Reach.LOOK,
    ("GET", "/c/<token>/erase"): Reach.LOOK,
    ("GET", "/c/<token>/forget-contact"): Reach.LOOK,
    ("GET", "/c/<token>/<public_id>/<name>"): Reach.LOOK,
    ("GET", "/c/<token>/<public_id>/qr/<form>.<kind>"): Reach.LOOK,
    ("GET", "/c/<token>/<public_id>/certificate-<paper>.pdf"): Reach.LOOK,
    ("GET", "/c/<token>/<public_id>/badge.<form>"): Reach.LOOK,
    ("POST", "/c/<token>/<public_id>/registry"): Reach.AT_ONCE,
    ("POST", "/c/<token>/correction"): Reach.AT_ONCE,
    ("POST", "/c/<token>/<public_id>/score"): Reach.WAITS,
    ("POST", "/c/<token>/renew"): Reach.WAITS,
    ("POST", "/c/<token>/forget-contact"): Reach.WAITS,
    ("POST", "/c/<token>/erase"): Reach.WAITS,
    ("POST", "/c/<token>/take-back"): Reach.TAKE_BACK,
    ("POST", "/c/<token>/take-all-back"): Reach.TAKE_BACK,
}
"""What a candidate's link can do."""
RENEWED: Final = frozenset({("GET", "/c/<token>"), ("POST", "/c/<token>/take-all-back")})
"""What is left to a link that its holder has renewed, until it ends."""


def allowed(method: str, rule: str, table: Table) -> frozenset[Role]:
    """The roles that may use a route; nobody, when the table does not know it."""
    return table.get(("GET" if method == "HEAD" else method, rule), frozenset())
