"""How an operator's certificates look: the section [certificate] of certify.toml."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from .errors import IssuerError

MAX_LOGO_BYTES: Final = 1 << 18
"""A quarter of a MiB: it is part of every certificate, which is read as a whole of at most 1 MiB."""
_USUAL_ACCENT: Final = "#1f3a5f"
_COLOUR: Final = re.compile(r"#[0-9a-fA-F]{6}", re.ASCII)
_READABLE: Final = 4.5
"""Contrast of small text on white (WCAG 2.2, 1.4.3)."""
_PATHS: Final = ("certificate.logo", "certificate.fonts")
_LOGOS: Final = (".png", ".svg")


@dataclass(frozen=True, slots=True)
class Look:
    """`accent` is #rrggbb; `logo` a PNG or SVG file, `fonts` a folder of further fonts, as they were configured."""

    accent: str = _USUAL_ACCENT
    logo: Path | None = None
    fonts: Path | None = None


USUAL: Final = Look()


def read(home: Path, flat: Mapping[str, object]) -> Look:
    """The look, of paths as seen from `home`; raises IssuerError `config.invalid`."""
    accent = str(flat.get("certificate.accent", _USUAL_ACCENT))
    if not _COLOUR.fullmatch(accent) or _contrast_to_white(accent) < _READABLE:
        raise IssuerError(
            "config.invalid", "certificate.accent is no colour such as #1f3a5f that is dark enough to be read on white."
        )
    logo, fonts = (home / str(flat[name]) if flat.get(name) else None for name in _PATHS)
    if logo and logo.suffix.lower() not in _LOGOS:
        raise IssuerError("config.invalid", "certificate.logo is no .png or .svg file.")
    return Look(accent, logo, fonts)


def write(look: Look) -> str:
    """The section, where it says anything."""
    values = {"accent": look.accent, "logo": look.logo, "fonts": look.fonts}
    given = {name: str(value) for name, value in values.items() if value and value != _USUAL_ACCENT}
    lines = "".join(f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in given.items())
    return f"\n[certificate]\n{lines}" if lines else ""


def logo(look: Look) -> bytes | None:
    """The bytes of the logo; raises IssuerError `certificate.logo`."""
    if look.logo is None:
        return None
    try:
        with look.logo.open("rb") as file:
            content = file.read(MAX_LOGO_BYTES + 1)
    except OSError as error:
        raise IssuerError("certificate.logo", f"The logo {look.logo} cannot be read: {error.strerror}.") from None
    if len(content) > MAX_LOGO_BYTES:
        raise IssuerError("certificate.logo", f"The logo is larger than {MAX_LOGO_BYTES:,} bytes.")
    return content


def _contrast_to_white(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    shares = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    luminance = sum(weight * share for weight, share in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    return 1.05 / (luminance + 0.05)
