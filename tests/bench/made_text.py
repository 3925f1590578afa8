"""Made-up paragraphs whose words are spread as in real text, by Zipf's law, and spelt with as many letters."""

from collections.abc import Iterator

import numpy as np

_SYLLABLES = [consonant + vowel for consonant in "tnshrdlcmbpfgvwkjz" for vowel in "eaiou"]
_VOCABULARY = 60_000


def paragraphs(count: int, seed: int = 7) -> Iterator[str]:
    """So many paragraphs of one to six sentences."""
    random = np.random.default_rng(seed)
    words = [_word(number) for number in range(_VOCABULARY)]
    share = 1 / (np.arange(_VOCABULARY) + 2.7)
    for _ in range(count):
        lengths = random.integers(8, 25, random.integers(1, 7))
        drawn = [words[number] for number in random.choice(_VOCABULARY, lengths.sum(), p=share / share.sum())]
        ends = np.cumsum(lengths)
        yield " ".join(
            " ".join(drawn[end - length : end]).capitalize() + "." for length, end in zip(lengths, ends, strict=True)
        )


def questions(texts: list[str], count: int, seed: int = 8) -> list[str]:
    """Questions of four to eight words of one of the texts; the most frequent words, which are short, left out."""
    random = np.random.default_rng(seed)
    asked: list[str] = []
    while len(asked) < count:
        words = [word for word in texts[random.integers(len(texts))].split() if len(word) > 4]
        if len(words) >= 8:
            asked.append("What " + " ".join(random.choice(words, random.integers(4, 9), replace=False)) + "?")
    return asked


def _word(number: int) -> str:
    word = ""
    number += 1
    while number:
        number, rest = divmod(number, len(_SYLLABLES))
        word += _SYLLABLES[rest]
    return word
