"""Keys of answers, where their messages are, what people think of them, and which language they chose."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply this version."""
    op.add_column("question", sa.Column("key", sa.String(16), nullable=True))
    op.add_column("question", sa.Column("replaces", sa.String(16), nullable=True))
    op.add_column("question", sa.Column("follows", sa.Text(), nullable=True))
    op.create_index("ix_question_key", "question", ["key"], unique=True)
    with op.batch_alter_table("shown_passage") as table:  # written anew: SQLite cannot let a column be null later
        table.alter_column("score", existing_type=sa.Float(), nullable=True)
        table.add_column(sa.Column("via", sa.String(16), nullable=False, server_default="answer"))
    op.create_table(
        "place",
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name="fk_place_question_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("hash", name="pk_place"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_place_question_id", "place", ["question_id"])
    op.create_table(
        "feedback",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("verdict", sa.String(8), nullable=False),
        sa.Column("reason", sa.String(16), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("via", sa.String(16), nullable=False),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name="fk_feedback_question_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_feedback"),
    )
    op.create_index("ix_feedback_question_id", "feedback", ["question_id"])
    op.create_index("ix_feedback_at", "feedback", ["at"])
    op.create_table(
        "preference",
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("set_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("person", name="pk_preference"),
    )


def downgrade() -> None:
    """Undo this version."""
    for name in ("preference", "feedback", "place"):
        op.drop_table(name)
    op.execute("DELETE FROM shown_passage WHERE score IS NULL")
    with op.batch_alter_table("shown_passage") as table:
        table.drop_column("via")
        table.alter_column("score", existing_type=sa.Float(), nullable=False)
    op.drop_index("ix_question_key", "question")
    for name in ("follows", "replaces", "key"):
        op.drop_column("question", name)
