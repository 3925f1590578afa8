"""A question in, an answer out: bands, passages, copies, suggestions."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import QUESTION_LIMIT, Answer, Band, Paragraph, QuestionWord, Retriever, Span, read_corpus
from retrieval.analysis import Analyzer
from retrieval.answers import Match, WantedTerm
from retrieval.passages import quote
from retrieval.question import Question
from tests.builders import SEEDS, make_article, make_corpus

ROAD = "The ministry said on Monday that the mountain road would stay open for everybody."
BRIDGE = "The old bridge across the river was closed by the army in the autumn."
MINE = "Protesters blocked the gold mine for three weeks, the governor told reporters."


@pytest.fixture(scope="module")
def seeds() -> Retriever:
    """The production retriever over the production corpus."""
    return Retriever(read_corpus(SEEDS))


@pytest.fixture
def small(tmp_path: Path) -> Retriever:
    """Three paragraphs in two articles."""
    return Retriever(make_corpus(tmp_path, {"a.txt": f"{ROAD}\n\n{BRIDGE}", "b.txt": MINE}))


@given(st.text(max_size=1500))
def test_any_text_gets_an_answer_that_holds_together(seeds: Retriever, question: str) -> None:
    """Never an exception; quotes are slices; a band without passages is "none" and the other way round."""
    answer = seeds.answer(question)
    assert answer.question == question
    assert (answer.band is Band.NONE) == (not answer.passages)
    assert_holds_together(answer)


@given(
    st.lists(
        st.sampled_from(
            ["Lachin", "corridor", "Armenia", "Azerbaijan", "2020", "checkpoint", "peace", "Zakharova", "the", "who"]
        )
    )
)
def test_answers_on_the_topic_hold_together(seeds: Retriever, words: list[str]) -> None:
    """Passages come from different paragraphs, marks stand inside them, the best sentence too."""
    assert_holds_together(seeds.answer(" ".join(words), limit=10))


def assert_holds_together(answer: Answer) -> None:
    """What is true of every answer."""
    assert len({(passage.article.id, passage.span) for passage in answer.passages}) == len(answer.passages)
    for passage in answer.passages:
        body = passage.article.body
        paragraphs = [paragraph.span for paragraph in passage.article.paragraphs()]
        assert body[passage.span.start : passage.span.end] == passage.quote
        assert 0 < len(passage.quote) <= 600
        assert sum(passage.span in span for span in paragraphs) == 1
        assert passage.sentence in passage.span
        assert all(mark in passage.span for mark in passage.highlights)
        assert list(passage.highlights) == sorted(passage.highlights)
        assert 0 <= passage.sentence_coverage <= passage.coverage <= 1


@pytest.mark.parametrize("question", ["", "   ", "🎉🎉", "???", "what is the"])
def test_a_question_without_words_finds_nothing(seeds: Retriever, question: str) -> None:
    """And claims nothing about missing words."""
    answer = seeds.answer(question)
    assert (answer.band, answer.searched_words, answer.missing_terms) == (Band.NONE, (), ())


def test_a_wall_of_text_is_read_from_its_beginning(seeds: Retriever) -> None:
    """Five thousand characters are no reason to stay silent; the question is kept whole."""
    wall = ("The decades-long conflict between Armenia and Azerbaijan over Nagorno-Karabakh flared up again. " * 60)[
        :5000
    ]
    answer = seeds.answer(wall)
    assert len(wall) == 5000 > QUESTION_LIMIT
    assert answer.question == wall
    assert answer.band is Band.FOUND
    assert seeds.answer("x" * 5000).band is Band.NONE


def test_none_names_the_words_that_no_article_contains(small: Retriever) -> None:
    """As they were typed."""
    answer = small.answer("Which Airports did the ministry sell?")
    assert answer.band is Band.NONE
    assert answer.missing_terms == ("Airports", "sell")


def test_half_of_the_words_in_one_passage_is_weak(small: Retriever) -> None:
    """Words scattered over paragraphs do not add up."""
    answer = small.answer("gold bridge Monday")
    assert answer.band is Band.WEAK
    assert answer.missing_terms == ()


def test_a_year_alone_is_no_evidence(seeds: Retriever) -> None:
    """It stands in half of all articles."""
    assert seeds.answer("Who won the election in 2020?").band is Band.NONE
    assert seeds.answer("What happened in 2020?").band is Band.FOUND


@pytest.mark.parametrize("size", [1, 2])
def test_the_smallest_corpora_answer(tmp_path: Path, size: int) -> None:
    """Where the usual statistics are zero or negative."""
    texts: list[str | bytes] = [ROAD, BRIDGE]
    retriever = Retriever(make_corpus(tmp_path, {f"{n}.txt": text for n, text in enumerate(texts[:size])}))
    answer = retriever.answer("Will the mountain road stay open?")
    assert answer.band is Band.FOUND
    assert [passage.quote for passage in answer.passages] == [ROAD]


def test_a_word_in_half_of_the_paragraphs_finds_them(tmp_path: Path) -> None:
    """Okapi gives such a word no weight; the bot answers all the same."""
    texts = ["The road is open.", "The road is closed.", "A bridge fell.", "It rained."]
    retriever = Retriever(make_corpus(tmp_path, {"a.txt": "\n\n".join(texts)}))
    assert [passage.quote for passage in retriever.answer("road?").passages] == texts[:2]


def test_the_same_text_in_several_articles_is_one_passage(tmp_path: Path) -> None:
    """Quoted from the oldest, with the others named; typography makes no difference."""
    manifest = "\n".join(
        f'[[article]]\nfile = "{name}.txt"\npublisher = "{name}"\npublished = {date}'
        for name, date in [("a", "2023-02-01"), ("b", "2023-01-01"), ("c", "2023-03-01")]
    )
    files: dict[str, str | bytes] = {
        "a.txt": f"“{ROAD}”",
        "b.txt": f"{MINE}\n\n{ROAD}",
        "c.txt": ROAD.upper() + "\n\n" + ROAD,
    }
    answer = Retriever(make_corpus(tmp_path, files, manifest)).answer("mountain road open")
    (passage,) = answer.passages
    assert passage.article.publisher == "b"
    assert [copy.article.publisher for copy in passage.also_in] == ["a", "c"]


def test_a_publisher_of_copies_only_may_be_named(tmp_path: Path) -> None:
    """Its articles are quoted from the oldest, by another publisher; the question is answered all the same."""
    manifest = """
        [[article]]\nfile = "a.txt"\npublisher = "Asbarez"\npublished = 2023-01-01
        [[article]]\nfile = "b.txt"\npublisher = "Reuters"\npublished = 2023-02-01
    """
    retriever = Retriever(make_corpus(tmp_path, {"a.txt": ROAD, "b.txt": ROAD}, manifest))
    for question in ("Will the mountain road stay open, according to Reuters?", "Reuters"):
        assert retriever.answer(question).missing_terms == ()
    assert [passage.quote for passage in retriever.passages("Reuters: mountain road open", 3)] == [ROAD]


def test_did_you_mean_is_offered_where_a_passage_rests_on_it(seeds: Retriever) -> None:
    """A misspelt name is put right, as the passage writes it; without a passage nothing is suggested."""
    assert seeds.answer("wat did bayramof say about the protets").did_you_mean == (
        "wat did Bayramov say about the protests"
    )
    assert seeds.answer("Who won the Champions League?").did_you_mean is None
    assert seeds.answer("What did Bayramov say?").did_you_mean is None
    assert seeds.answer("Azerbaijn Azerbaijnn corridr").did_you_mean == "Azerbaijan Azerbaijan corridor"


def test_the_same_question_gets_the_same_answer(seeds: Retriever) -> None:
    """Also from another retriever over the same files."""
    question = "What did the Kremlin say about the trilateral agreement?"
    assert seeds.answer(question) == Retriever(read_corpus(SEEDS)).answer(question)


def test_many_threads_get_what_one_gets(seeds: Retriever) -> None:
    """Snowball keeps its state in its objects; no thread may see another's."""
    words = sorted({word for paragraph in seeds.corpus.paragraphs() for word in paragraph.text.split()})
    asked = [" ".join(words[at : at + 6]) for at in range(0, len(words), 3)]
    expected = [seeds.answer(question) for question in asked]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(Retriever(seeds.corpus).answer, asked)) == expected


