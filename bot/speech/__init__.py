"""In which words is a reader spoken to? English, Russian, Turkish, Azerbaijani, Armenian."""

from bot.speech.marking import N_
from bot.speech.names import language_named, own_name
from bot.speech.speech import ENGLISH, LANGUAGES, Speech, speech_in

__all__ = ["ENGLISH", "LANGUAGES", "N_", "Speech", "language_named", "own_name", "speech_in"]
