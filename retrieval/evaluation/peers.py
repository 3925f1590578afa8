"""What do other libraries find, used as their own documentation shows it?"""

from collections.abc import Callable, Sequence
from typing import Final

import bm25s
import numpy as np
from rank_bm25 import BM25Okapi

Search = Callable[[str, int], Sequence[int]]
"""From a question, at most so many positions of texts, best first."""


def rank_bm25(texts: Sequence[str]) -> Search:
    """`BM25Okapi` with its defaults over words in lower case, parted at white space."""
    index = BM25Okapi([text.lower().split() for text in texts])

    def search(question: str, limit: int) -> Sequence[int]:
        scores = index.get_scores(question.lower().split())
        return [int(at) for at in np.argsort(scores)[::-1][:limit]]  # as BM25Okapi.get_top_n has it

    return search


def bm25s_library(texts: Sequence[str]) -> Search:
    """`bm25s.BM25` with its defaults and its own tokenizer, English stop words left out."""
    tokens = bm25s.tokenize(list(texts), show_progress=False)
    if not tokens.vocab:  # it cannot index texts in which it sees no word
        return lambda _question, _limit: []
    index = bm25s.BM25()
    index.index(tokens, show_progress=False)

    def search(question: str, limit: int) -> Sequence[int]:
        words = bm25s.tokenize([question], show_progress=False)
        found, _ = index.retrieve(words, k=min(limit, len(texts)), show_progress=False)
        return [int(at) for at in found[0]]

    return search


PEERS: Final[dict[str, Callable[[Sequence[str]], Search]]] = {"rank-bm25": rank_bm25, "bm25s": bm25s_library}
"""By name, what builds an index of texts and returns how to search it."""
