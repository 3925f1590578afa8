"""The articles that ship, asked as a reader would ask them."""

import hashlib
import tomllib
from collections import Counter
from typing import Any

import pytest

from retrieval import Answer, Band, Retriever, read_corpus
from retrieval.evaluation import read_sets
from tests.builders import SEEDS

QUESTIONS = tomllib.loads((SEEDS / "questions.toml").read_text(encoding="utf-8"))["question"]
SHA256 = {
    "000_b91f31be8e7d5dd3.txt": "e20f0029117428f4d4ea23e9f48a4f919724fab684e4c31ada8617a9a53cf4d3",
    "001_6efac99d9a88112b.txt": "ba3d73496f381e3068453e88bc9582162f325012ccfc33ada6939662925463fb",
    "002_d706216eca9366d3.txt": "d25cd78deead9bbdfb53f60d7e130d348ca31f1447831cdb0275b0c26f8779a5",
    "003_759dcd1a3cda9df5.txt": "1adc805ef9395351961dc6ddd15ed58763484650567961683c86d2abf4b3b2dc",
    "004_c8fff3594987380c.txt": "06c38ce2d65326c5c0b3e4618285c77edd794975280a0b4b9fccc433a0a9ccd1",
}


@pytest.fixture(scope="module")
def retriever() -> Retriever:
    """The production retriever over the production corpus."""
    return Retriever(read_corpus(SEEDS))


def of_kind(kind: str) -> list[dict[str, Any]]:
    """The questions of one kind, in order."""
    return [question for question in QUESTIONS if question["kind"] == kind]


def is_right(answer: Answer, wordings: list[str]) -> bool:
    """Whether the first passage is one that answers."""
    return bool(answer.passages) and any(wording in answer.passages[0].quote for wording in wordings)


def test_nearly_every_plain_question_is_answered_first(retriever: Retriever) -> None:
    """At least thirty of thirty-six; a change that loses one is seen in the message."""
    plain = of_kind("plain")
    wrong = [each["ask"] for each in plain if not is_right(retriever.answer(each["ask"]), each["right"])]
    assert len(plain) == 36
    assert len(wrong) <= 6, wrong


def test_there_are_questions_of_every_kind() -> None:
    """Enough of each to see a change."""
    kinds = Counter(question["kind"] for question in QUESTIONS)
    assert set(kinds) == {"plain", "paraphrase", "typo", "alias", "source", "none-near", "none-far"}
    assert min(kinds.values()) >= 8


def test_every_right_wording_stands_in_a_paragraph() -> None:
    """Reading the set would fail otherwise; a question without one is of a kind that has no answer."""
    [judged] = read_sets([SEEDS])
    assert len(judged.questions) == len(QUESTIONS)
    assert all(question.answerable is not question.kind.startswith("none-") for question in judged.questions)


def test_every_quote_is_exact(retriever: Retriever) -> None:
    """Sliced anew from the file, every passage of every answer is the same."""
    quotes = 0
    for each in QUESTIONS:
        for passage in retriever.answer(each["ask"], limit=10).passages:
            body = (SEEDS / passage.article.path).read_bytes().decode()
            assert body[passage.span.start : passage.span.end] == passage.quote
            assert len(passage.quote) <= 600
            quotes += 1
    assert quotes > 36


def test_off_topic_questions_get_no_source(retriever: Retriever) -> None:
    """They name the words that are missing instead. One word that happens to occur may make one of them "weak"."""
    answers = [retriever.answer(question["ask"]) for question in of_kind("none-far")]
    assert all(answer.missing_terms for answer in answers)
    assert all(answer.band is not Band.FOUND for answer in answers)
    refused = [answer for answer in answers if answer.band is Band.NONE]
    assert len(refused) >= len(answers) - 1
    assert not any(answer.passages for answer in refused)


def test_the_files_are_those_that_were_given() -> None:
    """Byte for byte: offsets and hashes in every log depend on it."""
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in SEEDS.glob("*.txt")}
    assert found == SHA256


def test_the_manifest_leaves_nothing_out(retriever: Retriever) -> None:
    """Five articles, no rejection; what is not known stays unknown."""
    catalog, articles = retriever.catalog, list(retriever.catalog.articles())
    assert catalog.article_count == len(articles) == 5
    assert catalog.rejections == ()
    assert [article.id[:3] for article in articles if article.url is None] == ["001"]
    assert all(article.publisher and article.published for article in articles)


@pytest.mark.parametrize(
    "words", ["Abone Ol", "Back to top", "Related Articles", "Read More", "Reuters Photo", "Öne Çıkan"]
)
def test_furniture_of_the_seeds_is_never_quoted(retriever: Retriever, words: str) -> None:
    """Not even when it is asked for."""
    assert all(words not in each.text for article in retriever.catalog.articles() for each in article.paragraphs())
    assert all(words not in passage.quote for passage in retriever.answer(words, limit=10).passages)
