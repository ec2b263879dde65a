"""The description of the API: it names every route and no other, it is one, and the answers are as it says."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from issuer.service.access import Role
from issuer.web.api.openapi import OPERATIONS, path_of
from issuer.web.roles import API
from tests.integration.test_intake import EARLIER, record
from tests.integration.test_lifecycle import ACT_AT
from tests.integration.test_staff_api import BODIES, HELD_AT, ready
from tests.kit.described import Described
from tests.kit.home import AIMA_AT, RESULTS, Home, demo
from tests.kit.staff import bearer, tokens
from tests.kit.web import Platform, Service, service

METHODS = {"get", "post", "put", "patch", "delete"}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return demo(tmp_path / "home")


@pytest.fixture
def served(home: Home) -> Iterator[Service]:
    with service(home, AIMA_AT) as running:
        yield running


@pytest.fixture
def described(served: Service) -> Described:
    return Described(served)


def references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (each for name, each in value.items() if name == "$ref")
        yield from (found for each in value.values() for found in references(each))
    elif isinstance(value, list):
        yield from (found for each in value for found in references(each))


def test_it_names_every_route_and_no_other(served: Service, described: Described) -> None:
    rules = {
        (method.lower(), path_of(rule.rule))
        for rule in served.client.application.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/api") and rule.rule != "/api/problems"  # a page for people
    }
    paths = described.document["paths"]
    assert {(method, path) for path, item in paths.items() for method in item} == rules
    assert set(API) <= set(OPERATIONS)


def test_it_is_a_description(described: Described) -> None:
    """What the schema of OpenAPI 3.1 asks of the parts that are used here."""
    document = described.document
    assert document["openapi"] == "3.1.0"
    assert document["info"].keys() >= {"title", "version"}
    components = document["components"]
    for name, schema in components["schemas"].items():
        assert re.fullmatch(r"[A-Za-z0-9._-]+", name)
        Draft202012Validator.check_schema(schema)
    for reference in references(document):
        kind, name = re.fullmatch(r"#/components/(\w+)/([\w-]+)", reference).groups()  # type: ignore[union-attr]
        assert name in components[kind]
    ids = []
    for path, item in document["paths"].items():
        assert set(item) <= METHODS
        for operation in item.values():
            ids.append(operation["operationId"])
            named = {each["name"] for each in operation["parameters"] if each["in"] == "path"}
            assert named == set(re.findall(r"{(\w+)}", path))
            assert all(each in components["securitySchemes"] for one in operation["security"] for each in one)
            for status, answer in operation["responses"].items():
                assert re.fullmatch(r"[2-5]\d\d", status)
                assert answer["description"]
            for content in (operation.get("requestBody") or {"content": {}})["content"].values():
                Draft202012Validator.check_schema(content["schema"])
    assert len(ids) == len(set(ids))


def test_the_schema_of_a_record_is_the_one_that_decides(described: Described) -> None:
    schema = {"$ref": "#/components/schemas/ResultRecord"}
    for path in sorted(RESULTS.glob("*-pass.json")):
        described.validate(json.loads(path.read_bytes()), schema)
    with pytest.raises(AssertionError):
        described.validate(json.loads(record(extra=1)), schema)


def test_the_answers_to_platforms_and_to_everybody(served: Service, described: Described, home: Home) -> None:
    platform = Platform()
    platform.allow(home, EARLIER)
    for body, status in ((record(), 201), (record(), 200), (record(outcome="fail"), 422), (b"{", 422)):
        assert described.holds("POST", "/api/results", platform.send(served, body)).status_code == status
    assert described.holds("POST", "/api/results", served.post("/api/results", data=b"{}")).status_code == 401
    path = "/api/results/res_demo_0001"
    found = served.get(path, headers=platform.headers("GET", path, b"", served.clock.now))
    public_id = described.holds("GET", "/api/results/{resultId}", found).json["publicId"]
    for name in (public_id, "none"):
        described.holds("GET", "/api/certify/verify", served.get(f"/api/certify/verify?id={name}"))
    for body in (home.file(public_id).read_bytes(), b"{", b"\xff"):
        described.holds("POST", "/api/certify/verify", served.post("/api/certify/verify", data=body))
    described.holds("POST", "/api/certify/verify", served.post("/api/certify/verify", data=b" " * (2 << 20)))
    described.holds("GET", "/api/openapi.json", served.get("/api/openapi.json"))


@pytest.mark.parametrize("act", BODIES)
def test_the_answers_to_acts(served: Service, described: Described, home: Home, act: str) -> None:
    public_id = ready(home, act)
    good = tokens(home, ACT_AT)
    served.clock.set(ACT_AT)
    body = {"decision": "DEC-9", **BODIES[act]}
    for role in Role:
        for given in (body, {**body, "more": 1}, body):
            answer = served.post(f"/api/credentials/{public_id}/{act}", json=given, headers=bearer(good[role]))
            described.holds("POST", f"/api/credentials/{{publicId}}/{act}", answer)
    found = served.get(f"/api/credentials/{public_id}", headers=bearer(good[Role.AUDITOR]))
    described.holds("GET", "/api/credentials/{publicId}", found)


def test_the_other_answers_to_staff(served: Service, described: Described, home: Home) -> None:
    public_id = home.issue(at=AIMA_AT)
    held = home.json("issue", str(RESULTS / "held-integrity.json"), at=HELD_AT)["resultId"]
    served.clock.set(HELD_AT)
    token = tokens(home, HELD_AT)[Role.REVIEWER]
    for path in ("/api/holds", "/api/reviews", "/api/keys", "/api/log"):
        described.holds("GET", path, served.get(path, headers=bearer(token)))
    for query in (f"publicId={public_id}", "publicId=none", "after=x"):
        described.holds("GET", "/api/log", served.get(f"/api/log?{query}", headers=bearer(token)))
    for path in ("/api/holds/{resultId}/release", "/api/holds/{resultId}/refuse"):
        address = path.replace("{resultId}", held)
        for body in ({"decision": "D"}, {}, {"decision": "D"}):
            described.holds("POST", path, served.post(address, json=body, headers=bearer(token)))