def test_a_long_paragraph_is_shown_in_part(tmp_path: Path) -> None:
    """The sentences around the best one, whole, at most six hundred characters."""
    filler = "Nothing of interest was said about the weather in the valley that day."
    text = " ".join([filler] * 9 + [MINE] + [filler] * 9)
    assert 600 < len(text) < 2000
    (passage,) = Retriever(make_corpus(tmp_path, {"a.txt": text})).answer("Who blocked the gold mine?").passages
    assert MINE in passage.quote
    assert passage.sentence.of(passage.article.body) == MINE
    assert 500 < len(passage.quote) <= 600
    assert passage.quote[0] == "N"
    assert passage.quote.endswith(".")


@given(
    st.lists(st.sampled_from(["gold", "mine,", "x" * 90, "Stop.", "road"]), min_size=1, max_size=120),
    st.integers(20, 200),
)
def test_passages_never_cut_a_word(words: list[str], longest: int) -> None:
    """Unless a single word is longer than a passage may be."""
    body = " ".join(words)
    asked = tuple(
        QuestionWord(word, word, (WantedTerm(word, word, Match.SAME, 1.0),), weight)
        for word, weight in (("gold", 1.0), ("mine", 2.0))
    )
    question = Question("gold mine", "en", asked)
    tokens = Analyzer("en").tokens(body)
    passage = quote(Paragraph(make_article(body), Span(0, len(body))), tokens, question, 1.0, longest=longest)
    assert len(passage.quote) <= longest
    if longest >= 90:
        assert set(passage.quote.split()) <= set(words)
        assert body[: passage.span.start].endswith(" ") or passage.span.start == 0
