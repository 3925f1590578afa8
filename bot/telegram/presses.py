"""What happens when a button below an answer is pressed?

Every press gets its reply at once, whatever becomes of it: a word that pops up where there is something to say, else
nothing but the end of the waiting. Where a press leads to another view, the message is changed; anyone who sees it may
do that. Opinions count for each person by themselves. What is shown is logged with the question.

A button needs no memory but the log. Where its answer is in there no longer, that is said, and the buttons go.
"""

import asyncio
import datetime as dt
import logging
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from telegram import Bot, CallbackQuery, Update, User
from telegram import Message as TelegramMessage
from telegram.ext import Application, CallbackQueryHandler, ContextTypes

from bot.answering import AnswerService
from bot.speech import Speech
from bot.telegram import button_texts, keyboards
from bot.telegram.asking import Asked, Asking, PlaceKind
from bot.telegram.changing import Changed, change, change_buttons
from bot.telegram.drafts import Message
from bot.telegram.listeners import speech_for
from bot.telegram.popups import Popup, Taps
from bot.telegram.pressing import PATTERN, Deed, Meaning, Opinion, Press, Reason, Reasoning, View, Voting, Wishing
from bot.telegram.sending import reply
from bot.telegram.views import Views, passage_with
from bot.telegram.wishes import Wishes
from db import Feedback, LogError, LoggedQuestion

_logger: Final = logging.getLogger(__name__)
_PATIENCE_SECONDS: Final = 3.0  # of a person who waits for a word about a vote
_VERDICTS: Final = {Opinion.UP: "up", Opinion.DOWN: "down"}
_REASONS: Final = {
    Reason.WRONG: "wrong_passage",
    Reason.OUTDATED: "outdated",
    Reason.OTHER_QUESTION: "other_question",
}


@dataclass(frozen=True, slots=True)
class _Scene:
    """Where a button was pressed.

    Attributes:
        bot: whose message it is.
        message: that bears the button; of one that Telegram shows no more, only its place is known.
        entry: the question that it answers.
        person: who pressed.
        popup: the reply to the press.
        say: in these words.
    """

    bot: Bot
    message: TelegramMessage
    entry: LoggedQuestion
    person: User
    popup: Popup
    say: Speech

    @property
    def key(self) -> str:
        """Of the answer."""
        return self.entry.key or ""


