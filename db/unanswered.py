"""What do people ask that the articles do not answer, how often, and what do they wish for?"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.feedback_rows import read_batch
from db.records import Feedback, LoggedQuestion
from db.tables import FeedbackRow, QuestionRow
from db.wordings import same_words

_POOR: Final = ("weak", "none")
_SAID: Final = ("down", "wish")


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Questions of the same words that were not answered well, or whose answer somebody disliked.

    Attributes:
        text: as it was worded the last time.
        times: how often it was asked.
        people: who asked and are known by their hash, each once.
        last_asked: with a time zone.
        band: of the last answer.
        missing_terms: words of it that no article contained at the last time.
        downs: votes against its answers and their passages.
        wishes: how often somebody wished for articles.
        notes: their own words about that, oldest first.
    """

    text: str
    times: int
    people: int
    last_asked: dt.datetime
    band: str
    missing_terms: tuple[str, ...]
    downs: int
    wishes: int
    notes: tuple[str, ...]


@dataclass(slots=True)
class _Group:
    last: LoggedQuestion
    times: int = 0
    askers: set[str] = field(default_factory=set)
    downs: int = 0
    wishes: int = 0
    notes: list[str] = field(default_factory=list)


def read_unanswered(session: Session, limit: int, since: dt.datetime | None) -> list[Unanswered]:
    """What was asked since then and not answered well: first what most people miss, then the latest.

    A question that its asker changed is left out, unless something was said of its answer.

    Raises:
        LogError: a row holds what cannot be read; it is named.
    """
    replaced = select(QuestionRow.replaces).where(QuestionRow.replaces.is_not(None))
    said = select(FeedbackRow.question_id).where(FeedbackRow.verdict.in_(_SAID))
    poor = QuestionRow.band.in_(_POOR) & (QuestionRow.key.is_(None) | QuestionRow.key.not_in(replaced))
    wanted: list[Any] = [poor | QuestionRow.id.in_(said)]
    if since is not None:
        wanted.append(QuestionRow.asked_at >= since)
    groups: dict[str, _Group] = {}
    last = 0
    while batch := read_batch(session, last, wanted, whole=False):
        for question, feedback in batch:
            _add(groups.setdefault(same_words(question.text), _Group(question)), question, feedback)
        last = batch[-1][0].id or 0
    found = [_unanswered(group) for group in groups.values()]
    found.sort(key=lambda each: (-(each.times + each.wishes + each.downs), -each.last_asked.timestamp()))
    return found[:limit]


def _add(group: _Group, question: LoggedQuestion, feedback: Iterable[Feedback]) -> None:
    group.last = question
    group.times += 1
    if question.asker is not None:
        group.askers.add(question.asker)
    for each in feedback:
        group.downs += each.verdict == "down"
        group.wishes += each.verdict == "wish"
        if each.verdict == "wish" and each.note:
            group.notes.append(each.note)


def _unanswered(group: _Group) -> Unanswered:
    last = group.last
    return Unanswered(
        text=last.text,
        times=group.times,
        people=len(group.askers),
        last_asked=last.asked_at,
        band=last.band,
        missing_terms=last.missing_terms,
        downs=group.downs,
        wishes=group.wishes,
        notes=tuple(group.notes),
    )
