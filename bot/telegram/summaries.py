"""From numbers about questions to messages for admins. Words of others stand on one line each, marked as code."""

from typing import Final

from telegram import MessageEntity
from telegram.constants import MessageLimit

from bot.telegram import admin_texts
from bot.telegram.messages import Message
from bot.wording import printable
from db import Statistics, Unanswered

_QUESTION_UNITS: Final = 200
_NOTE_UNITS: Final = 300
_NOTES: Final = 3
_KINDS: Final = 6  # channels or languages that are named
_ENTITIES: Final = 100  # of which Telegram keeps so many


class _Text:
    """A text that grows by whole pieces, as long as they fit."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._text = ""
        self._entities: list[MessageEntity] = []

    def add(self, *lines: tuple[str, str]) -> bool:
        """Add lines, each with words of others at its end, all or none; whether they fit."""
        text, entities = self._text, list(self._entities)
        for line, others in lines:
            text += f"\n{line}" if text else line
            if others:
                entities.append(MessageEntity(MessageEntity.CODE, _units(text), _units(others)))
                text += others
        if _units(text) > self._limit or len(entities) > _ENTITIES:
            return False
        self._text, self._entities = text, entities
        return True

    def message(self) -> Message:
        """All that was added."""
        return Message(self._text, tuple(self._entities))


def to_caption(found: Statistics, period: str) -> Message:
    """What stands below the picture of what was asked, as much of it as a caption may hold.

    Args:
        found: with at least one question.
        period: in words.
    """
    text = _Text(MessageLimit.CAPTION_LENGTH)
    for line in _numbers(found, period):
        text.add((line, ""))
    text.add(("", ""), ("Asked most:", ""))
    for question, count in found.top:
        if not text.add((f"{count}× ", _short(question, _QUESTION_UNITS // 2))):
            break
    return text.message()


def to_list(found: list[Unanswered], period: str) -> Message:
    """What was not answered well, as much of it as a message may hold.

    Args:
        found: at least one, the most important first.
        period: in words.
    """
    text = _Text(MessageLimit.MAX_TEXT_LENGTH - len(admin_texts.UNANSWERED_MORE) - 2)
    text.add((admin_texts.UNANSWERED.format(period=period), ""))
    whole = all(text.add(*_lines(each)) for each in found)
    shown = text.message()
    return shown if whole else Message(f"{shown.text}\n\n{admin_texts.UNANSWERED_MORE}", shown.entities)


def _numbers(found: Statistics, period: str) -> list[str]:
    votes = found.ups + found.downs
    shares = (found.of_band(band) / found.questions for band in ("found", "weak", "none"))
    return [
        f"{_count(found.questions, 'question')} by {_count(found.people, 'person', 'people')} {period}",
        "Answered {:.0%}, perhaps {:.0%}, not answered {:.0%}".format(*shares),
        f"👍 {found.ups}, 👎 {found.downs}" + (f": {found.ups / votes:.0%} 👍" if votes else ""),
        f"Wishes for articles: {found.wishes}. Sent from other chats: {found.chosen}",
        f"Half of the answers took at most {found.median_ms:.0f} ms, 95 of 100 at most {found.p95_ms:.0f} ms",
        f"Where: {_listed(found.channels)}. Languages: {_listed(found.languages)}",
    ]


def _lines(each: Unanswered) -> list[tuple[str, str]]:
    by = f" by {_count(each.people, 'person', 'people')}" if each.people else ""
    facts = [f"{each.times}×{by}", f"last {each.last_asked:%Y-%m-%d}", each.band]
    facts += [f"👎 {each.downs}"] if each.downs else []
    facts += [_count(each.wishes, "wish", "wishes")] if each.wishes else []
    lines = [("", ""), ("", _short(each.text, _QUESTION_UNITS)), (", ".join(facts), "")]
    if each.missing_terms:
        lines.append(("in no article: ", _short(", ".join(each.missing_terms), _QUESTION_UNITS // 2)))
    lines += [("wish: ", _short(note, _NOTE_UNITS)) for note in each.notes[-_NOTES:]]
    return lines


def _listed(counts: tuple[tuple[str, int], ...]) -> str:
    more = ", …" if len(counts) > _KINDS else ""
    return ", ".join(f"{printable(name)} {count}" for name, count in counts[:_KINDS]) + more


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or f'{one}s'}"


def _short(text: str, units: int) -> str:
    """On one line and never empty: an entity over nothing is refused."""
    line = printable(text) or "–"
    while _units(line) > units:
        line = line[: units - 1 if len(line) > units else -2].rstrip() + "…"
    return line


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "replace")) // 2
