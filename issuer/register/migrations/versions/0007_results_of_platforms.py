"""An id of a result is its platform's own: one record stands under it for each platform."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0005"
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


def downgrade() -> None:
    """Hold it no longer."""
    op.drop_index("uq_result_platform_result_id", table_name="result")
