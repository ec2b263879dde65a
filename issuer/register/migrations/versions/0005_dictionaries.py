"""The operator's dictionaries of QR codes, which never change once they have a number."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "qr_dictionary",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_qr_dictionary")),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("qr_dictionary")
