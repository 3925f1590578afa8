"""How does one version become another? Only the texts of articles that came, went or changed are touched."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from retrieval.disk.index import Postings, PostingsWriter
from retrieval.disk.packing import Place, day_number, number_key, packed, places_of, unpacked
from retrieval.disk.state import State
from retrieval.disk.writing import DocumentWriter
from retrieval.model import Article, Paragraph, Span
from retrieval.same_text import age, analysed, text_key
from retrieval.store.environment import Table, Writer
from retrieval.store.records import article_of, digest
from retrieval.store.report import Track

ANALYSING: Final = "analysing"
_KEPT: Final = frozenset(
    {Table.STATE, Table.FILES, Table.SHEETS, Table.ARTICLES, Table.VERSIONS, Table.SUMMARIES, Table.IDS, Table.BODIES}
)


@dataclass(frozen=True, slots=True)
class Difference:
    """What another version has not, and what it has beside the others: keys of articles, in hex."""

    gone: Sequence[str]
    new: Sequence[str]


def show(name: str, difference: Difference, tables: Writer, postings: Postings, track: Track) -> None:
    """Make the tables and the inverted index show another version. Nothing is final before the tables are committed.

    Args:
        name: of the version.
        difference: from what is shown; all articles are in the tables.
        tables: of the store.
        postings: of the same store. What is added there is seen by nobody as long as the tables do not name it.
        track: is told how many articles are done.

    Raises:
        BusyError: another process is doing the same.
    """
    state = State.read(tables)
    writer = postings.writer()
    try:
        writer.clean(state.dead, state.next_document)
        state.dead = []
        _Update(tables, state, writer, track).run(difference)
        writer.commit()
    finally:
        writer.finish()
    state.version = name
    state.write(tables)


def show_nothing(tables: Writer, postings: Postings) -> None:
    """Empty the tables and the inverted index, to begin anew.

    Raises:
        BusyError: another process is changing them.
    """
    for table in Table:
        if table not in _KEPT:
            tables.clear(table)
    # If this is given up, nothing that comes after it must be taken for the old: ordinals go on.
    State(next_document=State.read(tables).next_document).write(tables)
    writer = postings.writer()
    try:
        writer.clear()
        writer.commit()
    finally:
        writer.finish()


class _Copy(NamedTuple):
    """Where a text stands: the key of the article, in hex, and the paragraph."""

    key: str
    paragraph: Paragraph


class _Update:
    """One update while it is going on."""

    def __init__(self, tables: Writer, state: State, postings: PostingsWriter, track: Track) -> None:
        self._tables = tables
        self._state = state
        self._documents = DocumentWriter(tables, state)
        self._postings = postings
        self._track = track
        self._gone: set[str] = set()
        self._left: dict[bytes, list[_Copy]] = {}  # texts whose copies are changing, by their digests
        self._ordinals: dict[str, list[int]] = defaultdict(list)  # new ones, by the key of an article

    def run(self, difference: Difference) -> None:
        steps = [(self._take_out, key) for key in difference.gone]
        steps += [(self._add, key) for key in difference.new]
        for done, (step, key) in enumerate(steps):
            self._track(ANALYSING, done, len(steps))
            step(key)
        for text, copies in self._left.items():
            self._index(text, [copy for copy in copies if copy.key not in self._gone])
        self._write_ordinals()
        self._documents.write()
        self._track(ANALYSING, len(steps), len(steps))

    def _take_out(self, key: str) -> None:
        for ordinal in unpacked(self._tables.get(Table.DOCUMENTS_OF, bytes.fromhex(key))).tolist():
            for text, copies in self._removed(ordinal):
                self._left[text] = copies
        self._gone.add(key)
        self._tables.delete(Table.DOCUMENTS_OF, bytes.fromhex(key))

    def _add(self, key: str) -> None:
        article = self._article(key)
        texts: dict[bytes, _Copy] = {}
        for paragraph in article.paragraphs():
            texts.setdefault(digest(text_key(paragraph)), _Copy(key, paragraph))
        for text, copy in texts.items():
            found = self._tables.get(Table.SAME_TEXT, text)
            if found:
                self._left |= dict(self._removed(int(unpacked(found)[0])))
            if text in self._left:
                self._left[text].append(copy)
            else:
                self._index(text, [copy])

    def _removed(self, ordinal: int) -> Iterator[tuple[bytes, list[_Copy]]]:
        """Take an indexed text out: its digest, and where it stands; nothing if it is out already."""
        record = self._tables.get(Table.DOCUMENTS, number_key(ordinal))
        if record is None:
            return
        copies = [
            _Copy(each.key, Paragraph(self._article(each.key), Span(each.start, each.end), each.language))
            for each in places_of(record)
        ]
        text = digest(text_key(copies[0].paragraph))
        self._documents.remove(ordinal)
        self._tables.delete(Table.SAME_TEXT, text)
        yield text, copies

    def _index(self, text: bytes, copies: Sequence[_Copy]) -> None:
        """Index a text that stands in these places, if it stands anywhere."""
        if not copies:
            return
        oldest_first = sorted(copies, key=lambda copy: age(copy.paragraph))
        found = analysed([copy.paragraph for copy in oldest_first])
        places = [
            Place(key, paragraph.span.start, paragraph.span.end, paragraph.own_language)
            for key, paragraph in oldest_first
        ]
        ordinal = self._documents.add(found, day_number(oldest_first[0].paragraph.article.day), places)
        self._postings.add(ordinal, [token.term for token in (*found.elsewhere, *found.tokens)])
        self._tables.put(Table.SAME_TEXT, text, packed([ordinal]))
        for key in {copy.key for copy in copies}:
            self._ordinals[key].append(ordinal)

    def _write_ordinals(self) -> None:
        """Keep which texts each article has now."""
        for key, new in self._ordinals.items():
            before = unpacked(self._tables.get(Table.DOCUMENTS_OF, bytes.fromhex(key))).tolist()
            live = [ordinal for ordinal in (*before, *new) if self._state.live[ordinal]]
            self._tables.put(Table.DOCUMENTS_OF, bytes.fromhex(key), packed(live))

    def _article(self, key: str) -> Article:
        return article_of(self._tables.get(Table.ARTICLES, bytes.fromhex(key)) or b"")
