"""Requests that wait, notices to holders, and what each link is derived from, so that none comes back."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; links were derived from their number, and go on being so."""
    op.create_table(
        "pending",
        sa.Column("seq", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=True),
        sa.Column("given", sa.Boolean(), nullable=True),
        sa.Column("link", sa.String(length=64), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("due", sa.String(length=27), nullable=False),
        sa.Column("ended_at", sa.String(length=27), nullable=True),
        sa.Column("outcome", sa.String(length=16), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_pending_person_id")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_pending")),
    )
    op.create_index(op.f("ix_pending_person_id"), "pending", ["person_id"], unique=False)
    op.create_table(
        "notice",
        sa.Column("seq", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("due", sa.String(length=27), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_notice_person_id")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_notice")),
    )
    op.create_index(op.f("ix_notice_person_id"), "notice", ["person_id"], unique=False)
    op.add_column("secret", sa.Column("seed", sa.String(length=32), nullable=True))
    _number_the_links(op.get_bind())


def _number_the_links(connection: sa.Connection) -> None:
    """The seed of a link that is in use: how many of its person had ended before, of which it was derived so far."""
    secret = sa.table("secret", *(sa.column(name) for name in ("digest", "kind", "subject", "ended_at", "seed")))
    ended = sa.select(secret.c.subject, sa.func.count(secret.c.ended_at)).where(secret.c.kind == "link")
    for subject, count in connection.execute(ended.group_by(secret.c.subject)).all():
        mine = (secret.c.kind == "link") & (secret.c.subject == subject) & secret.c.ended_at.is_(None)
        connection.execute(secret.update().where(mine).values(seed=str(count)))


def downgrade() -> None:
    """Take it away again."""
    op.drop_column("secret", "seed")
    op.drop_index(op.f("ix_notice_person_id"), table_name="notice")
    op.drop_table("notice")
    op.drop_index(op.f("ix_pending_person_id"), table_name="pending")
    op.drop_table("pending")
