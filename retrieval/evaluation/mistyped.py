"""How do questions look that were typed in a hurry, or on a keyboard without their letters?"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import regex
from anyascii import anyascii

from retrieval.evaluation.judgments import Question
from retrieval.evaluation.slips import with_slips

TWO_SLIPS: Final = "two slips"
"""A slip in each of two words."""
PLAIN_LETTERS: Final = "plain letters"
"""Without diacritics, and Latin whatever the script."""
_SLIPS: Final = 2
_ENOUGH: Final = 0.5  # share of a set's questions that must have other letters
_OTHER: Final = regex.compile(r"[^\P{L}a-zA-Z]|\p{M}")
_SEED: Final = 20_230_424


def mistyped(questions: Sequence[Question]) -> dict[str, tuple[Question, ...]]:
    """The questions by how they are typed: with two slips; in plain letters, if half of them have other letters.

    Args:
        questions: at least one. The same ones are mistyped the same way in every run.
    """
    random = np.random.default_rng(_SEED)
    found = {TWO_SLIPS: tuple(replace(each, text=with_slips(each.text, _SLIPS, random)) for each in questions)}
    if sum(bool(_OTHER.search(each.text)) for each in questions) >= _ENOUGH * len(questions):
        found[PLAIN_LETTERS] = tuple(replace(each, text=anyascii(each.text)) for each in questions)
    return found
