"""CPU of a whole answer: analysis, search, passages, confidence. Goal at 100,000: p50 2 ms, p99 10 ms."""

import time

import numpy as np

from retrieval import Corpus, Retriever, link_to
from tests.bench.made_text import paragraphs, questions
from tests.builders import make_article

A_PAGE = 10  # paragraphs an article


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
        measure("  words of one paragraph", retriever, asked)
        measure("  each word misspelt", retriever, [question.replace("e", "x") for question in asked])


def measure(name: str, retriever: Retriever, asked: list[str]) -> None:
    """Print the percentiles of these questions."""
    spent = []
    for question in asked:
        begin = time.process_time()
        for passage in retriever.answer(question).passages:
            link_to(passage.article, passage.sentence)
        spent.append((time.process_time() - begin) * 1e3)
    p50, p99 = np.percentile(spent, [50, 99])
    print(f"{name}: p50 {p50:.2f} ms, p99 {p99:.2f} ms")


main()
