"""The operator's own DEFLATE dictionary: what its credentials have in common, from catalogue and configuration. Pure.

DEFLATE looks back for what it has seen, and the nearer it stands the less it costs: the most frequent stands last.
Nothing in it is about a person, and nothing changes with time or with a key.
"""

from collections.abc import Iterator
from typing import Any, Final

from verifier.format import proof
from verifier.format.jcs import canonicalize
from verifier.format.timestamp import format_seconds

from ..catalog import Blueprint, Catalog
from ..config import Config
from ..credential import Award, StatusEntry, build, narrative
from ..results import Assurance, Candidate, Consents, DomainScore, Evidence, Record
from ..results.person import IDENTITY_LEVELS
from ..results.record import Attempt, Overall
from ..validity import valid_until

_LIMIT: Final = 32_506
"""Bytes: as far as DEFLATE looks back, less what its writers keep for themselves."""
_NO_DIGEST: Final = "00" * 32
_UNSUPERVISED: Final = "none"


def dictionary(config: Config, catalog: Catalog) -> bytes:
    """At most 32,506 bytes; when there is more, the least frequent is left out."""
    rare = "".join(narrative(level, _UNSUPERVISED) for level in IDENTITY_LEVELS).encode()
    credentials = b"".join(_each(config, catalog, blueprint) for blueprint in _by_frequency(catalog))
    return (rare + credentials)[-_LIMIT:]


def _by_frequency(catalog: Catalog) -> list[Blueprint]:
    """Demonstrations first, then what asks for another credential, then the older editions."""
    return sorted(
        catalog.blueprints.values(), key=lambda each: (not each.demonstration, each.prerequisite is None, each.opens)
    )


def _each(config: Config, catalog: Catalog, blueprint: Blueprint) -> bytes:
    """A credential with everything that one may have, and then the plain one, as most are."""
    return _sample(config, catalog, blueprint, full=True) + _sample(config, catalog, blueprint, full=False)


def _sample(config: Config, catalog: Catalog, blueprint: Blueprint, *, full: bool) -> bytes:
    opens = blueprint.opens
    award = Award(
        "urn:uuid:",
        f"{blueprint.credential}-{opens.year}-",
        opens,
        valid_until(opens, blueprint.validity_years, config.zone, None),
    )
    credential = build(
        config,
        blueprint,
        catalog.achievement(blueprint, config.base_url),
        award,
        _record(blueprint, full=full),
        valid_from=opens,
        status=tuple(StatusEntry(purpose, 1, 0) for purpose in blueprint.status_purposes),
    )
    return canonicalize({**credential, "proof": [_proof(config, credential, format_seconds(opens))]})


def _proof(config: Config, credential: dict[str, Any], created: str) -> dict[str, Any]:
    method = f"{config.did}#key-{created[:4]}-1"
    return {**proof.new_options(credential, proof.JCS, method, created), "proofValue": "z"}


def _record(blueprint: Blueprint, *, full: bool) -> Record:
    """Nobody's result."""
    at = blueprint.opens
    return Record(
        result_id="",
        platform="",
        credential=blueprint.credential,
        blueprint=blueprint.id,
        candidate=Candidate("", "", None, None),
        attempt=Attempt("", 1, at, at, at, "en", None),
        prerequisite=None,
        experience=None,
        domains=tuple(DomainScore(each.code, each.questions, each.questions) for each in blueprint.domains),
        overall=Overall(blueprint.max_score, blueprint.max_score, blueprint.pass_raw, None),
        outcome="pass",
        assurance=Assurance(blueprint.minimum_identity, _UNSUPERVISED, "clear"),
        evidence=tuple(_evidence(blueprint)) if full else (),
        consents=Consents("", list_in_registry=False, disclose_score=full),
        digest="",
        raw=b"",
    )


def _evidence(blueprint: Blueprint) -> Iterator[Evidence]:
    for kind in blueprint.evidence_types:
        yield Evidence(kind, "", "", 0, "sha-256", _NO_DIGEST, None, confidential=False)
