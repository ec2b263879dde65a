"""Values as RDF literals: written as every processor writes them, or refused."""

import pytest

from verifier.format.errors import FormatError
from verifier.format.literals import from_json, from_scalar, from_value_object, without_direction
from verifier.format.nquads import RDF, XSD
from verifier.format.types import Json, JsonObject

I18N = "https://www.w3.org/ns/i18n#"


@pytest.mark.parametrize(
    ("value", "datatype", "written"),
    [
        ("a", "", '"a"'),
        ("a", "@none", '"a"'),
        ("a", "@id", '"a"'),
        ("a", XSD + "string", '"a"'),
        ("a", "urn:t", '"a"^^<urn:t>'),
        (True, "", f'"true"^^<{XSD}boolean>'),
        (False, "urn:t", '"false"^^<urn:t>'),
        (7, "", f'"7"^^<{XSD}integer>'),
        (7, XSD + "float", f'"7"^^<{XSD}float>'),
        (1.5, "", f'"1.5E0"^^<{XSD}double>'),
        (1.5, "urn:t", '"1.5E0"^^<urn:t>'),
        (0.1, "", f'"1.0E-1"^^<{XSD}double>'),
        (-2.5e-7, "", f'"-2.5E-7"^^<{XSD}double>'),
        (1e-6, "", f'"1.0E-6"^^<{XSD}double>'),
        (123456.789, "", f'"1.23456789E5"^^<{XSD}double>'),
        (100.25, "", f'"1.0025E2"^^<{XSD}double>'),
    ],
)
def test_scalars(value: Json, datatype: str, written: str) -> None:
    assert from_scalar(value, datatype, "$") == written


@pytest.mark.parametrize(
    ("value", "datatype"),
    [
        (1.0, ""),
        (-0.0, ""),
        (1e21, ""),
        (5e-7, ""),
        (1e-300, ""),
        (0.1 + 0.2, ""),
        (2.0**-24, ""),  # 5.9604644775390625E-8, half way between two texts of 16 digits
        (7, XSD + "double"),
        ("1", XSD + "double"),
    ],
)
def test_numbers_that_processors_write_differently(value: Json, datatype: str) -> None:
    with pytest.raises(FormatError, match=r"^terms\.unsupported"):
        from_scalar(value, datatype, "$")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ({"@value": "a"}, '"a"'),
        ({"@value": "a", "@language": "de-AT"}, '"a"@de-at'),
        ({"@value": "a", "@direction": "rtl"}, f'"a"^^<{I18N}_rtl>'),
        ({"@value": "a", "@language": "AR-eg", "@direction": "ltr"}, f'"a"^^<{I18N}ar-eg_ltr>'),
    ],
)
def test_value_objects(value: JsonObject, written: str) -> None:
    for datatype in ("", "@none", XSD + "string"):
        assert from_value_object(value, datatype, "$") == written


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"@value": 5},
        {"@value": None},
        {"@value": ["a"]},
        {"@value": "a", "@type": "xsd:date"},
        {"@value": "a", "@index": "i"},
        {"@value": "a", "rank": 1},
        {"@value": "a", "@language": ""},
        {"@value": "a", "@language": None},
        {"@value": "a", "@language": "e n"},
        {"@value": "a", "@language": "１"},
        {"@value": "a", "@language": "-"},
        {"@value": "a", "@direction": "up"},
        {"@value": "a", "@direction": None},
        {"@value": "a", "@direction": ["rtl"]},
        {"@value": "a", "@language": ["en"]},
        {"@value": "a", "@direction": ""},
    ],
)
def test_value_objects_that_are_refused(value: JsonObject) -> None:
    with pytest.raises(FormatError, match=r"^terms\.unsupported"):
        from_value_object(value, "", "$")


@pytest.mark.parametrize("datatype", ["@id", "@vocab", "urn:t"])
def test_a_typed_term_takes_no_value_object(datatype: str) -> None:
    with pytest.raises(FormatError, match=r"^terms\.unsupported"):
        from_value_object({"@value": "a"}, datatype, "$")


def test_json_literals_are_canonical() -> None:
    assert from_json({"b": [1.50, None], "a": "x"}) == f'"{{\\"a\\":\\"x\\",\\"b\\":[1.5,null]}}"^^<{RDF}JSON>'


@pytest.mark.parametrize(
    ("term", "plain"),
    [
        (f'"a"^^<{I18N}_rtl>', '"a"'),
        (f'"a"^^<{I18N}ar-eg_ltr>', '"a"@ar-eg'),
        ('"a"', '"a"'),
        ('"a"@ar', '"a"@ar'),
        (f"<{I18N}_rtl>", f"<{I18N}_rtl>"),
    ],
)
def test_a_text_without_its_direction(term: str, plain: str) -> None:
    assert without_direction(term) == plain
