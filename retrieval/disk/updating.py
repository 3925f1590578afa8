"""How does one version become another? Only the texts of articles that came, went or changed are touched."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from retrieval.disk.index import Postings, PostingsWriter
from retrieval.disk.packing import Place, day_number, digest, number_key, packed, places_of, unpacked
from retrieval.disk.state import State
from retrieval.disk.writing import DocumentWriter
from retrieval.model import Article, Paragraph, Span
from retrieval.same_text import age, analysed, text_key
from retrieval.store.environment import Table, Writer
from retrieval.store.records import Version, article_of
from retrieval.store.report import Track
from retrieval.store.summary import version_called

ANALYSING: Final = "analysing"
_SHOWN: Final = tuple(
    table
    for table in Table
    if table not in {Table.STATE, Table.FILES, Table.ARTICLES, Table.VERSIONS, Table.SUMMARIES, Table.BODIES}
)


def update(version: Version, tables: Writer, postings: Postings, track: Track) -> None:
    """Make the tables and the inverted index show a version. Nothing is final before the tables are committed.

    Args:
        version: to be shown; its articles are in the tables.
        tables: of the store.
        postings: of the same store. What is added there is seen by nobody as long as the tables do not name it.
        track: is told how many articles are done.

    Raises:
        BusyError: another process is doing the same.
    """
    state = State.read(tables)
    writer = postings.writer()
    try:
        shown = version_called(state.version, tables) if state.version else None
        if shown is None or not postings.hold(state, postings.searcher()):
            shown, state = None, _emptied(tables, state, writer)
        else:
            writer.clean(state.dead, state.next_document)
            state.dead = []
        _Update(tables, state, writer, track).run(shown, version)
        writer.commit()
    finally:
        writer.finish()
    state.version = version.name
    state.write(tables)


def _emptied(tables: Writer, state: State, writer: PostingsWriter) -> State:
    for table in _SHOWN:
        tables.clear(table)
    writer.clear()
    return State(next_document=state.next_document)  # if this is given up, nothing of it must be taken for the old


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

    def run(self, shown: Version | None, wanted: Version) -> None:
        before = {row.key for row in shown.rows} if shown else set[str]()
        after = {row.key for row in wanted.rows}
        gone = [row.key for row in shown.rows if row.key not in after] if shown else []
        new = [row.key for row in wanted.rows if row.key not in before]
        steps = [*((self._take_out, key) for key in gone), *((self._add, key) for key in new)]
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
