"""What does the bot itself cost: its own engines, from files to whole answers?"""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from retrieval import CorpusStore, Engine, Retriever, Source, Track
from retrieval.ranking import CANDIDATES, word_weight
from tests.bench.scale.corpora import Row, Scale

_REVISED: Final = " Revised edition."


def store_of(scale: Scale, home: Path, engine: str) -> CorpusStore:
    """The store of a corpus and of the articles that were sent."""
    folder = scale.files_folder if engine == "files" else scale.articles_folder
    sources = [Source(folder), Source(scale.sent_folder, "added/")]
    return CorpusStore(home, sources, Engine.MEMORY if engine == "memory" else Engine.DISK)


def reload(store: CorpusStore, track: Track | None = None) -> None:
    """All that the sources hold now serves."""
    with store.staging(track) as staged:
        staged.apply()


def opened(store: CorpusStore) -> Retriever:
    """What serves."""
    retriever = store.open()
    if retriever is None:
        raise RuntimeError("nothing was loaded")
    return retriever


def weights_of(retriever: Retriever, question: str) -> dict[str, float]:
    """The terms that a question is looked up by, as the ranking weighs them."""
    weights: dict[str, float] = defaultdict(float)
    for word in retriever._reader.read(question).words:
        for wanted in word.terms:
            weights[wanted.term] += word_weight(word) * wanted.likeness
    return weights


def candidates(retriever: Retriever, weights: Mapping[str, float]) -> Sequence[int]:
    """The ordinals of the paragraphs that are scored in full."""
    return [hit.ordinal for hit in retriever.collection.index.search(weights, CANDIDATES)]


def revise(scale: Scale, engine: str, share: float) -> None:
    """Change every paragraph of a share of the articles, or of a single one where it is 0. The next call undoes it.

    Of articles with a file each those that change stand anywhere; of others they follow each other, and the single one
    is one of those that were sent.
    """
    if engine == "files":
        files = sorted(scale.files_folder.rglob("*.txt"))
        for at in np.random.default_rng(4).permutation(len(files))[: round(len(files) * share) or 1].tolist():
            _revise_file(files[at])
    elif not share:
        _revise_file(min(scale.sent_folder.iterdir()))
    else:
        path = min(scale.articles_folder.glob("*.jsonl"))
        lines = path.read_text(encoding="utf-8").splitlines()
        for at in range(min(round(scale.facts["articles"] * share), len(lines))):
            row: Row = json.loads(lines[at])
            lines[at] = json.dumps({**row, "text": _revised(row["text"])}, ensure_ascii=False)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _revise_file(path: Path) -> None:
    title, _, text = path.read_text(encoding="utf-8").rstrip("\n").partition("\n\n")
    path.write_text(f"{title}\n\n{_revised(text)}\n", encoding="utf-8")


def _revised(text: str) -> str:
    paragraphs = text.split("\n\n")
    return "\n\n".join(
        each.removesuffix(_REVISED) if each.endswith(_REVISED) else each + _REVISED for each in paragraphs
    )
