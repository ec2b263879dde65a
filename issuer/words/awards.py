"""What is said of one credential, and of what was done to it."""

from collections.abc import Iterator, Sequence
from typing import Any

from verifier.format.display import visible
from verifier.format.timestamp import format_seconds

from ..service.erase import Erased, Forgotten
from ..service.publish import Published
from ..service.review import Due
from ..service.revoke import Revised, Revoked
from ..service.suspend import Suspended
from .care import published, published_json

_NOT_SEEN = "Not yet visible to others: run certify publish."
TRACES_LEFT = (
    "It is erased in the register. Traces remain in the files of the database until nobody reads an older state of it "
    "any more; then the running service overwrites them, or the next certify publish. certify doctor says whether that "
    "is still to be done."
)


def _seen(publication: Published | None) -> str:
    return published(publication) if publication else _NOT_SEEN


def _seen_json(publication: Published | None) -> dict[str, Any] | None:
    return published_json(publication) if publication else None


def revoked(result: Revoked, publication: Published | None) -> str:
    """What was withdrawn, what is due for review, and whether others see it yet."""
    lines = [f"Withdrawn: {result.public_id} ({result.reason})"]
    lines += [f"  Due for review: {public_id}, which rests on it" for public_id in result.due_for_review]
    return "\n".join((*lines, _seen(publication)))


def revoked_json(result: Revoked, publication: Published | None) -> dict[str, Any]:
    """As `revoked`."""
    return {
        "publicId": result.public_id,
        "reason": result.reason,
        "dueForReview": list(result.due_for_review),
        "published": _seen_json(publication),
    }


def revised(result: Revised, publication: Published | None) -> str:
    """A further revision, and the files for its holder."""
    lines = [f"Revision {result.number} of {result.public_id}"]
    lines += [f"  File: {path}" for path in result.files if f".r{result.number}." in path.name]
    return "\n".join(
        (*lines, "The one before is no longer in force. Send the holder the new file.", _seen(publication))
    )


def revised_json(result: Revised, publication: Published | None = None) -> dict[str, Any]:
    """As `revised`."""
    return {
        "publicId": result.public_id,
        "revision": result.number,
        "files": [str(path) for path in result.files],
        "published": _seen_json(publication),
    }


def resumed(results: Sequence[Revised]) -> str:
    """What was finished."""
    lines = [f"Finished: {each.public_id}, revision {each.number}" for each in results]
    return "\n".join((*lines, _NOT_SEEN)) if lines else "Nothing was left unfinished."


def resumed_so_far(done: int, total: int) -> str:
    """How far it came before something ended it."""
    if not total:
        return "Nothing was finished by this; run the same command again."
    return f"Of {total:,} credentials {done:,} are finished; run the same command again to go on."


def suspended(result: Suspended, publication: Published | None) -> str:
    """A suspension that begins or ends."""
    until = f"; to be decided by {format_seconds(result.due)}" if result.due else ""
    heading = "Suspended" if result.due else "In force again"
    return f"{heading}: {result.public_id} ({result.reason}{until})\n{_seen(publication)}"


def suspended_json(result: Suspended, publication: Published | None) -> dict[str, Any]:
    """As `suspended`."""
    return {
        "publicId": result.public_id,
        "reason": result.reason,
        "due": format_seconds(result.due) if result.due else None,
        "published": _seen_json(publication),
    }


def erased(result: Erased, publication: Published | None) -> str:
    """What is a tombstone now, and what is out of reach."""
    lines = [f"Withdrawn and erased: {public_id}" for public_id in result.public_ids]
    lines.append(
        "Copies out in the world stay genuine, and show as no longer in force. Backups and exports made before"
    )
    lines.append(
        "now still hold the data: delete those that need not be kept; certify repair erases it after a restore."
    )
    lines += [TRACES_LEFT] if result.traces_left else []
    return "\n".join((*lines, _seen(publication)))


def erased_json(result: Erased, publication: Published | None) -> dict[str, Any]:
    """As `erased`."""
    return {
        "erased": list(result.public_ids),
        "tracesLeft": result.traces_left,
        "published": _seen_json(publication),
    }


def contact_deleted(result: Forgotten) -> str:
    """The addresses are gone."""
    said = f"The contact data of the holder of {result.public_id} is deleted. The credential stays as it is."
    return f"{said}\n{TRACES_LEFT}" if result.traces_left else said


def contact_deleted_json(result: Forgotten) -> dict[str, Any]:
    """As `contact_deleted`."""
    return {"publicId": result.public_id, "tracesLeft": result.traces_left}


def due(waiting: Sequence[Due]) -> str:
    """What waits for a person, a line each."""
    lines = [f"{each.public_id:<20} {each.why:<11} since {format_seconds(each.since)}" for each in waiting]
    return "\n".join(lines) or "Nothing waits for a decision."


def due_json(each: Due) -> dict[str, Any]:
    """One of them."""
    return {"publicId": each.public_id, "why": each.why, "since": format_seconds(each.since)}


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
        "erased": "Erased",
        "reviewDueSince": "Review due",
        "person": "Person",
    }
    yield from (f"  {label + ':':<13} {value[key]}" for key, label in labels.items() if value[key])
    if value["suspended"]:
        yield f"  Suspended:    {value['suspended']['reason']}, to be decided by {value['suspended']['due']}"
    for revision in value["revisions"]:
        because = f" ({revision['cause']})" if revision["cause"] else ""
        issued = revision["issued"] or "not yet"
        yield f"  Revision {revision['number']}:   valid from {revision['validFrom']}, issued {issued}{because}"
    for entry in value["status"]:
        mark = "set" if entry["set"] else "not set"
        yield f"  List entry:   {entry['purpose']}/{entry['list']}#{entry['index']} ({mark})"
    for decision in value["decisions"]:
        reference = visible(decision["reference"] or "")
        said = f"{decision['outcome']} by {visible(decision['by'])}"
        yield f"  Decision:     {decision['at']}  {said}  {reference}".rstrip()
    yield "  History:"
    for event in value["history"]:
        yield f"    {event['at']}  {event['type']:<14} {visible(str(event['decisionRef'] or ''))}".rstrip()
