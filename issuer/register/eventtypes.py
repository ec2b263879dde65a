"""Every type of event there is, and the role that such an act belongs to, by whatever door it came."""

from enum import StrEnum
from typing import Self


class ActorRole(StrEnum):
    """In what role somebody acts; never who."""

    OPERATOR = "operator"
    PLATFORM = "platform"
    REVIEWER = "reviewer"
    ISSUER = "issuer"
    HOLDER = "holder"


class EventType(StrEnum):
    """What was done. Its role is its own: terminal, API and console log the same act alike."""

    role: ActorRole

    def __new__(cls, value: str, role: ActorRole) -> Self:
        """A member with its role beside its text."""
        made = str.__new__(cls, value)
        made._value_, made.role = value, role
        return made

    ISSUER_CREATED = "issuer-created", ActorRole.OPERATOR
    KEY_ANNOUNCED = "key-announced", ActorRole.OPERATOR
    KEY_ACTIVATED = "key-activated", ActorRole.OPERATOR
    KEY_RETIRED = "key-retired", ActorRole.OPERATOR
    KEY_REWRAPPED = "key-rewrapped", ActorRole.OPERATOR
    KEY_COMPROMISED = "key-compromised", ActorRole.OPERATOR

    PLATFORM_ALLOWED = "platform-allowed", ActorRole.OPERATOR
    PLATFORM_ENDED = "platform-ended", ActorRole.OPERATOR
    TOKEN_MADE = "token-made", ActorRole.OPERATOR
    TOKEN_ENDED = "token-ended", ActorRole.OPERATOR
    STAFF_SET = "staff-set", ActorRole.OPERATOR
    STAFF_LINK_MADE = "staff-link-made", ActorRole.OPERATOR
    STAFF_ENDED = "staff-ended", ActorRole.OPERATOR
    BATCH_BEGUN = "batch-begun", ActorRole.ISSUER

    HELD = "held", ActorRole.PLATFORM
    RELEASED = "released", ActorRole.REVIEWER
    REFUSED = "refused", ActorRole.REVIEWER

    PLANNED = "planned", ActorRole.ISSUER
    ISSUED = "issued", ActorRole.ISSUER
    SUPERSEDED = "superseded", ActorRole.ISSUER
    REVOKED = "revoked", ActorRole.ISSUER
    SUSPENDED = "suspended", ActorRole.REVIEWER
    REINSTATED = "reinstated", ActorRole.REVIEWER
    APPEAL_UPHELD = "appeal-upheld", ActorRole.REVIEWER
    REVIEW_DUE = "review-due", ActorRole.ISSUER
    REVIEW_CLOSED = "review-closed", ActorRole.REVIEWER

    ERASED = "erased", ActorRole.HOLDER
    PERSON_ERASED = "person-erased", ActorRole.HOLDER
    CONTACT_DELETED = "contact-deleted", ActorRole.HOLDER
    LINK_RENEWED = "link-renewed", ActorRole.HOLDER
    REQUESTED = "requested", ActorRole.HOLDER
    REQUEST_CLOSED = "request-closed", ActorRole.REVIEWER
    CONSENT_REGISTRY_GIVEN = "consent-registry-given", ActorRole.HOLDER
    CONSENT_REGISTRY_ENDED = "consent-registry-ended", ActorRole.HOLDER
    CONSENT_SCORE_GIVEN = "consent-score-given", ActorRole.HOLDER
    CONSENT_SCORE_ENDED = "consent-score-ended", ActorRole.HOLDER

    ERASE_ASKED = "erase-asked", ActorRole.HOLDER
    FORGET_CONTACT_ASKED = "forget-contact-asked", ActorRole.HOLDER
    SCORE_ASKED = "score-asked", ActorRole.HOLDER
    RENEW_ASKED = "renew-asked", ActorRole.HOLDER
    ERASE_TAKEN_BACK = "erase-taken-back", ActorRole.HOLDER
    FORGET_CONTACT_TAKEN_BACK = "forget-contact-taken-back", ActorRole.HOLDER
    SCORE_TAKEN_BACK = "score-taken-back", ActorRole.HOLDER
    RENEW_TAKEN_BACK = "renew-taken-back", ActorRole.HOLDER
    ERASE_IMPOSSIBLE = "erase-impossible", ActorRole.HOLDER
    FORGET_CONTACT_IMPOSSIBLE = "forget-contact-impossible", ActorRole.HOLDER
    SCORE_IMPOSSIBLE = "score-impossible", ActorRole.HOLDER
    RENEW_IMPOSSIBLE = "renew-impossible", ActorRole.HOLDER
    ERASE_DROPPED = "erase-dropped", ActorRole.REVIEWER
    FORGET_CONTACT_DROPPED = "forget-contact-dropped", ActorRole.REVIEWER
    SCORE_DROPPED = "score-dropped", ActorRole.REVIEWER
    RENEW_DROPPED = "renew-dropped", ActorRole.REVIEWER
    LINK_ENDED = "link-ended", ActorRole.REVIEWER
    LINK_REPLACED = "link-replaced", ActorRole.REVIEWER
    NOTICE_TOLD = "notice-told", ActorRole.REVIEWER
    LINKS_EXPORTED = "links-exported", ActorRole.ISSUER

    EMAIL_ADDED = "email-added", ActorRole.REVIEWER
    PERSON_MERGED = "person-merged", ActorRole.REVIEWER
    PERSON_SPLIT = "person-split", ActorRole.REVIEWER

    REGISTER_RESTORED = "register-restored", ActorRole.OPERATOR
    REGISTER_REPAIRED = "register-repaired", ActorRole.OPERATOR
    RECOVERED = "recovered", ActorRole.OPERATOR
    CLOCK_PUT_RIGHT = "clock-put-right", ActorRole.OPERATOR
    IN_FORCE_AGAIN = "in-force-again", ActorRole.OPERATOR
    ADOPTED = "adopted", ActorRole.PLATFORM
