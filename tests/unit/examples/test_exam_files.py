"""The files of the reference exam: its questions, settings, key and store, and that it stands alone."""

import ast
import base64
import json
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from examples.exam_platform.client import Answer, Client, NotTakenError, read_answer
from examples.exam_platform.exam import QUESTIONS, ExamError, load_exam
from examples.exam_platform.keyfile import KeyFileError, multikey, platform_key
from examples.exam_platform.settings import SettingsError, load_settings
from issuer.web.signatures import platform_of
from verifier.format import multikey as published

FOLDER = QUESTIONS.parent
VALUE: dict[str, Any] = json.loads(QUESTIONS.read_bytes())


def test_five_questions_for_each_domain_and_each_fluency() -> None:
    assert Counter(each["domain"] for each in VALUE["questions"]) == dict.fromkeys(load_exam().domains, 5)
    assert Counter(each["fluency"] for each in VALUE["questions"]) == {
        "lifecycle": 5,
        "tradeoff": 5,
        "done-enough": 5,
    }
    assert all(len(each["options"]) == 4 and each["why"] for each in VALUE["questions"])


def test_neither_length_nor_letter_gives_the_best_away() -> None:
    """Whoever always takes the longest, the shortest or one letter stays far below the mark."""
    guesses: Counter[str] = Counter()
    for each in load_exam().questions.values():
        by_length = sorted(each.options, key=lambda option: len(each.options[option]))
        guesses.update({"shortest": each.best == by_length[0], "longest": each.best == by_length[-1], each.best: 1})
    assert max(guesses.values()) <= 6


@pytest.mark.parametrize("spoil", [{"best": "e"}, {"domain": "AIMA-D9"}, {"options": None}])
def test_a_file_of_questions_that_cannot_work_is_named(tmp_path: Path, spoil: dict[str, Any]) -> None:
    path = tmp_path / "questions.json"
    path.write_text(json.dumps({**VALUE, "questions": [{**VALUE["questions"][0], **spoil}]}), encoding="utf-8")
    with pytest.raises(ExamError):
        load_exam(path)


def test_the_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "key.pem"
    key = platform_key(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert platform_key(path).private_bytes_raw() == key.private_bytes_raw()
    assert published.decode(multikey(key)) == key.public_key().public_bytes_raw()
    path.chmod(0o644)
    with pytest.raises(KeyFileError, match="0600"):
        platform_key(path)
    path.chmod(0o600)
    path.write_text("nothing", encoding="utf-8")
    with pytest.raises(KeyFileError):
        platform_key(path)


def test_the_signature_is_the_one_that_the_service_reads() -> None:
    key, at, body = Ed25519PrivateKey.generate(), datetime(2026, 7, 1, tzinfo=UTC), b'{"a": "\xc3\xa4"}'
    client = Client("https://issuer.example", "exam-platform-demo", "key-1", key)
    headers = client.signature("POST", "/api/results", body, at)
    found = platform_of(
        "POST",
        "/api/results",
        headers,
        body,
        key_of=lambda *named: key.public_key().public_bytes_raw() if named == ("exam-platform-demo", "key-1") else None,
        at=at,
    )
    assert found == "exam-platform-demo"


def test_the_signature_is_the_one_that_the_documentation_shows() -> None:
    text = (FOLDER.parents[1] / "docs" / "records.md").read_text(encoding="utf-8")
    shown = [line.strip() for line in text.splitlines() if line.startswith(('    "', "    Content-", "    Signature-"))]
    base, headers = "\n".join(shown[:4]), dict(line.split(": ", 1) for line in shown[4:])
    key, at = Ed25519PrivateKey.generate(), datetime(2026, 7, 1, 9, 31, 13, tzinfo=UTC)
    made = Client("", "PLATFORM", "KEYID", key).signature("POST", "/api/results", b'{"hello": "world"}', at)
    signature = made.pop("Signature").removeprefix("sig1=:").removesuffix(":")
    assert made == headers
    key.public_key().verify(base64.b64decode(signature), base.encode())


@pytest.mark.parametrize(
    ("status", "value"),
    [
        (500, {}),
        (200, []),
        (200, {}),
        (404, {"code": "request.not-found"}),
        (409, {"code": "x"}),
        (302, {"outcome": "issued"}),
    ],
)
def test_what_is_no_answer_waits(status: int, value: Any) -> None:
    with pytest.raises(NotTakenError):
        read_answer(status, json.dumps(value).encode())


def test_an_answer_is_read_for_its_candidate() -> None:
    body = {"outcome": "replayed", "first": "accepted", "codes": ["result.replay"], "link": "https://i.example/c/1"}
    assert read_answer(200, json.dumps(body).encode()) == Answer("issued", (), None, "https://i.example/c/1")
    problem = {"code": "sum.raw", "findings": [{"code": "sum.raw"}, {"code": "sum.max"}, {"code": "sum.max"}]}
    assert read_answer(422, json.dumps(problem).encode()) == Answer("refused", ("sum.raw", "sum.max"), None, None)


@pytest.mark.parametrize(
    "text",
    [
        'service = "http://issuer.example"',
        'service = "https://user@issuer.example"',
        'platform = "a/b"',
        'key_id = "Key 1"',
        "surprise = 1",
        "not toml",
        '[accommodation.A]\nextra_minutes = 0\napproval_ref = "ACC-1"',
        '[accommodation.A]\nextra_minutes = 15\napproval_ref = ""',
        "[accommodation.A]\nextra_minutes = 15",
    ],
)
def test_settings_that_cannot_work_are_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "exam.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError):
        load_settings(tmp_path)


def test_what_is_given_wins_over_the_file(tmp_path: Path) -> None:
    text = 'service = "https://a.example"\n[accommodation.A]\nextra_minutes = 15\napproval_ref = "ACC-1"\n'
    (tmp_path / "exam.toml").write_text(text, encoding="utf-8")
    assert load_settings(tmp_path, service=None).service == "https://a.example"
    settings = load_settings(tmp_path, service="https://B.example/base")
    assert settings.service_origin == "https://b.example"
    assert settings.accommodation["A"].extra_minutes == 15


def test_it_stands_alone(tmp_path: Path) -> None:
    """A client of the public API: not a line of the issuer, and it runs from any folder."""
    for path in FOLDER.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                assert node.level <= 1, path
                names += [node.module or ""] if node.level == 0 else []
            assert not {name.partition(".")[0] for name in names} & {"issuer", "keys", "verifier", "tests"}, path
    (tmp_path / "exam_platform").symlink_to(FOLDER)
    done = subprocess.run(
        [sys.executable, "-m", "exam_platform", "--help"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
