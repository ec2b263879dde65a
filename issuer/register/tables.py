"""The tables, and where personal data lives.

`PERSONAL` names these: addresses and candidate ids, wishes, notices, records as they came, and what was issued.

Everything else holds ids, codes, digests and times, so that erasing a person leaves the history intact.
"""

from typing import Any, Final

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from .instant import Instant

LAST_NUMBER: Final = (1 << 31) - 1
"""The largest that a column of numbers holds on every database: no row has a larger one."""

# Names for constraints, so that migrations can refer to them on every database.
metadata: Final = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

person: Final = Table(
    "person",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("since", Instant, nullable=False),
    Column("merged_into", String(32)),
)
person_candidate: Final = Table(
    "person_candidate",
    metadata,
    Column("platform", String(200), primary_key=True),
    Column("candidate_id", String(200), primary_key=True),
    Column("person_id", ForeignKey("person.id"), nullable=False, index=True),
)
person_email: Final = Table(
    "person_email",
    metadata,
    Column("person_id", ForeignKey("person.id"), primary_key=True),
    Column("email", String(320), primary_key=True),
)
_STANDING: Final[dict[str, Any]] = dict.fromkeys(("sqlite_where", "postgresql_where"), text("state <> 'refused'"))
"""A refused record stands in nobody's way: its platform may send a corrected one under the same id."""
result: Final = Table(
    "result",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("result_id", String(200), nullable=False, index=True),
    Column("platform", String(200), nullable=False),
    Column("attempt_id", String(200), nullable=False),
    Column("person_id", ForeignKey("person.id"), index=True),
    Column("credential", String(12), nullable=False),
    Column("number", Integer, nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("completed_at", Instant, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("state", String(12), nullable=False),
    Column("codes", Text, nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("raw", LargeBinary),
    Index("ix_result_platform_attempt_id", "platform", "attempt_id"),
    Index("uq_result_platform_result_id", "platform", "result_id", unique=True, **_STANDING),
)
decision: Final = Table(
    "decision",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("result_seq", ForeignKey("result.seq"), nullable=False, index=True),
    Column("at", Instant, nullable=False),
    Column("decided_by", String(200), nullable=False),
    Column("outcome", String(12), nullable=False),
    Column("set_aside", Text, nullable=False),
    Column("rests_on", Text),
    Column("reference", String(200)),
)
award: Final = Table(
    "award",
    metadata,
    Column("id", String(45), primary_key=True),
    Column("public_id", String(32), nullable=False, unique=True),
    Column("person_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("result_seq", ForeignKey("result.seq"), nullable=False, unique=True),
    Column("credential", String(12), nullable=False),
    Column("blueprint", String(64), nullable=False),
    Column("awarded", Instant, nullable=False),
    Column("valid_until", Instant, nullable=False),
    Column("renews", String(32)),
    Column("rests_on", String(32), index=True),
    Column("withdrawn_at", Instant),
    Column("withdrawn_reason", String(64)),
    Column("review_since", Instant),
    Column("erased_at", Instant),
)
suspension: Final = Table(
    "suspension",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("award_id", ForeignKey("award.id"), nullable=False, index=True),
    Column("since", Instant, nullable=False),
    Column("due", Instant, nullable=False),
    Column("reason", String(64), nullable=False),
    Column("ended_at", Instant),
)
revision: Final = Table(
    "revision",
    metadata,
    Column("award_id", ForeignKey("award.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("valid_from", Instant, nullable=False),
    Column("issued_at", Instant),
    Column("credential", Text, nullable=False),
    Column("cause", String(64)),
    Column("delivered_at", Instant),
)
rendering: Final = Table(
    "rendering",
    metadata,
    Column("award_id", String(45), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("format", String(16), primary_key=True),
    Column("key_id", String(64), nullable=False),
    Column("at", Instant, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("content", LargeBinary, nullable=False),
    ForeignKeyConstraint(["award_id", "revision"], ["revision.award_id", "revision.number"]),
)
status_index: Final = Table(
    "status_index",
    metadata,
    Column("purpose", String(16), primary_key=True),
    Column("list_number", Integer, primary_key=True),
    Column("list_index", Integer, primary_key=True),
    Column("award_id", String(45), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("is_set", Boolean, nullable=False, default=False),
    Column("changed_at", Instant),
    ForeignKeyConstraint(["award_id", "revision"], ["revision.award_id", "revision.number"]),
    UniqueConstraint("award_id", "revision", "purpose"),
)
# Set bits of awards that this register has lost: known from a published list alone, and kept for ever.
status_orphan: Final = Table(
    "status_orphan",
    metadata,
    Column("purpose", String(16), primary_key=True),
    Column("list_number", Integer, primary_key=True),
    Column("list_index", Integer, primary_key=True),
)
status_list: Final = Table(
    "status_list",
    metadata,
    Column("purpose", String(16), primary_key=True),
    Column("list_number", Integer, primary_key=True),
    Column("valid_from", Instant, primary_key=True),
    Column("valid_until", Instant, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("set_aside_at", Instant),
)
# An operator's own dictionaries of QR codes: never changed, because codes are printed on them.
qr_dictionary: Final = Table(
    "qr_dictionary",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("content", LargeBinary, nullable=False),
)
event: Final = Table(
    "event",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("type", String(64), nullable=False, index=True),
    Column("award_id", String(45), index=True),
    Column("revision", Integer),
    Column("actor_role", String(32), nullable=False),
    Column("decision_ref", String(200)),
    Column("effective_at", Instant, nullable=False),
    Column("prev", String(64), nullable=False),
    Column("hash", String(64), nullable=False, unique=True),
    Column("subject", String(64)),
)
platform_key: Final = Table(
    "platform_key",
    metadata,
    Column("platform", String(128), primary_key=True),
    Column("key_id", String(64), primary_key=True),
    Column("public_key", String(64), nullable=False),
    Column("since", Instant, nullable=False),
    Column("ended_at", Instant),
)
staff: Final = Table(
    "staff",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("role", String(16), nullable=False),
    Column("password_hash", String(200), nullable=False),
    Column("since", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("failures", Integer, nullable=False),
    Column("failed_at", Instant),
)
# What holders say after their result; before any word of theirs that of the result record counts.
consent: Final = Table(
    "consent",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("award_id", ForeignKey("award.id"), nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("given", Boolean, nullable=False),
    Column("at", Instant, nullable=False),
)
request: Final = Table(
    "request",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("person_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("text", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("closed_at", Instant),
)
# Erasures after which the files of the database are still to be rewritten.
trace: Final = Table(
    "trace",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("since", Instant, nullable=False),
)
# Empty. PostgreSQL tells by it whether a transaction is open that began before a row of it was deleted.
horizon: Final = Table("horizon", metadata, Column("seq", Integer, primary_key=True, autoincrement=False))
# What holders have asked for through their link and can take back until it is due. `link`: the digest of that link.
pending: Final = Table(
    "pending",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("person_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("public_id", String(32)),
    Column("given", Boolean),
    Column("link", String(64), nullable=False),
    Column("at", Instant, nullable=False),
    Column("due", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("outcome", String(16)),
)
# What a holder should be told, until somebody has told them; it goes with their addresses.
notice: Final = Table(
    "notice",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("person_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("email", String(320), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("at", Instant, nullable=False),
    Column("due", Instant),
)
# Attempts to log in, by a keyed digest of name and address, or of name and browser: for an hour after the last.
login_try: Final = Table(
    "login_try",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("attempts", Integer, nullable=False),
    Column("last_at", Instant, nullable=False, index=True),
)
# Tokens, sessions and links: whoever bears the secret may act; the register holds a digest of it alone.
# `seed`: what a link is derived from, beside the service's key; for a session the mark of that key.
secret: Final = Table(
    "secret",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("subject", String(128), nullable=False),
    Column("role", String(16)),
    Column("since", Instant, nullable=False),
    Column("expires", Instant),
    Column("ended_at", Instant),
    Column("seed", String(32)),
    Index("ix_secret_kind_subject", "kind", "subject"),
)

PERSONAL: Final = (person_candidate, person_email, request, notice, result, revision, rendering)
"""Where personal data lives."""
