"""What is said of an issuer as a whole: its making, its publications, its log."""

from typing import Any

from verifier.format.display import visible
from verifier.format.timestamp import format_milliseconds
from verifier.format.types import JsonObject

from ..service.desk import Desk
from ..service.log import Log
from ..service.publish import Published


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


def published(result: Published) -> str:
    """Where it lies, and how the lists are dated."""
    lines = [f"Published in {result.folder}"]
    lines += [f"  {name + ':':<17} {format_milliseconds(at)}" for name, at in result.lists.items()]
    return "\n".join(lines)


def published_json(result: Published) -> dict[str, Any]:
    """As `published`."""
    lists = {purpose: format_milliseconds(at) for purpose, at in result.lists.items()}
    return {"public": str(result.folder), "lists": lists}


def log(found: Log) -> str:
    """The events, a line each, and whether the chain holds."""
    lines = [_event(event) for event in found.events]
    if found.broken_at is None:
        return "\n".join((*lines, "The chain holds: no event was changed, added or taken out."))
    return "\n".join((*lines, f"THE CHAIN IS BROKEN at event {found.broken_at}: somebody has changed the register."))


def _event(event: JsonObject) -> str:
    about = event["awardId"] or event.get("subject") or ""
    revision = f" r{event['revision']}" if event["revision"] else ""
    reference = visible(str(event["decisionRef"] or ""))
    return f"{event['seq']:>6}  {event['at']}  {event['type']:<18} {about}{revision}  {reference}".rstrip()


def log_json(found: Log) -> dict[str, Any]:
    """As `log`."""
    return {"intact": found.broken_at is None, "brokenAt": found.broken_at, "events": list(found.events)}
