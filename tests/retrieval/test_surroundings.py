"""Reading on above and below a quote."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from retrieval import MemoryCatalog, Span
from retrieval.model import Article
from retrieval.surroundings import around
from tests.builders import make_article, make_corpus
from tests.retrieval.catalogs import catalog_of

LINES = [f"Paragraph number {number} tells of the mountain road near Goris, at length." for number in range(7)]
ARTICLE = make_article("A title of some kind\n\n" + "\n\n".join(LINES), title="A title of some kind")


@given(quoted=st.integers(0, 6), before=st.integers(0, 9), after=st.integers(0, 9))
def test_it_is_one_run_of_paragraphs(quoted: int, before: int, after: int) -> None:
    """What is shown and what is left are together all that can be quoted; the quote is where it is said to be."""
    paragraphs = tuple(ARTICLE.paragraphs())
    seen = around(catalog_of(ARTICLE), ARTICLE.sha256, paragraphs[quoted].span, before, after)
    assert seen is not None
    assert len(paragraphs) == len(LINES)
    assert seen.before_left == max(0, quoted - before)
    assert seen.after_left == max(0, 6 - quoted - after)
    assert seen.paragraphs == paragraphs[seen.before_left : 7 - seen.after_left]
    assert [seen.paragraphs[at] for at in seen.quoted] == [paragraphs[quoted]]


def test_a_quote_over_two_paragraphs_has_both_in_the_middle() -> None:
    """As of words that stand in another paragraph since."""
    _, second, third, *_ = ARTICLE.paragraphs()
    both = Span(second.span.end - 3, third.span.start + 3)
    seen = around(catalog_of(ARTICLE), ARTICLE.sha256, both, 0, 1)
    assert seen is not None
    assert seen.paragraphs[:2] == (second, third)
    assert (seen.quoted, len(seen.paragraphs)) == (range(2), 3)


def test_what_is_no_paragraph_has_no_surroundings() -> None:
    """A title is never a quote."""
    assert around(catalog_of(ARTICLE), ARTICLE.sha256, Span(0, 5), 1, 1) is None


def test_of_articles_with_one_body_the_one_that_was_quoted_is_read(tmp_path: Path) -> None:
    """Its own title, its own link; any of them where it is not known which."""
    corpus = make_corpus(tmp_path, {"a.txt": LINES[0], "b.txt": LINES[0]})
    catalog, first = MemoryCatalog(corpus), corpus.articles[0]
    span = next(iter(first.paragraphs())).span

    def read(article_id: str | None) -> Article:
        seen = around(catalog, first.sha256, span, 0, 0, article_id=article_id)
        assert seen is not None
        return seen.article

    assert [read(article.id) for article in corpus.articles] == list(corpus.articles)
    assert read("gone") in corpus.articles
    assert read(None) in corpus.articles
