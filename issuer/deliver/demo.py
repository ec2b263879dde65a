"""The word DEMO on the badges of a demonstration issuer: an image travels without the credential that says so. Pure."""

import re
from functools import cache
from io import BytesIO
from typing import Final

from PIL import Image, ImageDraw, ImageFont

_BOX: Final = (136, 424, 376, 490)
"""Left, top, right and bottom in the 512 units of a badge: below its words."""
_ROUND: Final = 10
_EDGE: Final = 6
_COLOUR: Final = "#8a3b12"
_WORD: Final = (
    "M0 0H26Q58 0 58 30T26 60H0ZM15 12V48H24Q42 48 42 30T24 12Z"
    "M74 0H116V12H89V23H114V35H89V48H117V60H74Z"
    "M134 0H154L168 32L182 0H202V60H187V16L173 48H163L149 16V60H134Z"
    "M248 -1Q280 -1 280 30T248 61T216 30T248 -1ZM248 11Q232 11 232 30T248 49T264 30T248 11Z"
)
"""The word as outlines of 280 by 60 units: a drawing needs no font."""
_SCALE: Final = 0.6
_END: Final = re.compile(rb"</svg>\s*\Z")


@cache
def svg(drawing: bytes) -> bytes:
    """The drawing with the word on it."""
    left, top, right, bottom = _BOX
    x, y = (left + right) / 2 - 140 * _SCALE, (top + bottom) / 2 - 30 * _SCALE
    mark = (
        f'  <rect x="{left}" y="{top}" width="{right - left}" height="{bottom - top}" rx="{_ROUND}" fill="{_COLOUR}" '
        f'stroke="#ffffff" stroke-width="{_EDGE}"/>\n'
        f'  <path transform="translate({x:g} {y:g}) scale({_SCALE})" fill="#ffffff" fill-rule="evenodd" d="{_WORD}"/>\n'
    )
    return _END.sub(mark.encode() + rb"\g<0>", drawing)


@cache
def png(image: bytes) -> bytes:
    """The image with the word on it, of the same size."""
    picture = Image.open(BytesIO(image)).convert("RGBA")
    unit = picture.width / 512
    box = tuple(side * unit for side in _BOX)
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle(box, _ROUND * unit, fill=_COLOUR, outline="#ffffff", width=round(_EDGE * unit))
    centre = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
    draw.text(centre, "DEMO", fill="#ffffff", font=ImageFont.load_default(52 * unit), anchor="mm", stroke_width=1)
    file = BytesIO()
    picture.save(file, "PNG", optimize=True)
    return file.getvalue()
