"""The badge: the image of an achievement, from the catalogue, with the signed credential baked into it. Pure."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final

from verifier.format import bakedpng, bakedsvg

from ..catalog import Catalog


class Form(StrEnum):
    """PNG is what wallets import; SVG is sharp at any size."""

    PNG = "png"
    SVG = "svg"


MEDIA_TYPES: Final[Mapping[Form, str]] = {Form.PNG: "image/png", Form.SVG: "image/svg+xml"}
_BAKE: Final[Mapping[Form, Callable[[bytes, bytes], bytes]]] = {Form.PNG: bakedpng.bake, Form.SVG: bakedsvg.bake}


def bake(catalog: Catalog, blueprint: str, credential: bytes, form: Form) -> bytes:
    """The image of this blueprint with the credential in it, as it was stored (Open Badges 3.0 section 5.3)."""
    images = catalog.images if form is Form.PNG else catalog.drawings
    return _BAKE[form](images[blueprint], credential)
