"""The badge: the image of an achievement, from the catalogue, and the signed credential baked into it. Pure."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final

from verifier.format import bakedpng, bakedsvg

from ..catalog import Blueprint, Catalog
from . import demo as mark
from . import readback


class Form(StrEnum):
    """PNG is what wallets import; SVG is sharp at any size."""

    PNG = "png"
    SVG = "svg"


MEDIA_TYPES: Final[Mapping[Form, str]] = {Form.PNG: "image/png", Form.SVG: "image/svg+xml"}
_MARK: Final[Mapping[Form, Callable[[bytes], bytes]]] = {Form.PNG: mark.png, Form.SVG: mark.svg}
_BAKE: Final[Mapping[Form, Callable[[bytes, bytes], bytes]]] = {Form.PNG: bakedpng.bake, Form.SVG: bakedsvg.bake}


def image(catalog: Catalog, blueprint: Blueprint, form: Form, *, demo: bool) -> bytes:
    """The image of what this blueprint certifies; that of a demo issuer says so, like everything it makes."""
    content = (catalog.images if form is Form.PNG else catalog.drawings)[blueprint.id]
    return _MARK[form](content) if demo and not blueprint.demonstration else content


def bake(content: bytes, credential: bytes, form: Form) -> bytes:
    """Such an image with the credential in it, as it was stored (Open Badges 3.0 section 5.3).

    Raises IssuerError `deliver.unreadable`.
    """
    return readback.carries(_BAKE[form](content, credential), credential)
