"""JSON Canonicalization Scheme (RFC 8785)."""

import json
import math
from decimal import Decimal
from json.encoder import encode_basestring

from ..limits import MAX_SAFE_INTEGER
from .errors import FormatError
from .types import Json


def canonicalize(value: Json) -> bytes:
    """The canonical UTF-8 bytes of a JSON value.

    Raises FormatError (`jcs.number`, `jcs.text`) for integers that not every reader holds exactly, non-finite
    numbers, and text that UTF-8 cannot carry. Nesting must be bounded by the caller, as `strictjson` does.
    """
    parts: list[str] = []
    _write(value, parts)
    try:
        return "".join(parts).encode()
    except UnicodeEncodeError:
        raise FormatError("jcs.text", "A text holds half of a surrogate pair.") from None


def _write(value: Json, parts: list[str]) -> None:
    """Add the text of a value to `parts`, each once, however deep it stands."""
    if isinstance(value, list):
        for number, each in enumerate(value):
            parts.append("," if number else "[")
            _write(each, parts)
        parts.append("]" if value else "[]")
    elif isinstance(value, dict):
        # Names are ordered by UTF-16 code units (section 3.2.3), which differs from code points above U+FFFF.
        for number, name in enumerate(sorted(value, key=lambda name: name.encode("utf-16-be", "surrogatepass"))):
            parts.append(("," if number else "{") + encode_basestring(name) + ":")
            _write(value[name], parts)
        parts.append("}" if value else "{}")
    else:
        parts.append(_scalar(value))


def _scalar(value: str | float | bool | None) -> str:
    if isinstance(value, str):
        return encode_basestring(value)  # as json.dumps(value, ensure_ascii=False), which makes an encoder each time
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    return _integer(value) if isinstance(value, int) else _double(value)


def _integer(value: int) -> str:
    if abs(value) > MAX_SAFE_INTEGER:
        raise FormatError("jcs.number", "An integer is beyond 2^53 - 1, where readers of JSON disagree.")
    return str(value)


def _double(value: float) -> str:
    """ECMAScript's Number::toString (ECMA-262 section 6.1.6.1.20), from Python's equally shortest digits."""
    if not math.isfinite(value):
        raise FormatError("jcs.number", "A number is not finite.")
    if value == 0:
        return "0"
    sign = "-" if value < 0 else ""
    _, digit_tuple, exponent = Decimal(repr(abs(value))).as_tuple()
    digits = "".join(map(str, digit_tuple))
    point = len(digits) + int(exponent)  # the value is 0.digits times ten to the power of point
    return sign + _place_point(digits.rstrip("0"), point)


def _place_point(digits: str, point: int) -> str:
    count = len(digits)
    if count <= point <= 21:
        return digits + "0" * (point - count)
    if 0 < point <= 21:
        return f"{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return "0." + "0" * -point + digits
    mantissa = digits if count == 1 else f"{digits[0]}.{digits[1:]}"
    return f"{mantissa}e{point - 1:+d}"
