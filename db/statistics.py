"""How much was asked, how well was it answered, how fast, and what did people think of it? Days are those of UTC."""

import datetime as dt
import math
from collections import Counter
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from db.rows import damaged
from db.tables import FeedbackRow, QuestionRow
from db.wordings import same_words

_DAY: Final = dt.timedelta(days=1)
_TOP: Final = 10
_DATE: Final = func.date(QuestionRow.asked_at)


@dataclass(frozen=True, slots=True)
class Day:
    """The questions of one day, by the band of their answers."""

    date: dt.date
    found: int = 0
    weak: int = 0
    none: int = 0

    @property
    def questions(self) -> int:
        """All of them."""
        return self.found + self.weak + self.none


@dataclass(frozen=True, slots=True)
class Statistics:
    """What the log says of the questions that were asked in some time.

    Attributes:
        days: every day of that time, also those without questions, in order; empty where nothing was asked ever.
        channels: questions of each, most first; `languages` the same.
        people: that are known by their hash, each once.
        ups: votes on passages and whole answers; `downs` the same.
        wishes: how often somebody wished for articles.
        chosen: passages that were sent from what was offered inline.
        median_ms: half of the answers took no longer, in milliseconds; None without questions.
        p95_ms: the same of 95 in a hundred.
        top: what was asked most, as it was worded the last time, and how often; the same words count together.
    """

    days: tuple[Day, ...]
    channels: tuple[tuple[str, int], ...]
    languages: tuple[tuple[str, int], ...]
    people: int
    ups: int
    downs: int
    wishes: int
    chosen: int
    median_ms: float | None
    p95_ms: float | None
    top: tuple[tuple[str, int], ...]

    @property
    def questions(self) -> int:
        """All that were asked."""
        return sum(day.questions for day in self.days)

    def of_band(self, band: str) -> int:
        """How many were answered in this band."""
        return sum(getattr(day, band) for day in self.days)


def read_statistics(session: Session, since: dt.datetime | None, before: dt.datetime) -> Statistics:
    """Count what was asked in ``[since, before)``, all of it in one state of the tables.

    Args:
        session: what to ask.
        since: with a time zone; None: from the first question on.
        before: with a time zone.

    Raises:
        LogError: a row holds what cannot be counted; it is named.
    """
    asked: Any = QuestionRow.asked_at < before
    if since is not None:
        asked &= QuestionRow.asked_at >= since
    _require_sound(session, asked)
    days = _days(session, asked, since, before)
    number = sum(day.questions for day in days)
    of_questions = select(func.count()).select_from(QuestionRow).where(asked)
    votes = _counts(session, FeedbackRow.verdict, of_questions.join(FeedbackRow))
    return Statistics(
        days=days,
        channels=_most_first(_counts(session, QuestionRow.channel, of_questions)),
        languages=_most_first(_counts(session, QuestionRow.language, of_questions)),
        people=session.scalar(select(func.count(QuestionRow.asker.distinct())).where(asked)) or 0,
        ups=votes["up"],
        downs=votes["down"],
        wishes=votes["wish"],
        chosen=votes["chosen"],
        median_ms=_latency(session, asked, number, 0.5),
        p95_ms=_latency(session, asked, number, 0.95),
        top=_top(session, asked),
    )


def _require_sound(session: Session, asked: Any) -> None:
    plain = (QuestionRow.channel, QuestionRow.language, QuestionRow.text)
    wrong = or_(
        _DATE.is_(None),
        QuestionRow.band.not_in(["found", "weak", "none"]),
        func.typeof(QuestionRow.latency_ms) != "real",
        *(func.typeof(column) != "text" for column in plain),
    )
    found = session.scalar(select(QuestionRow.id).where(asked, wrong).limit(1))
    if found is not None:
        raise damaged(QuestionRow, (found,), "it cannot be counted")


def _days(session: Session, asked: Any, since: dt.datetime | None, before: dt.datetime) -> tuple[Day, ...]:
    query = select(_DATE, QuestionRow.band, func.count()).where(asked).group_by(_DATE, QuestionRow.band)
    counted: dict[str, dict[str, int]] = {}
    for date, band, count in session.execute(query):
        counted.setdefault(date, {})[band] = count
    if since is None and not counted:
        return ()
    first = since.astimezone(dt.UTC).date() if since else dt.date.fromisoformat(min(counted))
    last = (before.astimezone(dt.UTC) - dt.datetime.resolution).date()
    dates = (first + _DAY * number for number in range((last - first).days + 1))
    return tuple(Day(date, **counted.get(date.isoformat(), {})) for date in dates)


def _counts(session: Session, column: InstrumentedAttribute[str], query: Select[int]) -> Counter[str]:
    return Counter(dict(session.execute(query.with_only_columns(column, func.count()).group_by(column)).all()))


def _most_first(counted: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counted.items(), key=lambda each: (-each[1], each[0])))


def _latency(session: Session, asked: Any, number: int, share: float) -> float | None:
    """The smallest latency that this share of the answers did not exceed."""
    if not number:
        return None
    ordered = select(QuestionRow.latency_ms).where(asked).order_by(QuestionRow.latency_ms)
    return session.scalar(ordered.limit(1).offset(math.ceil(share * number) - 1))


def _top(session: Session, asked: Any) -> tuple[tuple[str, int], ...]:
    query = select(QuestionRow.text, func.count(), func.max(QuestionRow.id)).where(asked).group_by(QuestionRow.text)
    often: Counter[str] = Counter()
    latest: dict[str, tuple[int, str]] = {}
    for text, count, last in session.execute(query.execution_options(yield_per=1000)):
        words = same_words(text)
        often[words] += count
        latest[words] = max(latest.get(words, (0, "")), (last, text))
    ordered = sorted(often.items(), key=lambda each: (-each[1], -latest[each[0]][0]))
    return tuple((latest[words][1], count) for words, count in ordered[:_TOP])
