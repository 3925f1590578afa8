"""How a timeline looks, however many lines it has and whatever stands in them."""

from hypothesis import given
from hypothesis import strategies as st
from telegram import MessageEntity

from bot.telegram.drafts import ENTITIES, TEXT_UNITS, units_of
from bot.telegram.timelines import to_timeline
from retrieval import Answer, Band, Entry, Published, Timeline, opening
from tests.builders import make_article

SENTENCES = st.text(alphabet="road 😀<&@/.\n", min_size=45, max_size=900).map(
    lambda text: f"The road {text.strip()} x."
)


def entry(body: str, month: int, publisher: str | None = "Example Times") -> Entry:
    """A line of a timeline."""
    published = Published(f"2023-{month:02}-01")
    article = make_article(body, article_id=str(month), title="", published=published, publisher=publisher)
    passage = opening(article)
    assert passage is not None
    return Entry(published, passage)


def timeline(*entries: Entry, more: int = 0, undated: int = 0) -> Timeline:
    """With these lines."""
    answer = Answer("the road", "en", Band.FOUND, "v", searched_words=("road",))
    return Timeline(answer, entries, more, undated)


@given(st.lists(SENTENCES, min_size=1, max_size=12), st.integers(0, 3), st.integers(0, 3))
def test_whatever_is_told_fits_into_one_message(bodies: list[str], more: int, undated: int) -> None:
    """What is logged is what is shown, word for word; what is not shown is counted."""
    told = timeline(
        *(entry(body, at % 12 + 1, "P" * 100) for at, body in enumerate(bodies)), more=more, undated=undated
    )
    message, shown = to_timeline(told)
    assert units_of(message.text) <= TEXT_UNITS
    assert len(message.entities) <= ENTITIES
    for each, logged in zip(told.entries, shown, strict=False):
        body = each.passage.article.body
        assert logged.text == body[logged.start : logged.end]
        assert each.quote.startswith(logged.text)
    left = more + len(bodies) - len(shown)
    assert (f"{left} more such quote" in message.text) == (left > 0)
    assert ("no date" in message.text) == (undated > 0)
    bold = [each for each in message.entities if each.type == MessageEntity.BOLD]
    assert len(bold) == len(shown)


def test_what_finds_no_room_is_counted() -> None:
    """Signs that Telegram counts twice fill a message with few lines."""
    entries = [entry(f"The road {'😀 ' * 300}{at}.", at, "😀" * 100) for at in range(1, 13)]
    message, shown = to_timeline(timeline(*entries, more=2))
    assert 5 < len(shown) < 12
    assert f"{2 + 12 - len(shown)} more such quotes are left out." in message.text


def test_what_has_no_publisher_or_no_date_is_told_so() -> None:
    """Nothing is made up."""
    message, _ = to_timeline(timeline(entry("The road was closed by the army on a cold day.", 1, None)))
    assert message.text.splitlines()[-1].endswith("” — 1.txt")
    message, shown = to_timeline(timeline(undated=2))
    assert message.text == "What is written of this has no date. Ask it as a question, and I quote it."
    assert shown == ()
