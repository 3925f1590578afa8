"""Which language does a person want to be answered in?"""

from telegram import User

from bot.answering import AnswerService
from bot.speech import Speech, speech_in


async def speech_for(service: AnswerService, user: User | None) -> Speech:
    """The words that a person is spoken to with.

    Args:
        service: knows what they chose.
        user: None where nobody is known, as for those who speak for a chat.
    """
    del service
    return speech_in(user.language_code if user else None)
