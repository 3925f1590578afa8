"""Which language does a person want to be answered in?"""

from telegram import User

from bot.answering import AnswerService
from bot.speech import Speech, speech_in


async def speech_for(service: AnswerService, user: User | None) -> Speech:
    """The words that a person is spoken to with: in the language that they chose, else in that of their Telegram.

    Args:
        service: knows what they chose.
        user: None where nobody is known, as for those who speak for a chat.
    """
    if user is None:
        return speech_in(None)
    chosen = None if user.is_bot else await service.languages.of(service.pseudonym(user.id))
    return speech_in(chosen or user.language_code)
