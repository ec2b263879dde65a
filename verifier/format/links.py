"""Links to the text of a QR code as mail programs and people hand them on, made straight (docs/qr-format.md, "Links").

Only where the link stands is put right; its digits are left as they are.
"""

import re
from typing import Final

from ..limits import MAX_CARRIED_LINK_CHARACTERS

MARKS: Final = "\"'`“”„‟‘’‚«»‹›<>()[].,;:!?*"
"""What writing puts right before or behind a link or a token, and neither of them begins or ends with."""
_LINK: Final = re.compile(r"[Hh][Tt][Tt][Pp][Ss]://([^/\s]{1,300})/v(?:#|%23)(.*)", re.ASCII | re.DOTALL)
_SAFE_LINK: Final = re.compile(
    r"https://[a-z0-9.-]{1,100}\.safelinks\.protection\.outlook\.com/(?:[^?#]*)\?(?:[^#]*&)?url=([^&#]*)[^#]*",
    re.DOTALL,
)
_ESCAPE: Final = re.compile(r"%([0-9A-Fa-f]{2})")


def straight(word: str) -> str | None:
    """The link `https://HOST/v#…` that a word without white space is, or stands for; None for any other word.

    Read are: `HTTPS` in any case, `%23` for the `#` behind `/v`, marks around it, and all that inside of a Safe Link.
    """
    match = _LINK.fullmatch(_within_safe_link(word.strip(MARKS)))
    return None if match is None else f"https://{match[1]}/v#{match[2]}"


def _within_safe_link(link: str) -> str:
    """Outlook puts the address of a link, percent-encoded, into one of its own."""
    match = _SAFE_LINK.fullmatch(link)
    if match is None or len(match[1]) > MAX_CARRIED_LINK_CHARACTERS:
        return link
    return _ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), match[1])
