"""What is a quote as a card, from which a person chooses in another chat, and which quote did they choose?"""

import base64
import binascii
import re
from dataclasses import dataclass
from typing import Final, Self

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    LinkPreviewOptions,
)

from bot.speech import Speech
from bot.telegram import texts
from bot.telegram.messages import to_quote
from bot.wording import attribution, printable, title_of
from retrieval import Passage, Span, head

_SNIPPET: Final = 160  # code points; clients show two or three lines
_NO_PREVIEW: Final = LinkPreviewOptions(is_disabled=True)
_CHOICE: Final = re.compile(r"([0-9]{1,3})\.([A-Za-z0-9_-]{43})\.([0-9]{1,9})\.([0-9]{1,5})", re.ASCII)

START_PARAMETER: Final = "inline"
"""What leads from another chat to the private one."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which quote a card shows, and in which place. Its words are proven by the article's hash.

    Attributes:
        rank: from 1.
        sha256: of the article's body, in hex.
        span: of the quote in the body.
    """

    rank: int
    sha256: str
    span: Span

    @property
    def result_id(self) -> str:
        """As a card carries it, in at most 64 bytes; no two cards of a list have the same."""
        digest = base64.urlsafe_b64encode(bytes.fromhex(self.sha256)).decode().rstrip("=")
        return f"{self.rank}.{digest}.{self.span.start}.{len(self.span)}"

    @classmethod
    def read(cls, result_id: str) -> Self | None:
        """A choice from what its card carried; None where no card of ours carries that."""
        found = _CHOICE.fullmatch(result_id)
        if found is None:
            return None
        rank, start, length = int(found[1]), int(found[3]), int(found[4])
        try:
            digest = base64.b64decode(f"{found[2]}=", altchars=b"-_", validate=True)
            return cls(rank, digest.hex(), Span(start, start + length))
        except (binascii.Error, ValueError):
            return None


def card(passage: Passage, username: str, say: Speech) -> InlineQueryResultArticle:
    """A quote to be chosen: title, publisher, date and the best sentence; chosen, the whole quote and its link.

    Args:
        passage: that is quoted.
        username: of the bot, which those who read the quote may ask as well.
        say: in these words.
    """
    article, message = passage.article, to_quote(passage, say)
    source = attribution(article, passage.sentence, say)
    asking = InlineKeyboardButton(say(texts.INLINE_ASK_TOO), url=f"https://t.me/{username}?start={START_PARAMETER}")
    return InlineQueryResultArticle(
        Choice(passage.rank, article.sha256, passage.span).result_id,
        title_of(article) or source,
        InputTextMessageContent(message.text, entities=message.entities, link_preview_options=_NO_PREVIEW),
        reply_markup=InlineKeyboardMarkup([[asking]]),
        description=f"{source}\n{_snippet(passage)}",
    )


def _snippet(passage: Passage) -> str:
    """How the best sentence begins."""
    body = passage.article.body
    shown = head(body, passage.sentence, _SNIPPET)
    return printable(shown.of(body)) + ("" if shown == passage.sentence else "…")
