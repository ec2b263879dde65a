"""The catalogue: blueprints, achievements, badge images and JSON Schemas, read once from `schemas/`."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from jsonschema import Draft202012Validator

from verifier.format import strictjson, timestamp
from verifier.format.errors import FormatError

SCHEMAS = Path(__file__).with_name("schemas")
BASE = "{base}"
DEMO = "demo-"

T = TypeVar("T")


class CatalogError(Exception):
    """The data under `schemas/` cannot be used; the text names the file and the fault."""


@dataclass(frozen=True, slots=True)
class StudyAdvice:
    """What to study next; `fluency`: lifecycle, tradeoff or done-enough; `week` of 13 in the 90-day path."""

    text: str
    fluency: str
    week: int


@dataclass(frozen=True, slots=True)
class Domain:
    """One domain of an exam; `alignment` lists target codes of its frameworks."""

    code: str
    title: str
    questions: int
    alignment: tuple[str, ...]
    study: tuple[StudyAdvice, ...]


@dataclass(frozen=True, slots=True)
class AttemptPolicy:
    """At most `max_starts` (None: any number) in any `within`; the next `retake_after` a completion."""

    max_starts: int | None
    within: timedelta
    retake_after: timedelta


@dataclass(frozen=True, slots=True)
class Prerequisite:
    """The credential that must be in force when the attempt starts; a renewal may be exempt."""

    credential: str
    renewal_needs_one: bool


@dataclass(frozen=True, slots=True)
class DecidedBy:
    """Who takes the certification decision: kind `rule` with the rule's versioned name, or kind `person`."""

    kind: str
    rule: str | None


@dataclass(frozen=True, slots=True)
class Blueprint:
    """One edition of one exam. Its `id` also names its achievement; `closes` is exclusive, None: open.

    `demonstration`: nobody's exam, for demo issuers alone.
    """

    id: str
    credential: str
    version: str
    credential_schema: str
    opens: datetime
    closes: datetime | None
    max_score: int
    pass_raw: int
    time_limit: timedelta
    attempt_policy: AttemptPolicy
    validity_years: int
    renewal_window_months: int
    prerequisite: Prerequisite | None
    minimum_initiatives: int
    minimum_identity: str
    status_purposes: tuple[str, ...]
    terms_versions: tuple[str, ...]
    decided_by: DecidedBy
    evidence_types: tuple[str, ...]
    slim_alignment: tuple[str, ...]
    domains: tuple[Domain, ...]
    demonstration: bool = False

    def is_open(self, at: datetime) -> bool:
        """Whether an attempt may start at `at`."""
        return self.opens <= at and (self.closes is None or at < self.closes)


@dataclass(frozen=True, slots=True)
class Catalog:
    """Blueprints by id; achievement templates, and badge images as PNG and as SVG, by that id; JSON Schemas by name."""

    blueprints: Mapping[str, Blueprint]
    achievements: Mapping[str, dict[str, Any]]
    images: Mapping[str, bytes]
    drawings: Mapping[str, bytes]
    schemas: Mapping[str, dict[str, Any]]

    @property
    def credentials(self) -> frozenset[str]:
        """The codes of all credentials that some blueprint leads to."""
        return frozenset(blueprint.credential for blueprint in self.blueprints.values())

    def current(self, credential: str, at: datetime) -> Blueprint:
        """The newest edition that is open at `at`, no demonstration; where none is open, the newest there was."""
        real = (blueprint for blueprint in self.blueprints.values() if not blueprint.demonstration)
        mine = [blueprint for blueprint in real if blueprint.credential == credential]
        return max(mine, key=lambda each: (each.is_open(at), each.opens))

    def without_demonstrations(self) -> "Catalog":
        """What an issuer offers that is no demo: anyone can read the key of a demonstration and pass."""
        real = {name: blueprint for name, blueprint in self.blueprints.items() if not blueprint.demonstration}
        return replace(self, blueprints=MappingProxyType(real))

    def achievement(self, blueprint: Blueprint, base_url: str) -> dict[str, Any]:
        """A fresh copy of the full Open Badges 3.0 Achievement; `base_url` has no slash at its end."""
        text = json.dumps(self.achievements[blueprint.id])
        achievement: dict[str, Any] = json.loads(text.replace(BASE, json.dumps(base_url)[1:-1]))
        return achievement


def load_catalog(folder: Path = SCHEMAS) -> Catalog:
    """Read and cross-check everything under `folder`; raises CatalogError."""
    schemas = _each(folder, "*.json", _read)
    shape = schemas.get("blueprint-1")
    if shape is None:
        raise CatalogError(f"{folder} holds no blueprint-1.json; point to the folder of schemas.")
    catalog = Catalog(
        blueprints=_each(folder, "blueprints/*.json", lambda path: _blueprint(path, shape)),
        achievements=_each(folder, "achievements/*.json", _read),
        images=_each(folder, "achievements/*.png", Path.read_bytes),
        drawings=_each(folder, "achievements/*.svg", Path.read_bytes),
        schemas=schemas,
    )
    for name, blueprint in catalog.blueprints.items():
        for fault in _faults(name, blueprint, catalog):
            raise CatalogError(f"Blueprint {name}: {fault}.")
    return catalog


