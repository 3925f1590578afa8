"""CPU of a ranking and of a whole answer: analysis, search, passages, confidence.

Goals: a ranking of 10,000 paragraphs p50 1 ms, beside the library's scores of the same stems; an answer from 100,000
p50 2 ms, p99 10 ms.
"""

import time
from collections.abc import Callable
from functools import partial

import numpy as np
from rank_bm25 import BM25Okapi

from retrieval import Corpus, Retriever, link_to
from retrieval.analysis import Analyzer
from retrieval.evaluation.slips import with_slips
from tests.bench.made_text import paragraphs, questions
from tests.builders import make_article

A_PAGE = 10  # paragraphs an article
LIBRARY = 10_000  # paragraphs; more take the library minutes


def main() -> None:
    """Print the percentiles, with the links of the passages made too."""
    for size in (10_000, 100_000):
        texts = list(paragraphs(size))
        start = time.process_time()
        articles = tuple(
            make_article("\n\n".join(texts[at : at + A_PAGE]), article_id=f"a{at}", title="No such words")
            for at in range(0, size, A_PAGE)
        )
        read = time.process_time()
        retriever = Retriever(Corpus(articles, (), "made"))
        built = time.process_time()
        print(f"{size:>7} paragraphs: layout {read - start:.1f} s, index {built - read:.1f} s")
        asked = questions(texts, 300)
        random = np.random.default_rng(9)
        misspelt = [with_slips(question, 9, random) for question in asked]
        if size <= LIBRARY:
            measure("  library, scores only", *library(texts, asked[:50]))
        measure("  ranking", partial(retriever.rank, limit=10), asked)
        measure("  whole answer", partial(answer, retriever), asked)
        measure("  whole answer, each word misspelt", partial(answer, retriever), misspelt)


def library(texts: list[str], asked: list[str]) -> tuple[Callable[[str], object], list[str]]:
    """The library's scores for the same stems, and the questions."""
    analyzer = Analyzer("en")
    built = BM25Okapi([analyzer.terms(text) for text in texts])
    return lambda question: built.get_scores(analyzer.terms(question)), asked


def answer(retriever: Retriever, question: str) -> None:
    """All that a person gets, the links too."""
    for passage in retriever.answer(question).passages:
        link_to(passage.article, passage.sentence)


def measure(name: str, ask: Callable[[str], object], asked: list[str]) -> None:
    """Print the percentiles of these questions."""
    spent = []
    for question in asked:
        begin = time.process_time()
        ask(question)
        spent.append((time.process_time() - begin) * 1e3)
    p50, p99 = np.percentile(spent, [50, 99])
    print(f"{name}: p50 {p50:.2f} ms, p99 {p99:.2f} ms")


main()
