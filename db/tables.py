"""Which tables are there: what was asked, shown and thought of it, what arrived, what was reloaded, what of feeds?

Offsets are half-open ranges of code points in an article's body. Every column is plain, so that any SQL tool reads the
file as well. A change here needs a migration beside it.
"""

import datetime as dt

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Text,
    TypeDecorator,
    text,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class UtcDateTime(TypeDecorator[dt.datetime]):
    """A moment: stored in UTC without a zone, given back with it."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:  # noqa: ARG002
        """To the database: refuses a moment without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(dt.UTC).replace(tzinfo=None)

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:  # noqa: ARG002
        """From the database: in UTC."""
        return None if value is None else value.replace(tzinfo=dt.UTC)


class Base(DeclarativeBase):
    """What all tables share: names of constraints that migrations can rely on."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class QuestionRow(Base):
    """One question and how it was answered."""

    __tablename__ = "question"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    asked_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, index=True)
    channel: Mapped[str] = mapped_column(String(16), doc="cli, chat, private, group, inline or guest")
    language: Mapped[str] = mapped_column(String(8), doc="ISO 639-1, as the question was understood")
    text: Mapped[str] = mapped_column(Text, doc="as it was asked")
    band: Mapped[str] = mapped_column(String(8), index=True, doc="found, weak or none")
    missing_terms: Mapped[list[str]] = mapped_column(JSON, doc="words of the question that no article contains")
    did_you_mean: Mapped[str | None] = mapped_column(Text)
    corpus_version: Mapped[str] = mapped_column(String(64))
    latency_ms: Mapped[float] = mapped_column(Float, doc="from the question's arrival to its answer, sending excluded")
    asker: Mapped[str | None] = mapped_column(String(64), doc="keyed hash of the user, never the user's id")
    delivery: Mapped[str | None] = mapped_column(Text, doc="what became of the answer; null where nothing was sent")
    key: Mapped[str | None] = mapped_column(
        String(16), index=True, unique=True, doc="what buttons and links carry; null where nobody could press one"
    )
    replaces: Mapped[str | None] = mapped_column(String(16), doc="key of the question that was edited into this one")
    follows: Mapped[str | None] = mapped_column(
        Text, doc="the earlier question whose subject it took; null where it took none"
    )

    passages: Mapped[list["PassageRow"]] = relationship(
        back_populates="question", order_by="[PassageRow.rank, PassageRow.id]", cascade="all, delete-orphan"
    )
    places: Mapped[list["PlaceRow"]] = relationship(order_by="[PlaceRow.message_id, PlaceRow.hash]", viewonly=True)


class PassageRow(Base):
    """One passage that was shown in answer to a question."""

    __tablename__ = "shown_passage"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"), index=True)
    rank: Mapped[int] = mapped_column(Integer, doc="from 1, best first")
    article_id: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64), doc="of the article's body, in hex")
    start: Mapped[int] = mapped_column(Integer, doc="first code point of the quote in the body")
    end: Mapped[int] = mapped_column(Integer, doc="one past the last")
    score: Mapped[float | None] = mapped_column(
        Float, doc="comparable within one question only; null where no search found it"
    )
    text: Mapped[str] = mapped_column(Text, doc="the quote, word for word, as proof of what was shown")
    via: Mapped[str] = mapped_column(
        String(16),
        server_default="answer",
        doc="answer, more, around, article, timeline, inline or link: what was asked for when it was shown",
    )

    question: Mapped[QuestionRow] = relationship(back_populates="passages")


class PlaceRow(Base):
    """One message of a question or of its answer; which chat it is in is not known here."""

    __tablename__ = "place"

    hash: Mapped[str] = mapped_column(String(64), primary_key=True, doc="keyed, of the chat and the message")
    question_id: Mapped[int] = mapped_column(
        ForeignKey("question.id", ondelete="CASCADE"), index=True, doc="the last that was asked or answered there"
    )
    kind: Mapped[str] = mapped_column(String(8), doc="question, answer or wish: what stands in it")
    message_id: Mapped[int] = mapped_column(Integer, doc="Telegram's, which counts in each chat anew")

    __table_args__ = ({"sqlite_with_rowid": False},)


class FeedbackRow(Base):
    """What one person thinks of an answer, or of a passage in it."""

    __tablename__ = "feedback"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"), index=True)
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime, index=True, doc="when it was said, in UTC")
    by: Mapped[str] = mapped_column(String(64), doc="keyed hash of the person")
    rank: Mapped[int | None] = mapped_column(Integer, doc="of the passage; null: the whole answer")
    verdict: Mapped[str] = mapped_column(
        String(8), doc="up, down, wish (that articles would answer it) or chosen (sent from what was offered inline)"
    )
    reason: Mapped[str | None] = mapped_column(
        String(16), doc="of a down: wrong_passage, outdated or other_question; null where none was given"
    )
    note: Mapped[str | None] = mapped_column(Text, doc="of a wish: the person's own words")
    via: Mapped[str] = mapped_column(String(16), doc="button, reaction or inline")


class PreferenceRow(Base):
    """What one person chose."""

    __tablename__ = "preference"

    person: Mapped[str] = mapped_column(String(64), primary_key=True, doc="keyed hash")
    language: Mapped[str] = mapped_column(String(8), doc="in which the bot speaks to them, ISO 639-1")
    set_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, doc="when they chose, in UTC")


class ReloadRow(Base):
    """One attempt to change the articles that can be quoted."""

    __tablename__ = "reload"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    started_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, doc="in UTC")
    seconds: Mapped[float] = mapped_column(Float, doc="how long it took")
    by: Mapped[str | None] = mapped_column(String(64), doc="keyed hash of the admin; null where nobody is known")
    channel: Mapped[str] = mapped_column(String(16), doc="telegram, cli, folder, feed or start: what asked for it")
    action: Mapped[str] = mapped_column(String(16), doc="reload or rollback")
    result: Mapped[str] = mapped_column(
        String(16), doc="applied, unchanged, held (a gate was not passed) or failed (an error)"
    )
    version_before: Mapped[str | None] = mapped_column(String(64), doc="of the articles that served until then")
    version_after: Mapped[str | None] = mapped_column(
        String(64), doc="that it was about; null where it failed before one was made"
    )
    added: Mapped[int] = mapped_column(Integer, doc="articles that were not there before")
    changed: Mapped[int] = mapped_column(Integer, doc="articles with other words, or with other facts known")
    removed: Mapped[int] = mapped_column(Integer, doc="articles that are no longer there")
    unchanged: Mapped[int] = mapped_column(Integer, doc="articles that stayed as they were")
    rejected: Mapped[int] = mapped_column(Integer, doc="files and entries that were not taken")
    failures: Mapped[list[str]] = mapped_column(JSON, doc="of the gates, a sentence each")
    rejections: Mapped[list[str]] = mapped_column(JSON, doc="why something was not taken, the first hundred")
    error: Mapped[str | None] = mapped_column(Text, doc="why it failed")


class FeedRow(Base):
    """One feed, as it was when it was last asked for."""

    __tablename__ = "feed"

    url: Mapped[str] = mapped_column(Text, primary_key=True, doc="of the feed")
    etag: Mapped[str | None] = mapped_column(Text, doc="of the HTTP answer, sent back to learn of changes")
    last_modified: Mapped[str | None] = mapped_column(Text, doc="the same, as the server wrote it")
    checked_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime, doc="when it was last asked for, in UTC")
    next_check: Mapped[dt.datetime | None] = mapped_column(UtcDateTime, doc="when it is asked for again, in UTC")
    failures: Mapped[int] = mapped_column(Integer, doc="how often it failed since it last succeeded")
    error: Mapped[str | None] = mapped_column(Text, doc="why it failed the last time; null when it did not")


class FeedEntryRow(Base):
    """One entry of a feed that was dealt with, and is not looked at again."""

    __tablename__ = "feed_entry"

    feed: Mapped[str] = mapped_column(Text, primary_key=True, doc="url of the feed")
    entry: Mapped[str] = mapped_column(Text, primary_key=True, doc="what the feed calls the entry")
    result: Mapped[str] = mapped_column(Text, doc="what became of it")
    marked_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, doc="when it was dealt with, in UTC")


class InboxRow(Base):
    """One update: what Telegram handed over. Open until it is dealt with."""

    __tablename__ = "inbox"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, doc="in the order of arrival; never used again")
    update_id: Mapped[int] = mapped_column(BigInteger, unique=True, doc="Telegram's: the same when it is sent again")
    lane: Mapped[str | None] = mapped_column(
        Text, doc="what keeps its order, a chat; null where order does not matter, and when closed"
    )
    body: Mapped[str | None] = mapped_column(Text, doc="JSON, as it came; null when closed, unless it was kept aside")
    received_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, doc="when it was written here, in UTC")
    owner: Mapped[str | None] = mapped_column(Text, doc="the worker that deals with it; null where none does")
    attempts: Mapped[int] = mapped_column(Integer, doc="how often it was begun by a worker that knew it might end it")
    closed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime, doc="when it was dealt with, in UTC")
    outcome: Mapped[str | None] = mapped_column(Text, doc="what became of it")
    error: Mapped[str | None] = mapped_column(Text, doc="why it could not be dealt with")

    __table_args__ = (
        Index("ix_inbox_open", "lane", sqlite_where=text("closed_at IS NULL")),
        Index("ix_inbox_closed_at", "closed_at", sqlite_where=text("closed_at IS NOT NULL")),
        Index("ix_inbox_aside", "id", sqlite_where=text("closed_at IS NOT NULL AND body IS NOT NULL")),
        {"sqlite_autoincrement": True},
    )


class WorkerRow(Base):
    """One process that deals with updates, and whether it lives."""

    __tablename__ = "worker"

    name: Mapped[str] = mapped_column(Text, primary_key=True, doc="host, process and a token")
    beat: Mapped[int] = mapped_column(Integer, doc="counts up every few seconds as long as the process lives")
    started_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, doc="its first sign of life, in UTC")
    seen_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, doc="its last one, for people: clocks jump")
