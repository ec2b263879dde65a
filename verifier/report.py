"""What a verification says: checks, verdict, state, and one plain sentence."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from .codes import CODES, Outcome
from .format.errors import FormatError
from .format.timestamp import format_seconds
from .format.types import Json, JsonObject


class Verdict(StrEnum):
    """The answer to: may the reader rely on it?"""

    VALID = "valid"
    INVALID = "invalid"
    INDETERMINATE = "indeterminate"


class State(StrEnum):
    """The state of the credential itself, as far as it could be told."""

    VALID = "valid"
    NOT_YET_VALID = "not-yet-valid"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    UNKNOWN = "unknown"


class Level(StrEnum):
    """How much a caller demands before it sees the claims."""

    VALID = "valid"
    AUTHENTIC = "authentic"


class NotVerifiedError(Exception):
    """The claims were asked for, and the report does not carry them. `report` says why."""

    def __init__(self, report: "Report") -> None:
        super().__init__(report.summary)
        self.report = report


@dataclass(frozen=True, slots=True)
class Check:
    """One row of the table. `code` is "" unless failed or indeterminate; `detail` is for people."""

    id: str
    outcome: Outcome
    code: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """A warning: it never changes the verdict."""

    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class StatusEntry:
    """What one list says: `asOf` is the list's own validFrom, None when there is no list."""

    purpose: str
    list_url: str
    index: int
    is_set: bool | None = None
    as_of: datetime | None = None


@dataclass(frozen=True, slots=True)
class VerifiedCredential:
    """A credential whose signature was verified, exactly as signed and without its proofs.

    `statements` is the document without what no context defines: where every byte is signed, such words may stand in
    it, and mean nothing that its reader could know.
    """

    document: JsonObject
    statements: JsonObject
    issuer: str
    issuer_name: str


# Checks up to and with `signature` decide whether the document is genuine; these decide whether it is in force.
IN_FORCE_CHECKS = (
    "certificate",
    "validity-period",
    "status-list-authentic",
    "status-fresh",
    "not-revoked",
    "not-suspended",
)
SOUND_LIST = "kind.status-list"
# Of a presentation, the credentials inside say what is in force, within its own dates; they stand or fall alone.
_CONTAINED = "credentials-inside"
_AFTER_SIGNATURE = (
    *IN_FORCE_CHECKS,
    "list-content",
    "issuer-accepted",
    "addressed",
    "credential-schema",
    "presentation-bound",
    _CONTAINED,
)
# Which code settles the state, most final first.
_STATE_CODES = {
    "status.revoked": State.WITHDRAWN,
    "status.suspended": State.SUSPENDED,
    "period.expired": State.EXPIRED,
    "period.early": State.NOT_YET_VALID,
}
# A file that fails these says nothing about who made it, so "not genuine" would say too much.
_NOT_A_CREDENTIAL = ("readable", "well-formed")
_LEADS = {False: "Not genuine. ", None: "Could not be checked. "}


