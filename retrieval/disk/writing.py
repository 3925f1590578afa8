"""How does a text get into the tables, and out of them?"""

from collections.abc import Sequence
from typing import Final

from retrieval.acronyms import keys_of
from retrieval.disk.counters import Forms, Frequencies
from retrieval.disk.packing import (
    Facts,
    Place,
    document_record,
    facts_of,
    number_key,
    packed,
    text_key,
    unpacked,
)
from retrieval.disk.state import State
from retrieval.kinds import Kind
from retrieval.likeness import distinct_grams, grams
from retrieval.same_text import Analysed
from retrieval.store.environment import Table, Writer
from retrieval.store.records import unwritten, written

_OF_DOCUMENT: Final = (Table.DOCUMENTS, Table.TERMS_IN, Table.FORMS_IN, Table.GRAMS_IN, Table.EXPLAINS)


class DocumentWriter:
    """Adds indexed texts to the tables of a store and takes them out, keeping every count right.

    Args:
        tables: of the store.
        state: of the same; changed by everything that is done here.
    """

    def __init__(self, tables: Writer, state: State) -> None:
        self._tables = tables
        self._state = state
        self._forms = Forms(tables, state.next_form)
        self._terms = Frequencies(Table.TERMS, tables, state.next_term)
        self._grams = Frequencies(Table.GRAMS, tables, state.next_gram)
        self._grams_of: dict[int, tuple[int, ...]] = {}

    def add(self, text: Analysed, day: int, places: Sequence[Place]) -> int:
        """Index a text; its ordinal, which no text had before.

        Args:
            text: what it is found by.
            day: on which it appeared, as `day_number` has it.
            places: where it stands, the oldest first.
        """
        ordinal = self._state.next_document
        words = [(token.form, token.term) for token in (*text.elsewhere, *text.tokens)]
        forms = [self._forms.number(form, term) for form, term in words]
        terms = [self._terms.number(term) for _, term in words]
        spelt = [gram for form, word in zip(forms, words, strict=True) for gram in self._spelt(form, word[0])]
        facts = Facts(day, len(words), len(spelt), text.kinds)
        self._put(ordinal, document_record(facts, places), terms, forms, spelt)
        if text.acronyms:
            self._tables.put(Table.EXPLAINS, number_key(ordinal), written(text.acronyms))
        self._count(forms, facts, text.acronyms, 1)
        self._state.next_document += 1
        self._state.mark_live(ordinal, live=True)
        self._write_if_full()
        return ordinal

    def remove(self, ordinal: int) -> None:
        """Take a text out again. The inverted index is told by the next who changes it."""
        key = number_key(ordinal)
        facts = facts_of(self._tables.get(Table.DOCUMENTS, key) or b"")
        forms = [int(number) for number in unpacked(self._tables.get(Table.FORMS_IN, key))]
        acronyms = unwritten(self._tables.get(Table.EXPLAINS, key) or b"[]")
        self._count(forms, facts, [(acronym, words) for acronym, words in acronyms], -1)
        for table in _OF_DOCUMENT:
            self._tables.delete(table, key)
        self._state.mark_live(ordinal, live=False)
        self._state.dead.append(ordinal)
        self._write_if_full()

    def write(self) -> None:
        """Keep all that was counted."""
        for each in (self._forms, self._terms, self._grams):
            each.write()
        self._grams_of.clear()
        self._state.next_form, self._state.next_term = self._forms.next, self._terms.next
        self._state.next_gram = self._grams.next

    def _write_if_full(self) -> None:
        if self._forms.is_full or self._terms.is_full or self._grams.is_full:
            self.write()

    def _put(
        self, ordinal: int, record: bytes, terms: Sequence[int], forms: Sequence[int], spelt: Sequence[int]
    ) -> None:
        key = number_key(ordinal)
        self._tables.put(Table.DOCUMENTS, key, record)
        for table, numbers in ((Table.TERMS_IN, terms), (Table.FORMS_IN, forms), (Table.GRAMS_IN, spelt)):
            self._tables.put(table, key, packed(numbers))

    def _spelt(self, number: int, form: str) -> tuple[int, ...]:
        found = self._grams_of.get(number)
        if found is None:
            found = self._grams_of[number] = tuple(self._grams.number(gram) for gram in grams(form))
        return found

    def _count(self, forms: Sequence[int], facts: Facts, acronyms: Sequence[tuple[str, str]], by: int) -> None:
        words = {self._forms.word(number) for number in set(forms)}
        self._forms.count(forms, by)
        self._terms.count({term for _, term in words}, by)
        self._grams.count(set[str]().union(*(distinct_grams(form) for form, _ in words)), by)
        self._state.documents += by
        self._state.words += by * facts.words
        self._state.grams += by * facts.grams
        for kind in Kind:
            self._state.kinds[kind] += by * bool(facts.kinds.get(kind))
        for acronym, expansion in acronyms:
            for key in keys_of(acronym, expansion):
                self._count_acronym(key, acronym, expansion, by)

    def _count_acronym(self, key: str, acronym: str, expansion: str, by: int) -> None:
        found = unwritten(self._tables.get(Table.ACRONYMS, text_key(key)) or b"[]")
        counts = {(each, words): count for each, words, count in found}
        counts[acronym, expansion] = counts.get((acronym, expansion), 0) + by
        kept = [[*pair, count] for pair, count in counts.items() if count > 0]
        self._tables.put(Table.ACRONYMS, text_key(key), written(kept))
