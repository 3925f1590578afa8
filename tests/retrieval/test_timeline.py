"""Dated quotes on a topic, in order."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import Answer, Band, Corpus, Engine, Passage, Published, Retriever, Span, Timeline, read_corpus
from retrieval.timeline import timeline_of
from tests.builders import SEEDS, make_article, write_corpus
from tests.retrieval.store.keeping import load, store_at

SEVERAL = (
    "The mountain road was closed by snow, the ministry said. The army keeps the tunnel open.",
    "Engineers reopened the mountain road on Friday. Nobody had expected that so soon.",
    "The mountain road needs a new bridge, an engineer told reporters in Goris.",
    "Lorries wait at the mountain road for a week because of the floods.",
)


@pytest.fixture(scope="module")
def seeds() -> Retriever:
    """The production corpus."""
    return Retriever(read_corpus(SEEDS))


def corpus_of(*dates: str | None) -> Corpus:
    """Articles on one topic that appeared then."""
    return Corpus(
        tuple(
            make_article(SEVERAL[at % len(SEVERAL)], article_id=f"a{at}", published=Published(date) if date else None)
            for at, date in enumerate(dates)
        ),
        (),
        "made by hand",
    )


def days(found: Timeline) -> list[str]:
    """When the entries appeared."""
    return [entry.published.iso for entry in found.entries]


def test_a_topic_is_told_in_order(seeds: Retriever) -> None:
    """Each quote is the passage's best sentence, sliced from the body; one a day."""
    found = seeds.timeline("Lachin corridor")
    assert found.answer.band is Band.FOUND
    assert days(found) == ["2022-12-30", "2023-01", "2023-04-24", "2023-04-26"]
    for entry in found.entries:
        assert entry.quote == entry.passage.sentence.of(entry.passage.article.body)
        assert "Lachin" in entry.passage.quote
    assert found.answer.passages == tuple(entry.passage for entry in found.entries)


def test_of_many_the_best_are_told(seeds: Retriever) -> None:
    """In order all the same; how many others there are is known."""
    all_of_them, two = seeds.timeline("Lachin corridor"), seeds.timeline("Lachin corridor", limit=2)
    assert (len(two.entries), two.more) == (2, len(all_of_them.entries) + all_of_them.more - 2)
    assert set(two.entries) <= set(all_of_them.entries)
    assert seeds.answer("Lachin corridor").passages[0] in {entry.passage for entry in two.entries}
    assert days(two) == sorted(days(two))


def test_what_is_not_known_has_no_timeline(seeds: Retriever) -> None:
    """But what is missing is named."""
    found = seeds.timeline("dolphins in captivity")
    assert (found.entries, found.answer.band) == ((), Band.NONE)
    assert "dolphins" in found.answer.missing_terms
    with pytest.raises(ValueError, match="at least 1"):
        seeds.timeline("Lachin corridor", limit=0)


def test_articles_without_a_date_are_counted() -> None:
    """They cannot stand in an order."""
    found = Retriever(corpus_of(None, "2023-05-02", None, "2023-05-01")).timeline("mountain road")
    assert (days(found), found.undated) == (["2023-05-01", "2023-05-02"], 2)


def test_a_day_is_told_once() -> None:
    """Where only the month is known, two articles may tell of two days."""
    found = Retriever(corpus_of("2023-05-02", "2023-05-02", "2023-05", "2023-05")).timeline("mountain road")
    assert days(found) == ["2023-05", "2023-05", "2023-05-02"]


def test_the_same_words_are_told_once(tmp_path: Path) -> None:
    """A text in two articles stands at the older one's date, and a sentence that a later text repeats not again."""
    later = f"{SEVERAL[2]} It was a long text about quite other things than that, about bread and bakers."
    texts: dict[str, str | bytes] = {"old.txt": SEVERAL[2], "new.txt": SEVERAL[2], "newer.txt": later}
    dates = {"new": "2023-06-02", "old": "2023-06-01", "newer": "2023-06-03"}
    manifest = "".join(f'[[article]]\nfile = "{name}.txt"\npublished = {date}\n' for name, date in dates.items())
    folder = write_corpus(tmp_path / "corpus", texts, manifest)
    store = store_at(folder, tmp_path / "home", Engine.DISK)
    load(store)
    on_disk = store.open()
    assert on_disk is not None
    for retriever in (Retriever(read_corpus(folder)), on_disk):
        found = retriever.timeline("new bridge for the mountain road")
        assert (days(found), found.more) == (["2023-06-01"], 0)


DATES = st.sampled_from([None, "2022", "2023", "2023-04", "2023-04-24", "2023-04-25", "2023-05-01"])


@given(st.lists(DATES, max_size=12), st.integers(1, 12))
def test_every_timeline_is_in_order(dates: Iterable[str | None], limit: int) -> None:
    """Nothing is lost or invented: what is not told is counted, or tells the same day or words as a better one."""
    passages = tuple(passage(at, date) for at, date in enumerate(dates))
    found = timeline_of(Answer("mountain road", "en", Band.FOUND, "v", passages=passages), limit)
    assert days(found) == sorted(days(found))
    assert len(found.entries) <= limit
    assert found.undated == sum(each.article.published is None for each in passages)
    exact = [entry.published.day for entry in found.entries if entry.published.day]
    assert len(exact) == len(set(exact))
    assert len({entry.quote for entry in found.entries}) == len(found.entries)
    assert {entry.passage for entry in found.entries} <= set(passages)
    assert not found.more or len(found.entries) == limit


def passage(at: int, date: str | None) -> Passage:
    """One that says one of a few things."""
    text = SEVERAL[at % len(SEVERAL)]
    article = make_article(text, article_id=f"a{at}", published=Published(date) if date else None)
    whole = Span(0, len(text))
    return Passage(article, "en", whole, whole, (), 1.0, 1.0, 1.0)
