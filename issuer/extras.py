"""What an installation lacks, in a sentence: which extra brings it, and how to get it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from .errors import IssuerError

EXTRAS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "issuer": ("PIL", "alembic", "jsonschema", "pyld", "qrcode", "sqlalchemy", "typst", "zxingcpp"),
        "service": ("argon2", "cachetools", "flask", "gunicorn", "prometheus_client", "werkzeug"),
        "postgres": ("pg8000",),
    }
)
"""Extra -> what is imported of it. Fonts are looked for and never imported; without them no certificate is set."""
_OWN: Final = frozenset({"issuer", "keys", "verifier"})


def lacking(error: ModuleNotFoundError) -> IssuerError | None:
    """What to say about it: `service.missing` or `extra.missing`. None when the fault is in these packages."""
    name = (error.name or "").partition(".")[0]
    if not name or name in _OWN:
        return None
    extra = next((extra for extra, modules in EXTRAS.items() if name in modules), "issuer,service")
    code = "service.missing" if extra == "service" else "extra.missing"
    return IssuerError(code, f"{name} is not installed. Install certify-vc with it: pip install 'certify-vc[{extra}]'.")
