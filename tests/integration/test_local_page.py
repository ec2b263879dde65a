"""The verify page that runs in the reader's browser, as it is served: where it was built, and where it was not."""

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from issuer.web.pages import local
from tests.kit.home import AIMA_AT, Home, demo
from tests.kit.page import page
from tests.kit.web import Service, service
from tests.vectors.cases_qr import TEXT

FILES = {
    "index.html": b"<p>shell",
    "page.js": b"1",
    "style.css": b"p{}",
    "worker.js": b"2",
    "scanner.js": b"3",
    "checker.js": b"4",
    "licenses.txt": b"Terms",
    ".built": b"",
    "x.map": b"",
}
FILES["certify-verify.html"] = b'<script type="application/json" id="inside"><!-- trust --></script><!-- trust -->'


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = demo(tmp_path / "home")
    made.json("publish", at=AIMA_AT)
    return made


@pytest.fixture
def served(home: Home) -> Iterator[Service]:
    with service(home, AIMA_AT) as running:
        yield running


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A page with these files, so that the test needs no Node.js."""
    folder = tmp_path / "dist"
    folder.mkdir()
    for name, content in FILES.items():
        (folder / name).write_bytes(content)
    (folder / "page.js.gz").write_bytes(gzip.compress(FILES["page.js"]))
    monkeypatch.setattr(local, "DIST", folder)
    return folder


def test_the_reader_of_codes_runs_apart_and_can_ask_nobody(served: Service, built: Path) -> None:
    answer = served.get("/v/scanner.js", buffered=True)
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; script-src 'wasm-unsafe-eval'"


def test_the_verifier_runs_apart_and_can_ask_nobody(served: Service, built: Path) -> None:
    answer = served.get("/v/checker.js", buffered=True)
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; script-src 'self'"


def test_no_other_page_may_use_the_camera(served: Service, built: Path) -> None:
    assert served.get("/certify").headers["Permissions-Policy"].startswith("camera=(),")


def test_it_may_run_its_own_scripts_and_ask_its_own_host(served: Service, built: Path) -> None:
    for path, name in (("/v", "index.html"), ("/v/page.js", "page.js"), ("/v/style.css", "style.css")):
        answer = served.get(path, buffered=True)
        assert (answer.status_code, answer.data) == (200, FILES[name])
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'; script-src 'self';" in policy
        assert "connect-src 'self'" in policy
        assert "unsafe" not in policy
        assert answer.headers["Cache-Control"] == "no-cache"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Permissions-Policy"].startswith("camera=(self),")
        again = served.get(path, headers={"If-None-Match": answer.headers["ETag"]}, buffered=True)
        assert (again.status_code, again.data) == (304, b"")


def test_it_is_sent_packed_to_whoever_takes_that(served: Service, built: Path) -> None:
    packed = served.get("/v/page.js", headers={"Accept-Encoding": "gzip, br"}, buffered=True)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == FILES["page.js"]
    for accepted in ("", "br", "gzip;q=0"):
        plain = served.get("/v/page.js", headers={"Accept-Encoding": accepted}, buffered=True)
        assert (plain.data, plain.headers.get("Content-Encoding")) == (FILES["page.js"], None)
        assert plain.headers["Vary"] == "Accept-Encoding"
    assert served.get("/v/style.css", headers={"Accept-Encoding": "gzip"}, buffered=True).data == FILES["style.css"]


def test_the_worker_may_answer_for_the_page_above_it(served: Service, built: Path) -> None:
    assert served.get("/v/worker.js", buffered=True).headers["Service-Worker-Allowed"] == "/v"
    assert "Service-Worker-Allowed" not in served.get("/v/page.js", buffered=True).headers


@pytest.mark.parametrize(
    "name", ["index.html", "certify-verify.html", ".built", "x.map", "page.js.gz", "none.js", "..%2fx.js"]
)
def test_nothing_else_of_the_folder_is_served(served: Service, built: Path, name: str) -> None:
    assert served.get(f"/v/{name}").status_code == 404


def test_a_link_whose_sign_was_escaped_leads_back_to_the_page(
    served: Service, built: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("INFO"):
        answer = served.get(f"/v%23{TEXT.partition('#')[2]}")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/v#{TEXT.partition('#')[2]}")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    (line,) = [json.loads(each.message) for each in caplog.records if each.name == "certify.web"]
    assert (line["route"], line["status"]) == ("/v#<payload>", 302)
    assert "1001" not in caplog.text


@pytest.mark.parametrize(
    "payload", ["", "1001x", "1001/2", "1" * 8_193, "\u0661001", "%2F%2Fevil.example", "1001%0d%0aX:1"]
)
def test_nothing_else_is_sent_on(served: Service, built: Path, payload: str) -> None:
    assert served.get(f"/v%23{payload}").status_code == 404


def test_the_one_file_brings_the_trust_of_this_moment(served: Service, built: Path, home: Home) -> None:
    trust = json.loads((home.path / "public" / "trust.json").read_bytes())
    trust["issuers"][0]["name"] = "</script><script>alert(1)</script>"
    (home.path / "public" / "trust.json").write_text(json.dumps(trust), encoding="utf-8")
    answer = served.get("/certify/verify.html")
    assert answer.headers["Content-Disposition"] == "attachment; filename=certify-verify.html"
    found = re.fullmatch(rb"<script [^>]*>(.*)</script><!-- trust -->", answer.data, re.DOTALL)
    assert found
    assert b"<" not in found[1]
    assert json.loads(found[1]) == trust
    assert "script-src" not in answer.headers["Content-Security-Policy"]


def test_the_page_without_scripts_points_to_it(served: Service, built: Path) -> None:
    assert "Check it on your own device" in page(served.get("/certify/verify")).text


def test_where_it_was_not_built_the_other_page_does_all(
    served: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local, "DIST", tmp_path / "nowhere")
    answer = served.get("/v?id=AIMA-2026-7K3Q9FW8")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/certify/verify")
    assert [served.get(path).status_code for path in ("/v/page.js", "/certify/verify.html")] == [404, 404]
    assert "own device" not in page(served.get("/certify/verify")).text