def read_schema(name: str) -> dict[str, Any]:
    """One JSON Schema of this distribution by name, without `.json`; raises CatalogError."""
    return _read(SCHEMAS / f"{name}.json")


def _each(folder: Path, pattern: str, read: Callable[[Path], T]) -> Mapping[str, T]:
    return MappingProxyType({path.stem: read(path) for path in sorted(folder.glob(pattern))})


def _read(path: Path) -> dict[str, Any]:
    try:
        return strictjson.load_object(path.read_bytes())
    except OSError as error:
        raise CatalogError(f"{path} cannot be read: {error.strerror}.") from None
    except FormatError as error:
        raise CatalogError(f"{path} is not usable: {error.detail}") from None


def _blueprint(path: Path, schema: dict[str, Any]) -> Blueprint:
    value = _read(path)
    for error in Draft202012Validator(schema).iter_errors(value):
        raise CatalogError(f"{path}: {error.json_path}: {error.message}.")
    try:
        return _build(value)
    except FormatError as error:
        raise CatalogError(f"{path}: {error.detail}") from None


def _build(value: dict[str, Any]) -> Blueprint:
    """From JSON of the shape of blueprint-1."""
    policy, needs, decided = value["attemptPolicy"], value["prerequisite"], value["decidedBy"]
    return Blueprint(
        id=value["id"],
        credential=value["credential"],
        version=value["version"],
        credential_schema=value["credentialSchema"],
        opens=timestamp.parse(value["opens"]),
        closes=None if value["closes"] is None else timestamp.parse(value["closes"]),
        max_score=value["maxScore"],
        pass_raw=value["passRaw"],
        time_limit=timedelta(minutes=value["timeLimitMinutes"]),
        attempt_policy=AttemptPolicy(
            policy["maxStarts"],
            timedelta(hours=policy["withinHours"]),
            timedelta(hours=policy["retakeAfterHours"]),
        ),
        validity_years=value["validityYears"],
        renewal_window_months=value["renewalWindowMonths"],
        prerequisite=None if needs is None else Prerequisite(needs["credential"], needs["renewalNeedsOne"]),
        minimum_initiatives=value["minimumInitiatives"],
        minimum_identity=value["minimumIdentity"],
        status_purposes=tuple(value["statusPurposes"]),
        terms_versions=tuple(value["termsVersions"]),
        decided_by=DecidedBy(decided["kind"], decided.get("rule")),
        evidence_types=tuple(value["evidenceTypes"]),
        slim_alignment=tuple(value["slimAlignment"]),
        domains=tuple(map(_domain, value["domains"])),
        demonstration=value.get("demonstration", False),
    )


def _domain(value: dict[str, Any]) -> Domain:
    study = tuple(StudyAdvice(item["text"], item["fluency"], item["week"]) for item in value["study"])
    return Domain(value["code"], value["title"], value["questions"], tuple(value["alignment"]), study)


def _faults(name: str, blueprint: Blueprint, catalog: Catalog) -> Iterator[str]:
    """What one file alone cannot show: files that must agree, and sums."""
    if blueprint.id != name or blueprint.id != f"{blueprint.credential.lower()}-{blueprint.version}":
        yield "its file name, id, credential and version disagree"
    if blueprint.demonstration != blueprint.version.startswith(DEMO):
        yield f"a demonstration, and nothing else, has a version that begins with {DEMO}"
    if sum(domain.questions for domain in blueprint.domains) != blueprint.max_score:
        yield "the questions of its domains do not add up to maxScore"
    if blueprint.pass_raw > blueprint.max_score:
        yield "passRaw is above maxScore"
    if blueprint.prerequisite and blueprint.prerequisite.credential not in catalog.credentials:
        yield "its prerequisite is not a credential of this catalogue"
    if blueprint.credential_schema not in catalog.schemas:
        yield f"there is no schema {blueprint.credential_schema}"
    if not all(name in each for each in (catalog.achievements, catalog.images, catalog.drawings)):
        yield "it has no achievement or no badge image of the same name"
    elif _alignment(blueprint) != {item["targetCode"] for item in catalog.achievements[name]["alignment"]}:
        yield "its achievement does not carry exactly the alignment of its domains"
    elif not set(blueprint.slim_alignment) <= _alignment(blueprint):
        yield "slimAlignment lists a code that no domain has"


def _alignment(blueprint: Blueprint) -> set[str]:
    return {code for domain in blueprint.domains for code in domain.alignment}
