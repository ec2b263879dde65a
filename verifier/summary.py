"""What a person reads of a credential: labelled lines, taken from what was signed and has a meaning."""

from collections.abc import Iterator

from .format.display import visible
from .format.types import Json, JsonObject, as_list
from .model import is_presentation, is_status_list
from .report import VerifiedCredential


def lines(credential: VerifiedCredential) -> list[tuple[str, str]]:
    """(label, text) pairs in reading order; texts are safe to show on a terminal."""
    return [(label, visible(text)) for label, text in _lines(credential) if text]


def _lines(credential: VerifiedCredential) -> Iterator[tuple[str, str]]:
    document = credential.statements
    if is_presentation(document):
        yield "Presented by", credential.issuer or "nobody who is named"
        return
    about_nobody = is_status_list(document)
    for subject in _objects(document.get("credentialSubject")):
        yield from [("List for", _text(subject.get("statusPurpose")))] if about_nobody else _subject(subject)
    yield "Title", _name(document)
    yield "Issuer", _issuer(credential)
    yield "Awarded", _text(document.get("awardedDate"))
    yield "Valid from", _text(document.get("validFrom"))
    yield "Valid until", _text(document.get("validUntil"))


def _subject(subject: JsonObject) -> Iterator[tuple[str, str]]:
    names = (
        _text(entry.get("identityHash"))
        for entry in _objects(subject.get("identifier"))
        if _text(entry.get("identityType")) == "name" and _text(entry.get("hashed")) == "false"
    )
    yield "Holder", ", ".join(names) or _name(subject)
    yield "Holder's DID", _text(subject.get("id"))
    for achievement in _objects(subject.get("achievement")):
        yield "Credential", f"{_name(achievement)}, version {_text(achievement.get('version')) or 'not stated'}"
    yield "Number", _text(subject.get("licenseNumber"))
    yield "How checked", _text(subject.get("narrative"))


def _issuer(credential: VerifiedCredential) -> str:
    issuer = credential.statements.get("issuer")
    name = _name(issuer) if isinstance(issuer, dict) else ""
    return f"{name} ({credential.issuer})" if name else credential.issuer


def _name(value: JsonObject) -> str:
    return _text(value.get("name"))


def _objects(value: Json) -> Iterator[JsonObject]:
    yield from (each for each in as_list(value) if isinstance(each, dict))


def _text(value: Json) -> str:
    """The text of a value in any of the forms that one eddsa-rdfc-2022 signature covers alike."""
    texts = dict.fromkeys(_one_text(each) for each in as_list(value))
    return ", ".join(filter(None, texts))


def _one_text(value: Json) -> str:
    if isinstance(value, dict):
        value = value.get("@value")
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else ""
