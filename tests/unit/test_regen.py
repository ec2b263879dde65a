"""Derived files are what their sources make them; pinned contexts are those the manifest vouches for."""

import hashlib
import json
from pathlib import Path

import pytest

from tests.conftest import absent
from tools import regen

CONTEXTS = regen.DATA / "contexts"
MANIFEST = json.loads((regen.DATA / "MANIFEST.json").read_bytes())["contexts"]


@pytest.mark.parametrize("step", regen.STEPS, ids=lambda step: step.__name__)
def test_derived_files_are_up_to_date(step: regen.Step) -> None:
    try:
        files = step()
    except regen.SourceMissingError as missing:
        absent(str(missing))
    assert "".join(regen.differences(files)) == ""


@pytest.mark.parametrize("entry", MANIFEST, ids=lambda entry: entry["file"])
def test_a_pinned_context_has_the_digest_in_the_manifest(entry: dict[str, str]) -> None:
    content = (CONTEXTS / entry["file"]).read_bytes()
    assert hashlib.sha256(content).hexdigest() == entry["sha256"]
    assert content == regen.as_json(json.loads(content))


def test_the_manifest_lists_every_context_file_once() -> None:
    assert sorted(path.name for path in CONTEXTS.iterdir()) == sorted(entry["file"] for entry in MANIFEST)
    assert len({entry["url"] for entry in MANIFEST}) == len(MANIFEST)


def test_built_in_dictionaries_are_frozen() -> None:
    """QR codes are printed on them. If this fails, put the file back; a better one gets the next number."""
    folder = regen.DATA / "qr"
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
    assert found == {str(entry["file"]): entry["sha256"] for entry in regen.DICTIONARIES}
    assert found["001.bin"] == "984a70251e3f704a21daf301bcddd205bfedc6285889d894419ba2c87c3990ac"


def test_the_manifest_names_the_source_that_the_lock_pins() -> None:
    lock = json.loads((regen.PEERS / "package-lock.json").read_bytes())["packages"]
    pinned = {context.url: context.package for context in regen.CONTEXTS}
    for entry in MANIFEST:
        package = pinned[entry["url"]]
        assert entry["source"] == f"{package} {lock[f'node_modules/{package}']['version']} (npm)"


def test_the_lock_records_digests_but_no_download_addresses() -> None:
    lock = json.loads((regen.PEERS / "package-lock.json").read_bytes())["packages"]
    installed = [package for name, package in lock.items() if name]
    assert all("integrity" in package and "resolved" not in package for package in installed)


def test_regeneration_writes_what_check_complains_about(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(regen, "ROOT", tmp_path)
    (tmp_path / "same.md").write_bytes(b"same\n")
    (tmp_path / "old.md").write_bytes(b"old\n")

    def step() -> regen.Files:
        return {tmp_path / name: f"{Path(name).stem}\n".encode() for name in ("same.md", "a/new.md")} | {
            tmp_path / "old.md": b"changed\n"
        }

    assert regen.run([step], check=True) == 1
    complaint = capsys.readouterr().out
    assert "-old\n+changed\n" in complaint
    assert "+new\n" in complaint
    assert "same.md" not in complaint
    assert not (tmp_path / "a").exists()

    assert regen.run([step], check=False) == 0
    assert capsys.readouterr().out == "wrote a/new.md\nwrote old.md\n"
    assert regen.run([step], check=True) == 0


def test_a_step_without_its_source_fails_but_does_not_stop_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(regen, "ROOT", tmp_path)

    def without() -> regen.Files:
        raise regen.SourceMissingError("install it")

    assert regen.run([without, lambda: {tmp_path / "x": b"x"}], check=False) == 1
    assert (tmp_path / "x").read_bytes() == b"x"
    assert "install it" in capsys.readouterr().err
