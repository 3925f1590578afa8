"""What else is a thing called, and where in a question does one of its names stand?"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from retrieval.analysis import written_words
from retrieval.model import Span
from retrieval.phrases import PhraseBook, Place, longest, word_spans


@dataclass(frozen=True, slots=True)
class Alternatives:
    """What may be looked for as well as the words at one place of a question.

    Attributes:
        span: of these words in the question.
        phrases: other names of what they name, the most trusted first; never empty, none of them these words again.
    """

    span: Span
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """Which first names complete a family name.

    Attributes:
        family_name: in one spelling; others may stand in a group with it.
        first_names: of one person, in every spelling.
    """

    family_name: str
    first_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Aliases:
    """Names that mean the same thing. Immutable, safe to share between threads.

    Names are compared by their words as `Analyzer` has them, in the question's language and in that of the name's
    own script: case, hyphens, points and endings make no difference. Only a name that is a function word as well
    ("WHO", "US") must be written in capitals.

    Attributes:
        groups: each the names of one thing. The alternatives of a name in several are the others of all of them.
        people: first names that are no news beside the family name.
    """

    groups: tuple[tuple[str, ...], ...] = ()
    people: tuple[Person, ...] = ()
    _names: "_Names" = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_names", _Names(self.groups, self.people))

    def __bool__(self) -> bool:
        return bool(self.groups or self.people)

    def alternatives(self, question: str, language: str) -> tuple[Alternatives, ...]:
        """Where names stand in a question, and what else their things are called; in order, never overlapping.

        The longest name counts where several overlap. The alternatives of a first name beside its family name are
        its other spellings and the family name, which may stand alone in an article.

        Args:
            question: any text.
            language: ISO 639-1 code of the question's language.
        """
        words = written_words(question)
        found = self._names.book.places(words, language)
        spans = word_spans(question, words) if found else []
        return tuple(
            Alternatives(Span(spans[start].start, spans[end - 1].end), others)
            for (start, end), others in sorted(self._names.alternatives(found).items())
            if others
        )


class _Names:
    """What each name is a name of: things by the numbers of their groups, people by their own."""

    def __init__(self, groups: Sequence[Sequence[str]], people: Sequence[Person]) -> None:
        named = (name for person in people for name in (person.family_name, *person.first_names))
        self.book = PhraseBook([*(name for group in groups for name in group), *named])
        self._groups = [self._known(group) for group in groups]
        self._groups_of = _numbers_by_name(self._groups)
        self._first = [self._known(person.first_names) for person in people]
        self._family = [self._spellings(self.book.same[person.family_name]) for person in people]
        self._people_by_first = _numbers_by_name(self._first)
        self._people_by_family = _numbers_by_name(self._family)
        self._people_named = self._people_by_first.keys() | self._people_by_family.keys()

    def alternatives(self, found: Mapping[Place, Sequence[str]]) -> dict[Place, tuple[str, ...]]:
        """Other names for what stands at some of these places, which do not overlap."""
        named = longest(place for place, names in found.items() if any(name in self._groups_of for name in names))
        others = {place: _without(found[place], self._members(found[place])) for place in named}
        return others | self._completions(found, named)

    def _completions(
        self, found: Mapping[Place, Sequence[str]], named: Iterable[Place]
    ) -> dict[Place, tuple[str, ...]]:
        """The same for first names, where a family name stands beside them and neither is part of a longer name."""
        taken = {at: place for place in named for at in range(*place)}
        people_at = (place for place, names in found.items() if any(name in self._people_named for name in names))
        free = [place for place in people_at if all(taken.get(at, place) == place for at in range(*place))]
        begin, end = defaultdict[int, set[int]](set), defaultdict[int, set[int]](set)  # people by their family names
        for place in free:
            for number in _numbers(found[place], self._people_by_family):
                begin[place[0]].add(number)
                end[place[1]].add(number)
        people = {place: self._completed(found[place], end[place[0]] | begin[place[1]]) for place in free}
        return {
            place: _without(found[place], self._names_of(people[place]))
            for place in longest(place for place in free if people[place])
        }

    def _completed(self, names: Iterable[str], near: AbstractSet[int]) -> list[int]:
        return [number for number in _numbers(names, self._people_by_first) if number in near]

    def _names_of(self, people: Iterable[int]) -> Iterator[str]:
        return (name for number in people for name in (*self._first[number], *self._family[number]))

    def _members(self, names: Iterable[str]) -> Iterator[str]:
        return (name for number in _numbers(names, self._groups_of) for name in self._groups[number])

    def _spellings(self, name: str) -> list[str]:
        return list(dict.fromkeys((name, *self._members([name]))))

    def _known(self, names: Iterable[str]) -> list[str]:
        return list(dict.fromkeys(self.book.same[name] for name in names))


def _numbers_by_name(lists: Iterable[Iterable[str]]) -> dict[str, list[int]]:
    numbers: dict[str, list[int]] = defaultdict(list)
    for number, names in enumerate(lists):
        for name in names:
            numbers[name].append(number)
    return dict(numbers)


def _numbers(names: Iterable[str], numbers_by_name: Mapping[str, Sequence[int]]) -> list[int]:
    return list(dict.fromkeys(number for name in names for number in numbers_by_name.get(name, ())))


def _without(names: Iterable[str], others: Iterable[str]) -> tuple[str, ...]:
    known = set(names)
    return tuple(dict.fromkeys(other for other in others if other not in known))
