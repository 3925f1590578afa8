"""How does an answer look in a chat?

One message is one page. What a reader must know first stands above; then the best passage, always open, with the
sentence that answers in bold and the words of the question underlined; then the others, folded: they can be glanced at,
and opened with a tap. Below each stands who said so, when, and a link to the very sentence. Where several passages
stand together they bear numbers, which the buttons below name (see `keyboards`). A quote is never parted: what does not
fit into the message stands on the next page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from telegram import MessageEntity

from bot.speech import ENGLISH, Speech
from bot.telegram.drafts import ENTITIES, Draft, Message, packed
from bot.wording import SUGGESTING, attribution, remarks, suggestion, title_of
from retrieval import Answer, Article, Catalog, Paragraph, Passage, Span, link_to

__all__ = [
    "Message",
    "Page",
    "attribute",
    "number_of",
    "quoted",
    "to_page",
    "to_quote",
    "to_sources",
]

_SOURCES: Final = 50  # articles that are listed; nobody reads more in a chat
_ALSO_NAMED: Final = 5
_UNDERLINED: Final = 12  # words of a passage; more of them would not stand out
_LINKS_OF_PASSAGE: Final = 3_000  # characters: so three passages find room, whatever their addresses
_CIRCLED: Final = "①②③④⑤⑥⑦⑧⑨⑩"


@dataclass(frozen=True, slots=True)
class Page:
    """A page of an answer.

    Attributes:
        ahead: what has to be said before and finds no room beside the first passage; mostly nothing.
        draft: the message itself.
        passages: those that it shows, the first ones of the answer.
    """

    ahead: tuple[Message, ...]
    draft: Draft
    passages: tuple[Passage, ...]


def to_page(
    answer: Answer, say: Speech = ENGLISH, *, first: Sequence[str] = (), offset: int = 0, beside: bool = True
) -> Page:
    """As many passages of an answer as fit into one message, at least one where there are any.

    Args:
        answer: to a question; its passages are those from ``offset`` on.
        say: in these words.
        first: sentences to be said before it.
        offset: how many passages stand on the pages before.
        beside: whether what must be said beside the whole answer is said here.
    """
    said = [*first, *(remarks(answer, say) if beside else [])]
    remarked = [_remarked(said, suggestion(answer), say)] if said else []
    numbered = offset > 0 or len(answer.passages) > 1
    pieces = [
        quoted(passage, say, number=offset + at if numbered else None, folded=at > 1)
        for at, passage in enumerate(answer.passages, start=1)
    ]
    if remarked and pieces and not remarked[0].has_room_for(pieces[0]):
        ahead, draft = tuple(packed(remarked)), Draft()
    else:
        ahead, draft = (), remarked[0] if remarked else Draft()
    return Page(ahead, draft, answer.passages[: _fill(draft, pieces)])


def to_quote(passage: Passage, say: Speech = ENGLISH) -> Message:
    """One quote with who said so, when, and where to read it; it always fits."""
    return quoted(passage, say).finished()


def to_sources(catalog: Catalog, say: Speech = ENGLISH) -> list[Message]:
    """Messages that list the articles that can be quoted, the newest first, each with its link where it has one."""
    first = say.plural("I quote from {count} article:", "I quote from {count} articles:", catalog.article_count)
    pieces = [Draft(first), *(_source(article, say) for article in catalog.newest(_SOURCES))]
    if (older := catalog.article_count - _SOURCES) > 0:
        pieces.append(Draft(say.plural("… and {count} older one.", "… and {count} older ones.", older)))
    return list(packed(pieces, between="\n"))


def quoted(passage: Passage, say: Speech, *, number: int | None = None, folded: bool = False) -> Draft:
    """A passage: its words, who said them and when, where to read them, and who else printed them.

    Args:
        passage: of an answer.
        say: in these words.
        number: that stands beside it, from 1; None for none.
        folded: whether a tap opens it.
    """
    draft = Draft()
    draft.add(passage.quote, MessageEntity.EXPANDABLE_BLOCKQUOTE if folded else MessageEntity.BLOCKQUOTE)
    start, best = passage.span.start, passage.sentence
    draft.mark(best.start - start, best.end - start, MessageEntity.BOLD)
    for word in sorted(passage.highlights, key=lambda word: word not in best)[:_UNDERLINED]:
        draft.mark(word.start - start, word.end - start, MessageEntity.UNDERLINE)
    draft.add(f"\n{number_of(number)} — " if number else "\n— ")
    attribute(draft, passage.article, passage.sentence, say)
    _name_copies(draft, passage.also_in, say)
    return draft


def attribute(draft: Draft, article: Article, place: Span, say: Speech) -> None:
    """Go on with who says what stands at a place of an article, when, and the link to it."""
    _attribute(draft, article, link_to(article, place), say, place)


def number_of(number: int) -> str:
    """A passage's number, as it stands beside the passage and on its button."""
    return _CIRCLED[number - 1] if number <= len(_CIRCLED) else f"({number})"


def _fill(draft: Draft, pieces: Sequence[Draft]) -> int:
    """Put as many of the pieces into a message as fit, the first one in any case; how many that are.

    Words lose their underline before a passage loses its place.
    """
    plain = [piece.without(MessageEntity.UNDERLINE) for piece in pieces]
    message = draft.without(MessageEntity.UNDERLINE)
    shown = 0
    for piece in plain:
        if shown and not message.has_room_for(piece):
            break
        message.append(piece)
        shown += 1
    spare = ENTITIES - draft.entities - sum(piece.entities for piece in plain[:shown])
    for full, bare in zip(pieces[:shown], plain[:shown], strict=True):
        more = full.entities - bare.entities
        draft.append(full if more <= spare else bare)
        spare -= more if more <= spare else 0
    return shown


def _remarked(said: Sequence[str], meant: str | None, say: Speech) -> Draft:
    """What is said beside the quotes. Of the asker's words nothing becomes a link, a mention or a command of ours."""
    draft = Draft("\n".join(said))
    before = f"{say(SUGGESTING)} "
    at = draft.text.find(before + meant) if meant else -1
    if meant and at >= 0:
        draft.mark(at + len(before), at + len(before) + len(meant), MessageEntity.CODE)
    return draft


def _name_copies(draft: Draft, copies: Sequence[Paragraph], say: Speech) -> None:
    if not copies:
        return
    draft.add("\n" + say("Also in:") + " ")
    for position, copy in enumerate(copies[:_ALSO_NAMED]):
        draft.add("; " if position else "")
        source = attribution(copy.article, copy.span, say)
        draft.link(source, link_to(copy.article, copy.span), _LINKS_OF_PASSAGE)
    if (more := len(copies) - _ALSO_NAMED) > 0:
        draft.add(" " + say.plural("and {count} more", "and {count} more", more))


def _attribute(draft: Draft, article: Article, link: str | None, say: Speech, place: Span | None = None) -> None:
    source, title = attribution(article, place, say), title_of(article)
    draft.add(source)
    if title and title != attribution(article, say=say):
        draft.add(": ")
        draft.link(title, link)
    elif link:
        draft.add(": ")
        draft.link(say("read it there"), link)
    if link is None:
        draft.add(" " + say("(no link is known)"))


def _source(article: Article, say: Speech) -> Draft:
    draft = Draft("• ")
    _attribute(draft, article, article.url, say)
    return draft
