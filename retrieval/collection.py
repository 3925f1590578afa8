"""What must be known of a corpus to answer from it: the seam between ranking and where the paragraphs are kept.

Two kinds of collections stand behind it: one in memory, built from articles at once, and one on disk, which reads of
millions of paragraphs only those that a question needs and is changed in place.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from retrieval.aliases import Alternatives
from retrieval.index import Index
from retrieval.kinds import Kind
from retrieval.manifest import Rejection
from retrieval.model import Article, Paragraph, Token
from retrieval.sources import Sources

Passing = Callable[[str | None, str], bool]
"""Whether an article is asked for that has this publisher, if any, and this date in ISO form, empty if unknown."""
Numbers = NDArray[np.int64]
Floats = NDArray[np.float64]


class WordForm(NamedTuple):
    """A word as the articles write it. A tuple: there are very many.

    Attributes:
        form: in lower case, before stemming.
        term: what it counts as.
    """

    form: str
    term: str


class Spellings(Protocol):
    """Words in plain letters, all of one length."""

    @property
    def letters(self) -> NDArray[np.uint32]:
        """Which of the letters a to z each has, one bit each."""
        ...

    def __getitem__(self, at: int, /) -> str:
        """One of them."""
        ...


class Dictionary(Protocol):
    """The word forms of all paragraphs, by their letters and by their sound."""

    def holds(self, term: str) -> bool:
        """Whether a form counts as this term."""
        ...

    def by_letters(self, letters: str) -> Sequence[WordForm]:
        """The forms that read so in plain letters (`retrieval.transliteration.bare`), the most frequent first."""
        ...

    def by_sound(self, sound: str) -> Sequence[WordForm]:
        """The forms that sound so (`retrieval.transliteration.sound`), the most frequent first."""
        ...

    def of_length(self, length: int) -> Spellings:
        """The words of so many plain letters, and nothing but letters, each once; perhaps none.

        Some may have stood in paragraphs of another version only: their `frequency` is 0.
        """
        ...

    def frequency(self, letters: str) -> int:
        """How often the most frequent form with these plain letters stands in the paragraphs; 0 when there is none."""
        ...


class Reading(Protocol):
    """What is kept of some paragraphs to score them in full, in the order in which they were asked for."""

    @property
    def terms(self) -> Numbers:
        """The numbers of their terms, text by text, in order; words that only count as the text's come first."""
        ...

    @property
    def owners(self) -> Numbers:
        """Parallel to ``terms``: which of the paragraphs asked for each stands in, counted from 0."""
        ...

    @property
    def norms(self) -> Floats:
        """Their `retrieval.bm25.length_norms`, lengths counted in words."""
        ...

    @property
    def gram_norms(self) -> Floats:
        """The same with lengths counted in 4-grams."""
        ...

    @property
    def days(self) -> Numbers:
        """The ordinal of the day on which each appeared; 0 where that is not known."""
        ...

    def kind_counts(self, kind: Kind) -> Numbers:
        """How many words of a kind each holds."""
        ...

    def gram_counts(self, grams: Sequence[str]) -> Floats:
        """How often each of these distinct 4-grams stands in each; one row a paragraph, one column a gram."""
        ...


class Paragraphs(Protocol):
    """All indexed paragraphs, known by their ordinals in the index."""

    def __len__(self) -> int:
        """How many there are."""
        ...

    def number(self, term: str) -> int | None:
        """How `Reading.terms` has a term; None when no paragraph holds it."""
        ...

    def kind_frequency(self, kind: Kind) -> int:
        """How many hold a word of a kind."""
        ...

    def gram_frequencies(self, grams: Sequence[str]) -> Floats:
        """How many hold each of these 4-grams, perhaps estimated; 0 for one that none holds."""
        ...

    def read(self, ordinals: Sequence[int]) -> Reading:
        """What is kept of some of them."""
        ...


class Catalog(Protocol):
    """What a person is told of a corpus, and its articles."""

    @property
    def version(self) -> str:
        """Names the content: the same articles and aliases always have the same version."""
        ...

    @property
    def languages(self) -> tuple[str, ...]:
        """ISO 639-1 codes of the paragraphs, the most frequent first."""
        ...

    @property
    def rejections(self) -> tuple[Rejection, ...]:
        """What of the sources was not taken, and why."""
        ...

    @property
    def article_count(self) -> int:
        """How many articles there are."""
        ...

    @property
    def paragraph_count(self) -> int:
        """How many paragraphs can be quoted, copies included."""
        ...

    def newest(self, limit: int, passing: Passing | None = None) -> tuple[Article, ...]:
        """The articles that appeared last, the newest first; those without a date come behind the others.

        Args:
            limit: at most so many.
            passing: whether an article counts, by its publisher and its date, which is empty where it is not known.
        """
        ...

    def with_sha256(self, sha256: str) -> Article | None:
        """An article with this body; None when there is none."""
        ...

    def with_id(self, article_id: str) -> Article | None:
        """The article with this id; None when there is none."""
        ...

    def articles(self) -> Iterator[Article]:
        """All of them, by path."""
        ...


class Names(Protocol):
    """What else things are called."""

    def alternatives(self, question: str, language: str) -> Sequence[Alternatives]:
        """Where a question names a thing that has other names, and these; perhaps overlapping."""
        ...


class Collection(Protocol):
    """One version of a corpus, ready to be searched. Immutable; safe to share between threads."""

    @property
    def catalog(self) -> Catalog:
        """What a person is told of it."""
        ...

    @property
    def index(self) -> Index:
        """Its paragraphs by their terms."""
        ...

    @property
    def paragraphs(self) -> Paragraphs:
        """The same paragraphs, as they are scored in full."""
        ...

    @property
    def dictionary(self) -> Dictionary:
        """Their words."""
        ...

    @property
    def sources(self) -> Sources:
        """The publishers that a question may name."""
        ...

    @property
    def other_names(self) -> Names:
        """What else the things are called that the articles write about."""
        ...

    def copies(self, ordinal: int) -> Sequence[Paragraph]:
        """Where an indexed paragraph stands: in one article or in several, the oldest first."""
        ...

    def tokens(self, ordinal: int) -> Sequence[Token]:
        """The words of its text, in order."""
        ...

    def terms_of(self, ordinal: int) -> frozenset[str]:
        """The terms that it is found by: those of its text, of its title and of its publishers."""
        ...
