"""What arrived and is not yet answered, who deals with it, and what became of answers."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply this version."""
    op.create_table(
        "inbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=False),
        sa.Column("lane", sa.Text(), nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_inbox"),
        sa.UniqueConstraint("update_id", name="uq_inbox_update_id"),
        sqlite_autoincrement=True,
    )
    for name, column, where in (
        ("ix_inbox_open", "lane", "closed_at IS NULL"),
        ("ix_inbox_closed_at", "closed_at", "closed_at IS NOT NULL"),
        ("ix_inbox_aside", "id", "closed_at IS NOT NULL AND body IS NOT NULL"),
    ):
        op.create_index(name, "inbox", [column], sqlite_where=sa.text(where))
    op.create_table(
        "worker",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("beat", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_worker"),
    )
    op.add_column("question", sa.Column("delivery", sa.Text(), nullable=True))


def downgrade() -> None:
    """Undo this version."""
    op.drop_column("question", "delivery")
    op.drop_table("worker")
    op.drop_table("inbox")
