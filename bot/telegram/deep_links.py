"""What does a link into the private chat open? An answer that somebody shared, or the way in from another chat."""

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import Application, CommandHandler, ContextTypes, filters

from bot.answering import AnswerService
from bot.speech import Speech
from bot.telegram import texts
from bot.telegram.asking import Asking, PlaceKind
from bot.telegram.cards import START_PARAMETER
from bot.telegram.drafts import Message
from bot.telegram.handlers import NEW, tell, the_message
from bot.telegram.listeners import speech_for
from bot.telegram.pressing import Listing, Press
from bot.telegram.reopened import Reopened, to_reopened
from bot.telegram.sending import reply
from db import LogError, LoggedQuestion, ShownPassage
from retrieval import Retriever, Span

_ANSWER: Final = "a_"
_PARAMETER: Final = filters.Regex(rf"^/start(?:@\w+)?\s+(?:{START_PARAMETER}|{_ANSWER}[\w-]*)\s*$")
_QUOTED: Final = frozenset({"answer", "more", "timeline", "inline"})
_MOST: Final = 15  # quotes; those of a whole timeline

Context = ContextTypes.DEFAULT_TYPE


class DeepLinks:
    """Replies to /start with what a link put behind it.

    Args:
        service: knows what was answered.
        asking: is told what is talked of now.
    """

    def __init__(self, service: AnswerService, asking: Asking) -> None:
        self._service = service
        self._asking = asking

    def register(self, application: Application[Any, Any, Any, Any, Any, Any]) -> None:
        """Tell an application who replies to links; before the one who replies to any other /start."""
        application.add_handler(CommandHandler("start", self.start, filters=NEW & _PARAMETER))

    async def start(self, update: Update, context: Context) -> None:
        """/start and a parameter that means something."""
        parameter, say = (context.args or [""])[0], await speech_for(self._service, update.effective_user)
        if parameter == START_PARAMETER:
            await self._greet(update, context, say)
            return
        try:
            entry = await self._service.recall.by_key(parameter.removeprefix(_ANSWER))
        except LogError:  # said where questions are logged
            await tell(update, context, say(texts.LINK_LATER), say)
            return
        if entry is None:
            await tell(update, context, say(texts.LINK_UNKNOWN), say)
        else:
            await self._reopen(update, context, entry, say)

    async def _greet(self, update: Update, context: Context, say: Speech) -> None:
        """Somebody comes from another chat, and may want to go back there."""
        back = InlineKeyboardButton(say(texts.INLINE_BACK), switch_inline_query="")
        text = say(texts.INLINE_START, name=context.bot.username)
        message = Message(text, keyboard=InlineKeyboardMarkup([[back]]))
        await reply(context.bot, the_message(update), [message], say)

    async def _reopen(self, update: Update, context: Context, entry: LoggedQuestion, say: Speech) -> None:
        message = the_message(update)
        quotes = await asyncio.to_thread(_looked_up, self._service.retriever, quotes_of(entry))
        found = (await self._service.page(entry, 0)).passages if quotes else ()
        known = {(passage.article.sha256, passage.span): passage for passage in found}
        *before, last = to_reopened(entry, quotes, known, say)
        sent = await reply(context.bot, message, [*before, replace(last, keyboard=_to_answer(entry, say))], say)
        self._asking.conversations.note(message, entry.follows or entry.text)
        if entry.key is not None:
            self._service.recall.add_shown(entry.key, list(_shown_now(quotes)))
            for each in sent:
                place = self._service.place_of(each.chat_id, each.message_id, PlaceKind.ANSWER)
                self._service.recall.add_place(entry.key, place)


def _to_answer(entry: LoggedQuestion, say: Speech) -> InlineKeyboardMarkup | None:
    """A button that shows the answer as it is now, with all its buttons."""
    if entry.key is None:
        return None
    button = InlineKeyboardButton(say(texts.LINK_NOW), callback_data=Press(entry.key, Listing()).data)
    return InlineKeyboardMarkup([[button]])


def link_of(username: str, key: str) -> str:
    """The link that opens the answer with this key in the private chat with the bot of this name."""
    return f"https://t.me/{username}?start={_ANSWER}{key}"


def quotes_of(entry: LoggedQuestion) -> list[ShownPassage]:
    """What was quoted in reply to a question, each once, without what was read around it."""
    once = dict[tuple[str, int, int], ShownPassage]()
    for shown in entry.passages:
        if shown.via in _QUOTED:
            once.setdefault((shown.sha256, shown.start, shown.end), shown)
    return list(once.values())[:_MOST]


def _looked_up(retriever: Retriever, quotes: Iterable[ShownPassage]) -> list[Reopened]:
    return [
        Reopened(each, retriever.standing(each.article_id, each.sha256, Span(each.start, each.end), each.text))
        for each in quotes
    ]


def _shown_now(quotes: Iterable[Reopened]) -> Iterable[ShownPassage]:
    """What of the quotes is shown by opening them again, as the log keeps it."""
    for quote in quotes:
        article, span = quote.standing.article, quote.standing.span
        if article is not None and span is not None:
            yield replace(
                quote.shown,
                article_id=article.id,
                sha256=article.sha256,
                start=span.start,
                end=span.end,
                text=span.of(article.body),
                via="link",
            )
