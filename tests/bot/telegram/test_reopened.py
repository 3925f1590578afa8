"""How an answer looks that is opened again, whatever became of its quotes."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st
from telegram import MessageEntity

from bot.telegram.deep_links import quotes_of
from bot.telegram.drafts import ENTITIES, TEXT_UNITS, units_of
from bot.telegram.reopened import Reopened, to_reopened
from db import LoggedQuestion, ShownPassage
from retrieval import Fate, Span, Standing
from retrieval.standing import standing
from tests.builders import make_article
from tests.retrieval.catalogs import catalog_of

WORDS = st.lists(
    st.sampled_from(["road", "closed", "army", "😀", "İstanbul", "<b>", "&", "@name", "1994"]), min_size=5, max_size=30
)
SENTENCES = WORDS.map(lambda words: f"The {' '.join(words)} was there for all to see.")


def asked(text: str, *shown: ShownPassage) -> LoggedQuestion:
    """A question that was answered so."""
    at = dt.datetime(2026, 5, 3, tzinfo=dt.UTC)
    return LoggedQuestion(at, "private", "en", text, "found", "v", 1.0, passages=shown, key="k")


def of(quote: str, rank: int = 1, via: str = "answer") -> ShownPassage:
    """A quote that was shown."""
    return ShownPassage(rank, "a", make_article(quote).sha256, 0, len(quote), 1.0, quote, via)


def became(old: str, new: str) -> Standing:
    """What became of all that an article said."""
    return standing(catalog_of(make_article(new, title="")), "a", make_article(old).sha256, Span(0, len(old)), old)


@given(SENTENCES, SENTENCES)
def test_what_is_not_marked_is_the_same_in_both(old: str, new: str) -> None:
    """Without what is struck through or underlined, the old words are the new ones; words that are gone do not show."""
    found = became(old, new)
    (message,) = to_reopened(asked("Who?"), [Reopened(of(old), found)], {})
    assert units_of(message.text) <= TEXT_UNITS
    assert len(message.entities) <= ENTITIES
    if found.fate is Fate.REMOVED:
        assert old not in message.text
        return
    units = message.text.encode("utf-16-le")

    def span(entity: MessageEntity) -> slice:
        return slice(2 * entity.offset, 2 * (entity.offset + entity.length))

    quotes = [span(entity) for entity in message.entities if entity.type == MessageEntity.BLOCKQUOTE]
    kept = [bytearray(units[quote]) for quote in quotes]
    marks = [e for e in message.entities if e.type in {MessageEntity.STRIKETHROUGH, MessageEntity.UNDERLINE}]
    for mark in sorted(marks, key=lambda mark: mark.offset, reverse=True):
        at = next(at for at, quote in enumerate(quotes) if quote.start <= span(mark).start < quote.stop)
        assert mark.type == (MessageEntity.STRIKETHROUGH if at == 0 else MessageEntity.UNDERLINE)
        del kept[at][span(mark).start - quotes[at].start : span(mark).stop - quotes[at].start]
    said = ["".join(each.decode("utf-16-le").split()) for each in kept]
    assert len(said) == (2 if found.fate is Fate.CHANGED else 1)
    assert len(set(said)) == 1


@given(st.text(max_size=1_000))
def test_any_question_can_be_shown(question: str) -> None:
    """It is one piece of text in which nothing is a link, whatever it holds."""
    (message,) = to_reopened(asked(question), [], {})
    assert [entity.type for entity in message.entities] == [MessageEntity.CODE]
    assert units_of(message.text) <= TEXT_UNITS


def test_many_quotes_come_in_several_messages() -> None:
    """None is parted."""
    quotes = [f"The road number {n} was {'closed and ' * 50}opened again." for n in range(15)]
    shown = [Reopened(of(quote, rank), became(quote, quote)) for rank, quote in enumerate(quotes, start=1)]
    messages = to_reopened(asked("Who?"), shown, {})
    assert len(messages) > 1
    assert all(units_of(message.text) <= TEXT_UNITS for message in messages)
    assert sum(message.text.count("still stands") for message in messages) == 15


def test_a_quote_is_opened_once() -> None:
    """However often it was shown, and nothing of what was read around it."""
    one, around = of("The road was closed."), of("The road was closed. It rained.", via="around")
    assert quotes_of(asked("Who?", one, around, of("The road was closed.", via="more"))) == [one]
