"""Which role may use which route: the whole table, for the API and for the console. A route without a row is shut."""

from typing import Final

from ..service.access import Role

Table = dict[tuple[str, str], frozenset[Role]]

EVERYBODY: Final = frozenset(Role)
"""Whoever works here may look."""
ISSUER: Final = frozenset({Role.ISSUER})
"""Carries out."""
REVIEWER: Final = frozenset({Role.REVIEWER})
"""Decides."""

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
    ("GET", "/console/batches/<batch_id>"): EVERYBODY,
    ("GET", "/console/batches/<batch_id>/answers.csv"): EVERYBODY,
    ("POST", "/console/batches/<batch_id>/begin"): ISSUER,
    ("POST", "/console/batches/<batch_id>/discard"): ISSUER,
    ("GET", "/console/requests"): EVERYBODY,
    ("POST", "/console/requests/<int:number>/close"): REVIEWER,
    ("GET", "/console/holds"): EVERYBODY,
    ("GET", "/console/holds/record"): EVERYBODY,
    ("POST", "/console/holds/release"): REVIEWER,
    ("POST", "/console/holds/refuse"): REVIEWER,
    ("GET", "/console/reviews"): EVERYBODY,
    ("GET", "/console/persons/<name>"): EVERYBODY,
    ("POST", "/console/persons/<name>/add-email"): REVIEWER,
    ("POST", "/console/persons/<name>/merge"): REVIEWER,
    ("POST", "/console/persons/<name>/split"): REVIEWER,
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


def allowed(method: str, rule: str, table: Table) -> frozenset[Role]:
    """The roles that may use a route; nobody, when the table does not know it."""
    return table.get(("GET" if method == "HEAD" else method, rule), frozenset())
