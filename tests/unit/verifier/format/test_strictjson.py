"""The strict JSON reader: one code for each thing that readers of JSON disagree about."""

import time

import pytest

from verifier.format.errors import FormatError
from verifier.format.strictjson import load_object, loads
from verifier.limits import MAX_CREDENTIAL_BYTES, MAX_JSON_DEPTH, MAX_JSON_MEMBERS, MAX_SAFE_INTEGER

REFUSED: dict[str, tuple[bytes, str]] = {
    "too large": (b" " * (MAX_CREDENTIAL_BYTES + 1), "json.size"),
    "UTF-16": ('{"a":1}'.encode("utf-16"), "json.encoding"),
    "UTF-16 without mark": ('{"a":1}'.encode("utf-16-le"), "json.syntax"),
    "Latin-1": ('{"a":"é"}'.encode("latin-1"), "json.encoding"),
    "overlong UTF-8": (b'{"a":"\xc0\x80"}', "json.encoding"),
    "surrogate as UTF-8": (b'{"a":"\xed\xa0\x80"}', "json.encoding"),
    "byte order mark": (b'\xef\xbb\xbf{"a":1}', "json.syntax"),
    "nothing": (b"", "json.syntax"),
    "cut off": (b'{"a":', "json.syntax"),
    "more behind": (b"{} {}", "json.syntax"),
    "NUL behind": (b"{}\0", "json.syntax"),
    "trailing comma": (b'{"a":1,}', "json.syntax"),
    "comment": (b"/* */{}", "json.syntax"),
    "single quotes": (b"{'a':1}", "json.syntax"),
    "raw control": (b'{"a":"\n"}', "json.syntax"),
    "vertical tab as space": (b"{\x0b}", "json.syntax"),
    "no-break space": ("{\u00a0}".encode(), "json.syntax"),
    "full-width digits": ('{"a":１２}'.encode(), "json.syntax"),
    "leading zero": (b'{"a":01}', "json.syntax"),
    "plus sign": (b'{"a":+1}', "json.syntax"),
    "hex": (b'{"a":0x10}', "json.syntax"),
    "underscore": (b'{"a":1_0}', "json.syntax"),
    "array": (b"[]", "json.not-object"),
    "text": (b'"a"', "json.not-object"),
    "null": (b"null", "json.not-object"),
    "duplicate name": (b'{"a":1,"a":1}', "json.duplicate-name"),
    "duplicate name in escapes": (b'{"a":1,"\\u0061":2}', "json.duplicate-name"),
    "duplicate name inside": (b'{"b":[{"a":1,"a":2}]}', "json.duplicate-name"),
    "NaN": (b'{"a":NaN}', "json.number"),
    "Infinity": (b'{"a":Infinity}', "json.number"),
    "minus Infinity": (b'{"a":-Infinity}', "json.number"),
    "1e400": (b'{"a":1e400}', "json.number"),
    "-1e400": (b'{"a":-1e400}', "json.number"),
    "6,000 digits": (b'{"a":' + b"1" * 6000 + b"}", "json.number"),
    "6,000 decimals": (b'{"a":0.' + b"1" * 6000 + b"}", "json.number"),
    "2^53": (b'{"a":9007199254740992}', "json.number"),
    "-2^53": (b'{"a":-9007199254740992}', "json.number"),
    "100,000 brackets": (b"[" * 100_000, "json.depth"),
    "100,000 braces": (b'{"a":' * 100_000, "json.depth"),
    "one too deep": (b"[" * (MAX_JSON_DEPTH + 1) + b"]" * (MAX_JSON_DEPTH + 1), "json.depth"),
    "too many elements": (b"[" + b"0," * MAX_JSON_MEMBERS + b"0]", "json.members"),
    "surrogate in a value": (b'{"a":"x\\ud800"}', "json.surrogate"),
    "surrogate in a name": (b'{"a\\udfff":1}', "json.surrogate"),
    "surrogates in the wrong order": (b'{"a":"\\udc00\\ud800"}', "json.surrogate"),
}


@pytest.mark.parametrize(("data", "code"), REFUSED.values(), ids=REFUSED)
def test_refused(data: bytes, code: str) -> None:
    with pytest.raises(FormatError) as refused:
        load_object(data)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("data", "value"),
    [
        (b' \t\r\n{"a":[1,-2,0.5,true,false,null,"x"]}\n', {"a": [1, -2, 0.5, True, False, None, "x"]}),
        (b'{"a":9007199254740991}', {"a": MAX_SAFE_INTEGER}),
        (b'{"a":-9007199254740991}', {"a": -MAX_SAFE_INTEGER}),
        (b'{"a":"\\ud83d\\ude00"}', {"a": "\U0001f600"}),
        ('{"é":"李雷"}'.encode(), {"é": "李雷"}),
        (b'{"a":"\\u0000\\/"}', {"a": "\0/"}),
        (b'{"":{}}', {"": {}}),
        (b'{"a":{"b":1},"c":{"b":1}}', {"a": {"b": 1}, "c": {"b": 1}}),
    ],
)
def test_read(data: bytes, value: object) -> None:
    assert load_object(data) == value


def test_the_deepest_that_is_read() -> None:
    loads(b"[" * MAX_JSON_DEPTH + b"]" * MAX_JSON_DEPTH)


def test_the_limit_is_the_callers() -> None:
    with pytest.raises(FormatError, match=r"^json\.size"):
        loads(b"[1, 2, 3]", max_bytes=8)
    assert loads(b"[1, 2, 3]", max_bytes=9) == [1, 2, 3]


def test_a_duplicate_among_very_many_names_is_found_at_once() -> None:
    names = ",".join(f'"{number}":0' for number in range(90_000))
    start = time.process_time()
    with pytest.raises(FormatError, match=r"^json\.duplicate-name"):
        loads(f'{{{names},"89999":0}}'.encode())
    assert time.process_time() - start < 2
