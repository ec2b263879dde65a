"""Erasures whose traces are left in the files of the database; lists that were dated ahead, and are set aside."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

# PostgreSQL keeps samples of column values in pg_statistic, which only the owner of the server can rewrite.
_SAMPLED = {
    ("person_candidate", "candidate_id"): "VARCHAR(200)",
    ("person_email", "email"): "VARCHAR(320)",
    ("request", "text"): "TEXT",
    ("result", "raw"): "BYTEA",
    ("revision", "credential"): "TEXT",
    ("rendering", "content"): "BYTEA",
}


def upgrade() -> None:
    """Make tables and column; to give a column its type again drops the sample of what names people."""
    op.add_column("status_list", sa.Column("set_aside_at", sa.String(length=27)))
    op.create_table(
        "trace",
        sa.Column("seq", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("since", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_trace")),
    )
    op.create_table(
        "horizon",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_horizon")),
    )
    if op.get_bind().dialect.name == "postgresql":
        for (table, column), kind in _SAMPLED.items():
            op.execute(f"ALTER TABLE {table} ALTER {column} SET STATISTICS 0, ALTER {column} TYPE {kind}")


def downgrade() -> None:
    """Drop them, and let the server take samples again."""
    op.drop_column("status_list", "set_aside_at")
    op.drop_table("horizon")
    op.drop_table("trace")
    if op.get_bind().dialect.name == "postgresql":
        for table, column in _SAMPLED:
            op.execute(f"ALTER TABLE {table} ALTER {column} SET STATISTICS -1")
