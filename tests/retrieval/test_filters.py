"""Answers that keep to what was asked for beside the words, from memory and from disk."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval import Answer, Band, Engine, Filters, Order, Retriever, Understood, read_corpus
from tests.builders import write_corpus
from tests.retrieval.store.keeping import load, store_at

WIRE = "The bridge at Goris was closed on Monday, the agency reported, and nobody knows for how long."
FILES: dict[str, str | bytes] = {
    "press.txt": f"Winter has come\n\nThe mountain road is closed by snow. The army keeps the tunnel open.\n\n{WIRE}",
    "asbarez.txt": f"The mountain road was reopened by engineers. They call the Peace Treaty a success.\n\n{WIRE}",
    "sabah.txt": "Talks on the peace of the road ended without a treaty, and the mountain stays quiet.",
    "old.txt": "The mountain road was built in 1994 by workers from Goris, and it was never repaired.",
    "april.txt": "In April 2023 the mountain road was washed away by floods, an engineer remembers.",
    "undated.txt": "Nobody knows when the mountain road was first drawn on a map of these valleys.",
}
MANIFEST = """
[[article]]
file = "press.txt"
publisher = "Press TV"
published = 2023-04-24
[[article]]
file = "asbarez.txt"
publisher = "Asbarez"
published = 2023-05-02
[[article]]
file = "sabah.txt"
publisher = "Daily Sabah"
published = "2023-04"
[[article]]
file = "old.txt"
publisher = "Asbarez"
published = "2021"
[[article]]
file = "april.txt"
publisher = "Reuters (Press TV)"
published = 2024-01-01
"""


@pytest.fixture(scope="module", params=[Engine.MEMORY, Engine.DISK])
def retriever(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Retriever:
    """Six articles; one text in two of them."""
    home = tmp_path_factory.mktemp("filters")
    store = store_at(write_corpus(home / "corpus", FILES, MANIFEST), home / "home", request.param)
    load(store)
    opened = store.open()
    assert opened
    return opened


def ids(answer: Answer) -> set[str]:
    """Which articles are quoted; there is one paragraph of each that speaks of the road."""
    return {passage.article.id for passage in answer.passages}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("mountain road", "press asbarez sabah old april undated"),
        ("mountain road source:Asbarez", "asbarez old"),
        ('source:"Press TV" mountain road', "press april"),
        ("source:reuters mountain road", "april"),
        ("mountain road source:Asbarez source:Reuters", "asbarez old april"),
        ("mountain road since:2023-04-24", "press asbarez april"),
        ("mountain road since:2023-04", "press asbarez sabah april"),
        ("mountain road since:2023-04 before:2023-05", "press sabah"),
        ("mountain road before:2022", "old"),
        ("mountain road before:2021-06", ""),
        ("mountain road since:2023-05 source:Asbarez", "asbarez"),
        ("mountain road -snow -map", "asbarez sabah old april"),
        ("mountain road -engineer", "press sabah old undated"),
        ("mountain road -Asbarez", "press sabah april undated"),
        ('mountain road -"peace treaty"', "press sabah old april undated"),
        ('"peace treaty" mountain road', "asbarez"),
        ('"road is closed by snow"', "press"),
        ('"the MOUNTAIN road was"', "asbarez old april undated"),
        ('"snow the army"', "press"),
        ('"road mountain"', ""),
        ('"open bridge"', ""),
    ],
)
def test_only_what_passes_is_shown(retriever: Retriever, question: str, expected: str) -> None:
    """However well something else would fit; phrases end where paragraphs end."""
    answer = retriever.answer(question, limit=10)
    assert ids(answer) == set(expected.split())
    assert answer.understood.nothing_passes == (not expected)
    assert {ranked.paragraph.article.id for ranked in retriever.rank(question, 10)} == ids(answer)
    for sign in ("source", "since", "before", "2023", "-snow"):
        assert sign not in answer.searched_words


def test_a_copy_is_quoted_that_passes(retriever: Retriever) -> None:
    """The oldest of those: another publisher's, or a later one's."""
    for question in ("bridge Goris agency source:Asbarez", "bridge Goris agency since:2023-05"):
        [passage] = retriever.answer(question).passages
        assert (passage.article.id, passage.quote, passage.also_in) == ("asbarez", WIRE, ())
    [passage] = retriever.answer("bridge Goris agency closed").passages
    assert (passage.article.id, [copy.article.id for copy in passage.also_in]) == ("press", ["asbarez"])


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("source:Asbarez", ["asbarez", "old"]),
        ("since:2023-04 before:2023-05", ["press", "sabah"]),
        ("before:2024 -goris", ["asbarez", "press", "sabah"]),
        ("source:Asbarez since:2024", []),
        ("source:BBC", []),
        ("since:2023 before:2022", []),
    ],
)
def test_filters_without_words_show_the_newest(retriever: Retriever, question: str, expected: list[str]) -> None:
    """The beginning of each article that passes."""
    answer = retriever.answer(question, limit=5)
    assert [passage.article.id for passage in answer.passages] == expected
    assert (answer.band, answer.found) == (Band.FOUND if expected else Band.NONE, len(expected))
    assert answer.understood.nothing_passes == (not expected)
    assert answer.searched_words == answer.missing_terms == ()
    page = retriever.answer(question, limit=1, offset=1)
    assert [passage.article.id for passage in page.passages] == expected[1:2]
    assert [passage.rank for passage in page.passages] == [2] * len(page.passages)


def test_a_publisher_that_nobody_knows_is_told(retriever: Retriever) -> None:
    """With those that there are; others do not stand in for it."""
    answer = retriever.answer("mountain road source:BBC")
    assert (answer.band, answer.passages) == (Band.NONE, ())
    assert answer.understood.unknown_sources == ("BBC",)
    assert set(answer.understood.known_sources) == {"Press TV", "Asbarez", "Daily Sabah", "Reuters (Press TV)"}
    both = retriever.answer("mountain road source:BBC source:Asbarez", limit=5)
    assert ids(both) == {"asbarez", "old"}
    assert both.understood.unknown_sources == ("BBC",)


def test_a_filter_that_cannot_be_read_is_told(retriever: Retriever) -> None:
    """The answer is given without it."""
    answer = retriever.answer("mountain road since:foo", limit=10)
    assert answer.understood == Understood(unreadable=("since:foo",))
    assert answer.passages == retriever.answer("mountain road", limit=10).passages


def test_words_that_nobody_holds_are_the_reason_not_the_filter(retriever: Retriever) -> None:
    """The filter would let something pass."""
    answer = retriever.answer("zebra source:Asbarez")
    assert (answer.band, answer.understood.nothing_passes, answer.missing_terms) == (Band.NONE, False, ("zebra",))


def test_a_phrase_stands_out(retriever: Retriever) -> None:
    """As one highlight, in the sentence that is the best for it."""
    [passage] = retriever.answer('mountain road engineers "call the peace treaty"').passages
    body = passage.article.body
    assert passage.sentence.of(body) == "They call the Peace Treaty a success."
    assert "call the Peace Treaty" in [span.of(body) for span in passage.highlights]


@pytest.mark.parametrize(
    ("question", "expected", "filters"),
    [
        (
            "What about the mountain road, according to Asbarez?",
            "asbarez old",
            Filters(sources=("Asbarez",), natural=True),
        ),
        (
            "What happened to the mountain road in April 2023?",
            "press sabah april",
            Filters(month=dt.date(2023, 4, 1), natural=True),
        ),
        (
            'Who calls the "peace treaty" a success?',
            "asbarez",
            Filters(phrases=("peace treaty",), natural=True),
        ),
    ],
)
def test_filters_in_words_are_kept_to_where_something_fits(
    retriever: Retriever, question: str, expected: str, filters: Filters
) -> None:
    """And said; a paragraph that names the month counts beside what appeared in it."""
    answer = retriever.answer(question, limit=10)
    assert ids(answer) <= set(expected.split())
    assert answer.passages
    assert answer.understood == Understood(filters=filters)


@pytest.mark.parametrize(
    ("question", "dropped"),
    [
        ("How long is the tunnel open, according to Daily Sabah?", Filters(sources=("Daily Sabah",), natural=True)),
        ("Who reopened the mountain road in July 2022?", Filters(month=dt.date(2022, 7, 1), natural=True)),
        ('Who closed the "snow mountain" road?', Filters(phrases=("snow mountain",), natural=True)),
    ],
)
def test_filters_in_words_that_nothing_passes_are_dropped(
    retriever: Retriever, question: str, dropped: Filters
) -> None:
    """And that is said."""
    answer = retriever.answer(question, limit=10)
    assert answer.passages
    assert answer.understood == Understood(dropped=dropped)
    assert answer.understood.dropped


def test_a_month_alone_is_asked_for_its_news(retriever: Retriever) -> None:
    """The newest of it, whether or not they name it."""
    answer = retriever.answer("What happened in May 2023?")
    assert [passage.article.id for passage in answer.passages] == ["asbarez"]
    assert answer.understood.filters == Filters(month=dt.date(2023, 5, 1), natural=True)


def test_a_question_without_a_subject_has_the_one_of_the_question_before(retriever: Retriever) -> None:
    """But asks for what it asks for itself, and has its own filters."""
    before = "Who washed away the mountain road?"
    answer = retriever.answer("and when was that?", previous=before)
    assert answer.understood == Understood(follows=before)
    assert answer.searched_words == ("washed", "away", "mountain", "road")
    assert answer.passages[0].article.id == "april"
    road = "Who reopened the mountain road?"
    filtered = retriever.answer("and according to Asbarez?", previous=road)
    assert filtered.understood == Understood(Filters(sources=("Asbarez",), natural=True), road)
    assert ids(filtered) <= {"asbarez", "old"}
    other = retriever.answer("How long is the bridge closed?", previous=before)
    assert other == retriever.answer("How long is the bridge closed?")
    assert retriever.answer("and when?", previous="???").understood == Understood()


def test_filters_and_pages_go_together(retriever: Retriever) -> None:
    """Newest first among what passes, with the dates of the copies that pass."""
    answer = retriever.answer("mountain road since:2023-04", limit=10, order=Order.NEWEST)
    assert [passage.article.id for passage in answer.passages] == ["april", "asbarez", "press", "sabah"]
    page = retriever.answer("mountain road since:2023-04", limit=2, offset=2, order=Order.NEWEST)
    assert page.passages == answer.passages[2:]


SIGNS = ["source:Asbarez", "since:2023", "before:2023-05", "-snow", '"mountain road"', "source:x", "since:x", "-road"]


@settings(deadline=None)
@given(st.lists(st.sampled_from([*SIGNS, "mountain", "road", "who", "Goris", "1994", "?"]), max_size=7))
def test_any_filters_are_kept(retriever: Retriever, pieces: list[str]) -> None:
    """Together too; what is shown passes each of them."""
    answer = retriever.answer(" ".join(pieces), limit=10)
    filters = answer.understood.filters
    for passage in answer.passages:
        article = passage.article
        assert not filters.sources or article.publisher in filters.sources
        assert not filters.since or (article.published and article.published.iso >= "2023")
        assert not filters.before or (article.published and article.published.iso < "2023-05")
        assert not filters.phrases or "mountain road" in passage.quote.lower()
        assert not ("-snow" in pieces and "snow" in passage.quote.lower())
    assert (answer.band is Band.NONE) == (not answer.passages)


def test_what_passes_is_found_however_much_does_not(tmp_path: Path) -> None:
    """Far behind what fits better."""
    files: dict[str, str | bytes] = {f"n{at}.txt": f"The road, the road, road number {at}." for at in range(300)}
    files["rare.txt"] = "Here a road of old is spoken of once, among very many other words that nobody looks for."
    manifest = '[[article]]\nfile = "rare.txt"\npublisher = "Rare"\npublished = 2020-01-01\n'
    folder = write_corpus(tmp_path / "corpus", files, manifest)
    for engine in (Engine.MEMORY, Engine.DISK):
        store = store_at(folder, tmp_path / engine, engine)
        load(store)
        opened = store.open()
        assert opened
        for sign in ("source:Rare", "since:2019", '"spoken of once"', "-number"):
            assert ids(opened.answer(f"road {sign}")) == {"rare"}, (engine, sign)


def test_a_copy_is_marked_where_its_own_words_stand(tmp_path: Path) -> None:
    """Copies may be spaced otherwise than the oldest, whose words are indexed."""
    files: dict[str, str | bytes] = {
        "a.txt": "The mountain road is closed by snow until the spring.",
        "b.txt": "The   mountain   road is closed by   snow until the spring.",
    }
    manifest = "".join(
        f'[[article]]\nfile = "{name}.txt"\npublisher = "Paper {name}"\npublished = {day}\n'
        for name, day in (("a", "2023-01-01"), ("b", "2023-02-01"))
    )
    retriever = Retriever(read_corpus(write_corpus(tmp_path, files, manifest)))
    for name in "ab":
        [passage] = retriever.answer(f'mountain snow spring source:"Paper {name}"').passages
        assert passage.article.id == name
        assert [span.of(passage.article.body) for span in passage.highlights] == ["mountain", "snow", "spring"]


def test_the_sentence_with_the_phrase_is_the_best(tmp_path: Path) -> None:
    """Even where another holds more of the other words."""
    body = "The army closed the old road and the tunnel because of snow, the ministry said. The old tunnel stays."
    retriever = Retriever(read_corpus(write_corpus(tmp_path, {"a.txt": body})))
    question = "old tunnel army closed snow ministry"
    [plain], [exact] = (retriever.answer(f"{sign}{question}").passages for sign in ("", '"old tunnel" '))
    assert plain.sentence.of(body).startswith("The army")
    assert exact.sentence.of(body) == "The old tunnel stays."
    assert "old tunnel" in [span.of(body) for span in exact.highlights]
