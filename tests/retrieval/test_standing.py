"""What became of a quote when its article changed."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import Article, CorpusStore, Engine, Fate, Retriever, Source, Span, Standing
from retrieval.standing import standing
from tests.builders import make_article, write_corpus
from tests.retrieval.catalogs import catalog_of
from tests.retrieval.store.keeping import load, store_at

QUOTE = "The ministry said on Monday that the mountain road would stay open for everybody."
OTHER = "Bakers in the old town bake bread with rye flour every morning, as they always did."
NEXT = "Two bridges near Goris are to be paid for by the fund, an engineer told reporters."


def now(body: str, quote: str = QUOTE) -> Standing:
    """What became of a quote that stood at the head of an article that reads so now."""
    before = make_article(f"{quote}\n\n{NEXT}")
    article = make_article(body)
    return standing(catalog_of(article), "a", before.sha256, Span(0, len(quote)), quote)


def said(found: Standing) -> str:
    """The words that stand there now."""
    assert found.article is not None
    assert found.span is not None
    return found.span.of(found.article.body)


def changes(found: Standing, quote: str = QUOTE) -> list[tuple[str, str]]:
    """What went and what came."""
    assert found.article is not None
    body = found.article.body
    return [
        (each.old.of(quote) if each.old else "", each.new.of(body) if each.new else "") for each in found.differences
    ]


@pytest.mark.parametrize(
    "body",
    [
        f"{QUOTE}\n\n{NEXT}\n\n{OTHER}",
        f"{OTHER}\n\n{QUOTE}\n\n{NEXT}",
        f"{OTHER} {QUOTE} {NEXT}",
        f"{OTHER}\n\n{QUOTE.replace(' ', chr(10))}",
        f"{OTHER}\n\n{QUOTE.replace(' ', chr(0xA0) + ' ')}",
        f"{OTHER}\n\n{QUOTE.replace(' that', chr(10) * 2 + 'that')}",
    ],
)
def test_the_same_words_stand_wherever_they_are_now(body: str) -> None:
    """Moved, wrapped, parted in two: white space is no word."""
    found = now(body)
    assert (found.fate, found.differences) == (Fate.STANDS, ())
    assert said(found).split() == QUOTE.split()


def test_of_several_places_the_nearest_is_taken() -> None:
    """The quote stood at the head."""
    found = now(f"{OTHER}\n\n{QUOTE}\n\n{NEXT}\n\n{QUOTE}")
    assert found.span == Span(len(OTHER) + 2, len(OTHER) + 2 + len(QUOTE))


def test_a_body_that_is_still_there_is_not_searched() -> None:
    """The same words further up do not matter; nor does the name of the article."""
    body = f"{QUOTE}\n\n{OTHER}\n\n{QUOTE}"
    article, place = make_article(body, article_id="renamed"), Span(len(body) - len(QUOTE), len(body))
    found = standing(catalog_of(article), "old name", article.sha256, place, QUOTE)
    assert found == Standing(Fate.STANDS, article, place)


@given(
    st.lists(st.sampled_from(["a", "ab", "b", "路", "."]), max_size=30),
    st.sampled_from([" ", "\n\n", "  \t"]),
    st.integers(0, 60),
)
def test_the_nearest_place_is_found_as_by_trying_all(words: list[str], between: str, near: int) -> None:
    """Of whole words, in whatever white space."""
    words = ["go", *words, "on"]
    body = between.join(words)
    starts = [len(between.join([*words[:at], ""])) for at in range(len(words))]
    places = [starts[at] for at in range(len(words) - 1) if words[at : at + 2] == ["a", "b"]]
    found = standing(catalog_of(make_article(body)), "a", "0" * 64, Span(near, near + 1), "a b")
    if places:
        assert found.fate is Fate.STANDS
        assert found.span is not None
        assert found.span.of(body).split() == ["a", "b"]
        distances = [abs(each - near) for each in places]
        assert abs(found.span.start - near) <= (min(distances) if between == " " else max(distances))


def test_changed_words_are_named() -> None:
    """Where they stand in both texts."""
    found = now(f"{NEXT}\n\nThe ministry said on Tuesday evening that the road would stay open.\n\n{OTHER}")
    assert found.fate is Fate.CHANGED
    assert said(found) == "The ministry said on Tuesday evening that the road would stay open."
    assert changes(found) == [("Monday", "Tuesday evening"), ("mountain", ""), ("for everybody", "")]


def test_added_words_are_named() -> None:
    """With no words of the quote in their place."""
    found = now(QUOTE.replace("the mountain", "the only mountain"))
    assert changes(found) == [("", "only")]


def test_part_of_a_longer_word_is_another_word() -> None:
    """“Open” does not stand in “opened”."""
    found = now("The mountain road is opened\n\nAnother one was closed, he said.", "The mountain road is open")
    assert (found.fate, changes(found, "The mountain road is open")) == (Fate.CHANGED, [("open", "opened")])


def test_only_the_sentences_are_shown_that_it_became() -> None:
    """Not all of the paragraph that they are in."""
    found = now(f"{OTHER} {QUOTE.replace('Monday', 'Friday')} {NEXT}")
    assert said(found) == QUOTE.replace("Monday", "Friday")
    assert changes(found) == [("Monday", "Friday")]


def test_where_no_spaces_are_written_characters_are_told_apart() -> None:
    """A whole sentence is not one word."""
    quote = "山路将继续对所有人开放，部长星期一说。"
    found = now("部长说了别的事情。\n\n山路将继续对所有人开放，部长星期五说。", quote)
    assert (found.fate, changes(found, quote)) == (Fate.CHANGED, [("一", "五")])


@pytest.mark.parametrize("body", [OTHER, f"{OTHER}\n\n{NEXT}", "The road.", "ministry " * 50])
def test_words_that_are_gone_are_removed(body: str) -> None:
    """What is left has little in common with them."""
    assert now(body) == Standing(Fate.REMOVED)


def test_an_article_that_is_gone_takes_its_quotes_with_it() -> None:
    """Whatever others say."""
    article = make_article(f"{QUOTE}\n\n{NEXT}", article_id="another")
    assert standing(catalog_of(article), "a", "0" * 64, Span(0, len(QUOTE)), QUOTE) == Standing(Fate.REMOVED)


def test_a_text_without_words_is_nowhere() -> None:
    """Nothing is claimed of it."""
    assert now(OTHER, "  ") == Standing(Fate.REMOVED)


WORDS = st.lists(st.sampled_from([*QUOTE.split(), "closed", "—", "Tuesday.", "路", "a\u0301", "(", "И"]), max_size=40)


@given(old=WORDS.map(" ".join), new=WORDS.map(" ".join))
def test_without_the_differences_both_texts_say_the_same(old: str, new: str) -> None:
    """Differences are in order, disjoint, inside of what is quoted; and a text that stands has none."""
    article = make_article(f"{new}\n\n{OTHER}")
    found = standing(catalog_of(article), "a", "0" * 64, Span(0, max(1, len(old))), old)
    if found.fate is Fate.REMOVED:
        assert found == Standing(Fate.REMOVED)
        return
    assert found.span is not None
    gone = [each.old for each in found.differences if each.old]
    come = [each.new for each in found.differences if each.new]
    assert all(span in found.span for span in come)
    assert left(old, Span(0, len(old)), gone) == left(article.body, found.span, come)
    assert bool(found.differences) == (found.fate is Fate.CHANGED)


def left(text: str, within: Span, without: list[Span]) -> str:
    """A text without some of its parts, and without white space."""
    assert without == sorted(without)
    kept, at = "", within.start
    for span in without:
        assert span.start >= at
        kept, at = kept + text[at : span.start], span.end
    return "".join((kept + text[at : within.end]).split())


@given(st.text(max_size=60), st.text(max_size=200))
def test_any_texts_can_be_compared(quote: str, body: str) -> None:
    """Never an exception."""
    article: Article = make_article(body)
    found = standing(catalog_of(article), "a", "0" * 64, Span(0, max(1, len(quote))), quote)
    assert (found.fate is Fate.REMOVED) == (found.span is None)


@pytest.mark.parametrize("engine", [Engine.MEMORY, Engine.DISK])
def test_a_version_before_is_not_quoted(tmp_path: Path, engine: Engine) -> None:
    """It is kept for going back, but what was corrected is not shown any more."""
    folder = write_corpus(tmp_path / "corpus", {"a.txt": f"{QUOTE}\n\n{NEXT}", "b.txt": OTHER})
    store = store_at(folder, tmp_path / "home", engine)
    load(store)
    [first, _] = serving(store).catalog.articles()
    write_corpus(folder, {"a.txt": f"{QUOTE.replace('Monday', 'Friday')}\n\n{NEXT}"})
    load(store)
    place = Span(0, len(QUOTE))
    assert serving(store).around(first.sha256, place, 1, 1) is None
    found = serving(store).standing(first.id, first.sha256, place, QUOTE)
    assert (found.fate, changes(found)) == (Fate.CHANGED, [("Monday", "Friday")])
    (folder / "a.txt").rename(folder / "c.txt")
    load(store)
    assert serving(store).standing(first.id, first.sha256, place, QUOTE) == Standing(Fate.REMOVED)
    renamed = serving(store).catalog.with_id("c")
    assert renamed
    stands = Standing(Fate.STANDS, renamed, place)
    assert serving(store).standing("a", renamed.sha256, place, place.of(renamed.body)) == stands


def serving(store: CorpusStore) -> Retriever:
    """What answers now."""
    found = store.open()
    assert found is not None
    return found


def test_several_sources_may_claim_an_id(tmp_path: Path) -> None:
    """The first one's article is the one that has it."""
    folders = [write_corpus(tmp_path / name, {"a.txt": text}) for name, text in (("1", QUOTE), ("2", OTHER))]
    store = CorpusStore(tmp_path / "home", [Source(folder) for folder in folders], Engine.DISK)
    load(store)
    found = serving(store).catalog.with_id("a")
    assert found is not None
    assert found.body == QUOTE
