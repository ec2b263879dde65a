"""Made-up requests from the API's own description: never a fault, never an answer that is not described."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from issuer.service.access import Role
from issuer.web.roles import API
from tests.integration.test_lifecycle import ACT_AT
from tests.kit.described import Described
from tests.kit.home import AIMA_AT, Home, demo
from tests.kit.staff import bearer, tokens
from tests.kit.web import Platform, Service, service

pytestmark = pytest.mark.slow
EXAMPLES = 40
"""For each operation and role: a minute in all."""
WANTED: list[Any] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = demo(tmp_path / "home")
    made.issue(at=AIMA_AT)
    return made


@pytest.fixture
def served(home: Home) -> Iterator[Service]:
    with service(home, ACT_AT) as running:
        yield running


def operations(served: Service) -> dict[tuple[str, str], Any]:
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", served.client.application)
    found: list[Any] = list(schema.get_all_operations())
    return {(each.ok().method.upper(), each.ok().path): each.ok() for each in found}


def bounded(strategy: Any, check: Any) -> None:
    limits: Any = settings(
        max_examples=EXAMPLES,
        deadline=timedelta(seconds=30),
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    drawn: Any = given
    limits(drawn(strategy)(check))()


def test_made_up_requests(served: Service, home: Home) -> None:
    good = tokens(home, ACT_AT)

    def run(operation: Any, role: Role) -> None:
        def check(case: Any) -> None:
            case.call_and_validate(headers=bearer(good[role]), checks=WANTED)

        bounded(operation.as_strategy(), check)

    every = operations(served)
    assert len(every) >= len(API)
    for operation in every.values():
        for role in Role:
            run(operation, role)


def test_made_up_records_of_a_platform(served: Service, home: Home) -> None:
    platform, described = Platform(), Described(served)
    platform.allow(home, ACT_AT)

    def check(case: Any) -> None:
        body = json.dumps(case.body if isinstance(case.body, dict | list) else {}).encode()
        described.holds("POST", "/api/results", platform.send(served, body))

    bounded(operations(served)["POST", "/api/results"].as_strategy(), check)
