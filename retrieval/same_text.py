"""Which paragraphs say the same, and what are they found by? What both kinds of collections are built from."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from retrieval.acronyms import acronyms_in
from retrieval.analysis import Analyzer, same_words
from retrieval.kinds import Kind
from retrieval.model import Article, Paragraph, Token
from retrieval.sources import publisher_tokens


@dataclass(frozen=True, slots=True)
class Analysed:
    """What a text is found by, whichever articles it stands in.

    Attributes:
        tokens: the words of the text, in order.
        elsewhere: what counts as its words too: its article's title, and all who published it.
        kinds: how many words of each kind it holds.
        acronyms: those that it explains, each with what it stands for.
    """

    tokens: Sequence[Token]
    elsewhere: Sequence[Token]
    kinds: dict[Kind, int]
    acronyms: Sequence[tuple[str, str]]


def analysed(copies: Sequence[Paragraph]) -> Analysed:
    """What the paragraphs with one text are found by, the oldest first.

    A paragraph is indexed with the title of its article: what the title names, the text below often calls by a
    pronoun. One without words gets none: the title would make an answer of a line of asterisks.
    """
    first = copies[0]
    analyzer = Analyzer(first.language)
    tokens, kinds = analyzer.read(first.text)
    publishers = {token.term: token for copy in copies for token in publisher_tokens(copy.article)}
    elsewhere = [*publishers.values(), *analyzer.tokens(first.article.title)] if tokens else []
    return Analysed(tokens, elsewhere, dict(kinds), list(acronyms_in(first.text)))


def grouped(paragraphs: Iterable[Paragraph]) -> list[list[Paragraph]]:
    """Paragraphs with the same text together, one an article, the oldest first; in the order of the corpus."""
    groups: dict[str, list[Paragraph]] = defaultdict(list)
    for paragraph in paragraphs:
        key = text_key(paragraph)
        if not groups[key] or groups[key][-1].article is not paragraph.article:  # they come article by article
            groups[key].append(paragraph)
    return [sorted(group, key=age) for group in groups.values()]


def text_key(paragraph: Paragraph) -> str:
    """What paragraphs share that say the same words in the same way."""
    return same_words(paragraph.text) or f"{paragraph.article.id} {paragraph.span}"


def age(paragraph: Paragraph) -> tuple[bool, str, str]:
    """Orders copies: the oldest first, those without a date behind the others."""
    date = date_of(paragraph.article)
    return (not date, date, paragraph.article.path)


def date_of(article: Article) -> str:
    """When it was published, as far as that is known; empty where it is not."""
    return article.published.iso if article.published else ""
