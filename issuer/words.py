"""What each use case says: lines for people, and the same as JSON for programs."""

from collections.abc import Iterator, Sequence
from typing import Any

from keys import Registry
from keys.record import to_json
from verifier.format.display import visible
from verifier.format.timestamp import format_milliseconds, format_seconds

from .service.accept import Accepted, Answer
from .service.desk import Desk
from .service.hold import Held
from .service.publish import Published
from .service.revoke import Revoked

_HEADINGS = {
    Answer.ISSUED: "Issued",
    Answer.FAILED: "Not passed; kept for the diagnostic, nothing issued",
    Answer.HELD: "Held for a decision",
    Answer.REFUSED: "Refused",
    Answer.REPLAYED: "Received before; the first answer again",
}


def created(desk: Desk) -> str:
    """A new issuer, and where its parts lie."""
    config = desk.config
    return "\n".join(
        (
            f"Created the issuer {visible(config.name)}",
            f"  DID:    {config.did}",
            f"  Key:    {desk.registry().keys[0].id} (active)",
            f"  Home:   {config.home}",
            f"  Public: {config.public}  (serve this folder at {config.base_url})",
        )
    )


def created_json(desk: Desk) -> dict[str, Any]:
    """As `created`."""
    config = desk.config
    return {"did": config.did, "home": str(config.home), "public": str(config.public), "demo": config.demo}


def answer(accepted: Accepted, name: str) -> str:
    """What became of one record; `name` stands for it when it has no public id."""
    return "\n".join(_answer_lines(accepted, name))


def _answer_lines(accepted: Accepted, name: str) -> Iterator[str]:
    heading = _HEADINGS[accepted.answer]
    if accepted.first is not None:
        heading += f" ({accepted.first})"
    yield f"{heading}: {accepted.public_id or visible(name)}"
    for path in accepted.files:
        yield f"  File: {path}"
    for finding in accepted.findings:
        yield f"  {finding.code}: {visible(finding.detail)}"


def answer_json(accepted: Accepted) -> dict[str, Any]:
    """As `answer`."""
    return {
        "outcome": str(accepted.answer),
        "first": str(accepted.first) if accepted.first else None,
        "resultId": accepted.result_id or None,
        "publicId": accepted.public_id,
        "codes": list(accepted.codes),
        "findings": [{"code": finding.code, "detail": finding.detail} for finding in accepted.findings],
        "files": [str(path) for path in accepted.files],
    }


def held(waiting: Sequence[Held]) -> str:
    """The records that wait, a line each."""
    lines = [
        f"{each.result_id:<32} {each.credential:<6} {format_seconds(each.received_at)}  {', '.join(each.codes)}"
        for each in waiting
    ]
    return "\n".join(lines) or "Nothing is held."


def held_json(each: Held) -> dict[str, Any]:
    """One waiting record."""
    return {
        "resultId": each.result_id,
        "credential": each.credential,
        "receivedAt": format_seconds(each.received_at),
        "codes": list(each.codes),
    }


def published(result: Published) -> str:
    """Where it lies, and how the lists are dated."""
    lines = [f"Published in {result.folder}"]
    lines += [f"  {purpose + ' list:':<17} {format_milliseconds(at)}" for purpose, at in result.lists.items()]
    return "\n".join(lines)


def published_json(result: Published) -> dict[str, Any]:
    """As `published`."""
    lists = {purpose: format_milliseconds(at) for purpose, at in result.lists.items()}
    return {"public": str(result.folder), "lists": lists}


def revoked(result: Revoked, publication: Published | None) -> str:
    """What was withdrawn, what is due for review, and whether others see it yet."""
    lines = [f"Withdrawn: {result.public_id} ({result.reason})"]
    lines += [f"  Due for review: {public_id}, which rests on it" for public_id in result.due_for_review]
    lines.append(published(publication) if publication else "Not yet visible to others: run certify publish.")
    return "\n".join(lines)


def revoked_json(result: Revoked, publication: Published | None) -> dict[str, Any]:
    """As `revoked`."""
    return {
        "publicId": result.public_id,
        "reason": result.reason,
        "dueForReview": list(result.due_for_review),
        "published": published_json(publication) if publication else None,
    }


def shown(value: dict[str, Any]) -> str:
    """One award with its history; `value` is what `service.show` answers."""
    return "\n".join(_shown_lines(value))


def _shown_lines(value: dict[str, Any]) -> Iterator[str]:
    yield f"{value['publicId']}: {value['state']}"
    labels = {
        "blueprint": "Blueprint",
        "awarded": "Awarded",
        "validUntil": "Valid until",
        "renews": "Renews",
        "restsOn": "Rests on",
        "withdrawn": "Withdrawn",
        "reason": "Reason",
        "reviewDueSince": "Review due",
    }
    yield from (f"  {label + ':':<13} {value[key]}" for key, label in labels.items() if value[key])
    for revision in value["revisions"]:
        yield f"  Revision {revision['number']}:   valid from {revision['validFrom']}, issued {revision['issued']}"
    for entry in value["status"]:
        mark = "set" if entry["set"] else "not set"
        yield f"  List entry:   {entry['purpose']}/{entry['list']}#{entry['index']} ({mark})"
    yield "  History:"
    yield from (f"    {event['at']}  {event['type']:<12} {event['decision'] or ''}" for event in value["history"])


def keys(registry: Registry) -> str:
    """All keys, a line each."""
    return "\n".join(f"{key.id:<14} {key.state:<12} {key.public_key_multibase}" for key in registry.keys)


def keys_json(registry: Registry) -> dict[str, Any]:
    """As `keys`."""
    return {"keys": [to_json(key) for key in registry.keys]}
