"""PostgreSQL takes no sample of the addresses in notices either (0008)."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To give a column its type again drops the sample that was taken."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE notice ALTER email SET STATISTICS 0, ALTER email TYPE VARCHAR(320)")


def downgrade() -> None:
    """Let the server take samples again."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE notice ALTER email SET STATISTICS -1")
