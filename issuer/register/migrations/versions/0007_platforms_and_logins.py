"""An id of a result is its platform's own: one record stands under it for each. And attempts to log in are counted."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

STANDS = sa.text("state <> 'refused'")


def upgrade() -> None:
    """Hold it in the database too. Before, one record stood under an id whosever it was: no row is in the way."""
    op.create_index(
        "uq_result_platform_result_id",
        "result",
        ["platform", "result_id"],
        unique=True,
        sqlite_where=STANDS,
        postgresql_where=STANDS,
    )
    op.create_table(
        "login_try",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_login_try")),
    )
    op.create_index(op.f("ix_login_try_last_at"), "login_try", ["last_at"], unique=False)


def downgrade() -> None:
    """Hold it no longer, and count nothing."""
    op.drop_index(op.f("ix_login_try_last_at"), table_name="login_try")
    op.drop_table("login_try")
    op.drop_index("uq_result_platform_result_id", table_name="result")
