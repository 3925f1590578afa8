"""Which words do the articles use, and in which order?"""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.collection import WordForm
from retrieval.model import Token
from retrieval.vocabulary import Vocabulary

TOKENS = st.lists(
    st.builds(
        lambda start, length, form, term: Token(start, start + length, form, term),
        st.integers(0, 10**6), st.integers(1, 30), st.text("abcж", min_size=1, max_size=3), st.sampled_from("xyz"),
    ),
    max_size=8,
)  # fmt: skip
PARAGRAPHS = st.lists(st.tuples(TOKENS, TOKENS), max_size=6)

Tokens = list[Token]
Paragraphs = list[tuple[Tokens, Tokens]]


def words_of(paragraph: tuple[Tokens, Tokens]) -> Tokens:
    """All that counts as words of a paragraph: those that stand elsewhere first."""
    own, elsewhere = paragraph
    return [*elsewhere, *own]


def form_of(token: Token) -> WordForm:
    """What a vocabulary tells words by."""
    return WordForm(token.form, token.term)


@given(PARAGRAPHS)
def test_the_tokens_of_a_text_come_back_as_they_were_given(paragraphs: Paragraphs) -> None:
    """Place, form and term; those that stand elsewhere do not come with them."""
    vocabulary = Vocabulary(paragraphs)
    assert [vocabulary.tokens(ordinal) for ordinal in range(len(paragraphs))] == [own for own, _ in paragraphs]


@given(PARAGRAPHS)
def test_terms_and_lengths_are_those_of_all_words(paragraphs: Paragraphs) -> None:
    """With repetitions, words from elsewhere first."""
    vocabulary = Vocabulary(paragraphs)
    assert vocabulary.terms() == [[token.term for token in words_of(each)] for each in paragraphs]
    assert vocabulary.lengths.tolist() == [len(words_of(each)) for each in paragraphs]
    assert [vocabulary.terms_of(ordinal) for ordinal in range(len(paragraphs))] == [
        {token.term for token in words_of(each)} for each in paragraphs
    ]


@given(PARAGRAPHS)
def test_every_word_form_is_known_once(paragraphs: Paragraphs) -> None:
    """In the order in which they come; one spelling with two terms is two."""
    vocabulary = Vocabulary(paragraphs)
    seen = [form_of(token) for each in paragraphs for token in words_of(each)]
    assert vocabulary.forms == tuple(dict.fromkeys(seen))


@given(PARAGRAPHS)
def test_occurrences_and_frequencies_are_counts(paragraphs: Paragraphs) -> None:
    """Of words, and of paragraphs with them."""
    vocabulary = Vocabulary(paragraphs)
    occurrences = Counter(form_of(token) for each in paragraphs for token in words_of(each))
    frequencies = Counter(form for each in paragraphs for form in {form_of(token) for token in words_of(each)})
    assert vocabulary.occurrences().tolist() == [occurrences[form] for form in vocabulary.forms]
    assert vocabulary.paragraph_frequencies().tolist() == [frequencies[form] for form in vocabulary.forms]


@given(PARAGRAPHS)
def test_totals_add_up_what_each_word_has(paragraphs: Paragraphs) -> None:
    """Once for every time that it stands in a paragraph."""
    vocabulary = Vocabulary(paragraphs)
    value = {form: 3**at % 1000 for at, form in enumerate(vocabulary.forms)}
    totals = vocabulary.totals(np.array([value[form] for form in vocabulary.forms], dtype=np.int64))
    assert totals.tolist() == [sum(value[form_of(token)] for token in words_of(each)) for each in paragraphs]


@given(PARAGRAPHS.filter(bool), st.lists(st.integers(0, 5), max_size=8))
def test_some_paragraphs_are_read_in_the_order_asked_for(paragraphs: Paragraphs, chosen: list[int]) -> None:
    """Also one twice, or none; each word says which of those asked for it is from."""
    vocabulary = Vocabulary(paragraphs)
    ordinals = [each % len(paragraphs) for each in chosen]
    reading = vocabulary.read(ordinals)
    expected = [
        (form_of(token), owner) for owner, ordinal in enumerate(ordinals) for token in words_of(paragraphs[ordinal])
    ]
    forms = [vocabulary.forms[number] for number in reading.forms.tolist()]
    assert list(zip(forms, reading.owners.tolist(), strict=True)) == expected


@pytest.mark.parametrize("paragraphs", [[], [([], [])], [([], []), ([], [])]])
def test_a_vocabulary_may_be_empty(paragraphs: Paragraphs) -> None:
    """Without paragraphs, and without a word in them."""
    vocabulary = Vocabulary(paragraphs)
    assert (vocabulary.forms, vocabulary.terms()) == ((), [[] for _ in paragraphs])
    assert vocabulary.occurrences().tolist() == vocabulary.paragraph_frequencies().tolist() == []
    assert vocabulary.read(range(len(paragraphs))).forms.tolist() == []


def test_of_an_endless_word_the_beginning_is_marked() -> None:
    """It is no word; what follows it keeps its place."""
    endless, after = Token(0, 100_000, "x", "x"), Token(100_001, 100_005, "road", "road")
    assert Vocabulary([([endless, after], [])]).tokens(0) == [Token(0, 65_535, "x", "x"), after]
