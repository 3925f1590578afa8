"""Articles -> paragraphs -> index -> passages -> answer. Knows no messenger, no database, no clock and no network."""

from retrieval.answers import MOST_PASSAGES, Answer, Band, Contribution, Hit, Passage, QuestionWord, Ranked
from retrieval.collection import Catalog, Collection
from retrieval.corpus import Corpus, read_corpus
from retrieval.errors import BusyError, CorpusError, RetrievalError, StoreError
from retrieval.filters import Filters, Order, Understood
from retrieval.gates import Gates
from retrieval.index import Index
from retrieval.links import link_to
from retrieval.manifest import Rejection
from retrieval.memory.collection import MemoryCatalog, MemoryCollection
from retrieval.model import Article, Block, BlockKind, Paragraph, Published, Span, Token
from retrieval.okapi import OkapiIndex
from retrieval.openings import opening
from retrieval.question import QUESTION_LIMIT
from retrieval.reloading import Outcome, check, reload
from retrieval.retriever import Retriever
from retrieval.sentences import head
from retrieval.standing import Difference, Fate, Standing
from retrieval.store import CorpusStore, Engine, Report, Source, Staged, Track
from retrieval.surroundings import Surroundings
from retrieval.timeline import Entry, Timeline

__all__ = [
    "MOST_PASSAGES",
    "QUESTION_LIMIT",
    "Answer",
    "Article",
    "Band",
    "Block",
    "BlockKind",
    "BusyError",
    "Catalog",
    "Collection",
    "Contribution",
    "Corpus",
    "CorpusError",
    "CorpusStore",
    "Difference",
    "Engine",
    "Entry",
    "Fate",
    "Filters",
    "Gates",
    "Hit",
    "Index",
    "MemoryCatalog",
    "MemoryCollection",
    "OkapiIndex",
    "Order",
    "Outcome",
    "Paragraph",
    "Passage",
    "Published",
    "QuestionWord",
    "Ranked",
    "Rejection",
    "Report",
    "RetrievalError",
    "Retriever",
    "Source",
    "Span",
    "Staged",
    "Standing",
    "StoreError",
    "Surroundings",
    "Timeline",
    "Token",
    "Track",
    "Understood",
    "check",
    "head",
    "link_to",
    "opening",
    "read_corpus",
    "reload",
]
