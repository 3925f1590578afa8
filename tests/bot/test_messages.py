"""From an answer to messages: offsets, limits, attribution."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import MessageEntity

from bot.speech import ENGLISH
from bot.telegram.drafts import ENTITIES, LINK_CHARACTERS, TEXT_UNITS, Message
from bot.telegram.messages import number_of, to_page, to_sources
from bot.wording import attribution, harmless, printable, remarks
from retrieval import Answer, Band, Corpus, MemoryCatalog, Paragraph, Passage, Published, Span
from tests.bot.pages import to_messages
from tests.bot_api import utf16_length, utf16_slice
from tests.bot_api.texts import accept
from tests.builders import make_article

QUOTES = (MessageEntity.BLOCKQUOTE, MessageEntity.EXPANDABLE_BLOCKQUOTE)
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


def sliced(message: Message, *kinds: str) -> list[str]:
    """What the entities of some kinds cover, as Telegram counts."""
    return [utf16_slice(message.text, e.offset, e.length) for e in message.entities if e.type in kinds]


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
def test_pages_stay_inside_telegrams_limits(parts: list[tuple[str, int, str | None, int]]) -> None:
    """However many passages and copies there are, and however long their links and sources; no quote is parted."""
    passages = [
        make_passage(body, url="https://example.org/" + "a" * size, publisher=publisher, copies=copies)
        for body, size, publisher, copies in parts
    ]
    pages = to_messages(make_answer(*passages))
    quotes = [quote for page in pages for quote in sliced(page, *QUOTES)]
    assert quotes == [body for body, *_ in parts]
    for page in pages:
        assert utf16_length(page.text) <= TEXT_UNITS
        assert len(page.entities) <= ENTITIES
        assert sum(len(entity.url or "") for entity in page.entities) <= LINK_CHARACTERS


@pytest.mark.parametrize(
    "body",
    [
        "🎉" * 600,
        "<b>&amp;</b> <a href='x'>\"&\" " * 15 + "end",
        "*_[x](y)_* `road` " * 30 + "end",
        ("Is it? " * 80).strip(),
    ],
)
def test_telegram_keeps_an_answer_as_it_is(body: str) -> None:
    """Emoji, signs of markup, a hundred words that match, long links: nothing is altered, dropped or refused."""
    words = tuple(Span(at, at + 2) for at in range(0, len(body) - 2, 4))
    shown = replace(make_passage(body, url="https://example.org/" + "a" * 1900, copies=9), highlights=words)
    for page in to_messages(make_answer(*[shown] * 10)):
        kept = accept(page.text, entities=[entity.to_dict() for entity in page.entities])
        assert kept.text == page.text
        assert len([entity for entity in kept.entities if entity.kind != "url"]) <= ENTITIES


def test_the_first_passage_is_open_and_the_others_are_folded() -> None:
    """Numbered, where there are several; the words of the question are underlined, twelve of a passage at most."""
    words = tuple(Span(at, at + 1) for at in range(40))
    shown = replace(make_passage("x " * 49 + "x", Span(60, 80)), highlights=words)
    page = to_page(make_answer(shown, shown, shown))
    message = page.draft.finished()
    assert [len(sliced(message, kind)) for kind in QUOTES] == [1, 2]
    assert len(sliced(message, MessageEntity.UNDERLINE)) == 36
    assert [line[:4] for line in message.text.splitlines() if "—" in line] == ["① — ", "② — ", "③ — "]
    second = to_page(make_answer(shown), offset=3).draft.finished()
    assert "④ — Example Times" in second.text
    assert number_of(11) == "(11)"


def test_words_that_match_lose_their_line_before_a_passage_loses_its_place() -> None:
    """Telegram takes a hundred entities; the quotes matter more."""
    words = tuple(Span(at, at + 1) for at in range(0, 24, 2))
    shown = replace(make_passage("x " * 49 + "x", Span(0, 99)), highlights=words)
    page = to_page(make_answer(*[shown] * 10))
    message = page.draft.finished()
    assert len(page.passages) == 10
    assert 12 < len(sliced(message, MessageEntity.UNDERLINE)) < 120
    assert len(accept(message.text, entities=[each.to_dict() for each in message.entities]).entities) <= ENTITIES


def test_remarks_go_ahead_where_they_find_no_room_beside_the_best_passage() -> None:
    """And the passage keeps its own message."""
    page = to_page(make_answer(make_passage("🎉" * 600)), first=["Long. " * 600])
    assert [len(message.text) for message in page.ahead] == [3600]
    assert len(page.passages) == 1
    assert page.draft.finished().text.startswith("🎉")


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
    """Links of copies are dropped first, never their names: three passages find room, whatever their addresses."""
    (message,) = to_messages(make_answer(make_passage("The road.", url="https://example.org/" + "a" * 1400, copies=40)))
    links = sliced(message, MessageEntity.TEXT_LINK)
    assert links == ["A title", "Example Times, 24 April 2023"]
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
