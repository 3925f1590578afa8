"""How does a question look that was typed in a hurry?"""

from typing import Final

import numpy as np
import regex

_WORD: Final = regex.compile(r"\p{L}{4,}")
_LETTER: Final = regex.compile(r"\p{L}")


def with_slips(question: str, count: int, random: np.random.Generator) -> str:
    """The question with one slip in each of so many words of at least four letters, or in all of them if it has fewer.

    A slip swaps two neighbouring letters, loses one, or puts one of the question's letters in or in the place of
    another; each is as probable as the others.

    Args:
        question: any text.
        count: of slips, at least 0.
        random: where the choices come from; the same state makes the same slips.
    """
    words = list(_WORD.finditer(question))
    letters = _LETTER.findall(question.lower())
    chosen = random.permutation(len(words))[:count]
    for at in sorted(chosen.tolist(), reverse=True):  # from the end, so that places before stay what they are
        start, end = words[at].span()
        question = question[:start] + _slip(question[start:end], letters, random) + question[end:]
    return question


def _slip(word: str, letters: list[str], random: np.random.Generator) -> str:
    at = int(random.integers(len(word) - 1))
    letter = letters[int(random.integers(len(letters)))]
    return (
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at:],
        word[:at] + letter + word[at + 1 :],
    )[int(random.integers(4))]
