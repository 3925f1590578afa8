"""Which things in a question have other names: those that an admin wrote down, and those that articles explain?"""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Final

from retrieval.acronyms import keys_in
from retrieval.aliases import Aliases, Alternatives

Pair = tuple[str, str]
"""An acronym, and the words that it stands for."""

_MOST: Final = 64  # pairs that are compared with a question; of one acronym an article corpus explains a few


class OtherNames:
    """The aliases of a corpus, and the acronyms that its articles explain. Never changed once built.

    Acronyms may be very many, so that only those are read that share letters with the question.

    Args:
        aliases: of the admin.
        acronyms: the pairs that are kept under these keys (`retrieval.acronyms.keys_of`), the most trusted first.
    """

    def __init__(self, aliases: Aliases, acronyms: Callable[[Iterable[str]], Sequence[Pair]]) -> None:
        self._aliases = aliases
        self._acronyms = acronyms

    def alternatives(self, question: str, language: str) -> tuple[Alternatives, ...]:
        """Where names stand in a question, and what else their things are called; an alias may overlap an acronym.

        Args:
            question: any text.
            language: ISO 639-1 code of it.
        """
        pairs = self._acronyms(sorted(keys_in(question)))[:_MOST]
        explained = _as_aliases(tuple(pairs)).alternatives(question, language) if pairs else ()
        return (*self._aliases.alternatives(question, language), *explained)


@lru_cache(maxsize=256)
def _as_aliases(pairs: tuple[Pair, ...]) -> Aliases:
    return Aliases(tuple(dict.fromkeys(pairs)))
