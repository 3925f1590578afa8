"""How well do the index in memory and the one on disk agree? Judged folders in, R@1 and MRR@10 of both out.

    python -m tests.bench.agreement SET OTHER_SET

Goal: R@1 differs by at most .01. The folders are those that `python -m bot evaluate` reads.
"""

import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from retrieval import Corpus, Retriever
from retrieval.disk.collection import DiskCollection
from retrieval.disk.index import Postings
from retrieval.disk.updating import Difference, show
from retrieval.evaluation import JudgedSet, read_sets
from retrieval.evaluation.judgments import paragraph_key
from retrieval.store.environment import Environment, Table
from retrieval.store.records import article_record, key_of, row_of
from retrieval.store.summary import Summary

LIMIT = 10
QUESTIONS = 2_000  # of a set, chosen by chance, always the same


def main() -> None:
    """Print a row for each set and index."""
    print(f"{'set':<20} {'paragraphs':>10} {'index':>7} {'R@1':>7} {'MRR@10':>7} {'p50 ms':>7}")
    for judged in read_sets([Path(name) for name in sys.argv[1:]]):
        report(judged, "memory", Retriever(judged.corpus))
        with tempfile.TemporaryDirectory() as home:
            report(judged, "disk", on_disk(judged.corpus, Path(home)))


def report(judged: JudgedSet, name: str, retriever: Retriever) -> None:
    """Ask the answerable questions of a set and print how well they are answered."""
    order = np.random.default_rng(0).permutation(len(judged.answerable))[:QUESTIONS]
    reciprocal, spent = [], []
    for question in (judged.answerable[at] for at in order):
        begin = time.process_time()
        ranked = retriever.rank(question.text, LIMIT, question.asked_on)
        spent.append((time.process_time() - begin) * 1e3)
        right = (at for at, each in enumerate(ranked, 1) if paragraph_key(each.paragraph) in question.grades)
        reciprocal.append(1 / next(right, np.inf))
    first, mean = np.mean([each == 1 for each in reciprocal]), np.mean(reciprocal)
    size = judged.corpus.paragraph_count
    print(f"{judged.name:<20} {size:>10} {name:>7} {first:>7.4f} {mean:>7.4f} {np.median(spent):>7.2f}", flush=True)


def on_disk(corpus: Corpus, home: Path) -> Retriever:
    """A corpus indexed in a folder."""
    environment, postings, summary = Environment.at(home), Postings(home), Summary(name=corpus.version)
    with environment.writing() as tables:
        rows = []
        for article in corpus.articles:
            record = article_record(article)
            tables.put(Table.ARTICLES, key_of(record), record)
            rows.append(row_of(article, key_of(record)))
        summary.change((), rows)
        show(corpus.version, Difference((), [row.key for row in rows]), tables, postings, lambda *_: None)
        tables.commit()
    return Retriever(DiskCollection(summary, environment.reading(), postings.searcher(), postings.index.schema))


if __name__ == "__main__":
    main()
