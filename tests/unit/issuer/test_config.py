"""The configuration: what is written is read again, what could not be used is refused with `config.invalid`."""

import tomllib
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import make_url

from issuer import config as configuration
from issuer.errors import IssuerError
from issuer.look import Look
from issuer.results.text import has_control

HOME = Path("/somewhere/home")
GOOD: dict[str, str | bool | None] = {
    "name": "Example Body",
    "base_url": "https://issuer.example",
    "email": "complaints@issuer.example",
    "zone": "Europe/Vienna",
}


def build(**changes: str | bool | None) -> configuration.Config:
    return configuration.build(HOME, **{**GOOD, **changes})


def code(**changes: str | bool | None) -> str:
    with pytest.raises(IssuerError) as raised:
        build(**changes)
    return raised.value.code


def test_places_and_names_follow_from_the_home_and_the_base_url() -> None:
    config = build()
    assert (config.keys, config.public, config.issued) == (HOME / "keys", HOME / "public", HOME / "issued")
    assert config.did == "did:web:issuer.example"
    assert build(base_url="https://issuer.example:8443").did == "did:web:issuer.example%3A8443"
    assert config.zone == ZoneInfo("Europe/Vienna")
    assert config.demo is False


@pytest.mark.parametrize("folder", ["/a/b", "/a?x=1", "/a%41/#b", "/ä/it's"])
def test_the_database_is_in_the_home_whatever_its_name(folder: str) -> None:
    config = configuration.build(Path(folder), **GOOD)
    assert make_url(config.database).database == f"{folder}/certify.db"
    assert not make_url(config.database).query


@pytest.mark.parametrize(
    "text",
    [
        "",
        "http://issuer.example",
        "HTTPS://issuer.example",
        "https://",
        "https://issuer.example/",
        "https://issuer.example/a",
        "https://issuer.example?x",
        "https://issuer.example#x",
        "https://user@issuer.example",
        "https://Issuer.example",
        "https://ïssuer.example",
        "https://issuer..example",
        "https://-issuer.example",
        "https://issuer.example.",
        "https://issuer.example:",
        "https://issuer.example:0",
        "https://issuer.example:65536",
        "https://issuer.example\n",
        " https://issuer.example",
        "https://[::1]",
        "https://[issuer",
        "issuer.example",
    ],
)
def test_a_base_url_is_an_https_origin(text: str) -> None:
    assert code(base_url=text) == "config.invalid"


def test_other_values_are_checked_too() -> None:
    for changes in (
        {"name": ""},
        {"name": "x" * 201},
        {"name": "two\nlines"},
        {"name": "\u202etxet"},
        {"name": "\ud800"},
        {"name": None},
        {"email": "nobody"},
        {"email": "a b@c"},
        {"email": None},
        {"zone": "Mars/Olympus"},
        {"zone": "../../etc/passwd"},
        {"demo": True},
    ):
        assert code(**changes) == "config.invalid", changes


def test_a_demo_carries_its_mark() -> None:
    assert build(demo=True, name="DEMO Body").demo
    assert code(demo=True, name="A DEMO") == "config.invalid"


NAMES = st.text(min_size=1, max_size=200).filter(
    lambda text: bool(text.strip()) and not has_control(text) and not any("\ud800" <= c <= "\udfff" for c in text)
)


@given(
    name=NAMES, file=st.none() | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)
)
def test_what_is_written_is_read_again(name: str, file: str | None) -> None:
    config = build(name=name, passphrase_file=file)
    values = tomllib.loads(configuration.write(config).decode())
    assert configuration._config(HOME, configuration._flatten(values)) == config


def loaded(folder: Path, environment: dict[str, str], extra: str = "") -> configuration.Config:
    (folder / configuration.FILE).write_bytes(configuration.write(build()) + extra.encode())
    return configuration.load(folder, environment)


def test_the_look_of_certificates_is_written_and_read_again() -> None:
    config = build(accent="#5A1020", logo="logo.svg", fonts="/usr/share/fonts")
    assert config.look == Look("#5A1020", HOME / "logo.svg", Path("/usr/share/fonts"))
    assert configuration.read(HOME, configuration.write(config), {}).look == config.look
    assert build().look == Look()
    assert b"[certificate]" not in configuration.write(build())


def test_the_environment_overrides_what_it_may(tmp_path: Path) -> None:
    config = loaded(
        tmp_path,
        {
            "CERTIFY_ISSUER__NAME": "Other Body",
            "CERTIFY_STATUS__LENGTH": "262144",
            "CERTIFY_KEYS__PASSPHRASE_FILE": "/run/secrets/key",
            "CERTIFY_HOME": "/elsewhere",
            "CERTIFY_VECTORS": "/x",
            "PATH": "/bin",
        },
    )
    assert (config.name, config.status_length, config.passphrase_file) == (
        "Other Body",
        262_144,
        Path("/run/secrets/key"),
    )


@pytest.mark.parametrize("name", ["CERTIFY_HOME__DEMO", "CERTIFY_ISSUER__NAEM", "CERTIFY_X__Y", "CERTIFY_ISSUER__name"])
def test_a_variable_that_would_do_nothing_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(IssuerError) as raised:
        loaded(tmp_path, {name: "true"})
    assert raised.value.code == "config.invalid"
    assert name in raised.value.detail


@pytest.mark.parametrize(
    "length",
    [
        "131071",
        "131073",
        "-8",
        "0",
        '"1_000_000"',
        "１３１０７２",
        '"a lot"',
        "true",
        "131072.0",
        str(configuration.MAX_LENGTH + 8),
    ],
)
def test_a_list_has_a_length_that_verifiers_take(tmp_path: Path, length: str) -> None:
    assert (
        loaded(tmp_path, {}, f"[status]\nlength = {configuration.MAX_LENGTH}\n").status_length
        == configuration.MAX_LENGTH
    )
    with pytest.raises(IssuerError) as raised:
        loaded(tmp_path, {}, f"[status]\nlength = {length}\n")
    assert raised.value.code == "config.invalid"


@pytest.mark.parametrize("hours", ["0", "-1", "721", "1.5", "true", '"a day"', "１"])
def test_what_a_link_asks_for_waits_for_some_hours(tmp_path: Path, hours: str) -> None:
    """Those of the longest wait still leave the time in which an erasure is due by law."""
    assert loaded(tmp_path, {}, "").wait == timedelta(hours=72)
    assert loaded(tmp_path, {"CERTIFY_LINKS__WAIT_HOURS": "1"}, "").wait == timedelta(hours=1)
    longest = loaded(tmp_path, {}, "[links]\nwait_hours = 720\n")
    assert longest.wait == timedelta(days=30)
    assert configuration.read(HOME, configuration.write(longest), {}).wait == longest.wait
    with pytest.raises(IssuerError) as raised:
        loaded(tmp_path, {}, f"[links]\nwait_hours = {hours}\n")
    assert raised.value.code == "config.invalid"


def test_without_a_file_there_is_no_issuer(tmp_path: Path) -> None:
    with pytest.raises(IssuerError) as raised:
        configuration.load(tmp_path, {})
    assert raised.value.code == "config.missing"
    (tmp_path / configuration.FILE).mkdir()
    with pytest.raises(IssuerError) as raised:
        configuration.load(tmp_path, {})
    assert raised.value.code == "config.invalid"
