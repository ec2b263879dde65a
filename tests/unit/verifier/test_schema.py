"""Schemas are advisory, are compared only when at hand, and never make anybody fetch anything."""

import socket
from typing import Any, NoReturn

import pytest

from tests.kit.credentials import HOST, aima
from verifier import Trust
from verifier.format.types import Json, JsonObject
from verifier.schema import departures

URL = f"{HOST}/schemas/aima-credential-1.json"


def found(schema: JsonObject, document: JsonObject | None = None) -> list[str] | None:
    return departures(document or aima(), URL, Trust(schemas={URL: schema}))


def test_a_schema_that_fits() -> None:
    assert found({"type": "object", "required": ["validFrom"]}) == []


def test_a_schema_that_does_not() -> None:
    departed = found({"required": ["rank"], "properties": {"name": {"maxLength": 1}}})
    assert departed is not None
    assert len(departed) == 2
    assert any(each.startswith("$.name: ") for each in departed)


@pytest.mark.parametrize(
    ("format_", "good", "bad"),
    [("date-time", "2026-07-01T09:32:00Z", "2026-07-01"), ("uri", "urn:x", "not a uri")],
)
def test_formats_are_checked(format_: str, good: str, bad: str) -> None:
    schema: JsonObject = {"properties": {"x": {"format": format_}}}
    assert found(schema, {"x": good}) == []
    assert found(schema, {"x": bad})
    assert found(schema, {"x": 5}) == []


def test_a_schema_that_is_not_at_hand() -> None:
    assert departures(aima(), URL, Trust()) is None


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "nothing"},
        {"$ref": "#/nowhere"},
        {"$ref": "#"},
        {"pattern": "(", "properties": {"name": {"pattern": "("}}},
        {"properties": 5},
    ],
)
def test_a_broken_schema_tells_nothing(schema: Any) -> None:
    assert found(schema) is None


@pytest.mark.parametrize(
    "reference", ["http://127.0.0.1:9/schema", "https://credentials.example/s", "file:///etc/passwd"]
)
def test_a_reference_is_never_fetched(reference: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> NoReturn:
        pytest.fail("a schema made the verifier look for another")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    schema: dict[str, Json] = {"$ref": reference}
    assert found(schema) is None
