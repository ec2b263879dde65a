"""The first register."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table."""
    op.create_table(
        "event",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("type", sa.String(length=64), nullable=False),
        sa.Column("award_id", sa.String(length=45), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=True),
        sa.Column("actor_role", sa.String(length=32), nullable=False),
        sa.Column("decision_ref", sa.String(length=200), nullable=True),
        sa.Column("effective_at", sa.String(length=27), nullable=False),
        sa.Column("prev", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_event")),
        sa.UniqueConstraint("hash", name=op.f("uq_event_hash")),
    )
    op.create_index(op.f("ix_event_award_id"), "event", ["award_id"], unique=False)
    op.create_table(
        "person",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("since", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_table(
        "status_list",
        sa.Column("purpose", sa.String(length=16), nullable=False),
        sa.Column("list_number", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.String(length=27), nullable=False),
        sa.Column("valid_until", sa.String(length=27), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("purpose", "list_number", "valid_from", name=op.f("pk_status_list")),
    )
    op.create_table(
        "person_candidate",
        sa.Column("platform", sa.String(length=200), nullable=False),
        sa.Column("candidate_id", sa.String(length=200), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_candidate_person_id")),
        sa.PrimaryKeyConstraint("platform", "candidate_id", name=op.f("pk_person_candidate")),
    )
    op.create_index(op.f("ix_person_candidate_person_id"), "person_candidate", ["person_id"], unique=False)
    op.create_table(
        "person_email",
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_email_person_id")),
        sa.PrimaryKeyConstraint("person_id", "email", name=op.f("pk_person_email")),
    )
    op.create_table(
        "result",
        sa.Column("seq", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("result_id", sa.String(length=200), nullable=False),
        sa.Column("platform", sa.String(length=200), nullable=False),
        sa.Column("attempt_id", sa.String(length=200), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=True),
        sa.Column("credential", sa.String(length=12), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.String(length=27), nullable=False),
        sa.Column("completed_at", sa.String(length=27), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("codes", sa.Text(), nullable=False),
        sa.Column("received_at", sa.String(length=27), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_result_person_id")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_result")),
    )
    op.create_index(op.f("ix_result_person_id"), "result", ["person_id"], unique=False)
    op.create_index(op.f("ix_result_result_id"), "result", ["result_id"], unique=False)
    op.create_table(
        "award",
        sa.Column("id", sa.String(length=45), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("result_seq", sa.Integer(), nullable=False),
        sa.Column("credential", sa.String(length=12), nullable=False),
        sa.Column("blueprint", sa.String(length=64), nullable=False),
        sa.Column("awarded", sa.String(length=27), nullable=False),
        sa.Column("valid_until", sa.String(length=27), nullable=False),
        sa.Column("renews", sa.String(length=32), nullable=True),
        sa.Column("rests_on", sa.String(length=32), nullable=True),
        sa.Column("withdrawn_at", sa.String(length=27), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=64), nullable=True),
        sa.Column("review_since", sa.String(length=27), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_award_person_id")),
        sa.ForeignKeyConstraint(["result_seq"], ["result.seq"], name=op.f("fk_award_result_seq")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award")),
        sa.UniqueConstraint("public_id", name=op.f("uq_award_public_id")),
        sa.UniqueConstraint("result_seq", name=op.f("uq_award_result_seq")),
    )
    op.create_index(op.f("ix_award_person_id"), "award", ["person_id"], unique=False)
    op.create_index(op.f("ix_award_rests_on"), "award", ["rests_on"], unique=False)
    op.create_table(
        "decision",
        sa.Column("seq", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("result_seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("decided_by", sa.String(length=200), nullable=False),
        sa.Column("outcome", sa.String(length=12), nullable=False),
        sa.Column("set_aside", sa.Text(), nullable=False),
        sa.Column("rests_on", sa.Text(), nullable=True),
        sa.Column("reference", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(["result_seq"], ["result.seq"], name=op.f("fk_decision_result_seq")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_decision")),
    )
    op.create_index(op.f("ix_decision_result_seq"), "decision", ["result_seq"], unique=False)
    op.create_table(
        "revision",
        sa.Column("award_id", sa.String(length=45), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.String(length=27), nullable=False),
        sa.Column("issued_at", sa.String(length=27), nullable=True),
        sa.Column("credential", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["award_id"], ["award.id"], name=op.f("fk_revision_award_id")),
        sa.PrimaryKeyConstraint("award_id", "number", name=op.f("pk_revision")),
    )
    op.create_table(
        "rendering",
        sa.Column("award_id", sa.String(length=45), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("format", sa.String(length=16), nullable=False),
        sa.Column("key_id", sa.String(length=64), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["award_id", "revision"], ["revision.award_id", "revision.number"], name=op.f("fk_rendering_award_id")
        ),
        sa.PrimaryKeyConstraint("award_id", "revision", "format", name=op.f("pk_rendering")),
    )
    op.create_table(
        "status_index",
        sa.Column("purpose", sa.String(length=16), nullable=False),
        sa.Column("list_number", sa.Integer(), nullable=False),
        sa.Column("list_index", sa.Integer(), nullable=False),
        sa.Column("award_id", sa.String(length=45), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("is_set", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.String(length=27), nullable=True),
        sa.ForeignKeyConstraint(
            ["award_id", "revision"], ["revision.award_id", "revision.number"], name=op.f("fk_status_index_award_id")
        ),
        sa.PrimaryKeyConstraint("purpose", "list_number", "list_index", name=op.f("pk_status_index")),
        sa.UniqueConstraint("award_id", "revision", "purpose", name=op.f("uq_status_index_award_id_revision_purpose")),
    )


def downgrade() -> None:
    """Drop every table."""
    op.drop_table("status_index")
    op.drop_table("rendering")
    op.drop_table("revision")
    op.drop_index(op.f("ix_decision_result_seq"), table_name="decision")
    op.drop_table("decision")
    op.drop_index(op.f("ix_award_rests_on"), table_name="award")
    op.drop_index(op.f("ix_award_person_id"), table_name="award")
    op.drop_table("award")
    op.drop_index(op.f("ix_result_result_id"), table_name="result")
    op.drop_index(op.f("ix_result_person_id"), table_name="result")
    op.drop_table("result")
    op.drop_table("person_email")
    op.drop_index(op.f("ix_person_candidate_person_id"), table_name="person_candidate")
    op.drop_table("person_candidate")
    op.drop_table("status_list")
    op.drop_table("person")
    op.drop_index(op.f("ix_event_award_id"), table_name="event")
    op.drop_table("event")
