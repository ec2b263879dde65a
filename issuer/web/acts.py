"""Every act on one credential as the service offers it: what it asks for, the use case it calls, what is said of it.

The API and the console both go through here. Whether an act is allowed is decided in `issuer/service/`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from keys import KeysError
from verifier.format.timestamp import parse

from ..errors import IssuerError
from ..reasons import reasons, signed
from ..service import erase, publish, review, revoke, supersede, suspend, traces
from ..service.access import Actor
from ..service.desk import Desk
from ..service.publish import Published
from ..words import awards as words


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody gave for an act. `reference` names the decision and who carries it out; `due` is RFC 3339."""

    reference: str
    actor: Actor
    reason: str = ""
    due: str = ""
    name: str = ""
    whole_person: bool = False
    publish: bool = True


@dataclass(frozen=True, slots=True)
class Done:
    """What was done, as the terminal's --json has it; `unpublished`: why others do not see it yet, if they cannot."""

    value: dict[str, Any]
    unpublished: IssuerError | KeysError | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """One act. `done`: what is said of it afterwards; `fields`: what it asks for beside the decision; `final`: it
    cannot be taken back; `reasons_for`: the act as the policy of reasons names it.
    """

    title: str
    done: str
    hint: str
    run: Callable[[Desk, str, Given, datetime], Any]
    to_json: Callable[[Any, Published | None], dict[str, Any]]
    fields: tuple[str, ...] = ()
    reasons_for: str = ""
    final: bool = False
    publishes: bool = True

    @property
    def reasons(self) -> tuple[str, ...]:
        """The reasons to choose from; none where the act asks for none."""
        return reasons(self.reasons_for) if self.reasons_for else ()


def carry_out(desk: Desk, offer: Offer, public_id: str, given: Given, at: datetime) -> Done:
    """Do it, and publish unless that is left for later: what was done is told also when that fails."""
    result = offer.run(desk, public_id, given, at)
    seen, failed = None, None
    if offer.publishes and given.publish:
        try:
            seen = publish.publish(desk, at)
        except (IssuerError, KeysError) as error:
            failed = error
    return Done(_remote(offer.to_json(result, seen)), failed)


def given_by(actor: Actor, decision: str, **more: Any) -> Given:
    """What an actor gave. Raises IssuerError `decision.reference`."""
    return Given(signed(decision, actor.name), actor, **more)


def _remote(value: dict[str, Any]) -> dict[str, Any]:
    """Without the folders of this host: they mean nothing elsewhere."""
    if "files" in value:
        value["files"] = [path.rpartition("/")[2] for path in value["files"]]
    if value.get("published"):
        value["published"] = {"lists": value["published"]["lists"]}
    return value


def _revoke(desk: Desk, public_id: str, given: Given, at: datetime) -> Any:
    return revoke.revoke(desk, public_id, reason=given.reason, reference=given.reference, at=at)


def _suspend(desk: Desk, public_id: str, given: Given, at: datetime) -> Any:
    return suspend.suspend(
        desk,
        public_id,
        reason=given.reason,
        reference=given.reference,
        due=parse(given.due),
        at=at,
    )


def _reinstate(desk: Desk, public_id: str, given: Given, at: datetime) -> Any:
    reason = reasons("reinstatement")[0]
    return suspend.reinstate(desk, public_id, reason=reason, reference=given.reference, at=at)


def _supersede(desk: Desk, public_id: str, given: Given, at: datetime) -> Any:
    return supersede.supersede(desk, public_id, name=given.name, reference=given.reference, at=at)


def _appeal(desk: Desk, public_id: str, given: Given, at: datetime) -> Any:
    return revoke.uphold_appeal(desk, public_id, reference=given.reference, at=at)


def _erase(desk: Desk, public_id: str, given: Given, at: datetime) -> Any:
    return erase.erase(
        desk,
        public_id,
        reference=given.reference,
        whole_person=given.whole_person,
        at=at,
        seconds=traces.AT_ONCE_SECONDS,
    )


def _forget(desk: Desk, public_id: str, given: Given, at: datetime) -> Any:
    return erase.forget_contact(desk, public_id, reference=given.reference, at=at, seconds=traces.AT_ONCE_SECONDS)


def _close(desk: Desk, public_id: str, given: Given, at: datetime) -> Any:
    return review.close(desk, public_id, reference=given.reference, at=at)


def _id_alone(public_id: str, _seen: Published | None) -> dict[str, Any]:
    return {"publicId": public_id}


OFFERS: Final[Mapping[str, Offer]] = MappingProxyType(
    {
        "review-close": Offer(
            "Close the review",
            "The review is closed",
            "Keep the credential as it is, although what it rests on was withdrawn.",
            _close,
            _id_alone,
            publishes=False,
        ),
        "suspend": Offer(
            "Suspend",
            "Suspended",
            "Readers see it as suspended until somebody has decided.",
            _suspend,
            words.suspended_json,
            fields=("reason", "due"),
            reasons_for="suspension",
        ),
        "reinstate": Offer(
            "Lift the suspension",
            "In force again",
            "Readers see it as in force again.",
            _reinstate,
            words.suspended_json,
        ),
        "appeal": Offer(
            "Restore after an appeal",
            "Restored by a new revision",
            "A new revision with the first dates. The withdrawn file stays withdrawn: the holder gets a new one.",
            _appeal,
            words.revised_json,
        ),
        "supersede": Offer(
            "Correct the name",
            "Corrected by a new revision",
            "A new revision takes the place of the file that the holder has, for ever.",
            _supersede,
            words.revised_json,
            fields=("name",),
            final=True,
        ),
        "revoke": Offer(
            "Withdraw",
            "Withdrawn",
            "For ever. Readers see it as no longer in force, and never why.",
            _revoke,
            words.revoked_json,
            fields=("reason",),
            reasons_for="revocation",
            final=True,
        ),
        "forget-contact": Offer(
            "Delete the contact data",
            "The contact data is deleted",
            "The e-mail addresses of the holder are gone for ever; the credential stays.",
            _forget,
            lambda done, _seen: words.contact_deleted_json(done),
            final=True,
            publishes=False,
        ),
        "erase": Offer(
            "Withdraw and erase",
            "Withdrawn and erased",
            "For ever, and for the whole person: everything that names them is deleted, and nobody can bring it back.",
            _erase,
            words.erased_json,
            fields=("wholePerson",),
            final=True,
        ),
    }
)
