"""What every collection must know of its articles, wherever it keeps them."""

from abc import ABC, abstractmethod
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from retrieval import Article, Collection, Corpus, Fate, Retriever, Span, Standing, read_corpus
from retrieval.analysis import Analyzer
from retrieval.bm25 import length_norms
from retrieval.collection import WordForm
from retrieval.kinds import Kind
from retrieval.likeness import grams
from retrieval.same_text import Analysed, analysed, grouped
from retrieval.spelling import letters_of
from retrieval.transliteration import bare, sound
from tests.builders import write_corpus

ROAD = "The road to Goris was reopened by 40 engineers in November after heavy floods."
WIRE = "The United Nations Development Programme (UNDP) paid for two bridges near Goris on Monday."
MINE = "The copper mine at Kajaran employs nine hundred workers in three shifts, and roads lead there."
RUSSIAN = "Дорога в Горис открыта с ноября, сообщили в министерстве транспорта республики."
FILES: dict[str, str | bytes] = {
    "bread.txt": "Bread from Goris\n\nBakers in the old town bake bread with rye flour every morning.\n\n* * *",
    "mine.txt": f"{MINE}\n\n{WIRE}\n\n{MINE}",
    "road.txt": f"{ROAD}\n\n{WIRE}",
    "russian.txt": RUSSIAN,
    "wire.txt": f"{WIRE}\n\nA café opened beside it: nobody had expected that in 2023.",
}
MANIFEST = """
[[article]]
file = "mine.txt"
publisher = "The Mountain Post"
published = 2023-05-02
[[article]]
file = "road.txt"
publisher = "Asbarez"
published = 2023-05-01
[[article]]
file = "wire.txt"
title = "Bridges"
publisher = "Press TV"
"""
ALIASES = 'same = [["Goris", "Gerusy"]]\n'


def _of(copies: list[Analysed]) -> Counter[tuple[str, str]]:
    return Counter((token.form, token.term) for each in copies for token in (*each.elsewhere, *each.tokens))


