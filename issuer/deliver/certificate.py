"""The certificate as a PDF: what a credential says, laid out by a template, with the credential itself attached.

Every text reaches the template as data and is set as it is; none is ever read as markup.
"""

import json
import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any, Final

import typst

from ..errors import IssuerError
from . import drawing, fonts, readback
from .qr import Code

_TEMPLATE: Final = Path(__file__).with_name("templates") / "certificate.typ"
_STANDARD: Final = "a-3a"
"""Tagged, fonts embedded, a file attached; a glyph that is missing fails, and is no empty box."""
_MISSING: Final = re.compile(r"the text [`\"]*(.+?)[`\"]* could not be displayed", re.DOTALL)
_UNBROKEN: Final = re.compile("[^\\s\u2e80-\u9fff\uac00-\ud7af\uf900-\uffef\U00020000-\U0003ffff]+")
"""What a line cannot end within; between two characters of East Asia it can."""
_RIGHT_TO_LEFT: Final = frozenset(("R", "AL"))


class Paper(StrEnum):
    """What it is printed on."""

    A4 = "a4"
    LETTER = "us-letter"


PAPERS: Final = {"a4": Paper.A4, "letter": Paper.LETTER}
"""By the names that people use."""


@dataclass(frozen=True, slots=True)
class Page:
    """What is printed. `dates`: label and text; `issued`: when the credential was, which also dates the file."""

    credential: bytes
    attachment: str
    code: Code
    verify: str
    dates: tuple[tuple[str, str], ...]
    issued: datetime
    demo: bool
    accent: str
    logo: bytes | None


@dataclass
class Press:
    """Sets certificates with the fonts of the packages and of one more folder. One at a time; kept, it is fast."""

    folder: Path | None = None

    def __post_init__(self) -> None:
        self._lock = Lock()

    @cached_property
    def _compiler(self) -> typst.Compiler:
        available = fonts.available(self.folder)
        return typst.Compiler(_TEMPLATE, root=_TEMPLATE.parent, font_paths=available, ignore_system_fonts=True)

    def pdf(self, page: Page, paper: Paper = Paper.A4) -> bytes:
        """The PDF; the same bytes for the same page.

        Raises IssuerError `certificate.glyph` for text that no font at hand can show, `certificate.logo` for an image
        that is none, `qr.print-size`, and `deliver.unreadable`.
        """
        available = fonts.available(self.folder)
        signed = json.loads(page.credential)
        data = json.dumps(_data(page, signed, paper, fonts.families(available, str(signed["credentialSubject"]))))
        inputs = {"data": data, "credential": page.credential.decode()}
        try:
            with self._lock:
                made = self._compiler.compile(
                    format="pdf", sys_inputs=inputs, pdf_standards=[_STANDARD], timestamp=int(page.issued.timestamp())
                )
        except typst.TypstError as error:
            raise _refusal(error.message) from None
        assert isinstance(made, bytes)  # noqa: S101 - one file, into memory
        return readback.carries(made, page.credential)


def _data(page: Page, signed: dict[str, Any], paper: Paper, families: list[str]) -> dict[str, Any]:
    """For the template. Texts of the credential are as they were signed."""
    subject = signed["credentialSubject"]
    name, achievement = subject["identifier"][0]["identityHash"], subject["achievement"]
    return {
        "paper": paper,
        "fonts": families,
        "name": name,
        "unbroken": _UNBROKEN.findall(name),
        "rtl": _is_right_to_left(name),
        "title": signed["name"],
        "issuer": signed["issuer"]["name"],
        "description": achievement["description"],
        "facts": [
            ["Scheme", f"{achievement['humanCode']}, version {achievement['version']}"],
            *page.dates,
            ["How it was taken", subject["narrative"]],
            ["Number", subject["licenseNumber"]],
        ],
        "verify": page.verify,
        "caption": page.code.caption,
        "code": drawing.symbol(page.code).decode(),
        "side": drawing.side_mm(page.code),
        "attachment": page.attachment,
        "demo": page.demo,
        "accent": page.accent,
        "logo": None if page.logo is None else list(page.logo),
        "issued": [page.issued.year, page.issued.month, page.issued.day],
    }


def _refusal(message: str) -> IssuerError:
    missing = _MISSING.search(message)
    if missing:
        return IssuerError(
            "certificate.glyph",
            f"No font at hand can show {missing[1][:40]!r}. Install the extra cjk for Chinese, Japanese and Korean, or "
            "name a folder of fonts as certificate.fonts in certify.toml. Nothing was written.",
        )
    return IssuerError(
        "certificate.logo", f"The certificate could not be set ({message}); see the logo and the fonts of certify.toml."
    )


def _is_right_to_left(text: str) -> bool:
    """By the first character that has a direction (UAX #9, rules P2 and P3)."""
    strong = (unicodedata.bidirectional(character) for character in text)
    return next((each for each in strong if each in {"L", *_RIGHT_TO_LEFT}), "L") in _RIGHT_TO_LEFT
