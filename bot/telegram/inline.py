"""What is offered to those who type the bot's name and a question in another chat, and what did they choose?"""

import asyncio
import datetime as dt
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final

from telegram import InlineQueryResultArticle, InlineQueryResultsButton, Update
from telegram.error import TelegramError
from telegram.ext import Application, ChosenInlineResultHandler, ContextTypes, InlineQueryHandler

from bot.answering import AnswerService, Channel
from bot.speech import Speech
from bot.telegram import texts
from bot.telegram.cards import START_PARAMETER, Choice, card
from bot.telegram.deliveries import Outcome, current, note
from bot.telegram.failures import in_words
from bot.telegram.listeners import speech_for
from bot.wording import in_short
from db import Feedback, LoggedQuestion, ShownPassage
from retrieval import Answer, Catalog, Passage, Retriever, opening

_logger: Final = logging.getLogger(__name__)
_PAGE: Final = 5
_TOPICS: Final = 50
_DIGITS: Final = 3
_CACHE_SECONDS: Final = 10  # what a reload changes is offered for no longer; Telegram's own default is 300

Context = ContextTypes.DEFAULT_TYPE


@dataclass(frozen=True, slots=True)
class _Offer:
    """What is offered at once.

    Attributes:
        passages: to choose from, best first, with their ranks among all that can be offered.
        further: where the next ones begin; empty where these are the last.
        answer: that they are from; None where nothing was asked.
    """

    passages: Sequence[Passage] = ()
    further: str = ""
    answer: Answer | None = None


class Inline:
    """Offers quotes in any chat, and remembers which were chosen. What is typed on the way is not remembered.

    Args:
        service: answers and logs.
    """

    def __init__(self, service: AnswerService) -> None:
        self._service = service

    def register(self, application: Application[Any, Any, Any, Any, Any, Any]) -> None:
        """Tell an application who replies to inline queries."""
        application.add_handler(InlineQueryHandler(self.offer))
        application.add_handler(ChosenInlineResultHandler(self.chosen))

    async def offer(self, update: Update, context: Context) -> None:
        """A question as far as it is typed: quotes to choose from; the newest articles where there is none yet."""
        query = update.inline_query
        if query is None:
            raise TypeError("this update holds no inline query")
        say = await speech_for(self._service, query.from_user)
        retriever, username = self._service.retriever, context.bot.username
        offer, cards = await asyncio.to_thread(_cards, retriever, query.query, query.offset, username, say)
        said = (offer.answer and in_short(offer.answer, say)) or say(texts.INLINE_MORE)
        button = InlineQueryResultsButton(said, start_parameter=START_PARAMETER)
        try:
            await query.answer(
                cards,
                cache_time=_CACHE_SECONDS,
                is_personal=True,  # they are in the person's own language
                next_offset=offer.further,
                button=button,
            )
        except TelegramError as error:
            note(Outcome.DROPPED)
            _logger.info("an inline query was not answered: %s", in_words(error))

    async def chosen(self, update: Update, _: Context) -> None:
        """A quote was inserted somewhere: its question goes into the log, with this quote alone."""
        result = update.chosen_inline_result
        if result is None:
            raise TypeError("this update holds no chosen result")
        choice = Choice.read(result.result_id)
        if choice is None or not result.query.strip():
            return  # one of the newest articles: nothing was asked
        delivery = current()
        record = delivery.record if delivery else self._service.remember
        asked_at = dt.datetime.now(dt.UTC) - dt.timedelta(seconds=delivery.age if delivery else 0)
        keep = partial(self._keep, choice, record)
        await self._service.answer(result.query, Channel.INLINE, result.from_user.id, asked_at=asked_at, record=keep)

    def _keep(self, choice: Choice, record: Callable[[LoggedQuestion], None], entry: LoggedQuestion) -> None:
        shown = _shown(choice, self._service.retriever.catalog)
        entry = replace(entry, passages=() if shown is None else (shown,))
        record(entry)
        if shown is not None and entry.key is not None and entry.asker is not None:
            vote = Feedback(entry.key, entry.asked_at, entry.asker, "chosen", shown.rank, via="inline")
            self._service.remembering.add(partial(self._service.log.choose, vote))


def _shown(choice: Choice, catalog: Catalog) -> ShownPassage | None:
    """The quote that was chosen; None where its article is no longer known."""
    article = catalog.with_sha256(choice.sha256)
    if article is None or choice.span.end > len(article.body):
        return None
    start, end, text = choice.span.start, choice.span.end, choice.span.of(article.body)
    return ShownPassage(choice.rank, article.id, article.sha256, start, end, score=None, text=text, via="inline")


def _cards(
    retriever: Retriever, question: str, place: str, username: str, say: Speech
) -> tuple[_Offer, list[InlineQueryResultArticle]]:
    readable = question.encode("utf-8", "replace").decode("utf-8")
    offer = _offered(retriever, readable, place)
    return offer, [card(passage, username, say) for passage in offer.passages]


def _offered(retriever: Retriever, question: str, place: str) -> _Offer:
    version = retriever.catalog.version
    offset = _offset(place, version)
    if offset is None:  # the articles have changed since the first page: what follows would not fit it
        return _Offer()
    if not question.strip():
        return _topics(retriever.catalog, offset)
    answer = retriever.answer(question, _PAGE, dt.datetime.now(dt.UTC).date(), offset=offset)
    end = offset + _PAGE
    return _Offer(answer.passages, f"{version}:{end}" if end < answer.found else "", answer)


def _topics(catalog: Catalog, offset: int) -> _Offer:
    """How the newest articles begin."""
    end = offset + _PAGE
    newest = catalog.newest(min(end, _TOPICS))
    openings = enumerate(map(opening, newest[offset:]), start=offset + 1)
    passages = [replace(passage, rank=rank) for rank, passage in openings if passage is not None]
    return _Offer(passages, f"{catalog.version}:{end}" if len(newest) == end < _TOPICS else "")


def _offset(place: str, version: str) -> int | None:
    """Where a page begins; None where that was said of another version, or by nobody."""
    if not place:
        return 0
    said, _, number = place.partition(":")
    return (
        int(number) if said == version and number.isascii() and number.isdecimal() and len(number) <= _DIGITS else None
    )
