"""Values of a JSON-LD document as RDF literals (JSON-LD 1.1 API sections 5.3 and 8.2, RFC 8785 for JSON literals)."""

import json
import math
import re
from collections.abc import Container
from contextlib import suppress
from typing import Final, cast

from .errors import FormatError
from .jcs import canonicalize as jcs
from .nquads import RDF, XSD, Literal, literal
from .types import Json, JsonObject

_VALUE_MEMBERS: Final = {"@value", "@language", "@direction"}
_LANGUAGE: Final = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*", re.ASCII)
_DIRECTIONS: Final = ("ltr", "rtl")
_I18N: Final = "https://www.w3.org/ns/i18n#"
_DOUBLE: Final = XSD + "double"
_NUMBER: Final = re.compile(r"-?[0-9]{1,16}(?:\.[0-9]{1,15}E-?[0-9]{1,3})?", re.ASCII)
# Contexts of Open Badges write the addresses of XML Schema with http and with https.
_BOOLEANS: Final = frozenset({XSD + "boolean", XSD.replace("http:", "https:") + "boolean"})
_NUMBERS: Final = frozenset(
    base + name
    for base in (XSD, XSD.replace("http:", "https:"))
    for name in ("integer", "decimal", "float", "double", "nonNegativeInteger", "positiveInteger", "int", "long")
)
_TIE: Final = re.compile(r"-?[0-9]\.[0-9]{15}50*E.*")


def from_scalar(value: Json, datatype: str, path: str) -> str:
    """A text, truth or number under a term's type; a keyword as type counts as none."""
    datatype = "" if datatype.startswith("@") else datatype
    if isinstance(value, bool):
        return literal("true" if value else "false", datatype or XSD + "boolean")
    if isinstance(value, int) and datatype != _DOUBLE:
        return literal(jcs(value).decode(), datatype or XSD + "integer")
    if isinstance(value, float):
        return literal(_double(value, path), datatype or _DOUBLE)
    if isinstance(value, str) and datatype != _DOUBLE:
        return literal(value, datatype)
    raise FormatError("terms.unsupported", f"{path} is a number that processors write differently.")


def _double(value: float, path: str) -> str:
    """The canonical form of a number with a fraction, where every processor writes the same.

    They disagree on whole numbers written with a point, on small ones with a single digit, and on those that lie half
    way between two texts of 16 digits; and all of them round to these, so that two numbers could have one signature.
    """
    written = f"{value:.15E}"
    one_digit = "." not in repr(value) and abs(value) < 1e-6
    if not math.isfinite(value) or value.is_integer() or float(written) != value or one_digit or _is_tie(value):
        raise FormatError("terms.unsupported", f"{path} is a number that processors write differently.")
    mantissa, exponent = written.split("E")
    digits = mantissa.rstrip("0")
    return f"{digits}{'0' if digits.endswith('.') else ''}E{int(exponent)}"


def _is_tie(value: float) -> bool:
    """Half way: some round it up, some to the even digit. No other number is as near to that in 60 digits."""
    return _TIE.fullmatch(f"{value:.60E}") is not None


def from_value_object(value: JsonObject, datatype: str, path: str) -> str:
    """A text with a language and a direction (JSON-LD 1.1 section 4.2.4), as `i18n-datatype` has it."""
    text, language, direction = value.get("@value"), value.get("@language", ""), value.get("@direction", "")
    plain = datatype in ("", "@none", XSD + "string") and value.keys() <= _VALUE_MEMBERS
    if not plain or not isinstance(text, str) or not isinstance(language, str):
        raise FormatError("terms.unsupported", f"{path} is a value object of a kind that is not supported here.")
    if "@language" in value and not _LANGUAGE.fullmatch(language):
        raise FormatError("terms.unsupported", f"{path} names a language that is none.")
    language = language.lower()  # as the processors that wallets use do
    if "@direction" not in value:
        return literal(text, "", language)
    if not isinstance(direction, str) or direction not in _DIRECTIONS:
        raise FormatError("terms.unsupported", f"{path} names a direction that is none.")
    return literal(text, f"{_I18N}{language}_{direction}")


def without_direction(term: str) -> str:
    """The literal with the same text and language, and no direction; other terms stay what they are."""
    quoted, marker, tag = term.rpartition(f"^^<{_I18N}")
    language = tag.rpartition("_")[0]
    return term if not marker else f"{quoted}@{language}" if language else quoted


def from_json(value: Json) -> str:
    """A JSON literal: the canonical text of any JSON value."""
    return literal(jcs(value).decode(), RDF + "JSON")


def to_json(value: Literal, plain: Container[str]) -> Json:
    """The one JSON value that stands for a literal: a truth or number where it can be one, else a text.

    `plain`: the datatypes that a text under the member at hand has by itself; with any other it is a value object.
    """
    text, datatype, language = value
    if language:
        return {"@value": text, "@language": language}
    if datatype.startswith(_I18N):
        language, _, direction = datatype.removeprefix(_I18N).rpartition("_")
        return {"@value": text, **({"@language": language} if language else {}), "@direction": direction}
    if datatype == RDF + "JSON":
        return cast("Json", json.loads(text))
    if datatype in _BOOLEANS and text in ("true", "false"):
        return text == "true"
    number = _number(text, datatype) if datatype in _NUMBERS else None
    if number is not None:
        return number
    return text if not datatype or datatype in plain else {"@type": datatype, "@value": text}


def _number(text: str, datatype: str) -> int | float | None:
    """The number that is written exactly so under this datatype; None where there is none."""
    if not _NUMBER.fullmatch(text):
        return None
    number = float(text) if "." in text else int(text)
    with suppress(FormatError):
        if from_scalar(number, datatype, "") == literal(text, datatype):
            return number
    return None
