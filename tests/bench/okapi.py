"""CPU of a search: postings against the library that visits every paragraph. Goal: a hundredth at 10,000."""

import time

import numpy as np
from rank_bm25 import BM25Okapi

from retrieval import OkapiIndex
from retrieval.analysis import Analyzer
from retrieval.bm25 import K1, B, idf
from tests.bench.made_text import paragraphs, questions


def main() -> None:
    """Print milliseconds of CPU a question, the ratio, and whether the scores are the same."""
    for size in (1_000, 10_000):
        texts = list(paragraphs(size))
        analyzer = Analyzer("en")
        terms = [analyzer.terms(text) for text in texts]
        asked = [list(dict.fromkeys(analyzer.terms(question))) for question in questions(texts, 40)]
        library, index = BM25Okapi(terms, k1=K1, b=B), OkapiIndex(terms)
        weights = [{term: float(idf(index.document_frequency(term), size)) for term in each} for each in asked]
        same = all(index.scores(each).tobytes() == library.get_scores(each).tobytes() for each in asked)
        start = time.process_time()
        for each in asked:
            np.argsort(library.get_scores(each))[::-1][:10]
        middle = time.process_time()
        for _ in range(20):
            for weighted in weights:
                index.search(weighted, 10)
        end = time.process_time()
        theirs, ours = (middle - start) / len(asked) * 1e3, (end - middle) / len(asked) / 20 * 1e3
        print(f"{size:>7} paragraphs: library {theirs:.2f} ms, postings {ours:.3f} ms, {theirs / ours:.0f} times less")
        print(f"        scores equal bit for bit: {same}")


main()
