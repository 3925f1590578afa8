"""A question in, an answer out: bands, passages, copies, suggestions."""

import datetime as dt
import gc
import math
import weakref
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import QUESTION_LIMIT, Answer, Band, Paragraph, QuestionWord, Retriever, Span, read_corpus
from retrieval.analysis import Analyzer
from retrieval.answers import Match, WantedTerm
from retrieval.confidence import FEWEST, MOST, confidence
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


def test_words_that_only_other_paragraphs_hold_are_lacking(small: Retriever) -> None:
    """As typed, in order; what no article holds is missing instead, and what the best passage holds neither."""
    answer = small.answer("Did the governor close the mountain Road for zebras?")
    assert answer.passages[0].quote == ROAD
    assert answer.lacking_terms == ("governor", "close")
    assert answer.missing_terms == ("zebras",)
    assert answer.searched_words == ("governor", "close", "mountain", "Road", "zebras")


def test_none_names_the_nearest_articles(tmp_path: Path) -> None:
    """First those that hold something of the question, then the newest, three at most; an answer names none."""
    dates = {"a": "2021-01-01", "b": "2023-05-01", "c": "2022-01-01", "d": "2023-04-01", "e": None}
    manifest = "".join(
        f'[[article]]\nfile = "{name}.txt"\n' + (f"published = {date}\n" if date else "")
        for name, date in dates.items()
    )
    texts = (ROAD, BRIDGE, MINE, "Snow fell on the hills in the night.", "Prices of bread rose again in the capital.")
    retriever = Retriever(make_corpus(tmp_path, {f"{name}.txt": text for name, text in zip("abcde", texts)}, manifest))  # noqa: B905

    def nearest(question: str) -> str:
        answer = retriever.answer(question)
        assert (answer.band is Band.NONE) == bool(answer.nearest)
        return "".join(article.id for article in answer.nearest)

    assert nearest("Did Zebra and Quagga win on the mountain?") == "abd"
    assert nearest("zebra quagga okapi") == "bdc"
    assert nearest("") == "bdc"
    assert nearest("Will the mountain road stay open?") == ""


def test_evidence_says_what_the_confidence_rests_on(small: Retriever) -> None:
    """Shares of the question's weight, for the best paragraph; none where nothing was found."""
    answer = small.answer("Will the mountain road stay open?")
    assert answer.evidence is not None
    assert answer.confidence == confidence(answer.evidence)
    assert (answer.evidence.paragraph, answer.evidence.sentence) == (1, 1)
    assert (answer.evidence.unknown, answer.evidence.names_missing) == (0, 0)
    assert 0.5 < answer.evidence.letters < 1
    assert (answer.evidence.words, answer.evidence.paragraphs) == (math.log(5), math.log(FEWEST))
    worse = small.answer("Will Zebras see the mountain road?").evidence
    assert worse is not None
    assert worse.names_missing == 1
    assert 0 < worse.unknown < 1
    assert worse.paragraph == worse.sentence < 1
    nothing = small.answer("zebra")
    assert (nothing.evidence, nothing.confidence) == (None, 0)


@pytest.mark.parametrize(("size", "counted"), [(3, FEWEST), (FEWEST, FEWEST), (25, 25), (MOST + 1, MOST)])
def test_tiny_corpora_and_huge_ones_are_judged_as_others(tmp_path: Path, size: int, counted: int) -> None:
    """From the fewest paragraphs to the most, each counts."""
    text = "\n\n".join(f"This is the sentence number {number} of the book." for number in range(size))
    evidence = Retriever(make_corpus(tmp_path, {"a.txt": text})).answer("sentence number 2").evidence
    assert evidence is not None
    assert evidence.paragraphs == math.log(counted)


def test_what_fits_far_worse_than_the_best_is_not_shown(tmp_path: Path) -> None:
    """It is no answer for standing beside one; what fits nearly as well is."""
    close = "The mountain road would stay open, the ministry said on Tuesday."
    far = "The ministry has a new building in the capital."
    retriever = Retriever(make_corpus(tmp_path, {"a.txt": f"{far}\n\n{ROAD}\n\n{close}\n\n{MINE}"}))
    question = "Did the ministry say that the mountain road would stay open for everybody?"
    assert [passage.quote for passage in retriever.answer(question, 9).passages] == [ROAD, close]
    assert [ranked.paragraph.text for ranked in retriever.rank(question, 9)] == [ROAD, close, far]
    best, *others = retriever.rank(question, 9)
    assert [ranked.score >= 0.4 * best.score for ranked in others] == [True, False]


def test_passages_and_ranks_are_those_of_the_answer(small: Retriever) -> None:
    """Best first, with their scores; also where they are no answer."""
    ranked = small.rank("gold bridge Monday", 3)
    assert [each.score for each in ranked] == [passage.score for passage in small.passages("gold bridge Monday", 3)]
    assert [small.explain("gold bridge Monday", each.ordinal) != () for each in ranked] == [True] * 3
    assert small.answer("zebra quagga").passages == small.passages("zebra quagga", 3) == ()


def test_a_question_may_name_the_publisher(tmp_path: Path) -> None:
    """Of two articles that say nearly the same, its own comes first."""
    manifest = (
        '[[article]]\nfile = "a.txt"\npublisher = "Asbarez"\n[[article]]\nfile = "b.txt"\npublisher = "Press TV"\n'
    )
    files: dict[str, str | bytes] = {"a.txt": f"{ROAD} Truly.", "b.txt": f"{ROAD} Indeed.", "c.txt": MINE}
    retriever = Retriever(make_corpus(tmp_path, files, manifest))
    for name, article in (("Asbarez", "a"), ("Press TV", "b")):
        answer = retriever.answer(f"What did {name} write about the mountain road?")
        assert answer.passages[0].article.id == article
        assert name not in " ".join(answer.missing_terms + answer.lacking_terms)


