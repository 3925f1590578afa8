"""The tables of the query log. Offsets are half-open ranges of code points in an article's body.

Every column is plain, so that any SQL tool reads the file as well. A change here needs a migration beside it.
"""

import datetime as dt

from sqlalchemy import JSON, DateTime, Float, ForeignKey, Integer, MetaData, String, Text, TypeDecorator
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
    channel: Mapped[str] = mapped_column(String(16), doc="cli, chat, private or group")
    language: Mapped[str] = mapped_column(String(8), doc="ISO 639-1, as the question was understood")
    text: Mapped[str] = mapped_column(Text, doc="as it was asked")
    band: Mapped[str] = mapped_column(String(8), index=True, doc="found, weak or none")
    missing_terms: Mapped[list[str]] = mapped_column(JSON, doc="words of the question that no article contains")
    did_you_mean: Mapped[str | None] = mapped_column(Text)
    corpus_version: Mapped[str] = mapped_column(String(64))
    latency_ms: Mapped[float] = mapped_column(Float, doc="from the question's arrival to its answer, sending excluded")
    asker: Mapped[str | None] = mapped_column(String(64), doc="keyed hash of the user, never the user's id")

    passages: Mapped[list["PassageRow"]] = relationship(
        back_populates="question", order_by="PassageRow.rank", cascade="all, delete-orphan"
    )


class PassageRow(Base):
    """One passage that was shown in answer to a question."""

    __tablename__ = "shown_passage"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"), index=True)
    rank: Mapped[int] = mapped_column(Integer, doc="from 1, best first")
    article_id: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64), doc="of the article's file, in hex")
    start: Mapped[int] = mapped_column(Integer, doc="first code point of the quote in the body")
    end: Mapped[int] = mapped_column(Integer, doc="one past the last")
    score: Mapped[float] = mapped_column(Float, doc="comparable within one question only")
    text: Mapped[str] = mapped_column(Text, doc="the quote, word for word, as proof of what was shown")

    question: Mapped[QuestionRow] = relationship(back_populates="passages")
