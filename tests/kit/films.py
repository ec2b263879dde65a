"""Films for the camera of a browser: codes on a table, scene after scene, each with its number at its edges."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import qrcode
from PIL import Image
from qrcode.util import MODE_8BIT_BYTE, MODE_NUMBER, QRData

SIZE = (640, 480)
CELL = 16
CELLS = 8
"""The number stands in so many squares of so many pixels, dark for 1, with the lowest bit first: on top, and again at
the bottom, since a camera may put together two pictures."""
_TABLE, _DARK, _LIGHT = 150, 20, 240
_GAP = 20


def drawn(text: str, side: int = 440) -> Image.Image:
    """A code as it lies on a table before the camera."""
    head, mark, digits = text.partition("#")
    made: Any = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=4)
    made.add_data(QRData((head + mark).encode(), mode=MODE_8BIT_BYTE))
    if digits:
        made.add_data(QRData(digits.encode(), mode=MODE_NUMBER))
    image: Image.Image = made.make_image().get_image()
    return image.convert("L").resize((side, side), Image.Resampling.BOX)


def scene(*codes: Image.Image, size: tuple[int, int] = SIZE) -> Image.Image:
    """One picture of some codes beside each other, on a grey table."""
    picture = Image.new("L", size, _TABLE)
    for place, code in enumerate(codes):
        picture.paste(code, (_GAP + place * (code.width + _GAP), (size[1] - code.height) // 2))
    return picture


def numbered(picture: Image.Image, number: int) -> Image.Image:
    """The same with this number at its edges."""
    marked = picture.copy()
    for bit in range(CELLS):
        for top in (0, picture.height - CELL):
            shade = _DARK if number >> bit & 1 else _LIGHT
            marked.paste(shade, (bit * CELL, top, (bit + 1) * CELL, top + CELL))
    return marked


def film(path: Path, scenes: Sequence[Image.Image], rate: int = 4, frames: int = 8) -> Path:
    """What the camera sees: `rate` pictures a second, each scene for so many of them (YUV4MPEG2)."""
    width, height = scenes[0].size
    grey = bytes([128]) * (width * height // 2)
    with path.open("wb") as file:
        file.write(f"YUV4MPEG2 W{width} H{height} F{rate}:1 Ip A1:1 C420jpeg\n".encode())
        for each in scenes:
            file.write((b"FRAME\n" + each.tobytes() + grey) * frames)
    return path


def every_swap(kinds: Sequence[str]) -> list[str]:
    """A round in which each kind follows each other one once, and ends where it began (Hierholzer)."""
    following = {kind: [other for other in kinds if other != kind] for kind in kinds}
    path, found = [kinds[0]], []
    while path:
        if following[path[-1]]:
            path.append(following[path[-1]].pop())
        else:
            found.append(path.pop())
    return found[::-1]
