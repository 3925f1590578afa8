"""Which words are shown of a paragraph, and which of them stand out?"""

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import Paragraph, Passage, Span
from retrieval.analysis import Analyzer
from retrieval.answers import QuestionWord
from retrieval.kinds import Kind
from retrieval.passages import quote
from retrieval.question import Question
from retrieval.sentences import sentences
from tests.builders import make_article
from tests.retrieval.asking import known, question_of, unknown

ROAD = "The road was closed by the army."
BRIDGE = "A bridge in the valley fell."
YEAR = "The road was closed in 2020."
MEN = "The road was closed by forty men."
NAME = "The road was closed by Lavrov."
TEXTS = st.lists(
    st.sampled_from(["gold", "mine,", "Gold.", "𝐆𝐎𝐋𝐃", "🎉", "мина", "e\u0301tat", "ëtat", "中国人", "x" * 90, "Stop.",
                     "\n", "“mine”", "mine's", "1,000", "نفط", "หยุด", "\u200bgold", "road"])
    | st.text(max_size=6),
    min_size=1, max_size=60,
).map(" ".join)  # fmt: skip


def quoted(
    body: str, question: Question, *, span: Span | None = None, language: str = "en", longest: int = 600
) -> Passage:
    """The passage of a paragraph, by default the whole of a body."""
    paragraph = Paragraph(make_article(body, language=language), span or Span(0, len(body)))
    tokens = Analyzer(language).tokens(paragraph.text)
    return quote(paragraph, tokens, question, 1.5, longest=longest)


def asked(text: str, language: str = "en", kind: Kind | None = None) -> Question:
    """A question for words of a text, as they count in its language."""
    terms = dict.fromkeys(Analyzer(language).terms(text))
    return question_of(*(known(term) for term in terms), kind=kind)


def marked(passage: Passage) -> list[str]:
    """What stands out."""
    return [span.of(passage.article.body) for span in passage.highlights]


def best(passage: Passage) -> str:
    """The sentence that answers best."""
    return passage.sentence.of(passage.article.body)


@given(TEXTS, TEXTS, st.sampled_from(["en", "zh", "ru", "xx"]), st.integers(1, 300))
def test_a_passage_is_a_part_of_its_paragraph(before: str, text: str, language: str, longest: int) -> None:
    """Word for word, never longer than it may be; the sentence and all that stands out lie in it, in order."""
    if not sentences(text, language):
        return
    body, start = f"{before}\n\n{text}\n\n{before}", len(before) + 2
    span = Span(start, start + len(text))
    passage = quoted(
        body, asked("gold mine ëtat 中国人 1,000", language), span=span, language=language, longest=longest
    )
    assert passage.quote == body[passage.span.start : passage.span.end]
    assert passage.quote in text
    assert passage.span in span
    assert passage.sentence in passage.span
    assert 0 < len(passage.quote) <= longest
    assert all(mark in passage.span for mark in passage.highlights)
    assert list(passage.highlights) == sorted(passage.highlights)
    assert 0 <= passage.sentence_coverage <= passage.coverage <= 1
    assert passage.quote == passage.quote.strip()


@given(TEXTS, st.sampled_from(["en", "zh", "ru", "xx"]))
def test_what_stands_out_counts_as_a_word_of_the_question(text: str, language: str) -> None:
    """Exactly: sliced from the body and read again, it is what was asked for; nothing that was asked for is passed."""
    if not sentences(text, language):
        return
    question = asked("gold mine ëtat мина 中国人 1,000", language)
    passage = quoted(text, question, language=language, longest=10**6)
    spans = [token.span for token in Analyzer(language).tokens(text) if token.term in question.terms]
    parted = sentences(text, language, 10**6)
    whole = [span for span in spans if any(span in piece for piece in parted)]
    assert {at for mark in passage.highlights for at in range(mark.start, mark.end)} == {
        at for span in whole for at in range(span.start, span.end)
    }
    assert all(before.end <= after.start for before, after in pairwise(passage.highlights))


@pytest.mark.parametrize(
    ("language", "text", "question", "marks"),
    [
        ("en", "𝐆𝐎𝐋𝐃 🎉 and gold.", "gold", ["𝐆𝐎𝐋𝐃", "gold"]),
        ("en", "🎉🎉 The mines’ gold, MINE's", "mine", ["mines", "MINE's"]),
        ("fr", "L'e\u0301tat, l’ÉTAT.", "état", ["L'e\u0301tat", "l’ÉTAT"]),
        ("tr", "İstanbul'da, ISTANBUL ve istanbul", "İstanbul", ["İstanbul'da", "istanbul"]),
        ("zh", "😀中国和日本", "中国", ["中国"]),
        ("ru", "Дороги, дорогой", "дорога", ["Дороги", "дорогой"]),
        ("en", "It cost 6,500 on Nov. 9, 2020.", "6500 9 November", ["6,500", "Nov", "9"]),
        ("hi", "यह हिन्दी है", "हिन्दी", ["हिन्दी"]),
        ("ar", "النّفط", "النفط", ["النّفط"]),
    ],
)
def test_words_stand_out_as_they_are_written(language: str, text: str, question: str, marks: list[str]) -> None:
    """Beyond the Basic Multilingual Plane, with marks that combine, in scripts without spaces."""
    assert marked(quoted(text, asked(question, language), language=language)) == marks


