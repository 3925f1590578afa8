"""From an answer to messages: plain text with entities, inside all of Telegram's limits.

No markup is ever parsed, so a quote needs no escaping and cannot break a message. Offsets are counted in code points
while a text grows and turned into Telegram's UTF-16 units once, when it is finished.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from telegram import InlineKeyboardMarkup, MessageEntity
from telegram.constants import MessageLimit

from bot.speech import ENGLISH, Speech
from bot.wording import SUGGESTING, attribution, remarks, suggestion, title_of
from retrieval import Answer, Article, Catalog, Passage, Span, link_to

# Telegram counts code points after parsing; UTF-16 units are never fewer.
TEXT_UNITS: Final = MessageLimit.MAX_TEXT_LENGTH
ENTITIES: Final = MessageLimit.MESSAGE_ENTITIES
# All entities of a message together must stay under about 9,500 characters; links are what grows.
LINK_CHARACTERS: Final = 9_000
_LONGEST_LINK: Final = 2_000
_SOURCES: Final = 50  # articles that are listed; nobody reads more in a chat
_ALSO_NAMED: Final = 5
_BETWEEN: Final = "\n\n"


@dataclass(frozen=True, slots=True)
class Message:
    """A text, its entities, whose offsets and lengths are in UTF-16 units, and the buttons below it."""

    text: str
    entities: tuple[MessageEntity, ...] = ()
    keyboard: InlineKeyboardMarkup | None = None


@dataclass(frozen=True, slots=True)
class _Mark:
    """An entity to be: where it begins and ends in code points."""

    start: int
    end: int
    kind: str
    url: str | None = None


class _Draft:
    """A piece of a message that must not be parted."""

    def __init__(self) -> None:
        self.text = ""
        self.marks: list[_Mark] = []

    def add(self, text: str, kind: str | None = None, url: str | None = None) -> None:
        if kind and text:
            self.marks.append(_Mark(len(self.text), len(self.text) + len(text), kind, url))
        self.text += text

    def append(self, other: "_Draft", between: str) -> None:
        self.text += between if self.text else ""
        by = len(self.text)
        self.marks += [_Mark(mark.start + by, mark.end + by, mark.kind, mark.url) for mark in other.marks]
        self.text += other.text

    def units(self) -> int:
        return len(self.text.encode("utf-16-le")) // 2

    def link_characters(self) -> int:
        return sum(len(mark.url or "") for mark in self.marks)

    def finished(self) -> Message:
        entities = [MessageEntity(mark.kind, mark.start, mark.end - mark.start, url=mark.url) for mark in self.marks]
        if self.units() > len(self.text):
            entities = list(MessageEntity.adjust_message_entities_to_utf_16(self.text, entities))
        return Message(self.text, tuple(entities))


def to_messages(answer: Answer, first: str = "", say: Speech = ENGLISH) -> list[Message]:
    """One or more messages that show the whole answer, in order; a quote is never parted between two.

    Args:
        answer: to a question.
        first: what is to be said before it.
        say: in these words.
    """
    said = [*([first] if first else []), *remarks(answer, say)]
    pieces = [_remarked(said, suggestion(answer), say)] if said else []
    pieces += [_quoted(passage, say) for passage in answer.passages]
    return list(_packed(pieces))


def to_quote(passage: Passage, say: Speech = ENGLISH) -> Message:
    """One quote with who said so, when, and where to read it; it always fits."""
    return _quoted(passage, say).finished()


def to_sources(catalog: Catalog, say: Speech = ENGLISH) -> list[Message]:
    """Messages that list the articles that can be quoted, the newest first, each with its link where it has one."""
    first = say.plural("I quote from {count} article:", "I quote from {count} articles:", catalog.article_count)
    pieces = [_plain(first), *(_source(article, say) for article in catalog.newest(_SOURCES))]
    if (older := catalog.article_count - _SOURCES) > 0:
        pieces.append(_plain(say.plural("… and {count} older one.", "… and {count} older ones.", older)))
    return list(_packed(pieces, between="\n"))


def _plain(text: str) -> _Draft:
    draft = _Draft()
    draft.add(text)
    return draft


def _remarked(said: Sequence[str], meant: str | None, say: Speech) -> _Draft:
    """What is said beside the quotes. Of the asker's words nothing becomes a link, a mention or a command of ours."""
    draft = _plain("\n".join(said))
    before = f"{say(SUGGESTING)} "
    at = draft.text.find(before + meant) if meant else -1
    if meant and at >= 0:
        start = at + len(before)
        draft.marks.append(_Mark(start, start + len(meant), MessageEntity.CODE))
    return draft


def _quoted(passage: Passage, say: Speech) -> _Draft:
    """The quote with the sentence that answers best in bold; below it who said so, when, and where to read it."""
    draft = _Draft()
    draft.add(passage.quote, MessageEntity.BLOCKQUOTE)
    best = passage.sentence
    draft.marks.append(_Mark(best.start - passage.span.start, best.end - passage.span.start, MessageEntity.BOLD))
    draft.add("\n— ")
    link = link_to(passage.article, passage.sentence)
    _attribute(draft, passage.article, link, say, passage.sentence)
    if passage.also_in:
        draft.add("\n" + say("Also in:") + " ")
        for position, copy in enumerate(passage.also_in[:_ALSO_NAMED]):
            draft.add("; " if position else "")
            _link(draft, attribution(copy.article, copy.span, say), link_to(copy.article, copy.span))
        if (more := len(passage.also_in) - _ALSO_NAMED) > 0:
            draft.add(" " + say.plural("and {count} more", "and {count} more", more))
    return draft


def _attribute(draft: _Draft, article: Article, link: str | None, say: Speech, place: Span | None = None) -> None:
    source, title = attribution(article, place, say), title_of(article)
    draft.add(source)
    if title and title != attribution(article, say=say):
        draft.add(": ")
        _link(draft, title, link)
    elif link:
        draft.add(": ")
        _link(draft, say("read it there"), link)
    if link is None:
        draft.add(" " + say("(no link is known)"))


def _source(article: Article, say: Speech) -> _Draft:
    draft = _Draft()
    draft.add("• ")
    _attribute(draft, article, article.url, say)
    return draft


def _link(draft: _Draft, text: str, url: str | None) -> None:
    """A link, without its address where that is too long or the draft has no room left for it."""
    usable = url is not None and len(url) <= min(_LONGEST_LINK, LINK_CHARACTERS - draft.link_characters())
    draft.add(text, MessageEntity.TEXT_LINK if usable else None, url if usable else None)


def _packed(pieces: Sequence[_Draft], between: str = _BETWEEN) -> Iterator[Message]:
    """As few messages as hold the pieces in order."""
    current = _Draft()
    for piece in pieces:
        if current.text and not _fits(current, piece, between):
            yield current.finished()
            current = _Draft()
        current.append(piece, between)
    if current.text:
        yield current.finished()


def _fits(current: _Draft, piece: _Draft, between: str) -> bool:
    return (
        current.units() + len(between) + piece.units() <= TEXT_UNITS
        and len(current.marks) + len(piece.marks) <= ENTITIES
        and current.link_characters() + piece.link_characters() <= LINK_CHARACTERS
    )
