"""What is quoted of an article when nothing was asked."""

from hypothesis import given
from hypothesis import strategies as st

from retrieval import Span, head, opening
from retrieval.sentences import LONGEST
from tests.builders import make_article

FIRST = "The river ferry was raised from the ground by two cranes on Friday."
SECOND = "It was towed to the yard of the town, where the hull can be mended before the summer."


def test_an_article_opens_with_its_first_paragraph() -> None:
    """Word for word, its first sentence first; there is nothing that it answers, so nothing else stands out."""
    article = make_article(f"{FIRST} {SECOND}\n\nThe mayor thanked everybody who had helped to get it out.")
    found = opening(article)
    assert found is not None
    assert found.quote == f"{FIRST} {SECOND}"
    assert found.sentence.of(article.body) == FIRST
    assert found.highlights == ()


def test_a_long_paragraph_is_cut_behind_a_sentence() -> None:
    """As many whole sentences as a quote may have characters."""
    found = opening(make_article(" ".join([FIRST, SECOND] * 9)))
    assert found is not None
    assert len(found.span) <= LONGEST
    assert found.quote.endswith(("Friday.", "summer."))


def test_a_word_or_two_are_no_opening() -> None:
    """Unless there is nothing else."""
    article = make_article(f"To be read.\n\n{FIRST}")
    assert opening(article).quote == FIRST  # type: ignore[union-attr]
    short = make_article("The ferry is back.", title="")
    assert [each.text for each in short.paragraphs()] == ["The ferry is back."]
    assert opening(short).quote == "The ferry is back."  # type: ignore[union-attr]


def test_an_article_without_paragraphs_has_none() -> None:
    """Nothing is made up."""
    article = make_article("A title", title="A title")
    assert list(article.paragraphs()) == []
    assert opening(article) is None


@given(st.text(alphabet="ab ,.\n😀é", min_size=1, max_size=200), st.integers(1, 60))
def test_a_head_is_where_its_text_begins(text: str, longest: int) -> None:
    """It is not longer than wanted, and of a text that fits it is all."""
    stripped = text.strip()
    if not stripped:
        return
    span = Span(text.index(stripped), text.index(stripped) + len(stripped))
    found = head(text, span, longest)
    assert found.start == span.start
    assert found in span
    assert len(found) <= longest
    assert len(span) > longest or found == span


def test_a_head_ends_between_two_words() -> None:
    """Where none is too long."""
    assert head(FIRST, Span(0, len(FIRST)), 20).of(FIRST) == "The river ferry was"
