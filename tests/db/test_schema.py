"""Tables and migrations say the same."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect

from db.schema import HEAD, upgrade
from db.tables import Base


def test_migrations_make_the_tables_that_the_code_expects(tmp_path: Path) -> None:
    """A column added without a migration shows here."""
    engine = create_engine(f"sqlite:///{tmp_path}/log.db")
    with engine.begin() as connection:
        upgrade(connection)
        tables = {
            "question",
            "shown_passage",
            "reload",
            "feed",
            "feed_entry",
            "inbox",
            "worker",
            "place",
            "feedback",
            "preference",
        }
        assert tables <= set(inspect(connection).get_table_names())
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
        upgrade(connection)
    engine.dispose()


def test_head_is_the_newest_migration() -> None:
    """The quick check at start compares with this name."""
    config = Config()
    config.set_main_option("script_location", "db:migrations")
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_every_column_that_needs_words_has_them() -> None:
    """Reviewers read these tables with tools of their own."""
    columns = [column for table in Base.metadata.tables.values() for column in table.columns]
    assert len(columns) > 40
    obvious = {"id", "asked_at", "did_you_mean", "corpus_version", "question_id", "article_id"}
    assert [column.name for column in columns if not column.doc and column.name not in obvious] == []
