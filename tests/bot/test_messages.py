"""From an answer to messages: offsets, limits, attribution."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import MessageEntity

from bot.speech import ENGLISH
from bot.telegram.messages import ENTITIES, LINK_CHARACTERS, TEXT_UNITS, Message, to_messages, to_sources
from bot.wording import attribution, harmless, printable, remarks
from retrieval import Answer, Band, Corpus, MemoryCatalog, Paragraph, Passage, Published, Span
from tests.bot_api import utf16_length, utf16_slice
from tests.builders import make_article

UNICODE = st.text(min_size=1, max_size=600).filter(lambda text: bool(text.strip()) and text == text.strip())


def make_passage(
    body: str,
    sentence: Span | None = None,
    *,
    url: str | None = "https://example.org/a",
    publisher: str | None = "Example Times",
    copies: int = 0,
) -> Passage:
    """A passage that shows a whole body."""
    article = make_article(body, url=url, publisher=publisher, published=Published("2023-04-24"))
    whole = Span(0, len(body))
    return Passage(article, "en", whole, sentence or whole, (), 1.0, 1.0, 1.0, (Paragraph(article, whole),) * copies)


def make_answer(*passages: Passage, question: str = "Where?", band: Band = Band.FOUND) -> Answer:
    """An answer that shows these."""
    return Answer(question, "en", band, "abc", searched_words=("road",), passages=passages)


def sliced(message: Message, kind: str) -> list[str]:
    """What the entities of a kind cover, as Telegram counts."""
    return [utf16_slice(message.text, e.offset, e.length) for e in message.entities if e.type == kind]


@given(UNICODE, st.data())
def test_entities_cover_what_was_meant_for_any_unicode(body: str, data: st.DataObject) -> None:
    """The quote is the blockquote, its best sentence bold, however many UTF-16 units a character takes."""
    start = data.draw(st.integers(0, len(body) - 1))
    sentence = Span(start, data.draw(st.integers(start + 1, len(body))))
    (message,) = to_messages(make_answer(make_passage(body, sentence)))
    assert sliced(message, MessageEntity.BLOCKQUOTE) == [body]
    assert sliced(message, MessageEntity.BOLD) == [sentence.of(body)]
    assert sliced(message, MessageEntity.TEXT_LINK) == ["A title"]


PUBLISHERS = st.one_of(st.none(), st.text(max_size=200), st.sampled_from(["P" * 5000, "🎉" * 5000]))


@given(st.lists(st.tuples(UNICODE, st.integers(0, 2000), PUBLISHERS, st.integers(0, 40)), min_size=1, max_size=10))
def test_messages_stay_inside_telegrams_limits(parts: list[tuple[str, int, str | None, int]]) -> None:
    """However many passages and copies there are, and however long their links and sources; no quote is parted."""
    passages = [
        make_passage(
            body,
            url="https://example.org/" + "a" * size,
            publisher=publisher,
            copies=copies,
        )
        for body, size, publisher, copies in parts
    ]
    messages = to_messages(make_answer(*passages))
    assert [quote for message in messages for quote in sliced(message, MessageEntity.BLOCKQUOTE)] == [
        body for body, *_ in parts
    ]
    for message in messages:
        assert utf16_length(message.text) <= TEXT_UNITS
        assert len(message.entities) <= ENTITIES
        assert sum(len(entity.url or "") for entity in message.entities) <= LINK_CHARACTERS


def test_an_answer_reads_as_meant() -> None:
    """Quote, publisher, date, title with the link to the sentence."""
    (message,) = to_messages(make_answer(make_passage("It rained. The road is open.", Span(11, 28))))
    assert message.text == "It rained. The road is open.\n— Example Times, 24 April 2023: A title"
    assert sliced(message, MessageEntity.BOLD) == ["The road is open."]
    assert [entity.url for entity in message.entities if entity.url] == [
        "https://example.org/a#:~:text=The%20road%20is,open"
    ]


def test_without_an_address_the_message_says_so() -> None:
    """No link is invented."""
    (message,) = to_messages(make_answer(make_passage("The road is open.", url=None)))
    assert message.text.endswith("A title (no link is known)")
    assert not sliced(message, MessageEntity.TEXT_LINK)


def test_the_page_of_a_quote_is_named_where_there_are_pages() -> None:
    """Of its best sentence, with the link that opens it; of its copies too."""
    article = replace(make_article("One.\n\nTwo.", url="https://example.org/a.pdf"), pages=(0, 6))
    whole, best = Span(0, 10), Span(6, 10)
    passage = Passage(article, "en", whole, best, (), 1.0, 1.0, 1.0, (Paragraph(article, Span(0, 4)),))
    (message,) = to_messages(make_answer(passage))
    assert message.text.endswith("\n— Example Times, page 2: A title\nAlso in: Example Times, page 1")
    assert [e.url for e in message.entities if e.url] == [f"https://example.org/a.pdf#page={n}" for n in (2, 1)]


def test_sources_are_the_newest_fifty() -> None:
    """A corpus of thousands does not flood a chat."""
    articles = [
        make_article("x.", article_id=str(n), title=f"T{n}", published=Published(f"{1900 + n}")) for n in range(120)
    ]
    messages = to_sources(MemoryCatalog(Corpus(tuple(articles), (), "v")))
    assert len(messages) <= 3
    lines = "\n".join(message.text for message in messages).splitlines()
    assert lines[0] == "I quote from 120 articles:"
    assert lines[1] == "• Example Times, 2019: T119"
    assert lines[-1] == "… and 70 older ones."
    assert len([line for line in lines if line.startswith("•")]) == 50


def test_copies_are_named_with_their_links() -> None:
    """Up to five; the rest are counted."""
    copies = tuple(
        Paragraph(make_article("The road is open.", article_id=str(n), publisher=f"Paper {n}"), Span(0, 17))
        for n in range(7)
    )
    passage = make_passage("The road is open.")
    shown = replace(passage, also_in=copies)
    (message,) = to_messages(make_answer(shown))
    assert message.text.endswith("Also in: Paper 0; Paper 1; Paper 2; Paper 3; Paper 4 and 2 more")
    assert len(sliced(message, MessageEntity.TEXT_LINK)) == 6


def test_a_quote_keeps_its_own_link_when_its_copies_have_long_ones() -> None:
    """Links of copies are dropped first, never their names."""
    (message,) = to_messages(make_answer(make_passage("The road.", url="https://example.org/" + "a" * 1900, copies=40)))
    links = sliced(message, MessageEntity.TEXT_LINK)
    assert links == ["A title", *["Example Times, 24 April 2023"] * 3]
    assert message.text.count("Example Times") == 6
    assert message.text.endswith("and 35 more")


def test_sources_are_shortened() -> None:
    """A name of thousands of characters would leave no room for the quote."""
    (message,) = to_messages(make_answer(make_passage("The road.", publisher="P" * 5000)))
    assert f"— {'P' * 99}…, 24 April 2023" in message.text
    assert attribution(make_article("x", article_id="a\x1b" * 90, title="a\x1b" * 90, publisher=None)).endswith("…")


@pytest.mark.parametrize(
    ("published", "words"),
    [
        (Published("2023-04-24"), "24 April 2023"),
        (Published("2023-01", approximate=True), "January 2023 (date inferred)"),
        (Published("2023"), "2023"),
    ],
)
def test_dates_are_written_as_precisely_as_they_are_known(published: Published, words: str) -> None:
    """And no more precisely."""
    assert ENGLISH.date(published) == words


def test_controls_in_titles_do_nothing() -> None:
    """A title cannot turn the reading direction, or go on in a new line."""
    article = make_article("The road is open.", title="A\u202e title\nwith\x1b[31m tricks\u2066")
    (message,) = to_sources(MemoryCatalog(Corpus((article,), (), "v")))[-1:]
    assert "A title with [31m tricks" in message.text
    assert printable("a\u202d \t b") == "a b"
    assert printable("می\u200cخواهم 👩\u200d🚒 a\xa0b") == "می\u200cخواهم 👩\u200d🚒 a b"
    assert harmless("a\xa0b\n\x1bc\u202e") == "a\xa0b\n\ufffdc\ufffd"


def test_none_says_which_words_are_missing_and_what_there_is() -> None:
    """At most eight of the words, shortened."""
    missing, about = ("schools", "Stepanakert"), (make_article("x.", published=Published("2023")),)
    nothing = Answer("?", "en", Band.NONE, "abc", ("schools",), missing, nearest=about)
    (message,) = to_messages(nothing)
    assert message.text == (
        "The articles do not answer this. None of them contains “schools” or “Stepanakert”.\n"
        "What they write about: “A title” (Example Times, 2023)."
    )
    many = tuple(f"word{number}" * 20 for number in range(50))
    (message,) = to_messages(replace(nothing, searched_words=many, missing_terms=many))
    assert "42 more of your words" in message.text
    assert len(message.text) < 700


def test_remarks_say_what_a_reader_must_know() -> None:
    """Nothing beside a plain good answer."""
    shown = make_passage("The road is open.")
    assert remarks(make_answer(shown)) == []
    assert "first 500 characters" in remarks(make_answer(make_passage("x."), question="x" * 501))[0]
    assert "no word" in remarks(Answer("🎉", "en", Band.NONE, "abc"))[0]
    scattered = Answer("?", "en", Band.NONE, "abc", ("a", "b"), lacking_terms=("a",), nearest=(make_article("x."),))
    assert remarks(scattered)[0] == (
        "The articles do not answer this. They hold these words, but no passage brings enough of them together."
    )
    partly = make_answer(shown, band=Band.WEAK)
    assert "No passage brings all of your words together." in remarks(partly)[0]
    weak = replace(partly, missing_terms=("b",), lacking_terms=("c", "d"), did_you_mean="did I?")
    assert remarks(weak)[0] == "Did you mean: did I?"
    assert remarks(weak)[1] == (
        "The articles may not answer this. None of them contains “b”. The nearest passage says nothing of “c” or “d”. "
        "The nearest that they say:"
    )
