"""Links that carry the public facts of a credential to places where holders like to show them, when clicked."""

from datetime import datetime
from typing import Final
from urllib.parse import urlencode

from ..config import Config

_LINKEDIN: Final = "https://www.linkedin.com/profile/add"


def verify_link(config: Config, public_id: str) -> str:
    """Where anyone can look the credential up."""
    return config.verify_link(public_id)


def linkedin(config: Config, title: str, public_id: str, awarded: datetime, valid_until: datetime) -> str:
    """LinkedIn's "Add to profile"; months are those of the issuer's zone, as printed."""
    begun, ends = awarded.astimezone(config.zone), valid_until.astimezone(config.zone)
    fields = {
        "startTask": "CERTIFICATION_NAME",
        "name": title,
        "organizationName": config.name,
        "issueYear": begun.year,
        "issueMonth": begun.month,
        "expirationYear": ends.year,
        "expirationMonth": ends.month,
        "certUrl": verify_link(config, public_id),
        "certId": public_id,
    }
    return f"{_LINKEDIN}?{urlencode(fields)}"
