"""Certificate and badge on a candidate's page: offered while the credential may be shown, and read by our own doors."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import jinja2
import pytest

from tests.kit.candidate import link, opened
from tests.kit.home import AIMA_AT, LATER, REASON, RESULTS, Home, demo
from tests.kit.page import page
from tests.kit.web import Service, service
from verifier.reading import unpacked

NOTHING = "There is nothing at this address"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = demo(tmp_path / "home")
    made.issue(at=AIMA_AT)
    return made


@pytest.fixture
def served(home: Home) -> Iterator[Service]:
    with service(home, LATER) as running:
        running.client.application.jinja_env.undefined = jinja2.StrictUndefined
        yield running


@pytest.fixture
def ada(served: Service) -> str:
    return link(served, "res_demo_0001")


@pytest.fixture
def priya(served: Service) -> str:
    """Somebody else, who did not pass."""
    served.home.json("issue", str(RESULTS / "aima-fail-priya.json"), at="2026-07-21T08:32:00Z")
    served.clock.set("2026-07-22T00:00:00Z")
    return link(served, "res_demo_0016")


def only(home: Home) -> str:
    return next((home.path / "issued").glob("AIMA-*.r1.json")).name.partition(".")[0]


@pytest.mark.parametrize("name", ["certificate-a4.pdf", "certificate-letter.pdf", "badge.png", "badge.svg"])
def test_certificate_and_badge_that_the_page_offers(served: Service, home: Home, ada: str, name: str) -> None:
    address = f"{ada}/{only(home)}/{name}"
    assert address in served.get(ada).get_data(as_text=True)
    answer = served.get(address)
    assert answer.status_code == 200
    assert f"{only(home)}.r1.{name.rpartition('.')[2]}" in answer.headers["Content-Disposition"]
    assert unpacked(answer.data) == home.file(only(home)).read_bytes()
    found = served.post("/api/certify/verify", data=answer.data, content_type="application/octet-stream")
    assert found.get_json()["verdict"] == "valid"
    file = (BytesIO(answer.data), name)
    shown = served.post("/certify/verify", data={"file": file}, content_type="multipart/form-data")
    assert "Ada Example" in page(shown).text


@pytest.mark.parametrize("name", ["certificate-a3.pdf", "badge.gif"])
def test_what_is_no_certificate_or_badge(served: Service, home: Home, ada: str, name: str) -> None:
    assert NOTHING in opened(served, f"{ada}/{only(home)}/{name}", 404).text


@pytest.mark.parametrize("name", ["certificate-a4.pdf", "badge.png"])
def test_nobody_elses(served: Service, home: Home, priya: str, name: str) -> None:
    assert NOTHING in opened(served, f"{priya}/{only(home)}/{name}", 404).text


def test_of_a_withdrawn_credential_the_page_offers_none(served: Service, home: Home, ada: str) -> None:
    served.home.json("revoke", only(home), *REASON, at=LATER)
    assert "Certificate to print" not in opened(served, ada).text
    assert NOTHING in opened(served, f"{ada}/{only(home)}/certificate-a4.pdf", 404).text