def test_a_passage_keeps_what_it_was_found_with() -> None:
    """Its article, language, score, and the copies elsewhere."""
    body = f"{ROAD} {BRIDGE}"
    paragraph = Paragraph(make_article(body), Span(0, len(body)), "fr")
    copy = Paragraph(make_article(body, article_id="b"), Span(0, len(body)))
    passage = quote(paragraph, [], question_of(known("road")), 2.5, also_in=[copy])
    assert (passage.article, passage.language, passage.score) == (paragraph.article, "fr", 2.5)
    assert passage.also_in == (copy,)
    assert (passage.coverage, passage.highlights) == (0, ())


def test_a_short_paragraph_is_shown_whole() -> None:
    """With the sentence that holds most of the question."""
    passage = quoted(f"{ROAD} {BRIDGE} {YEAR}", asked("bridge valley army"))
    assert passage.quote == f"{ROAD} {BRIDGE} {YEAR}"
    assert best(passage) == BRIDGE
    assert passage.coverage == pytest.approx(1)
    assert passage.sentence_coverage == pytest.approx(2 / 3)


def test_of_equally_good_sentences_the_first_is_the_best() -> None:
    """And where none holds anything, the first of all."""
    assert quoted(f"{BRIDGE} {ROAD} {ROAD}", asked("army")).sentence.start == len(BRIDGE) + 1
    assert best(quoted(f"{BRIDGE} {ROAD}", asked("zebra"))) == BRIDGE


@pytest.mark.parametrize(("kind", "sentence"), [(Kind.DATE, YEAR), (Kind.NAME, NAME), (Kind.NUMBER, MEN), (None, ROAD)])
def test_of_sentences_with_the_same_words_the_one_with_the_kind_is_the_best(kind: Kind | None, sentence: str) -> None:
    """A "when" prefers the year, "who" the name, "how many" the number; what asks for nothing, the first."""
    body = f"{ROAD} {NAME} {MEN} {YEAR}"
    assert best(quoted(body, asked("road closed", kind=kind))) == sentence


def test_a_kind_never_outdoes_the_words() -> None:
    """A year in a sentence about something else is not the answer."""
    body = f"{ROAD} A bridge fell in 2020."
    assert best(quoted(body, asked("road closed army", kind=Kind.DATE))) == ROAD


def test_rare_words_decide_between_sentences() -> None:
    """By their weight."""
    question = question_of(known("road", 1.0), known("bridg", 5.0))
    assert best(quoted(f"{ROAD} {BRIDGE}", question)) == BRIDGE


def test_words_of_one_stock_tell_the_sentence() -> None:
    """Where no word is the same."""
    body = "The border is closed there. The Armenian side agreed. The border is long."
    assert best(quoted(body, question_of(unknown("Armenia")))) == "The Armenian side agreed."


def test_words_that_stand_together_tell_the_sentence() -> None:
    """As they do in the question."""
    body = "Gold is found far away from any known mine. Gold of the mine is found far away."
    assert best(quoted(body, asked("gold mine"))).startswith("Gold of the mine")


def shown(pieces: Sequence[str], words: Sequence[QuestionWord], longest: int) -> str:
    """What is quoted of a paragraph of these sentences."""
    return quoted(" ".join(pieces), question_of(*words), longest=longest).quote


def test_the_sentences_around_the_best_are_those_that_cover_most() -> None:
    """Of the runs that fit, with the best one among them."""
    filler = "Nothing else was said that day."
    pieces = [filler, "The army came.", "The road and the mine were closed.", filler, filler]
    words = [known("road", 3.0), known("mine", 3.0), known("armi", 1.0)]
    assert shown(pieces, words, 52) == "The army came. The road and the mine were closed."
    assert shown([*pieces[2:], *pieces[:2]], words, 52) == "The road and the mine were closed."
    assert shown(pieces, words, 34) == "The road and the mine were closed."


def test_a_run_that_covers_more_goes_before_a_longer_one() -> None:
    """Where both fit."""
    pieces = ["The army came.", "The road and the mine were closed.", "Nothing at all was said."]
    words = [known("road", 3.0), known("mine", 3.0), known("armi", 1.0)]
    assert shown(pieces, words, 60) == "The army came. The road and the mine were closed."


def test_the_best_sentence_is_always_shown() -> None:
    """Though others together would cover more."""
    pieces = ["An army came.", "Guns fired.", "It was a long and cold winter.", "The road and the mine were closed."]
    words = [known("road", 3.0), known("mine", 3.0), known("armi", 4.0), known("gun", 4.0)]
    passage = quoted(" ".join(pieces), question_of(*words), longest=40)
    assert (best(passage), passage.quote) == (pieces[3], pieces[3])


def test_of_runs_that_cover_as_much_the_longest_is_shown() -> None:
    """What was not asked for helps to understand."""
    pieces = ["It rained.", "The road was closed.", "Nobody came to the town."]
    assert shown(pieces, [known("road")], 46) == "The road was closed. Nobody came to the town."
    assert shown(pieces, [known("road")], 40) == "It rained. The road was closed."


def test_a_sentence_that_is_too_long_is_cut_between_words() -> None:
    """At a pause, and shown alone."""
    sentence = "The road, which was long, was closed " + "and opened again " * 10 + "on Monday."
    passage = quoted(sentence, question_of(known("road"), unknown("zebra")), longest=60)
    assert len(passage.quote) <= 60
    assert passage.quote.split() == sentence.split()[: len(passage.quote.split())]
    assert marked(passage) == ["road"]
