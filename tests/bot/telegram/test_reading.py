"""Reading around a quote, and whole articles."""

from hypothesis import given
from hypothesis import strategies as st

from bot.speech import ENGLISH
from bot.telegram.drafts import TEXT_UNITS, Draft
from bot.telegram.pressing import Kept, Reading
from bot.telegram.reading import pages_of, parted, read_around, read_page
from retrieval import Article, Corpus, Retriever, Span
from tests.bot_api import utf16_slice
from tests.bot_api.texts import accept
from tests.builders import make_article

# A sentence as it may be, and paragraphs of them from a line to the longest that there are.
SENTENCES = st.sampled_from(
    [
        "The road was closed on a cold day.",
        "“Why?” he <b>asked</b> & left.",
        "Дорогу закрыли зимой.",
        "🎉🎉🎉 came back!",
    ]
)
PARAGRAPHS = st.builds(lambda sentence, times: " ".join([sentence] * times), SENTENCES, st.integers(2, 70))
BODIES = st.lists(PARAGRAPHS, min_size=1, max_size=12).map("\n\n".join)


def quotes_in(draft: Draft) -> list[str]:
    """What stands in quotes; Telegram keeps the message as it is."""
    message = draft.finished()
    kept = accept(message.text, entities=[each.to_dict() for each in message.entities])
    assert kept.text == message.text
    assert draft.units <= TEXT_UNITS
    return [utf16_slice(message.text, e.offset, e.length) for e in message.entities if e.type == "blockquote"]


def article_of(body: str) -> Article:
    """One with long names all around it."""
    return make_article(body, title="T" * 300, publisher="🎉" * 300, url="https://example.org/" + "a" * 1900)


@given(BODIES, st.data())
def test_whatever_is_read_is_word_for_word_and_fits(body: str, data: st.DataObject) -> None:
    """The paragraph that was asked for last is there; what is shown follows each other in the article."""
    article = article_of(body)
    paragraphs = list(article.paragraphs())
    quoted = data.draw(st.integers(0, len(paragraphs) - 1))
    quote = paragraphs[quoted].span
    before, after = data.draw(st.integers(-12, 12)), data.draw(st.integers(-12, 12))
    kept = data.draw(st.sampled_from(Kept))
    found = Retriever(Corpus((article,), (), "v")).around(
        article.sha256, quote, max(0, before), max(0, after), article_id=article.id
    )
    assert found is not None
    excerpt = read_around(found, Reading(1, before, after, kept), quote, ENGLISH)
    assert quotes_in(excerpt.draft) == [piece.of(body) for piece in excerpt.pieces]
    assert list(excerpt.pieces) == sorted(excerpt.pieces)
    top, bottom = quoted - excerpt.before, quoted + excerpt.after
    assert 0 <= top <= bottom < len(paragraphs)
    assert excerpt.pieces[0] in paragraphs[top].span
    assert excerpt.pieces[-1] in paragraphs[bottom].span
    assert excerpt.more_before == (top > 0)
    assert excerpt.more_after == (bottom < len(paragraphs) - 1)
    if kept is Kept.QUOTE and before >= 0 and after >= 0:
        assert top <= quoted <= bottom
    if kept is Kept.UPPER and before >= -after:
        assert top == max(0, quoted - before) or before < 0


@given(BODIES)
def test_an_article_is_read_from_its_first_paragraph_to_its_last(body: str) -> None:
    """Each once, in order; a page ends between two, unless one alone is longer than a message."""
    article = article_of(body)
    place = next(article.paragraphs()).span
    pages = pages_of(article, place, ENGLISH)
    for pieces in pages:
        assert quotes_in(read_page(article, pieces, place, ENGLISH)) == [piece.of(body) for piece in pieces]
    read = [piece for pieces in pages for piece in pieces]
    assert read == [piece for paragraph in article.paragraphs() for piece in parted(paragraph)]
    assert len(read) == len(list(article.paragraphs())) or "🎉" in body


def test_a_paragraph_of_two_thousand_characters_is_not_parted() -> None:
    """And one of two thousand emoji is, as it must be."""
    plain, emoji = make_article("The road is open. " * 111), make_article("🎉🎉🎉 came! " * 200)
    assert [len(list(parted(each))) for each in plain.paragraphs()] == [1]
    pieces = [piece for each in emoji.paragraphs() for piece in parted(each)]
    assert "".join(piece.of(emoji.body) for piece in pieces).replace(" ", "") == emoji.body.replace(" ", "")


def test_many_short_paragraphs_stay_below_a_hundred_entities() -> None:
    """Each is a quote of its own."""
    article = make_article("\n\n".join(f"No. {n} is open." for n in range(150)))
    pages = pages_of(article, Span(0, 5), ENGLISH)
    assert len(list(article.paragraphs())) > 100
    assert len(pages) > 1
    for pieces in pages:
        quotes_in(read_page(article, pieces, Span(0, 5), ENGLISH))
