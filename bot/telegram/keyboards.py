"""Which buttons stand below an answer?

Made for a thumb on a phone: at first sight three short rows, each with a meaning of its own, all in words but for what
a sign says faster.

- What do you think of it: 👍 and 👎 for the best passage of the page, and, where the bot is sure enough that others
  should see it, a button that shares the answer. Where it is not, "Tell the editors" stands there.
- What stands around a quote: one button for each passage, with the number that stands beside the passage.
- What else was found: back, "More · 3/7", and the other order.

All that is about one passage waits one step further: the button of its number leads to it, with what stands around
it, and there it can be read on in both directions, copied, and voted on. A row that would hold nothing is not there:
below a single passage stand two rows. Where the question was probably meant otherwise, a row above all others asks it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import quote

from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import InlineKeyboardButtonLimit

from bot.speech import Speech
from bot.telegram import button_texts
from bot.telegram.drafts import units_of
from bot.telegram.messages import number_of
from bot.telegram.pressing import (
    Deed,
    Kept,
    Listing,
    Meaning,
    Opinion,
    Press,
    Reading,
    Reason,
    Reasoning,
    View,
    Voting,
    Whole,
    Wishing,
)
from bot.telegram.reading import Excerpt
from bot.wording import printable
from retrieval import Band, Order

_LONGEST_COPY: Final = InlineKeyboardButtonLimit.MAX_COPY_TEXT
_LONGEST_LABEL: Final = 60  # characters of a question on a button; phones show about half of them
_LONGEST_SHARED: Final = 120  # characters of the question that goes with a shared link
_READ: Final = "📖"
_BACK: Final = "‹"

_REASONS: Final = {
    Reason.WRONG: button_texts.WRONG,
    Reason.OUTDATED: button_texts.OUTDATED,
    Reason.OTHER_QUESTION: button_texts.OTHER_QUESTION,
}

Row = list[InlineKeyboardButton]


@dataclass(frozen=True, slots=True)
class Shown:
    """What of an answer its message shows.

    Attributes:
        key: of the answer.
        question: as it was asked.
        band: how sure the bot is.
        ranks: of the passages, as they are logged, in the order in which they stand there.
        found: how many passages there are.
        page_size: how many stand on a page at most.
        listing: which page it is.
        meant: the question as it was probably meant; None where it is fine.
        searched: whether there was anything to search for.
        sortable: whether another order could be another one.
    """

    key: str
    question: str
    band: str
    ranks: tuple[int, ...]
    found: int
    page_size: int
    listing: Listing
    meant: str | None = None
    searched: bool = True
    sortable: bool = True


def below_answer(shown: Shown, username: str, say: Speech) -> InlineKeyboardMarkup | None:
    """The buttons below a page of an answer; None where there is nothing to press."""
    meant = (
        [_press(shown.key, Meaning(), say(button_texts.ASK_MEANT, question=_short(shown.meant)))] if shown.meant else []
    )
    return _markup([meant, _opinions(shown, username, say), _readings(shown, say), _turning(shown, say)])


def below_excerpt(
    key: str, view: Reading, excerpt: Excerpt, copied: str | None, say: Speech, *, whole: bool
) -> InlineKeyboardMarkup:
    """The buttons below a quote with what stands around it.

    Args:
        key: of the answer.
        view: what was asked for.
        excerpt: what is shown.
        copied: what can be copied; None for nothing.
        say: in these words.
        whole: whether whole articles may be read.
    """
    here = replace(view, before=excerpt.before, after=excerpt.after)
    up = replace(here, before=here.before + 1, kept=Kept.UPPER)
    down = replace(here, after=here.after + 1, kept=Kept.LOWER)
    moving = [_press(key, up, say(button_texts.BEFORE))] if excerpt.more_before else []
    moving += [_press(key, down, say(button_texts.AFTER))] if excerpt.more_after else []
    passage = _votes(key, view.rank, here)
    passage += [InlineKeyboardButton(say(button_texts.COPY), copy_text=CopyTextButton(copied))] if copied else []
    leaving = [_back(key, view.listing, say)]
    leaving += [_press(key, Whole(view.rank, 1, view.listing), say(button_texts.WHOLE))] if whole else []
    return _markup([moving, passage, leaving]) or InlineKeyboardMarkup([])


def below_words(key: str, rank: int, listing: Listing, say: Speech) -> InlineKeyboardMarkup:
    """The buttons below a quote that is not in its article any more."""
    return InlineKeyboardMarkup([[*_votes(key, rank, listing), _back(key, listing, say)]])


def below_page(key: str, view: Whole, pages: int, say: Speech) -> InlineKeyboardMarkup:
    """The buttons below a page of a whole article."""
    turning = [_press(key, replace(view, page=view.page - 1), _BACK)] if view.page > 1 else []
    if view.page < pages:
        turning.append(_press(key, replace(view, page=view.page + 1), f"{view.page}/{pages} ›"))
    leaving = [_back(key, Reading(view.rank, listing=view.listing), say)]
    return _markup([turning, leaving]) or InlineKeyboardMarkup([])


def reasons(key: str, rank: int, view: View, say: Speech) -> InlineKeyboardMarkup:
    """Why the passage is no good: who does not want to say so goes back."""
    buttons = [_press(key, Reasoning(rank, reason, view), say(words)) for reason, words in _REASONS.items()]
    return InlineKeyboardMarkup([buttons[:2], buttons[2:], [_back(key, view, say)]])


def copyable(texts: Iterable[str]) -> str | None:
    """The first of some texts that a button can copy; None where all are too long."""
    return next((text for text in texts if 0 < units_of(text) <= _LONGEST_COPY), None)


def _opinions(shown: Shown, username: str, say: Speech) -> Row:
    row = _votes(shown.key, shown.ranks[0], shown.listing) if shown.ranks else []
    if shown.band == Band.FOUND:
        row.append(InlineKeyboardButton(say(button_texts.SHARE), url=_sharing(shown, username)))
    elif shown.searched:
        row.append(_press(shown.key, Wishing(), say(button_texts.TELL_EDITORS)))
    return row


def _readings(shown: Shown, say: Speech) -> Row:
    offset, key = shown.listing.offset, shown.key
    views = [Reading(rank, listing=shown.listing) for rank in shown.ranks]
    if offset == 0 and len(views) == 1:
        return [_press(key, views[0], f"{_READ} {say(button_texts.READ_AROUND)}")]
    return [_press(key, view, f"{_READ} {number_of(at)}") for at, view in enumerate(views, start=offset + 1)]


def _turning(shown: Shown, say: Speech) -> Row:
    offset, order = shown.listing.offset, shown.listing.order
    end = offset + len(shown.ranks)
    row: Row = []
    if offset:
        before = Listing(max(0, offset - shown.page_size), order)
        row.append(_press(shown.key, before, _BACK if end < shown.found else f"{_BACK} {end}/{shown.found}"))
    if end < shown.found:
        row.append(_press(shown.key, Listing(end, order), say(button_texts.MORE, shown=end, found=shown.found)))
    if shown.sortable:
        newest = order is Order.BEST
        other = Listing(0, Order.NEWEST if newest else Order.BEST)
        row.append(_press(shown.key, other, say(button_texts.NEWEST_FIRST if newest else button_texts.BEST_FIRST)))
    return row


def _votes(key: str, rank: int, view: View) -> Row:
    return [_press(key, Voting(rank, Opinion.UP, view), "👍"), _press(key, Voting(rank, Opinion.DOWN, view), "👎")]


def _back(key: str, view: View, say: Speech) -> InlineKeyboardButton:
    return _press(key, view, f"{_BACK} {say(button_texts.BACK)}")


def _sharing(shown: Shown, username: str) -> str:
    """Where a person chooses whom to send the answer: a link that opens it in the bot, with the question."""
    link = f"https://t.me/{username}?start=a_{shown.key}"
    return f"https://t.me/share/url?url={quote(link, safe='')}&text={quote(_short(shown.question, _LONGEST_SHARED))}"


def _short(text: str, longest: int = _LONGEST_LABEL) -> str:
    line = printable(text)
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def _press(key: str, deed: Deed, label: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(label, callback_data=Press(key, deed).data)


def _markup(rows: Sequence[Row]) -> InlineKeyboardMarkup | None:
    filled = [row for row in rows if row]
    return InlineKeyboardMarkup(filled) if filled else None
