"""Which questions are the same but for case, spaces and punctuation?"""

import re
from typing import Final

_WORD: Final = re.compile(r"\w+")


def same_words(text: str) -> str:
    """What is equal for questions of the same words in the same order; a text without words is like itself only."""
    return " ".join(_WORD.findall(text.casefold())) or text
