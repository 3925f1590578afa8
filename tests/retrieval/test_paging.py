"""All passages of an answer, page by page, best first or newest first."""

from pathlib import Path

import pytest

from retrieval import MOST_PASSAGES, Answer, Band, Order, Retriever
from tests.builders import make_corpus

DATES = [None, "2023-02-01", "2023", "2023-03-05", "2021-11", "2023-03-04", "2022-06-01"]
EXTRA = "by night because of the heavy snow, again and again, the ministry told reporters"


@pytest.fixture(scope="module")
def retriever(tmp_path_factory: pytest.TempPathFactory) -> Retriever:
    """Seven articles on one road, each longer than the one before, and two on something else."""
    files: dict[str, str | bytes] = {
        f"{at}.txt": f"The mountain road was closed {' '.join(EXTRA.split()[: 2 * at])}." for at in range(len(DATES))
    }
    files |= {"m.txt": "Bread from Goris is baked with rye flour.", "n.txt": "The gold mine employs many people."}
    manifest = "".join(
        f'[[article]]\nfile = "{at}.txt"\n' + (f'published = "{date}"\n' if date else "")
        for at, date in enumerate(DATES)
    )
    return Retriever(make_corpus(tmp_path_factory.mktemp("corpus"), files, manifest))


def ids(answer: Answer) -> str:
    """Which articles it quotes."""
    return "".join(passage.article.id for passage in answer.passages)


def test_pages_together_are_all_that_was_found(retriever: Retriever) -> None:
    """Each passage once, best first, with its rank; and every page says the same of the whole."""
    whole = retriever.answer("mountain road", limit=MOST_PASSAGES)
    pages = [retriever.answer("mountain road", limit=3, offset=offset) for offset in (0, 3, 6)]
    assert ids(whole) == "0123456"
    assert [ids(page) for page in pages] == ["012", "345", "6"]
    assert [passage.rank for page in pages for passage in page.passages] == [1, 2, 3, 4, 5, 6, 7]
    assert [passage for page in pages for passage in page.passages] == list(whole.passages)
    for page in pages:
        assert (page.found, page.band, page.confidence, page.evidence) == (
            7,
            Band.FOUND,
            whole.confidence,
            whole.evidence,
        )


def test_the_newest_come_first_when_that_is_asked_for(retriever: Retriever) -> None:
    """Among what was found; those without a date last; ranks stay those by score."""
    answers = [retriever.answer("mountain road", limit=4, offset=offset, order=Order.NEWEST) for offset in (0, 4)]
    assert [ids(answer) for answer in answers] == ["3512", "640"]
    assert [passage.rank for passage in answers[0].passages] == [4, 6, 2, 3]
    assert answers[0].confidence == retriever.answer("mountain road").confidence


def test_behind_the_last_page_there_is_nothing(retriever: Retriever) -> None:
    """No error: the articles may have changed since the button was shown."""
    answer = retriever.answer("mountain road", offset=9)
    assert (answer.band, answer.passages, answer.found) == (Band.FOUND, (), 7)


def test_where_nothing_answers_there_is_nothing_to_page_through(retriever: Retriever) -> None:
    """What was near is not counted."""
    answer = retriever.answer("Did zebra and quagga win on the mountain in Paris?")
    assert (answer.band, answer.found) == (Band.NONE, 0)


def test_no_more_are_found_than_can_be_paged_through(tmp_path: Path) -> None:
    """However many fit; who wants more at once gets them."""
    files: dict[str, str | bytes] = {f"{at}.txt": f"The mountain road number {at} is open." for at in range(30)}
    retriever = Retriever(make_corpus(tmp_path, files))
    assert retriever.answer("mountain road").found == MOST_PASSAGES
    assert len(retriever.answer("mountain road", limit=20).passages) == 20


def test_an_offset_below_nothing_is_refused(retriever: Retriever) -> None:
    """It would be a mistake of the caller."""
    with pytest.raises(ValueError, match="offset at least 0"):
        retriever.answer("mountain road", offset=-1)