@dataclass(frozen=True)
class Report:
    """The result of `verify`. Its truth is the verdict: `bool(report)` is true for `valid` alone."""

    checks: tuple[Check, ...]
    checked_at: datetime
    warnings: tuple[Notice, ...] = ()
    status: tuple[StatusEntry, ...] = ()
    trust_as_of: datetime | None = None
    credentials: tuple["Report", ...] = ()
    """For a presentation: a report on each credential inside."""
    genuine_lists: Mapping[str, JsonObject] = field(default_factory=dict, repr=False)
    """The status lists that were found genuine, by address: what a memory may keep."""
    _credential: VerifiedCredential | None = field(default=None, repr=False)

    def __bool__(self) -> bool:
        return self.verdict is Verdict.VALID

    @cached_property
    def verdict(self) -> Verdict:
        """The conjunction of the checks: failed beats indeterminate, and only all passed is valid."""
        return _conjunction(self.checks)

    @cached_property
    def genuine(self) -> bool | None:
        """Whether the document is what its issuer signed; None when that could not be told."""
        return _truth([check for check in self.checks if check.id not in _AFTER_SIGNATURE])

    @property
    def is_sound_list(self) -> bool:
        """Whether this is a status list with which nothing is wrong; being no certificate, none is ever `valid`."""
        return [check.code for check in self.checks if check.code] == [SOUND_LIST]

    @cached_property
    def in_force(self) -> bool | None:
        """Whether it holds at `checked_at`; None when that could not be told, as for what is not genuine."""
        if not self.genuine:
            return None
        own = _truth([check for check in self.checks if check.id in IN_FORCE_CHECKS])
        if all(check.id != _CONTAINED for check in self.checks):
            return own
        return _all([own, *(report.in_force for report in self.credentials)]) if self.credentials else None

    @cached_property
    def state(self) -> State:
        """The state word."""
        codes = {check.code for check in self.checks}
        settled = [state for code, state in _STATE_CODES.items() if code in codes]
        inside = [report.state for report in self.credentials if report.state is not State.VALID]
        # A presentation that is not genuine takes nothing from a credential inside, which stands for itself.
        in_force = self.in_force is not False if self.credentials else self.in_force
        return next(iter([*settled, *inside]), State.VALID if in_force else State.UNKNOWN)

    @cached_property
    def summary(self) -> str:
        """One plain sentence: what it means and what to do."""
        decisive = self.decisive
        if decisive is None:
            if self.shows_nothing:
                return "Signed by its holder. It shows no credential."
            return "Genuine and in force." if self else "Nothing was checked."
        leads = {} if decisive.id in _NOT_A_CREDENTIAL else _LEADS
        return leads.get(self.genuine, "") + CODES[decisive.code].sentence

    @property
    def shows_nothing(self) -> bool:
        """Whether this is a good presentation without a credential: valid, and yet nothing is in force."""
        return bool(self) and self.in_force is None

    @property
    def decisive(self) -> Check | None:
        """The check that decides the verdict: the first failed one, else the first indeterminate one."""
        for outcome in (Outcome.FAILED, Outcome.INDETERMINATE):
            for check in self.checks:
                if check.outcome is outcome:
                    return check
        return None

    @property
    def status_as_of(self) -> datetime | None:
        """The oldest list that the answer rests on."""
        return min((entry.as_of for entry in self.status if entry.as_of), default=None)

    def require(self, level: Level = Level.VALID) -> VerifiedCredential:
        """The claims, or NotVerifiedError: the only way to them.

        `Level.AUTHENTIC` asks for less: whatever its issuer signed, also expired, withdrawn, or of an issuer that
        the relying party does not accept.
        """
        enough = bool(self) if level is Level.VALID else self.genuine is True
        if not enough or self._credential is None:
            raise NotVerifiedError(self)
        return self._credential

    def to_json(self) -> JsonObject:
        """The object that `--json` prints."""
        result: JsonObject = {
            "verdict": str(self.verdict),
            "genuine": self.genuine,
            "inForce": self.in_force,
            "state": str(self.state),
            "summary": self.summary,
            "checkedAt": format_seconds(self.checked_at),
            "trustAsOf": _time(self.trust_as_of),
            "checks": [_row(check) for check in self.checks],
            "warnings": [{"code": notice.code, "detail": notice.detail} for notice in self.warnings],
            "status": self._status_json(),
        }
        if self.genuine and self._credential is not None:
            result["credential"] = self._credential.document
        if self.credentials:
            result["credentials"] = [report.to_json() for report in self.credentials]
        return result

    def _status_json(self) -> JsonObject:
        as_of = self.status_as_of
        return {
            "asOf": _time(as_of),
            "ageSeconds": int((self.checked_at - as_of).total_seconds()) if as_of else None,
            "entries": [
                {
                    "purpose": entry.purpose,
                    "list": entry.list_url,
                    "index": entry.index,
                    "set": entry.is_set,
                    "asOf": _time(entry.as_of),
                }
                for entry in self.status
            ],
        }


def unread(error: FormatError, at: datetime) -> Report:
    """The report on what did not come as far as the checks."""
    return Report((Check("readable", Outcome(CODES[error.code].effect), error.code, error.detail),), at)


def _conjunction(checks: Sequence[Check]) -> Verdict:
    outcomes = {check.outcome for check in checks}
    if Outcome.FAILED in outcomes:
        return Verdict.INVALID
    if Outcome.INDETERMINATE in outcomes or Outcome.PASSED not in outcomes:
        return Verdict.INDETERMINATE
    return Verdict.VALID


def _truth(checks: Sequence[Check]) -> bool | None:
    return {Verdict.VALID: True, Verdict.INVALID: False}.get(_conjunction(checks))


def _all(answers: Iterable[bool | None]) -> bool | None:
    answers = list(answers)
    return False if False in answers else None if None in answers else True


def _row(check: Check) -> Json:
    return {"id": check.id, "outcome": str(check.outcome), "code": check.code or None, "detail": check.detail}


def _time(instant: datetime | None) -> str | None:
    return format_seconds(instant) if instant else None
