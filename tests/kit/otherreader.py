"""A second reader of QR texts, written from docs/qr-format.md alone: it shares no line with the verifier.

Each step names its rule. Decoded bytes, a code, or "" for what is no such text.
"""

import json
import math
import re
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

BUILT_IN = {"001": (Path(__file__).parents[2] / "verifier" / "data" / "qr" / "001.bin").read_bytes()}
SIZES = {17: 7, 15: 6, 13: 5, 10: 4, 8: 3, 5: 2, 3: 1}


class RefusedError(Exception):
    """Its text is the code."""


def need(kept: object, code: str) -> None:
    if not kept:
        raise RefusedError(code)


def read(data: bytes, trust: Mapping[str, bytes]) -> bytes | str:
    text = data.strip(b"\t\n\v\f\r ")  # R1
    if not re.match(rb"https://[^/\t\n\v\f\r ]{1,300}/v#", text):  # R2
        return ""
    try:
        need(len(text) <= 8192, "qr.size")  # R3
        host = r"([a-z0-9][a-z0-9.-]{0,252}(?::[1-9][0-9]{0,4})?)"  # R5
        parts = re.fullmatch(rf"https://{host}/v#([0-9])([0-9]{{3}})([0-9]*)", text.decode("latin-1"))  # R4
        need(parts, "qr.form")
        assert parts
        need(parts[2] == "1", "qr.codec")  # R6
        return under(octets(parts[4]), parts[1], parts[3], trust)
    except RefusedError as refused:
        return str(refused)


def octets(digits: str) -> bytes:
    packed = b""
    for group in re.findall("[0-9]{1,17}", digits):  # R7
        size = SIZES.get(len(group), 0)
        need(size and int(group) < 256**size, "qr.digits")
        packed += int(group).to_bytes(size, "big")
    return packed


def under(packed: bytes, host: str, number: str, trust: Mapping[str, bytes]) -> bytes:
    exact = BUILT_IN.get(number) if number < "100" else trust.get(f"https://{host}/qr/{number}.bin")  # R8, R9
    if exact:
        return content(packed, exact)
    others = [each for name, each in trust.items() if name.endswith(f"/qr/{number}.bin")] if number >= "100" else []
    for dictionary in others[:16]:  # R10
        try:
            return content(packed, dictionary)
        except RefusedError:
            continue
    raise RefusedError("qr.dictionary")


def content(packed: bytes, dictionary: bytes) -> bytes:
    stream = zlib.decompressobj(-15, zdict=dictionary)
    try:
        found = stream.decompress(packed, 65537)
    except zlib.error:
        raise RefusedError("qr.deflate") from None  # R11
    need(len(found) <= 65536, "qr.size")  # R12
    need(stream.eof and not stream.unused_data, "qr.deflate")  # R11, R13
    try:
        document = json.loads(found.decode(), object_pairs_hook=once, parse_int=safe)  # R14
        canonical = written(document).encode()
    except (ValueError, RecursionError):
        raise RefusedError("qr.content") from None
    need(isinstance(document, dict) and deep(document) <= 64 and count(document) <= 25_000, "qr.content")
    proof = document.get("proof")
    (proof,) = proof if isinstance(proof, list) and len(proof) == 1 else (proof,)  # R15
    need(isinstance(proof, dict) and proof.get("type") == "DataIntegrityProof", "qr.content")
    need(proof.get("cryptosuite") == "eddsa-jcs-2022" and canonical == found, "qr.content")  # R16
    return found


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    need(len({name for name, _ in pairs}) == len(pairs), "qr.content")
    return dict(pairs)


def safe(text: str) -> int:
    need(len(text) < 18 and abs(int(text)) < 2**53, "qr.content")
    return int(text)


def inner(value: Any) -> list[Any]:
    return list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []


def deep(value: Any) -> int:
    return isinstance(value, (dict, list)) + max(map(deep, inner(value)), default=0)


def count(value: Any) -> int:
    return len(inner(value)) + sum(map(count, inner(value)))


def written(value: Any) -> str:
    """RFC 8785."""
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return "{" + ",".join(f"{written(name)}:{written(value[name])}" for name in names) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(written, value)) + "]"
    return number(value) if isinstance(value, float) else json.dumps(value, ensure_ascii=False)


def number(value: float) -> str:
    """ECMA-262, Number::toString."""
    need(math.isfinite(value), "qr.content")
    shortest = next(text for size in range(17) if float(text := f"{value:.{size}e}") == value)
    mantissa, _, exponent = shortest.removeprefix("-").partition("e")
    digits, place = mantissa.replace(".", "").rstrip("0") or "0", int(exponent) + 1
    sign = "-" if value < 0 else ""
    if value == 0:
        return "0"
    if len(digits) <= place <= 21:
        return sign + digits + "0" * (place - len(digits))
    if 0 < place <= 21:
        return f"{sign}{digits[:place]}.{digits[place:]}"
    if -6 < place <= 0:
        return f"{sign}0.{'0' * -place}{digits}"
    fraction = f".{digits[1:]}" if len(digits) > 1 else ""
    return f"{sign}{digits[0]}{fraction}e{place - 1:+d}"
