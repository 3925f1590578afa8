"""Articles -> paragraphs -> index -> passages -> answer. Knows no messenger, no database, no clock and no network."""

from retrieval.answers import Answer, Band, Contribution, Hit, Passage, QuestionWord, Ranked
from retrieval.collection import Catalog, Collection
from retrieval.corpus import Corpus, read_corpus
from retrieval.errors import CorpusError, RetrievalError
from retrieval.gates import Gates
from retrieval.index import Index
from retrieval.links import link_to
from retrieval.manifest import Rejection
from retrieval.memory.collection import MemoryCatalog, MemoryCollection
from retrieval.model import Article, Block, BlockKind, Paragraph, Published, Span, Token
from retrieval.okapi import OkapiIndex
from retrieval.question import QUESTION_LIMIT
from retrieval.retriever import Retriever

__all__ = [
    "QUESTION_LIMIT",
    "Answer",
    "Article",
    "Band",
    "Block",
    "BlockKind",
    "Catalog",
    "Collection",
    "Contribution",
    "Corpus",
    "CorpusError",
    "Gates",
    "Hit",
    "Index",
    "MemoryCatalog",
    "MemoryCollection",
    "OkapiIndex",
    "Paragraph",
    "Passage",
    "Published",
    "QuestionWord",
    "Ranked",
    "Rejection",
    "RetrievalError",
    "Retriever",
    "Span",
    "Token",
    "link_to",
    "read_corpus",
]
