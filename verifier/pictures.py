"""The text of the QR code that a picture shows, where the optional reader of codes is installed (extra `qr`).

For whoever takes files from people, before `verify`: that looks at no picture, and says the same wherever it runs. What
a picture shows is worth as much as any other text: the signature in it decides.
"""

import re
from collections.abc import Iterator
from importlib.util import find_spec
from io import BytesIO
from typing import Any, Final

from .format import bakedpng, bakedsvg, jose, qrtext
from .format.display import visible
from .format.errors import FormatError
from .limits import MAX_PICTURE_CODES, MAX_PICTURE_PIXELS, MAX_PICTURE_SIDE
from .reading import unpacked

_JPEG: Final = b"\xff\xd8\xff"
_NO_BADGE: Final = frozenset({"carrier.none", "png.form"})
_DRAWN: Final = re.compile(rb'<path d="((?:M[0-9]{1,3} [0-9]{1,3}h[1-9][0-9]{0,2}v1H[0-9]{1,3}z){64,16384}+)"')
"""A code as `certify qr` draws it: a rectangle for each run of dark modules, in modules of its quiet zone's corner."""
_RUN: Final = re.compile(rb"M([0-9]+) ([0-9]+)h([0-9]+)")
_LARGEST: Final = 177 + 2 * 4
"""Modules of the largest code and its quiet zone, on a side (ISO/IEC 18004)."""
_PIXELS: Final = 4
"""Of a module that is drawn here."""
_WHITE: Final = 255
_NUMBER: Final = re.compile(r"(?:https?://\S{1,300}[?&]id=)?([A-Z]{2,12}-[0-9]{4}-[0-9A-Z]{8})(?:[&#]\S*)?", re.ASCII)
_LINK: Final = re.compile(r"https?://\S+", re.IGNORECASE)


def text_in(data: bytes) -> bytes:
    """What the one code in a PNG, JPEG or SVG picture says; everything else, also a badge, as it is.

    SVG pictures as `certify qr` draws them, and no others. Raises FormatError with a `picture.…` code where a picture
    may show a code, and it does not say one credential.
    """
    if not _may_show_a_code(data):
        return data
    if find_spec("zxingcpp") is None or find_spec("PIL") is None:
        raise FormatError("picture.reader", "Install certify-vc[qr] to have it read here.")
    found = list(dict.fromkeys(text for image in _images(data) for text in _codes(image)))
    if len(found) > 1:
        raise FormatError("picture.several", f"The picture shows {len(found)} codes.")
    return _credential(found[0]) if found else data


def _may_show_a_code(data: bytes) -> bool:
    if not (bakedpng.looks_like(data) or data.startswith(_JPEG) or (bakedsvg.looks_like(data) and _DRAWN.search(data))):
        return False
    try:
        unpacked(data)
    except FormatError as error:
        return error.code in _NO_BADGE
    return False


def _images(data: bytes) -> Iterator[Any]:
    if bakedsvg.looks_like(data):
        for count, path in enumerate(_DRAWN.finditer(data)):
            if count < MAX_PICTURE_CODES:
                yield _drawn(path[1])
        return
    image = _opened(data)
    if image is not None:
        yield image


def _drawn(path: bytes) -> Any:
    from PIL import Image, ImageDraw

    side = _LARGEST * _PIXELS
    image = Image.new("L", (side, side), _WHITE)
    draw = ImageDraw.Draw(image)
    for run in _RUN.finditer(path):
        x, y, width = (int(number) * _PIXELS for number in run.groups())
        draw.rectangle((x, y, x + width - 1, y + _PIXELS - 1), fill=0)
    return image


def _opened(data: bytes) -> Any:
    """In grey, on white, and no larger than a code needs; None for what cannot be decoded."""
    from PIL import Image

    try:
        with Image.open(BytesIO(data), formats=("PNG", "JPEG")) as image:
            _check_size(image)
            image.draft("L", (MAX_PICTURE_SIDE, MAX_PICTURE_SIDE))
            grey = _on_paper(image) if image.has_transparency_data else image.convert("L")
            grey.thumbnail((MAX_PICTURE_SIDE, MAX_PICTURE_SIDE))
            return grey
    except FormatError:
        raise
    except Exception:  # noqa: BLE001 - a picture may break a decoder in any way; then no code was seen in it
        return None


def _check_size(image: Any) -> None:
    """By what its header says, before anything is decoded."""
    if image.width * image.height > MAX_PICTURE_PIXELS:
        raise FormatError("picture.size", f"It has {image.width} times {image.height} pixels.")


def _on_paper(image: Any) -> Any:
    """What shines through is white. In grey before anything else, which takes a quarter of the memory."""
    from PIL import Image

    layered = image if image.mode in {"LA", "RGBA"} else image.convert("RGBA")
    return Image.composite(layered.convert("L"), Image.new("L", image.size, _WHITE), layered.getchannel("A"))


def _codes(image: Any) -> list[str]:
    import zxingcpp

    formats = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    found = zxingcpp.read_barcodes(image, formats=formats, text_mode=zxingcpp.TextMode.Plain)
    return [each.text for each in found]


def _credential(text: str) -> bytes:
    """The text of a code that holds a credential; raises FormatError that says what another one holds."""
    data = text.encode("utf-8", "replace")
    if qrtext.looks_like(data) or jose.looks_like(data) or data.lstrip().startswith(b"{"):
        return data
    number = _NUMBER.fullmatch(text.strip())
    if number:
        raise FormatError("picture.number", f"The number is {number[1]}.")
    kind = "link" if _LINK.fullmatch(text.strip()) else "text"
    raise FormatError("picture.other", f"The code holds the {kind} {visible(text, 200)}")