class CollectionContract(ABC):
    """Derive from this class and say how the collection is built. Nothing here depends on the order of ordinals."""

    @abstractmethod
    def build(self, folder: Path, home: Path) -> Collection:
        """The collection of a corpus folder; it may keep what it needs in a folder of its own."""

    @abstractmethod
    def ordinals(self, found: Collection) -> list[int]:
        """Those of all its texts, in order; there may be gaps between them."""

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        """Five articles: copies of one text, a text twice in one article, one without words, a second language."""
        return write_corpus(tmp_path / "corpus", {**FILES, "aliases.toml": ALIASES, "bad.txt": b"\xff"}, MANIFEST)

    @pytest.fixture
    def corpus(self, folder: Path) -> Corpus:
        """The same as plain articles, to count in."""
        return read_corpus(folder)

    @pytest.fixture
    def found(self, folder: Path, tmp_path: Path) -> Collection:
        """The collection."""
        return self.build(folder, tmp_path / "home")

    @pytest.fixture
    def texts(self, corpus: Corpus) -> list[Analysed]:
        """Every indexed text, by the rules that all collections share."""
        return [analysed(copies) for copies in grouped(corpus.paragraphs())]

    def test_the_catalog_tells_what_there_is(self, found: Collection, corpus: Corpus) -> None:
        """As it was read from the folder."""
        catalog = found.catalog
        assert (catalog.article_count, catalog.paragraph_count) == (5, corpus.paragraph_count)
        assert catalog.languages == corpus.languages
        assert catalog.rejections == corpus.rejections
        assert tuple(catalog.articles()) == corpus.articles
        assert len(catalog.version) >= 12

    def test_the_newest_come_first(self, found: Collection) -> None:
        """Articles without a date stand behind the others, by path."""
        paths = ["mine.txt", "road.txt", "bread.txt", "russian.txt", "wire.txt"]
        assert [article.path for article in found.catalog.newest(10)] == paths
        assert [article.path for article in found.catalog.newest(2)] == paths[:2]

    def test_the_newest_of_some_come_first(self, found: Collection) -> None:
        """Of those with a publisher, with a date, or of none."""
        asked: list[tuple[str | None, str]] = []

        def passing(publisher: str | None, published: str) -> bool:
            asked.append((publisher, published))
            return publisher != "The Mountain Post"

        paths = ["road.txt", "bread.txt", "russian.txt", "wire.txt"]
        assert [article.path for article in found.catalog.newest(10, passing)] == paths
        assert [article.path for article in found.catalog.newest(2, passing)] == paths[:2]
        assert set(asked) == {
            *((None, ""), ("The Mountain Post", "2023-05-02"), ("Asbarez", "2023-05-01"), ("Press TV", ""))
        }
        assert found.catalog.newest(3, lambda *_: False) == ()

    def test_articles_are_found_by_their_bodies(self, found: Collection, corpus: Corpus) -> None:
        """And nothing by what is no body's, or no digest at all."""
        for article in corpus.articles:
            same = found.catalog.with_sha256(article.sha256)
            assert same
            assert (same.sha256, same.body) == (article.sha256, article.body)
        for other in ("0" * 64, "", "no hex", "é"):
            assert found.catalog.with_sha256(other) is None

    def test_articles_are_found_by_their_ids(self, found: Collection, corpus: Corpus) -> None:
        """As they are in this version; and nothing by what is no id."""
        for article in corpus.articles:
            assert found.catalog.with_id(article.id) == article
        for other in ("old", "mine.txt", "", "é", "\ud800", "\0"):
            assert found.catalog.with_id(other) is None

    def test_a_quote_is_read_in_its_surroundings(self, found: Collection, corpus: Corpus) -> None:
        """Paragraphs without a gap, and how many more there are on both sides."""
        [mine] = [article for article in corpus.articles if article.path == "mine.txt"]
        [first, second, third] = list(mine.paragraphs())
        seen = Retriever(found).around(mine.sha256, second.span, 0, 1)
        assert seen is not None
        assert (seen.article, seen.paragraphs, seen.quoted) == (mine, (second, third), range(1))
        assert (seen.before_left, seen.after_left) == (1, 0)
        seen = Retriever(found).around(mine.sha256, Span(second.span.start + 3, second.span.end), 5, 5)
        assert seen is not None
        assert (seen.paragraphs, seen.quoted) == ((first, second, third), range(1, 2))
        assert (seen.before_left, seen.after_left) == (0, 0)
        assert Retriever(found).around("0" * 64, second.span, 1, 1) is None
        assert Retriever(found).around(mine.sha256, Span(10_000, 10_001), 1, 1) is None

    def test_quotes_of_these_articles_stand(self, found: Collection, corpus: Corpus) -> None:
        """Each at its own place, in its own article."""
        retriever = Retriever(found)
        for paragraph in corpus.paragraphs():
            article, span = paragraph.article, paragraph.span
            stands = Standing(Fate.STANDS, article, span)
            assert retriever.standing(article.id, article.sha256, span, paragraph.text) == stands
            assert retriever.standing(article.id, "0" * 64, span, paragraph.text) == stands

    def test_each_text_is_indexed_once(self, found: Collection, corpus: Corpus) -> None:
        """With all places where it stands, the oldest first, one an article."""
        expected = {tuple(copies) for copies in grouped(corpus.paragraphs())}
        ordinals = self.ordinals(found)
        assert len(ordinals) == len(expected)
        assert {tuple(found.copies(ordinal)) for ordinal in ordinals} == expected
        assert len(found.index) == len(found.paragraphs) == len(expected)
        wire = next(copies for copies in expected if copies[0].text == WIRE)
        assert [copy.article.path for copy in wire] == ["road.txt", "mine.txt", "wire.txt"]

    def test_texts_are_known_by_their_words(self, found: Collection) -> None:
        """Tokens stand in the text; terms are also those of the oldest one's title and of all publishers."""
        for ordinal in self.ordinals(found):
            copies = found.copies(ordinal)
            own = analysed(copies)
            assert list(found.tokens(ordinal)) == list(own.tokens)
            terms = {token.term for token in (*own.tokens, *own.elsewhere)}
            assert found.terms_of(ordinal) == terms
            assert all(found.index.saturation(term, ordinal) > 0 for term in terms)

    def test_a_text_is_read_as_it_is_scored(self, found: Collection) -> None:
        """Terms in order and parallel to their owners, counts and days, in the order that was asked for."""
        paragraphs = found.paragraphs
        ordinals = self.ordinals(found)[::-1]
        reading = paragraphs.read(ordinals)
        texts = [analysed(found.copies(ordinal)) for ordinal in ordinals]
        terms = [[token.term for token in (*each.elsewhere, *each.tokens)] for each in texts]
        assert reading.terms.tolist() == [paragraphs.number(term) for each in terms for term in each]
        assert reading.owners.tolist() == [at for at, each in enumerate(terms) for _ in each]
        for kind in Kind:
            assert reading.kind_counts(kind).tolist() == [each.kinds.get(kind, 0) for each in texts]
        days = [found.copies(ordinal)[0].article.day for ordinal in ordinals]
        assert reading.days.tolist() == [day.toordinal() if day else 0 for day in days]
        assert reading.norms == pytest.approx(length_norms(np.array([len(each) for each in terms])))
        forms = [[token.form for token in (*each.elsewhere, *each.tokens)] for each in texts]
        widths = [sum(len(grams(form)) for form in each) for each in forms]
        assert reading.gram_norms == pytest.approx(length_norms(np.array(widths)))
        asked = ["_roa", "road", "xxxx", "oris", "_goris_", "ооро"]
        counts = [[sum(grams(form).count(gram) for form in each) for gram in asked] for each in forms]
        assert reading.gram_counts(asked).tolist() == counts

    def test_nothing_is_read_for_nothing(self, found: Collection) -> None:
        """Empty arrays of the right kind, not an error."""
        reading = found.paragraphs.read([])
        arrays = (reading.terms, reading.owners, reading.norms, reading.gram_norms, reading.days)
        assert [len(array) for array in arrays] == [0] * 5
        assert reading.gram_counts(["road"]).shape == (0, 1)
        [first, *_] = self.ordinals(found)
        assert found.paragraphs.read([first]).gram_counts([]).shape == (1, 0)

    def test_frequencies_count_texts(self, found: Collection, texts: list[Analysed]) -> None:
        """Of terms and of kinds; a text that stands in several articles counts once."""
        words = [{token.term for token in (*each.elsewhere, *each.tokens)} for each in texts]
        for term in {*(term for each in words for term in each), "unheard"}:
            holding = sum(term in each for each in words)
            assert found.index.document_frequency(term) == holding
            assert (found.paragraphs.number(term) is not None) == bool(holding)
            assert found.dictionary.holds(term) == bool(holding)
        for kind in Kind:
            assert found.paragraphs.kind_frequency(kind) == sum(each.kinds.get(kind, 0) > 0 for each in texts)

    def test_gram_frequencies_are_about_right(self, found: Collection, texts: list[Analysed]) -> None:
        """They may be estimated, but never above the number of texts, and are 0 just where no text holds the gram."""
        held = [{gram for token in (*t.elsewhere, *t.tokens) for gram in grams(token.form)} for t in texts]
        asked = [*sorted(set().union(*held)), "zzzz"]
        expected = np.array([sum(gram in each for each in held) for gram in asked], dtype=np.float64)
        frequencies = found.paragraphs.gram_frequencies(asked)
        assert (frequencies > 0).tolist() == (expected > 0).tolist()
        assert frequencies.max() <= len(texts)
        assert np.abs(frequencies - expected).max() <= 0.35 * len(texts)

    def test_forms_are_found_by_letters_and_by_sound(self, found: Collection, texts: list[Analysed]) -> None:
        """All of them, the most frequent first."""
        counts = _of(texts)
        for key, lookup in ((bare, found.dictionary.by_letters), (sound, found.dictionary.by_sound)):
            for asked in {key(form) for form, _ in counts}:
                expected = {WordForm(*pair): count for pair, count in counts.items() if key(pair[0]) == asked}
                forms = list(lookup(asked))
                assert set(forms) == set(expected)
                assert len(forms) == len(expected)
                assert [expected[form] for form in forms] == sorted(expected.values(), reverse=True)
            assert list(lookup("qqqqqq")) == []

    def test_a_form_is_as_frequent_as_it_stands_in_texts(self, found: Collection, texts: list[Analysed]) -> None:
        """Of forms with the same letters the most frequent counts."""
        counts = _of(texts)
        for letters in {bare(form) for form, _ in counts}:
            expected = max(count for (form, _), count in counts.items() if bare(form) == letters)
            assert found.dictionary.frequency(letters) == expected
        assert found.dictionary.frequency("qqqqqq") == 0

    def test_spellings_stand_by_their_lengths(self, found: Collection, texts: list[Analysed]) -> None:
        """Each word of letters once, beside its letters as bits; words that stand nowhere may be among them."""
        words = {bare(form) for form, _ in _of(texts) if bare(form).isalpha()}
        for length in range(1, 30):
            spellings = found.dictionary.of_length(length)
            listed = [spellings[at] for at in range(len(spellings.letters))]
            held = [word for word in listed if found.dictionary.frequency(word)]
            assert sorted(held) == sorted(word for word in words if len(word) == length)
            assert spellings.letters.tolist() == [letters_of(word) for word in listed]

    def test_publishers_and_other_names_are_known(self, found: Collection) -> None:
        """Publishers, aliases of the admin, and acronyms that a text explains."""
        assert len(found.sources.named("What did Asbarez report, and what Press TV?", "en")) == 2
        names = found.other_names.alternatives("Where is Gerusy, and who is the UNDP?", "en")
        phrases = [phrase for each in names for phrase in each.phrases]
        assert "Goris" in phrases
        assert any(phrase.lower() == "united nations development programme" for phrase in phrases)

    def test_a_word_stays_a_word_in_any_script(self, found: Collection) -> None:
        """The paragraph's own language decides how it is read."""
        [ordinal] = [at for at in self.ordinals(found) if found.copies(at)[0].text == RUSSIAN]
        assert set(Analyzer("ru").terms(RUSSIAN)) <= found.terms_of(ordinal)

    def test_the_same_folder_makes_the_same_version(self, found: Collection, folder: Path, tmp_path: Path) -> None:
        """And another alias another one."""
        assert self.build(folder, tmp_path / "again").catalog.version == found.catalog.version
        (folder / "aliases.toml").write_text(ALIASES.replace("Gerusy", "Gyorus"))
        assert self.build(folder, tmp_path / "third").catalog.version != found.catalog.version

    def test_articles_are_those_of_the_folder(self, found: Collection) -> None:
        """Quotes are sliced from bodies that are the files' own."""
        articles: list[Article] = list(found.catalog.articles())
        assert {article.path: article.body for article in articles} == {
            name: content for name, content in FILES.items() if isinstance(content, str)
        }
