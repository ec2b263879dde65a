"""A QR code as PNG or SVG: true to size in millimetres, with its quiet zone and a caption below. Pure.

The size is that of the code itself, without the quiet zone of 4 modules on each side (ISO/IEC 18004 section 9.1).
"""

from html import escape
from io import BytesIO
from typing import Final, NamedTuple

from PIL import Image, ImageDraw, ImageFont

from ..errors import IssuerError
from . import readback
from .qr import Code

DEFAULT_MM: Final = 46.0
MIN_MODULE_MM: Final = 0.6
"""Smaller modules are lost by cameras at arm's length, and by office printers."""
MAX_MM: Final = 300.0
"""A poster; a raster of it still fits into memory."""
_QUIET: Final = 4
_DOTS_PER_MM: Final = 300 / 25.4
"""At least what an office printer resolves."""
_CAPTION_MM: Final = 3.0
_LETTER: Final = 0.62
"""Width of a letter in parts of its height, taken generously."""
_WHITE: Final = 255


class _Plan(NamedTuple):
    """Measures in modules: a side with its quiet zone, the height of a line of the caption, and of everything."""

    side: float
    line: float
    height: float


def png(code: Code, size_mm: float = DEFAULT_MM) -> bytes:
    """A grey PNG that says its resolution; raises IssuerError `qr.print-size` or `deliver.unreadable`."""
    module_mm = _module_mm(code, size_mm)
    pitch = -int(-module_mm * _DOTS_PER_MM // 1)
    plan, count = _plan(code, module_mm), len(code.modules)
    symbol = Image.new("L", (count, count))
    symbol.putdata([0 if module else _WHITE for row in code.modules for module in row])
    image = Image.new("L", (round(plan.side * pitch), round(plan.height * pitch)), _WHITE)
    image.paste(symbol.resize((count * pitch, count * pitch), Image.Resampling.NEAREST), (_QUIET * pitch,) * 2)
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(plan.line * pitch)
    for place, text in enumerate(code.caption):
        draw.text((plan.side * pitch / 2, _baseline(plan, place) * pitch), text, fill=0, font=font, anchor="ms")
    file = BytesIO()
    dots_per_inch = pitch / module_mm * 25.4
    image.save(file, "PNG", optimize=True, dpi=(dots_per_inch, dots_per_inch))
    return readback.shows(file.getvalue(), code)


def symbol(code: Code) -> bytes:
    """An SVG of the code with its quiet zone and nothing else, to be set into a page at its size.

    Raises IssuerError `deliver.unreadable`.
    """
    side = len(code.modules) + 2 * _QUIET
    box = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">'
    return readback.shows(f'{box}<path d="{_runs(code)}" fill="#000"/></svg>'.encode(), code)


def side_mm(code: Code, size_mm: float = DEFAULT_MM) -> float:
    """The side of that SVG; raises IssuerError `qr.print-size`."""
    return _module_mm(code, size_mm) * (len(code.modules) + 2 * _QUIET)


def svg(code: Code, size_mm: float = DEFAULT_MM) -> bytes:
    """An SVG in millimetres; raises IssuerError `qr.print-size` or `deliver.unreadable`."""
    module_mm = _module_mm(code, size_mm)
    plan = _plan(code, module_mm)
    first, second = map(escape, code.caption)
    lines = "".join(
        f'<text x="{plan.side / 2:g}" y="{_baseline(plan, place):.2f}">{text}</text>'
        for place, text in enumerate((first, second))
    )
    drawn = (
        '<svg xmlns="http://www.w3.org/2000/svg" role="img" '
        f'width="{plan.side * module_mm:.2f}mm" height="{plan.height * module_mm:.2f}mm" '
        f'viewBox="0 0 {plan.side:g} {plan.height:.2f}">'
        f"<title>{second}, {first}</title>"
        '<rect width="100%" height="100%" fill="#fff"/>'
        f'<path d="{_runs(code)}" fill="#000" shape-rendering="crispEdges"/>'
        f'<g font-family="sans-serif" font-size="{plan.line:.2f}" text-anchor="middle" fill="#000">{lines}</g>'
        "</svg>\n"
    )
    return readback.shows(drawn.encode(), code)


def _module_mm(code: Code, size_mm: float) -> float:
    least = MIN_MODULE_MM * len(code.modules)
    if not least <= size_mm <= MAX_MM:
        raise IssuerError(
            "qr.print-size", f"This code needs {least:.0f} to {MAX_MM:.0f} mm a side, or cameras lose its modules."
        )
    return size_mm / len(code.modules)


def _plan(code: Code, module_mm: float) -> _Plan:
    side = len(code.modules) + 2 * _QUIET
    widest = max(len(text) for text in code.caption) * _LETTER
    line = min(_CAPTION_MM / module_mm, side / widest)
    return _Plan(side, line, side + line * 1.3 * len(code.caption) + line * 0.5)


def _baseline(plan: _Plan, place: int) -> float:
    """Where a line of the caption stands; the first one keeps clear of the quiet zone."""
    return plan.side + plan.line * (1 + 1.3 * place)


def _runs(code: Code) -> str:
    """A rectangle for each run of dark modules in a row."""
    parts = []
    for y, row in enumerate(code.modules, _QUIET):
        start = None
        for x, dark in enumerate([*row, False], _QUIET):
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                parts.append(f"M{start} {y}h{x - start}v1H{start}z")
                start = None
    return "".join(parts)
