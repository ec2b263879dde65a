"""A camera and a reader of QR codes, for tests: another implementation sees a picture, as a phone does."""

import random
from io import BytesIO

import zxingcpp
from PIL import Image, ImageFilter

QUIET = 4
_GREY = 118
_NOISE = 0.18
_TURN = 2.0


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data)).convert("L")


def dots_per_inch(data: bytes) -> float:
    """As the file says."""
    return float(Image.open(BytesIO(data)).info["dpi"][0])


def read(image: Image.Image) -> str | None:
    """The text of the one code in the picture."""
    found = zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    return found[0].text if len(found) == 1 else None


def photographed(data: bytes, modules: int, pixels: float, seed: int) -> Image.Image:
    """What a camera makes of a print at so many of its pixels a module: turned a little, out of focus, grey, noisy."""
    print_ = opened(data)
    scale = pixels * (modules + 2 * QUIET) / print_.width
    size = (round(print_.width * scale), round(print_.height * scale))
    seen = print_.resize(size, Image.Resampling.BOX if scale < 1 else Image.Resampling.BICUBIC)
    seen = seen.rotate(_TURN, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    seen = seen.filter(ImageFilter.GaussianBlur(pixels * 0.25))
    noise = Image.frombytes("L", seen.size, random.Random(seed).randbytes(seen.width * seen.height))
    return Image.blend(Image.blend(seen, Image.new("L", seen.size, _GREY), 0.2), noise, _NOISE)
