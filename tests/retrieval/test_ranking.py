"""Which paragraphs fit a question best, and why?"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import Contribution, OkapiIndex
from retrieval.aliases import Aliases
from retrieval.analysis import Analyzer
from retrieval.answers import Match, QuestionWord
from retrieval.bm25 import idf
from retrieval.kinds import Kind
from retrieval.likeness import Likeness
from retrieval.lookup import Lookup
from retrieval.memory.dictionary import MemoryDictionary
from retrieval.question import Question, QuestionReader
from retrieval.ranking import CANDIDATES, KIND, LIKENESS, PAIRS, RECENT, Field, Fit, Ranking, word_weight
from retrieval.sources import Sources, publisher_tokens
from retrieval.vocabulary import Vocabulary
from tests.builders import make_article
from tests.retrieval.asking import known, paragraphs_of, plain_vocabulary, question_of, wanted

TODAY = dt.date(2023, 4, 24)
DAYS = (None, TODAY, TODAY - dt.timedelta(3), TODAY - dt.timedelta(30), TODAY + dt.timedelta(2))
PUBLISHERS = (None, "Press TV", "Reuters (AFP)")
GROUPS = (("MFA", "Foreign Ministry"), ("Artsakh", "Karabakh", "Карабах"), ("Lachin", "Berdzor"))
WORDS = {
    "en": "the Foreign Ministry closed Lachin road roads in 2020 two peacekeepers Armenian bridge. Karabakh",
    "ru": "в Лачин дорога дороги закрыли миротворцы 2020 две Карабах ереван и мост. армянский",
    "tr": "Laçın yolu yol kapandı ve köprü 2020 iki barış gücü Karabağ bu ordu. Ermeni",
    "zh": "拉钦 走廊 关闭 2020年 亚美尼亚 的 和平 部队 两",
}
ASKED = [
    "who", "how many", "when", "this week", "today", "MFA", "Artsakh", "Lachin", "Лачин", "Lacin", "Berdzor", "raod",
    "road", "closed", "Press TV", "AFP", "peacekeepers", "peacekeeper", "кто", "сколько", "дорога", "на этой неделе",
    "kaç", "yol", "Armenia", "2020", "zebra", "拉钦走廊", "谁", "мост", "bu hafta",
]  # fmt: skip


@dataclass(frozen=True)
class Corpus:
    """A ranking and what reads questions for it."""

    reader: QuestionReader
    ranking: Ranking
    size: int


@st.composite
def corpora(draw: st.DrawFn, largest: int = 12) -> Corpus:
    """Small ones in some languages, with publishers, dates and other names."""
    languages = draw(st.lists(st.sampled_from(list(WORDS)), min_size=1, max_size=3, unique=True))
    rows = draw(
        st.lists(
            st.sampled_from(languages).flatmap(
                lambda code: st.tuples(
                    st.just(code), st.lists(st.sampled_from(WORDS[code].split()), max_size=9),
                    st.sampled_from(PUBLISHERS), st.sampled_from(DAYS),
                )
            ),
            max_size=largest,
        )
    )  # fmt: skip
    texts = [" ".join(words) for _, words, _, _ in rows]
    articles = [make_article(text, publisher=name) for text, (_, _, name, _) in zip(texts, rows, strict=True)]
    vocabulary = Vocabulary(
        (Analyzer(code).tokens(each.body), publisher_tokens(each))
        for each, (code, *_) in zip(articles, rows, strict=True)
    )
    index = OkapiIndex(vocabulary.terms())
    names = [name for _, _, name, _ in rows if name]
    reader = QuestionReader(index, Lookup(MemoryDictionary(vocabulary)), languages, Aliases(GROUPS), Sources(names))
    kinds = [Analyzer(code).kinds(text) for text, (code, *_) in zip(texts, rows, strict=True)]
    return Corpus(reader, Ranking(index, paragraphs_of(vocabulary, kinds, [day for *_, day in rows])), len(rows))


CORPORA = corpora()
QUESTIONS = st.lists(st.sampled_from(ASKED), max_size=7).map(" ".join)


def ranking_of(
    *paragraphs: str, kinds: Sequence[Mapping[Kind, int]] = (), published: Sequence[dt.date | None] = ()
) -> Ranking:
    """Over paragraphs whose words count as themselves."""
    vocabulary = plain_vocabulary(text.split() for text in paragraphs)
    return Ranking(OkapiIndex(vocabulary.terms()), paragraphs_of(vocabulary, kinds, published))


def parts(ranking: Ranking, question: Question, ordinal: int, field: Field) -> list[Contribution]:
    """What one field adds to the score of a paragraph."""
    return [part for part in ranking.explain(question, ordinal) if part.field == field]


def added(ranking: Ranking, question: Question, field: Field, paragraphs: int) -> list[float]:
    """What one field adds to the scores of so many paragraphs."""
    return [sum(part.score for part in parts(ranking, question, at, field)) for at in range(paragraphs)]


@given(CORPORA, QUESTIONS)
def test_the_contributions_sum_up_to_the_score(corpus: Corpus, asked: str) -> None:
    """For every paragraph that is found, whatever the question speaks of."""
    question = corpus.reader.read(asked, TODAY)
    for hit in corpus.ranking.search(question, CANDIDATES):
        explained = corpus.ranking.explain(question, hit.ordinal)
        assert sum(part.score for part in explained) == pytest.approx(hit.score)
        assert all(part.score > 0 for part in explained)
        assert {part.field for part in explained} <= set(Field)


@given(CORPORA, QUESTIONS)
def test_the_best_comes_first_and_equal_ones_in_the_order_of_the_index(corpus: Corpus, asked: str) -> None:
    """Each paragraph once; the share of letters is one."""
    hits = corpus.ranking.search(corpus.reader.read(asked, TODAY), CANDIDATES)
    assert [(hit.score, -hit.ordinal) for hit in hits] == sorted(
        ((hit.score, -hit.ordinal) for hit in hits), reverse=True
    )
    assert len({hit.ordinal for hit in hits}) == len(hits)
    assert all(0 <= hit.letters <= 1 for hit in hits)


@given(CORPORA, QUESTIONS)
def test_only_paragraphs_with_a_term_are_found(corpus: Corpus, asked: str) -> None:
    """All of them when there is room; letters, kinds and days alone find nothing."""
    question = corpus.reader.read(asked, TODAY)
    words = {Field.WORDS, Field.PUBLISHER}
    holding = [
        at for at in range(corpus.size) if any(part.field in words for part in corpus.ranking.explain(question, at))
    ]
    assert sorted(hit.ordinal for hit in corpus.ranking.search(question, CANDIDATES)) == holding


@given(corpora(largest=45), QUESTIONS, st.integers(1, CANDIDATES))
def test_a_smaller_limit_gives_the_head_of_a_larger(corpus: Corpus, asked: str, limit: int) -> None:
    """The best ones do not depend on how many are asked for, up to the number that is scored in full."""
    question = corpus.reader.read(asked, TODAY)
    assert corpus.ranking.search(question, limit) == corpus.ranking.search(question, CANDIDATES)[:limit]


def test_the_best_is_the_best_however_few_are_asked_for() -> None:
    """Also where words alone have others before it."""
    ranking = ranking_of(*["road"] * 20, "road armenian")
    question = question_of(known("road"), QuestionWord("Armenia", "armenia", (), 1.0))
    assert [hit.ordinal for hit in ranking.search(question, 1)] == [20]
    assert [hit.ordinal for hit in ranking.search(question, 3)] == [20, 0, 1]


def test_words_weigh_with_their_rarity() -> None:
    """Times the square root of that: of two words in two paragraphs the rarer decides."""
    light, heavy = known("road", 1.0), known("mine", 4.0)
    assert word_weight(heavy) == pytest.approx(8 * word_weight(light))
    ranking = ranking_of("road", "mine")
    assert [hit.ordinal for hit in ranking.search(question_of(light, heavy), 2)] == [1, 0]
    [part] = parts(ranking, question_of(heavy), 1, Field.WORDS)
    assert part.score == pytest.approx(word_weight(heavy) * OkapiIndex([["road"], ["mine"]]).saturation("mine", 1))
    assert (part.word, part.term) == ("mine", "mine")


def test_a_term_counts_by_its_likeness() -> None:
    """Half as much where it is half the word; the terms of one word add up."""
    halves = QuestionWord("way", "way", (wanted("road", Match.ALIAS, 0.5), wanted("mine", Match.SCRIPT, 0.25)), 2.0)
    ranking = ranking_of("road", "mine", "road mine")
    road, mine, both = added(ranking, question_of(halves), Field.WORDS, 3)
    assert road == pytest.approx(2 * mine)
    assert both > road
    assert {part.word for part in ranking.explain(question_of(halves), 2)} == {"way"}


def test_a_publisher_is_a_field_of_its_own() -> None:
    """So that an explanation says so; one that no paragraph is by adds nothing."""
    by_tass = QuestionWord("Tass", "tass", (wanted("publisher:tass", Match.PUBLISHER),), 1.0)
    by_afp = QuestionWord("AFP", "afp", (wanted("publisher:afp", Match.PUBLISHER),), 1.0)
    ranking = ranking_of("road publisher:tass", "tass")
    assert [part.field for part in ranking.explain(question_of(by_tass), 0)] == [Field.PUBLISHER, Field.LIKENESS]
    assert [hit.ordinal for hit in ranking.search(question_of(by_tass), 2)] == [0]
    assert ranking.search(question_of(by_afp), 2) == []


def test_likeness_lifts_the_paragraph_with_words_of_one_stock() -> None:
    """Where the words themselves say nothing; a part of its own for every word of the question."""
    ranking = ranking_of("road bridge", "road armenian", "other")
    armenia = QuestionWord("Armenia", "armenia", (), 1.0)
    question = question_of(known("road"), armenia)
    assert [hit.ordinal for hit in ranking.search(question, 3)] == [1, 0]
    assert [part.word for part in parts(ranking, question, 1, Field.LIKENESS)] == ["road", "armenia"]
    assert [part.word for part in parts(ranking, question, 0, Field.LIKENESS)] == ["road"]


def test_the_share_of_letters_is_that_of_what_they_could_score() -> None:
    """Without the weight of the field, whatever else was scored; what nothing is like counts too."""
    ranking = ranking_of("road", "road armenian")
    held = paragraphs_of(plain_vocabulary([["road"], ["road", "armenian"]]))
    question = question_of(known("road"), QuestionWord("zzzz", "zzzz", (), 1.0))
    hits = ranking.search(question, 2)
    assert len(hits) == 2
    for hit in hits:
        scored = sum(part.score for part in parts(ranking, question, hit.ordinal, Field.LIKENESS)) / LIKENESS
        assert hit.letters == pytest.approx(scored / Likeness(["road", "zzzz"], held).most)
        assert 0 < hit.letters < scored / Likeness(["road"], held).most < 1


@pytest.mark.parametrize(
    ("paragraph", "near"),
    [
        ("gold mine", True),
        ("mine gold", True),
        ("gold x mine", True),
        ("gold x y mine", True),
        ("gold x y z mine", False),
        ("gold gold", False),
        ("gold", False),
    ],
)
def test_neighbours_of_the_question_count_where_they_are_near(paragraph: str, near: bool) -> None:
    """In either order, at most three words from one to the other."""
    ranking = ranking_of(paragraph, "mine gold")
    question = question_of(known("gold", 2.0), known("mine", 3.0))
    found = parts(ranking, question, 0, Field.PAIRS)
    assert [(part.word, part.term) for part in found] == [("gold mine", "gold mine")] * near


def test_a_pair_scores_by_its_count() -> None:
    """BM25 with the weight of both words."""
    ranking = ranking_of("gold mine", "gold mine x gold mine", "gold mine")
    question = question_of(known("gold", 2.0), known("mine", 3.0))
    average = (2 + 5 + 2) / 3
    for ordinal, (count, length) in enumerate([(1, 2), (3, 5), (1, 2)]):
        expected = PAIRS * 5 * count * 1.9 / (count + 0.9 * (0.6 + 0.4 * length / average))
        [part] = parts(ranking, question, ordinal, Field.PAIRS)
        assert part.score == pytest.approx(expected)


def test_words_apart_in_the_question_are_no_pair() -> None:
    """Two words from one to the other are near enough, three are not."""
    words = [known(word) for word in ("a", "b", "c", "d")]
    ranking = ranking_of("a c", "a d", "b c", "d b")
    pairs = [[part.word for part in parts(ranking, question_of(*words), at, Field.PAIRS)] for at in range(4)]
    assert pairs == [["a c"], [], ["b c"], ["b d"]]


def test_a_pair_never_reaches_from_one_paragraph_into_the_next() -> None:
    """Also where several are scored at once."""
    ranking = ranking_of("x gold", "mine x", "gold mine")
    question = question_of(known("gold"), known("mine"))
    assert [bool(each) for each in added(ranking, question, Field.PAIRS, 3)] == [False, False, True]
    scores = {hit.ordinal: hit.score for hit in ranking.search(question, 3)}
    for ordinal, score in scores.items():
        assert sum(part.score for part in ranking.explain(question, ordinal)) == pytest.approx(score)


def test_a_paragraph_with_the_kind_that_is_asked_for_is_lifted() -> None:
    """BM25 over how many words of it there are; the rarer the kind, the more."""
    kinds = [Counter({Kind.NUMBER: 2}), Counter({Kind.DATE: 1}), Counter[Kind](), Counter({Kind.NUMBER: 1})]
    ranking = ranking_of("road", "road", "road", "road", kinds=kinds)
    question = question_of(known("road"), kind=Kind.NUMBER)
    weight = idf(2, 4)
    expected = [KIND * weight * count * 1.9 / (count + 0.9) for count in (2, 0, 0, 1)]
    assert added(ranking, question, Field.KIND, 4) == pytest.approx(expected)
    assert [hit.ordinal for hit in ranking.search(question, 4)] == [0, 3, 1, 2]
    assert added(ranking, question_of(known("road")), Field.KIND, 4) == [0] * 4


def test_articles_of_the_time_that_is_meant_are_lifted() -> None:
    """From the first day to the day of asking, both included; those of an unknown day are not."""
    days = [TODAY, TODAY - dt.timedelta(8), TODAY - dt.timedelta(9), TODAY + dt.timedelta(1), None]
    ranking = ranking_of(*["road"] * 5, published=days)
    question = Question("", "en", (known("road"),), since=TODAY - dt.timedelta(8), asked_on=TODAY)
    assert added(ranking, question, Field.RECENT, 5) == [RECENT, RECENT, 0, 0, 0]
    assert [hit.ordinal for hit in ranking.search(question, 5)] == [0, 1, 2, 3, 4]
    assert ranking.search(question, 5)[0].score > ranking.search(question, 5)[2].score + RECENT - 1e-9
    timeless = Question("", "en", (known("road"),), asked_on=TODAY)
    assert added(ranking, timeless, Field.RECENT, 5) == [0] * 5


def test_nothing_is_found_for_nothing() -> None:
    """No words, unknown ones, no paragraphs."""
    nothing, zebra = question_of(), question_of(QuestionWord("zebra", "zebra", (), 1.0))
    ranking = ranking_of("road", "")
    assert ranking.search(nothing, 3) == ranking.search(zebra, 3) == []
    assert ranking.explain(nothing, 0) == ()
    assert ranking_of().search(zebra, 3) == []
    assert [type(hit) for hit in ranking.search(question_of(known("road")), 3)] == [Fit]