def test_other_names_come_from_the_corpus_and_its_acronyms(tmp_path: Path) -> None:
    """A file of aliases beside the articles, and what they explain themselves."""
    treaty = "The Collective Security Treaty Organisation (CSTO) sent observers to the border."
    meeting = "The CSTO meets in the capital in autumn, people in the ministry said."
    files: dict[str, str | bytes] = {
        "a.txt": f"{treaty}\n\n{MINE}", "b.txt": meeting, "aliases.toml": 'same = [["goldfield", "gold mine"]]',
    }  # fmt: skip
    retriever = Retriever(make_corpus(tmp_path, files))
    ranked = retriever.rank("Who is in the Collective Security Treaty Organisation?", 3)
    assert [each.paragraph.text for each in ranked] == [treaty, meeting]
    answer = retriever.answer("Who blocked the goldfield?")
    assert (answer.band, answer.passages[0].quote, answer.missing_terms) == (Band.FOUND, MINE, ())
    assert answer.did_you_mean is None


@pytest.mark.parametrize(
    "question", ["Was the Лачин corridor closed?", "Laçın corridor closed?", "is the lachin corridor closed"]
)
def test_a_name_is_found_in_whatever_script_it_is_typed(tmp_path: Path, question: str) -> None:
    """And nothing is guessed by that."""
    text = "The Lachin corridor was closed for a day."
    answer = Retriever(make_corpus(tmp_path, {"a.txt": text, "b.txt": BRIDGE})).answer(question)
    assert (answer.band, answer.passages[0].quote, answer.missing_terms) == (Band.FOUND, text, ())
    assert answer.did_you_mean is None


def test_a_question_about_this_week_means_its_articles(tmp_path: Path) -> None:
    """Counted from the day of asking; without a day, the articles stand as they would otherwise."""
    manifest = "".join(
        f'[[article]]\nfile = "{name}.txt"\npublished = {date}\n'
        for name, date in [("a", "2023-01-10"), ("b", "2023-04-20"), ("c", "2022-12-01")]
    )
    files: dict[str, str | bytes] = {
        "a.txt": f"{ROAD} Truly.", "b.txt": f"{ROAD} It snowed and rained.", "c.txt": f"{ROAD} Indeed."
    }  # fmt: skip
    retriever = Retriever(make_corpus(tmp_path, files, manifest))

    def first(day: dt.date | None, question: str = "Will the mountain road stay open this week?") -> str:
        assert retriever.answer(question, 1, day).passages[0].article.id == retriever.rank(question, 1, day)[
            0].paragraph.article.id  # fmt: skip
        return retriever.rank(question, 1, day)[0].paragraph.article.id

    assert first(None) == "a"
    assert first(dt.date(2023, 4, 24)) == "b"
    assert first(dt.date(2022, 12, 5)) == "c"
    assert first(dt.date(2023, 4, 24), "Will the mountain road stay open?") == "a"
    [recent] = [
        each for each in retriever.explain("road this week?", 1, dt.date(2023, 4, 24)) if each.field == "recent"
    ]
    assert recent.term == "since 2023-04-16"


def test_a_version_that_nobody_holds_is_gone_at_once(tmp_path: Path) -> None:
    """Nothing in it holds itself, whatever it remembers: a store keeps the files of a version as long as it is there.

    The collector of garbage, which would find it some time, is off.
    """
    corpus = make_corpus(tmp_path, {"a.txt": "The Lachin corridor was closed by the CSTO on Sunday. It opened again."})
    retriever = Retriever(corpus)
    gc.disable()
    try:
        for question in ("Who closed the Lachin corridor?", "Did the Collective Treaty cloze it?", "and when?"):
            retriever.answer(question)
        held = retriever.collection
        parts = [weakref.ref(part) for part in (retriever, held, held.index, held.dictionary, held.paragraphs)]
        del retriever, held
        assert not any(part() for part in parts)
    finally:
        gc.enable()


def test_many_threads_get_what_one_gets(seeds: Retriever) -> None:
    """Snowball keeps its state in its objects; no thread may see another's."""
    words = sorted(
        {
            word
            for article in seeds.catalog.articles()
            for paragraph in article.paragraphs()
            for word in paragraph.text.split()
        }
    )
    asked = [" ".join(words[at : at + 6]) for at in range(0, len(words), 3)]
    expected = [seeds.answer(question) for question in asked]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(Retriever(seeds.collection).answer, asked)) == expected


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
        QuestionWord(word, word, (WantedTerm(word, Match.SAME, 1.0),), weight)
        for word, weight in (("gold", 1.0), ("mine", 2.0))
    )
    question = Question("gold mine", "en", asked)
    tokens = Analyzer("en").tokens(body)
    passage = quote(Paragraph(make_article(body), Span(0, len(body))), tokens, question, 1.0, longest=longest)
    assert len(passage.quote) <= longest
    if longest >= 90:
        assert set(passage.quote.split()) <= set(words)
        assert body[: passage.span.start].endswith(" ") or passage.span.start == 0


@pytest.mark.parametrize("limit", [0, -1])
def test_a_limit_below_one_is_refused(small: Retriever, limit: int) -> None:
    """It would be a mistake of the caller, not a question without an answer."""
    for ask in (small.answer, small.rank, small.passages):
        with pytest.raises(ValueError, match="at least 1"):
            ask("mountain road", limit)
