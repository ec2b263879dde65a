"""What a person reads of a credential: labelled lines, taken from the signed document alone."""

from collections.abc import Iterator

from .format.display import visible
from .format.types import Json, JsonObject
from .report import VerifiedCredential
from .wellformed import as_list


def lines(credential: VerifiedCredential) -> list[tuple[str, str]]:
    """(label, text) pairs in reading order; texts are safe to show on a terminal."""
    return [(label, visible(text)) for label, text in _lines(credential) if text]


def _lines(credential: VerifiedCredential) -> Iterator[tuple[str, str]]:
    document = credential.document
    for subject in as_list(document.get("credentialSubject")):
        if isinstance(subject, dict):
            yield from _subject(subject)
    yield "Title", _name(document)
    yield "Issuer", _issuer(credential)
    yield "Awarded", _text(document.get("awardedDate"))
    yield "Valid from", _text(document.get("validFrom"))
    yield "Valid until", _text(document.get("validUntil"))


def _subject(subject: JsonObject) -> Iterator[tuple[str, str]]:
    names = (
        _text(entry.get("identityHash"))
        for entry in as_list(subject.get("identifier"))
        if isinstance(entry, dict) and entry.get("identityType") == "name" and entry.get("hashed") is False
    )
    yield "Holder", ", ".join(names) or _name(subject)
    yield "Holder's DID", _text(subject.get("id"))
    achievement = subject.get("achievement")
    if isinstance(achievement, dict):
        yield "Credential", f"{_name(achievement)}, version {_text(achievement.get('version')) or 'not stated'}"
    yield "Number", _text(subject.get("licenseNumber"))
    yield "How checked", _text(subject.get("narrative"))


def _issuer(credential: VerifiedCredential) -> str:
    issuer = credential.document.get("issuer")
    name = _name(issuer) if isinstance(issuer, dict) else ""
    return f"{name} ({credential.issuer})" if name else credential.issuer


def _name(value: JsonObject) -> str:
    name = value.get("name")
    return _text(name.get("@value") if isinstance(name, dict) else name)


def _text(value: Json) -> str:
    return value if isinstance(value, str) else ""
