"""Badges: the image of what was certified, which says DEMO where the issuer is one, and the credential inside."""

from io import BytesIO

import pytest
from PIL import Image, ImageChops

from issuer.catalog import Catalog, load_catalog
from issuer.deliver.badge import Form, bake, image
from verifier.format import bakedpng, bakedsvg

CREDENTIAL = b'{"a": "<\\u00e4>"}'


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize("name", ["aima-2026.1", "caig-2026.1"])
def test_a_demo_issuer_says_so_on_the_image(catalog: Catalog, name: str, form: Form) -> None:
    blueprint = catalog.blueprints[name]
    plain, marked = (image(catalog, blueprint, form, demo=demo) for demo in (False, True))
    assert plain == (catalog.images if form is Form.PNG else catalog.drawings)[name]
    assert marked != plain
    assert len(marked) < 40_000
    contents = bakedpng.contents if form is Form.PNG else bakedsvg.contents
    assert contents(bake(marked, CREDENTIAL, form)) == [CREDENTIAL]


def test_the_mark_is_a_bar_below_the_words(catalog: Catalog) -> None:
    blueprint = catalog.blueprints["caig-2026.1"]
    pictures = [Image.open(BytesIO(image(catalog, blueprint, Form.PNG, demo=demo))) for demo in (False, True)]
    assert pictures[0].size == pictures[1].size
    left, top, right, bottom = ImageChops.difference(*(each.convert("RGB") for each in pictures)).getbbox() or (0,) * 4
    assert (right - left, bottom - top) > (200, 50)
    assert top > 414  # where the words end


def test_what_is_a_demonstration_by_itself_is_marked_once(catalog: Catalog) -> None:
    blueprint = catalog.blueprints["aima-demo-2026.1"]
    assert image(catalog, blueprint, Form.PNG, demo=True) == catalog.images[blueprint.id]
