"""Everything that a store holds, in words instead of numbers, so that two stores can be compared."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from retrieval import Retriever
from retrieval.disk.counters import spelt_of
from retrieval.disk.packing import Counted, facts_of, form_of, places_of, unpacked
from retrieval.disk.state import State
from retrieval.store.environment import Environment, Reader, Table
from retrieval.store.records import KEY_BYTES, digest, sheet_of, unwritten
from retrieval.store.versions import rows_of, sheet_at, version_called
from retrieval.transliteration import bare

OF_DOCUMENT = (Table.DOCUMENTS, Table.TERMS_IN, Table.FORMS_IN, Table.GRAMS_IN)
QUESTIONS = (
    "When was the road to Goris reopened?",
    "What did the UNDP pay for, according to Asbarez?",
    "How many workers does the coper mine employ?",
    "Где открыта дорога?",
    "bread flowr morning Gerusy",
)

_Facts = dict[str, Any]


def contents(home: Path) -> _Facts:
    """What the index on disk says, whatever numbers it has given to things."""
    tables = Environment.at(home).reading()
    state = State.read(tables)
    forms = _numbered_forms(tables)
    counts = {number: count for number, (count, _) in forms.items() if count}
    named = {number: word for number, (_, word) in forms.items()}
    terms, grams = (_by_number(tables, table) for table in (Table.TERMS, Table.GRAMS))
    return {
        "state": (state.version, state.documents, state.words, state.grams, state.kinds),
        "terms": _frequencies(tables, Table.TERMS),
        "grams": _frequencies(tables, Table.GRAMS),
        "forms": {named[number]: count for number, count in counts.items()},
        "letters": _lists(tables, Table.BY_LETTERS, lambda number: counts.get(number) and named[number]),
        "sounds": _lists(tables, Table.BY_SOUND, lambda number: counts.get(number) and named[number]),
        "lengths": _spellings(tables, {word[0] for number, word in named.items() if number in counts}),
        "acronyms": {
            key: sorted(map(tuple, found))
            for key in tables.keys(Table.ACRONYMS)
            if (found := unwritten(tables.get(Table.ACRONYMS, key) or b""))
        },
        "documents": {
            _place(tables, ordinal): _document(tables, ordinal, terms, named, grams) for ordinal in _live(state)
        },
        "same": {key: _place(tables, _value(tables, Table.SAME_TEXT, key)) for key in tables.keys(Table.SAME_TEXT)},
        "of": {
            key: sorted(_place(tables, int(ordinal)) for ordinal in unpacked(tables.get(Table.DOCUMENTS_OF, key)))
            for key in tables.keys(Table.DOCUMENTS_OF)
        },
    }


def assert_no_orphans(home: Path) -> None:
    """That every row belongs to something that is kept."""
    tables = Environment.at(home).reading()
    kept = [version_called(name.decode(), tables) for name in tables.keys(Table.VERSIONS)]
    names = {tables.get(Table.STATE, key) for key in (b"serving", b"previous")} - {None}
    assert set(tables.keys(Table.VERSIONS)) == set(tables.keys(Table.SUMMARIES)) == names
    versions = [version for version in kept if version]
    sheets = {file.sheet for version in versions for file in version.files.values()}
    assert {key.hex() for key in tables.keys(Table.SHEETS)} == sheets
    read = [row for key in sheets for row in sheet_of(tables.get(Table.SHEETS, bytes.fromhex(key)) or b"").rows]
    articles = {key.hex() for key in tables.keys(Table.ARTICLES)}
    assert articles == {row.key for row in read}
    quoted = [row for version in versions for row in rows_of(version.files, tables)]
    by_body: dict[str, set[str]] = {}
    for key in tables.keys(Table.BODIES):
        keys = (tables.get(Table.BODIES, key) or b"").hex()
        by_body[key.hex()] = {keys[at : at + 2 * KEY_BYTES] for at in range(0, len(keys), 2 * KEY_BYTES)}
    assert all(row.key in by_body[row.sha256] for row in quoted)
    assert all((row.sha256, row.key) in {(each.sha256, each.key) for each in read} for row in quoted)
    assert {key for keys in by_body.values() for key in keys} <= articles
    serving = version_called((tables.get(Table.STATE, b"serving") or b"").decode(), tables)
    ids = {row.id for file in serving.files.values() for row in sheet_at(file, tables).rows} if serving else set()
    assert set(tables.keys(Table.IDS)) == {digest(each) for each in ids}
    _assert_no_orphan_documents(tables)


def _assert_no_orphan_documents(tables: Reader) -> None:
    state = State.read(tables)
    live = {ordinal.to_bytes(4, "big") for ordinal in _live(state)}
    assert len(live) == state.documents
    for table in OF_DOCUMENT:
        assert set(tables.keys(table)) == live, table
    assert set(tables.keys(Table.EXPLAINS)) <= live
    assert {_value(tables, Table.SAME_TEXT, key) for key in tables.keys(Table.SAME_TEXT)} == set(_live(state))
    for key in tables.keys(Table.DOCUMENTS_OF):
        ordinals = unpacked(tables.get(Table.DOCUMENTS_OF, key)).tolist()
        assert len(ordinals) == len(set(ordinals))
        assert set(ordinals) <= set(_live(state))
    shown = version_called(state.version, tables) if state.version else None
    if shown:
        assert {key.hex() for key in tables.keys(Table.DOCUMENTS_OF)} == {
            row.key for row in rows_of(shown.files, tables)
        }


def answers(retriever: Retriever) -> list[list[tuple[float, str, int]]]:
    """The paragraphs that fit some questions, with their scores; equal ones in one order."""
    return [
        sorted(
            (-round(ranked.score, 9), ranked.paragraph.article.path, ranked.paragraph.span.start)
            for ranked in retriever.rank(question, 100)
        )
        for question in QUESTIONS
    ]


def _live(state: State) -> list[int]:
    live: list[int] = np.flatnonzero(state.live).tolist()
    return live


def _numbered_forms(tables: Reader) -> dict[int, tuple[int, tuple[str, str]]]:
    records = ((key, tables.get(Table.FORMS, key) or b"") for key in tables.keys(Table.FORMS))
    read = ((key, form_of(record)) for key, record in records)
    return {int.from_bytes(key, "big"): (count, (form, term)) for key, (count, form, term) in read}


def _by_number(tables: Reader, table: Table) -> dict[int, str]:
    return {Counted.of(tables.get(table, key) or b"").number: key.decode() for key in tables.keys(table)}


def _frequencies(tables: Reader, table: Table) -> dict[str, int]:
    counted = {key.decode(): Counted.of(tables.get(table, key) or b"").frequency for key in tables.keys(table)}
    return {text: frequency for text, frequency in counted.items() if frequency}


def _lists(tables: Reader, table: Table, word: Callable[[int], Any]) -> dict[bytes, list[Any]]:
    found = {key: [word(int(each)) for each in unpacked(tables.get(table, key))] for key in tables.keys(table)}
    return {key: sorted(filter(None, words)) for key, words in found.items() if any(words)}


def _spellings(tables: Reader, forms: set[str]) -> dict[int, list[str]]:
    """Words by length; those that stand nowhere any more left out."""
    known = {bare(form) for form in forms}
    lists: dict[int, list[str]] = {}
    for key in tables.keys(Table.BY_LENGTH):
        length = int.from_bytes(key, "big")
        _, words = spelt_of(tables.get(Table.BY_LENGTH, key), length)
        each = [words[at : at + length].decode() for at in range(0, len(words), length)]
        assert len(each) == len(set(each))
        lists[length] = sorted(known.intersection(each))
    return {length: words for length, words in lists.items() if words}


def _value(tables: Reader, table: Table, key: bytes) -> int:
    [number] = unpacked(tables.get(table, key)).tolist()
    return int(number)


def _place(tables: Reader, ordinal: int) -> tuple[Any, ...]:
    record = tables.get(Table.DOCUMENTS, ordinal.to_bytes(4, "big")) or b""
    return tuple(tuple(place) for place in places_of(record))


def _document(
    tables: Reader,
    ordinal: int,
    terms: Mapping[int, str],
    forms: Mapping[int, tuple[str, str]],
    grams: Mapping[int, str],
) -> tuple[Any, ...]:
    key = ordinal.to_bytes(4, "big")
    names: tuple[Mapping[int, Any], ...] = (terms, forms, grams)
    named = [
        [known[int(number)] for number in unpacked(tables.get(table, key))]
        for table, known in zip(OF_DOCUMENT[1:], names, strict=True)
    ]
    explained = unwritten(tables.get(Table.EXPLAINS, key) or b"[]")
    return facts_of(tables.get(Table.DOCUMENTS, key) or b""), named, explained
