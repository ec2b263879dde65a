"""Read JSON strictly: one meaning for every reader, bounded work, no surprises later (RFC 8259, RFC 7493)."""

import codecs
import json
import math
import re
from collections import Counter
from typing import Any, Final, Never, cast

from ..limits import MAX_CREDENTIAL_BYTES, MAX_JSON_DEPTH, MAX_JSON_MEMBERS, MAX_NUMBER_CHARACTERS, MAX_SAFE_INTEGER
from .errors import FormatError
from .types import Json, JsonObject

_UTF8_MARK: Final = codecs.BOM_UTF8
_UTF16_MARKS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_DIGITS: Final = frozenset("0123456789")
_INDEX: Final = re.compile("0|[1-9][0-9]{0,9}")
_LAST_INDEX: Final = 2**32 - 2


def without_mark(data: bytes) -> bytes:
    """A file without the byte order mark that some programs write first: a reader may pass it over (RFC 8259, 8.1).

    For files alone. JSON within something else is read as it stands.
    """
    return data.removeprefix(_UTF8_MARK)


def loads(data: bytes, *, max_bytes: int = MAX_CREDENTIAL_BYTES, max_members: int = MAX_JSON_MEMBERS) -> Json:
    """Parse UTF-8 JSON text of at most `max_bytes` bytes and `max_members` members and elements.

    Refuses what readers disagree about: duplicate names, NaN and infinities, a byte order mark, lone surrogates,
    numbers beyond a double, deep nesting. Raises FormatError with a code that starts with `json.`.
    """
    if len(data) > max_bytes:
        raise FormatError("json.size", f"The text has {len(data)} bytes; at most {max_bytes} are read.")
    try:
        value = cast("Json", _decode(data.decode("utf-8")))
    except UnicodeDecodeError as error:
        wider = " It looks like UTF-16." if data.startswith(_UTF16_MARKS) else ""
        raise FormatError("json.encoding", f"Byte {error.start} is not UTF-8.{wider}") from None
    except json.JSONDecodeError as error:
        raise FormatError("json.syntax", f"Line {error.lineno}, column {error.colno}: {error.msg}.") from None
    except RecursionError:
        raise _too_deep() from None
    _check_bounds(value, max_members)
    return value


def load_object(
    data: bytes, *, max_bytes: int = MAX_CREDENTIAL_BYTES, max_members: int = MAX_JSON_MEMBERS
) -> JsonObject:
    """Parse as `loads` and require a JSON object (code `json.not-object`)."""
    value = loads(data, max_bytes=max_bytes, max_members=max_members)
    if not isinstance(value, dict):
        raise FormatError("json.not-object", "The text is JSON, but not an object in curly brackets.")
    return value


def _decode(text: str) -> Any:
    return json.loads(
        text,
        object_pairs_hook=_unique_names,
        parse_int=_integer,
        parse_float=_finite,
        parse_constant=_no_constant,
    )


def _unique_names(pairs: list[tuple[str, Json]]) -> JsonObject:
    result = dict(pairs)
    if len(result) != len(pairs):
        twice = next(name for name, count in Counter(name for name, _ in pairs).items() if count > 1)
        raise FormatError("json.duplicate-name", f"The name {json.dumps(twice[:80])} stands twice in one object.")
    return _indices_first(result) if any(name[:1] in _DIGITS for name in result) else result


def _indices_first(members: JsonObject) -> JsonObject:
    """The members in the order of JavaScript, which puts names of array indices first: the same fault is found first
    wherever a document is checked.
    """
    indices = sorted((name for name in members if _INDEX.fullmatch(name) and int(name) <= _LAST_INDEX), key=int)
    return {name: members[name] for name in (*indices, *members)}


def _integer(text: str) -> int:
    _bounded(text)
    value = int(text)
    if abs(value) > MAX_SAFE_INTEGER:
        raise FormatError("json.number", f"The number {text} is beyond 2^53 - 1, where readers disagree.")
    return value


def _finite(text: str) -> float:
    _bounded(text)
    value = float(text)
    if not math.isfinite(value):
        raise FormatError("json.number", f"The number {text} is too large.")
    return value


def _bounded(text: str) -> None:
    if len(text) > MAX_NUMBER_CHARACTERS:
        raise FormatError("json.number", f"A number has more than {MAX_NUMBER_CHARACTERS} characters.")


def _no_constant(text: str) -> Never:
    raise FormatError("json.number", f"{text} is not a number in JSON.")


def _too_deep() -> FormatError:
    return FormatError("json.depth", f"Arrays and objects are nested more than {MAX_JSON_DEPTH} deep.")


def _check_bounds(value: Json, max_members: int) -> None:
    """Walk without recursion: depth, number of members, and text that UTF-8 can carry."""
    level: list[Json] = [value]
    depth = members = 0
    while level:
        deeper: list[Json] = []
        for item in level:
            if isinstance(item, str):
                _encodable(item)
            elif isinstance(item, list):
                deeper.extend(item)
            elif isinstance(item, dict):
                for name in item:
                    _encodable(name)
                deeper.extend(item.values())
        containers = any(isinstance(item, (list, dict)) for item in level)
        depth += containers
        members += len(deeper)
        if depth > MAX_JSON_DEPTH:
            raise _too_deep()
        if members > max_members:
            raise FormatError("json.members", f"The text holds more than {max_members} values.")
        level = deeper


def _encodable(text: str) -> None:
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            raise FormatError("json.surrogate", "A text holds half of a surrogate pair.") from None