class Presses:
    """Does what the buttons below an answer say.

    Args:
        service: knows what was answered, and logs.
        asking: answers a question that a button asks.
        views: draw what buttons lead to.
        wishes: tell the editors.
    """

    def __init__(self, service: AnswerService, asking: Asking, views: Views, wishes: Wishes) -> None:
        self._service = service
        self._asking = asking
        self._views = views
        self._wishes = wishes
        self._taps = Taps()

    def register(self, application: Application[Any, Any, Any, Any, Any, Any]) -> None:
        """Tell an application who replies to these buttons; before those that reply to any button."""
        application.add_handler(CallbackQueryHandler(self.pressed, pattern=PATTERN))

    async def pressed(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A button below an answer was pressed, by anyone who sees it."""
        query = update.callback_query
        if query is None:
            raise TypeError("this update holds no press of a button")
        popup = Popup(query)
        try:
            if not self._taps.is_echo(query):
                await self._handle(query, context.bot, popup)
        finally:
            self._taps.note(query)
            await popup.show()

    async def _handle(self, query: CallbackQuery, bot: Bot, popup: Popup) -> None:
        say = await speech_for(self._service, query.from_user)
        press, message = Press.read(query.data or ""), _place(query)
        if message is None or press is None:
            await popup.show(say(button_texts.GONE), alert=True)
            return
        try:
            entry = await self._service.recall.by_key(press.key)
            stands = await self._stands_in(message, press.key)
        except LogError:  # said where questions are logged
            await popup.show(say(button_texts.NOT_NOW), alert=True)
            return
        if entry is None:
            await popup.show(say(button_texts.GONE), alert=True)
            if query.data in _carried_by(message):
                await change_buttons(bot, message.chat.id, message.message_id, None)
        elif stands:
            await self._do(press.deed, _Scene(bot, message, entry, query.from_user, popup, say))
        else:
            await popup.show(say(button_texts.ANOTHER), alert=True)

    async def _stands_in(self, message: TelegramMessage, key: str) -> bool:
        """Whether the answer with this key stands in the message.

        Since the button was seen, an edited question may have put another one there; and a client may send what no
        button carries. Of a message that nobody knew to have arrived, its buttons tell.
        """
        known = await self._service.recall.by_place(self._service.place(message.chat.id, message.message_id))
        if known is not None:
            return known.key == key
        presses = (Press.read(data) for data in _carried_by(message))
        return any(press is not None and press.key == key for press in presses)

    async def _do(self, deed: Deed, scene: _Scene) -> None:
        match deed:
            case Voting():
                await self._vote(deed, scene)
            case Reasoning():
                await self._give_reason(deed, scene)
            case Meaning():
                await self._ask_meant(scene)
            case Wishing():
                bot, below, entry = scene.bot, scene.message, scene.entry
                await self._wishes.wish(bot, below, entry, person=scene.person, popup=scene.popup, say=scene.say)
            case _:
                await self._show(deed, scene)

    async def _show(self, view: View, scene: _Scene) -> None:
        """Lead to another view of the answer."""
        entry, say = scene.entry, scene.say
        screen = await self._views.of(entry, view, say, scene.bot.username)
        if screen is None:
            await scene.popup.show(say(button_texts.GONE), alert=True)
            return
        await scene.popup.show()
        known = {(each.rank, each.sha256, each.start, each.end) for each in entry.passages}
        new = [each for each in screen.shown if (each.rank, each.sha256, each.start, each.end) not in known]
        self._service.recall.add_shown(scene.key, new)
        await self._put(scene, screen.messages[-1])

    async def _put(self, scene: _Scene, message: Message) -> None:
        """In place of what stands there; below it where that cannot be changed any more."""
        below = scene.message
        changed = await change(scene.bot, below.chat.id, below.message_id, message)
        if changed is not Changed.FIXED:
            return
        for sent in await reply(scene.bot, below, [message], scene.say):
            place = self._service.place_of(sent.chat_id, sent.message_id, PlaceKind.ANSWER)
            self._service.recall.add_place(scene.key, place)

    async def _vote(self, vote: Voting, scene: _Scene) -> None:
        """A person finds a passage good or bad; the same again takes that back."""
        if passage_with(scene.entry, vote.rank) is None:
            await scene.popup.show(scene.say(button_texts.GONE), alert=True)
            return
        stands = await self._told(self._feedback(scene, vote.rank, _VERDICTS[vote.opinion]))
        if stands is None:
            await scene.popup.show(scene.say(button_texts.TAKEN_BACK))
        elif vote.opinion is Opinion.UP:
            await scene.popup.show(scene.say(button_texts.THANKS))
        else:
            await scene.popup.show(scene.say(button_texts.THANKS_WHY))
            why = keyboards.reasons(scene.key, vote.rank, vote.view, scene.say)
            await change_buttons(scene.bot, scene.message.chat.id, scene.message.message_id, why)

    async def _give_reason(self, why: Reasoning, scene: _Scene) -> None:
        """A person says what is wrong with a passage; then they see again what they saw before."""
        if passage_with(scene.entry, why.rank) is None:
            await scene.popup.show(scene.say(button_texts.GONE), alert=True)
            return
        await self._told(self._feedback(scene, why.rank, "down", _REASONS[why.reason]))
        await scene.popup.show(scene.say(button_texts.THANKS))
        await self._show(why.view, scene)

    async def _ask_meant(self, scene: _Scene) -> None:
        """The question as it was probably meant is asked by whoever presses."""
        entry = scene.entry
        if not entry.did_you_mean:
            await scene.popup.show(scene.say(button_texts.GONE), alert=True)
            return
        await scene.popup.show()
        now = dt.datetime.now(dt.UTC)
        asked = Asked(entry.did_you_mean, scene.message, scene.person, now, previous=entry.follows)
        await self._asking.ask(scene.bot, asked)

    def _feedback(self, scene: _Scene, rank: int, verdict: str, reason: str | None = None) -> Feedback:
        by = self._service.pseudonym(scene.person.id)
        return Feedback(scene.key, dt.datetime.now(dt.UTC), by, verdict, rank=rank, reason=reason)

    async def _told(self, feedback: Feedback) -> Feedback | None:
        """Log a vote; what stands of it. A log that cannot take it now, or not at once, takes it later."""
        write = partial(self._service.log.vote, feedback)
        writing = asyncio.ensure_future(self._service.remembering.now(write))
        try:
            return await asyncio.wait_for(asyncio.shield(writing), _PATIENCE_SECONDS)
        except LogError:
            self._service.remembering.add(write)
        except TimeoutError:
            writing.add_done_callback(partial(self._tell_again, feedback))
        return feedback

    def _tell_again(self, feedback: Feedback, writing: "asyncio.Future[Feedback | None]") -> None:
        """What was not written while the person waited is written later."""
        if not writing.cancelled() and isinstance(writing.exception(), LogError):
            self._service.remembering.add(partial(self._service.log.vote, feedback))


def _carried_by(message: TelegramMessage) -> list[str]:
    """What the buttons below a message carry, as far as Telegram tells."""
    rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
    return [button.callback_data for row in rows for button in row if isinstance(button.callback_data, str)]


def _place(query: CallbackQuery) -> TelegramMessage | None:
    """The message that bears a button; of an old one only its place. None where it was sent by way of another chat."""
    message = query.message
    if message is None or isinstance(message, TelegramMessage):
        return message
    place = TelegramMessage(message.message_id, dt.datetime.now(dt.UTC), message.chat, from_user=query.get_bot().bot)
    place.set_bot(query.get_bot())
    return place
