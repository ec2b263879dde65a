"""The unsigned credential of one revision: a pure function of what was decided (VCDM 2.0, Open Badges 3.0)."""

from base64 import urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from verifier.format.contexts import OB3, VCDM2
from verifier.format.timestamp import format_seconds

from .catalog import Blueprint
from .config import DEMO_MARK, Config
from .results import Evidence, Record

_UNCHECKED: Final = "self-asserted"
_EVIDENCE_NOTE: Final = (
    "Held by the holder. The identifier is the SHA-256 of the file; compare it with the copy you are shown. "
    "Listing does not mean that the issuer scored it."
)


@dataclass(frozen=True, slots=True)
class StatusEntry:
    """One bit on one list: purpose, number of the list, index in it."""

    purpose: str
    list_number: int
    index: int


@dataclass(frozen=True, slots=True)
class Award:
    """What stays the same for all revisions: `id` is the credential's urn:uuid."""

    id: str
    public_id: str
    awarded: datetime
    valid_until: datetime


def list_url(config: Config, purpose: str, number: int) -> str:
    """The public address of a status list."""
    return f"{config.base_url}/status/{purpose}/{number}"


def build(
    config: Config,
    blueprint: Blueprint,
    achievement: dict[str, Any],
    award: Award,
    record: Record,
    *,
    valid_from: datetime,
    status: tuple[StatusEntry, ...],
) -> dict[str, Any]:
    """The credential without a proof. `achievement`: the full definition; what a result needs of it is embedded."""
    credential: dict[str, Any] = {
        "@context": [VCDM2, OB3],
        "id": award.id,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": f"{DEMO_MARK} {achievement['name']}" if config.demo else achievement["name"],
        "issuer": _issuer(config),
        "validFrom": format_seconds(valid_from),
        "validUntil": format_seconds(award.valid_until),
        "awardedDate": format_seconds(award.awarded),
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [_holder_name(record.candidate.display_name)],
            "licenseNumber": award.public_id,
            "narrative": narrative(record.assurance.identity, record.assurance.proctoring),
            **disclosed(achievement, blueprint, record, score=record.consents.disclose_score),
        },
        "credentialSchema": [
            {"id": f"{config.base_url}/schemas/{blueprint.credential_schema}.json", "type": "JsonSchema"}
        ],
        "credentialStatus": _one_or_many([_status(config, entry) for entry in status]),
    }
    if record.evidence:
        credential["evidence"] = [_evidence(item) for item in record.evidence]
    return credential


def revise(
    config: Config,
    previous: dict[str, Any],
    *,
    valid_from: datetime,
    status: tuple[StatusEntry, ...],
    name: str | None = None,
    changed: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """The next revision of an unsigned credential: newer, with indices of its own, and with a corrected name if given.

    `changed`: members of the subject that are new, as `disclosed` gives them.

    What was awarded and until when stays as it was (Open Badges 3.0: same issuer and id, newer validFrom, replaces).
    """
    subject = {**previous["credentialSubject"], **(changed or {})}
    return {
        **previous,
        "issuer": _issuer(config),
        "validFrom": format_seconds(valid_from),
        "credentialSubject": subject if name is None else {**subject, "identifier": [_holder_name(name)]},
        "credentialStatus": _one_or_many([_status(config, entry) for entry in status]),
    }


def disclosed(achievement: dict[str, Any], blueprint: Blueprint, record: Record, *, score: bool) -> dict[str, Any]:
    """The members of the subject that depend on whether the holder lets others see the score."""
    results = _results(achievement["id"], record, score=score)
    slim = _slim(achievement, blueprint, {result["resultDescription"] for result in results})
    return {"achievement": slim, "result": results}


def narrative(identity: str, proctoring: str) -> str:
    """How identity was checked and whether the exam was supervised, claiming no more than that."""
    checked = "name as given by the candidate, not checked" if identity == _UNCHECKED else identity.replace("-", " ")
    return f"Identity: {checked}. Supervision: {proctoring.replace('-', ' ')}."


def _issuer(config: Config) -> dict[str, Any]:
    return {
        "id": config.did,
        "type": ["Profile"],
        "name": config.name,
        "url": config.base_url,
        "email": config.email,
    }


def _holder_name(name: str) -> dict[str, Any]:
    return {"type": "IdentityObject", "hashed": False, "identityHash": name, "identityType": "name"}


def _slim(achievement: dict[str, Any], blueprint: Blueprint, used: set[str]) -> dict[str, Any]:
    """The achievement as embedded: chosen alignments, and the descriptions of the results that are there."""
    return {
        **achievement,
        "alignment": [item for item in achievement["alignment"] if item["targetCode"] in blueprint.slim_alignment],
        "resultDescription": [item for item in achievement["resultDescription"] if item["id"] in used],
    }


def _results(achievement_id: str, record: Record, *, score: bool) -> list[dict[str, Any]]:
    """That it was passed; the counts only with the candidate's recorded consent."""
    results = [{"type": ["Result"], "resultDescription": f"{achievement_id}#outcome", "status": "Completed"}]
    if score:
        results += [
            {"type": ["Result"], "resultDescription": f"{achievement_id}#{name}", "value": str(count)}
            for name, count in _counts(record)
        ]
    return results


def _counts(record: Record) -> Iterator[tuple[str, int]]:
    yield "raw-score", record.overall.raw_score
    for domain in record.domains:
        yield domain.code, domain.correct


def _status(config: Config, entry: StatusEntry) -> dict[str, Any]:
    url = list_url(config, entry.purpose, entry.list_number)
    return {
        "id": f"{url}#{entry.index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": entry.purpose,
        "statusListIndex": str(entry.index),
        "statusListCredential": url,
    }


def _one_or_many(entries: list[dict[str, Any]]) -> Any:
    """The published Open Badges schema takes one status object; with two an array is what VCDM asks for (ADR-0003)."""
    return entries[0] if len(entries) == 1 else entries


def _evidence(item: Evidence) -> dict[str, Any]:
    """RFC 6920 name of the file's digest; the file itself stays with the holder."""
    digest = urlsafe_b64encode(bytes.fromhex(item.hex)).rstrip(b"=").decode()
    return {
        "id": f"ni:///sha-256;{digest}",
        "type": ["Evidence"],
        "name": item.title,
        "genre": item.type,
        "narrative": _EVIDENCE_NOTE,
    }
