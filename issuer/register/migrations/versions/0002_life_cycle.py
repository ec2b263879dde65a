"""Suspensions, later revisions, erasure, merged persons, and what a lost register has left behind."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what the life cycle needs; every revision that was issued so far was delivered too."""
    op.add_column("person", sa.Column("merged_into", sa.String(length=32), nullable=True))
    op.add_column("award", sa.Column("erased_at", sa.String(length=27), nullable=True))
    op.add_column("revision", sa.Column("cause", sa.String(length=64), nullable=True))
    op.add_column("revision", sa.Column("delivered_at", sa.String(length=27), nullable=True))
    op.execute("UPDATE revision SET delivered_at = issued_at")
    op.add_column("event", sa.Column("subject", sa.String(length=64), nullable=True))
    op.create_index(op.f("ix_event_type"), "event", ["type"], unique=False)
    op.create_index("ix_result_platform_attempt_id", "result", ["platform", "attempt_id"], unique=False)
    op.create_table(
        "suspension",
        sa.Column("seq", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("award_id", sa.String(length=45), nullable=False),
        sa.Column("since", sa.String(length=27), nullable=False),
        sa.Column("due", sa.String(length=27), nullable=False),
        sa.Column("reason", sa.String(length=64), nullable=False),
        sa.Column("ended_at", sa.String(length=27), nullable=True),
        sa.ForeignKeyConstraint(["award_id"], ["award.id"], name=op.f("fk_suspension_award_id")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_suspension")),
    )
    op.create_index(op.f("ix_suspension_award_id"), "suspension", ["award_id"], unique=False)
    op.create_table(
        "status_orphan",
        sa.Column("purpose", sa.String(length=16), nullable=False),
        sa.Column("list_number", sa.Integer(), nullable=False),
        sa.Column("list_index", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("purpose", "list_number", "list_index", name=op.f("pk_status_orphan")),
    )


def downgrade() -> None:
    """Take it away again."""
    op.drop_table("status_orphan")
    op.drop_index(op.f("ix_suspension_award_id"), table_name="suspension")
    op.drop_table("suspension")
    op.drop_index("ix_result_platform_attempt_id", table_name="result")
    op.drop_index(op.f("ix_event_type"), table_name="event")
    op.drop_column("event", "subject")
    op.drop_column("revision", "delivered_at")
    op.drop_column("revision", "cause")
    op.drop_column("award", "erased_at")
    op.drop_column("person", "merged_into")
