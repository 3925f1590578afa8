"""What else a thing is called: found by words, the longest name first, never overlapping."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.aliases import Aliases, Person

ALIASES = Aliases(
    (
        ("Artsakh", "Nagorno-Karabakh", "Karabakh", "Карабах", "Karabağ", "Լեռնային Ղարաբաղ"),
        ("MFA", "Foreign Ministry", "Ministry of Foreign Affairs"),
        ("Russian Foreign Ministry", "МИД России"),
        ("UN", "U.N.", "United Nations"),
        ("US", "United States"),
        ("WHO", "World Health Organization"),
        ("IS", "Islamic State"),
        ("Pashinyan", "Pashinian", "Пашинян"),
        ("Lavrov", "Лавров"),
        ("Zakharova", "Захарова"),
    ),
    (Person("Lavrov", ("Sergei", "Sergey", "Сергей")), Person("Pashinian", ("Nikol",))),
)


def found(question: str, language: str = "en", aliases: Aliases = ALIASES) -> dict[str, tuple[str, ...]]:
    """What stands in the question, and the alternatives."""
    return {each.span.of(question): each.phrases for each in aliases.alternatives(question, language)}


def places(question: str, language: str = "en") -> list[str]:
    """What stands in the question."""
    return [each.span.of(question) for each in ALIASES.alternatives(question, language)]


def test_the_other_names_of_a_thing_are_its_alternatives() -> None:
    """In the order of the group; the name itself, in another form, is none of them."""
    assert found("Who left the united nations?") == {"united nations": ("UN",)}
    assert found("Who left the U.N.?") == {"U.N.": ("United Nations",)}
    assert found("What does the MFA say?") == {"MFA": ("Foreign Ministry", "Ministry of Foreign Affairs")}
    assert found("Who won the Champions League?") == {}


@pytest.mark.parametrize(
    ("question", "language", "place"),
    [
        ("where is ARTSAKH", "en", "ARTSAKH"),
        ("Where is Nagorno Karabakh?", "en", "Nagorno Karabakh"),
        ("Where is Nagorno–Karabakh?", "en", "Nagorno–Karabakh"),
        ("Karabakh's roads", "en", "Karabakh's"),
        ("Что известно о дорогах Карабаха?", "ru", "Карабаха"),
        ("Кто видел Сергея Лаврова?", "ru", "Сергея"),
        ("What did Захаровой mean?", "en", "Захаровой"),
        ("What does Карабаха mean?", "en", "Карабаха"),
        ("Что сказали в Foreign Ministry?", "ru", "Foreign Ministry"),
        ("KARABAĞ’DA NE OLDU", "tr", "KARABAĞ’DA"),
        ("ARTSAKH’ta ne oldu", "tr", "ARTSAKH’ta"),
        ("Որտե՞ղ է Լեռնային Ղարաբաղը", "hy", "Լեռնային Ղարաբաղը"),
        ("the ministry for foreign affairs", "en", "ministry for foreign affairs"),
        ("Who asked the U.S.?", "en", "U.S."),
        ("WHAT DOES THE MFA SAY", "en", "MFA"),
    ],
)
def test_forms_of_a_name_are_the_name(question: str, language: str, place: str) -> None:
    """Case, hyphens, points, small words; endings in the question's language, and in that of the name's script."""
    assert places(question, language)[:1] == [place]


@pytest.mark.parametrize(
    ("question", "language", "expected"),
    [
        ("Who told us?", "en", []),
        ("Who told the US?", "en", ["US"]),
        ("Who asked the WHO?", "en", ["WHO"]),
        ("Where is IS now?", "en", ["IS"]),
        ("WHO IS HE?", "en", []),
        ("Nerede bu US?", "tr", ["US"]),
    ],
)
def test_a_name_that_is_a_function_word_is_written_in_capitals(
    question: str, language: str, expected: list[str]
) -> None:
    """Where not everything is."""
    assert places(question, language) == expected


def test_the_longest_name_counts() -> None:
    """Not one inside it, nor one that overlaps it."""
    assert places("the Russian Foreign Ministry") == ["Russian Foreign Ministry"]
    assert places("the Foreign Ministry of Karabakh") == ["Foreign Ministry", "Karabakh"]
    aliases = Aliases((("a1 b1", "x"), ("b1 c1 d1", "y"), ("d1 e1", "z")))
    assert found("a1 b1 c1 d1 e1", aliases=aliases) == {"b1 c1 d1": ("y",)}
    assert found("a1 b1 c1 e1 d1 e1", aliases=aliases) == {"a1 b1": ("x",), "d1 e1": ("z",)}


def test_words_that_only_begin_a_name_are_not_the_name() -> None:
    """A question may end in the middle of one, or go on otherwise."""
    assert places("Who is United") == []
    assert places("the Ministry of Foreign Trade") == []


def test_a_name_in_two_groups_has_the_alternatives_of_both() -> None:
    """The first group's before the second's; what they share does not make them one."""
    aliases = Aliases((("PM", "prime minister"), ("PM", "particulate matter")))
    assert found("the PM", aliases=aliases) == {"PM": ("prime minister", "particulate matter")}
    assert found("the prime minister", aliases=aliases) == {"prime minister": ("PM",)}


def test_aliases_with_the_same_names_are_equal() -> None:
    """What is built to look them up makes no difference."""
    assert Aliases(ALIASES.groups, ALIASES.people) == ALIASES != Aliases(ALIASES.groups)


@pytest.mark.parametrize("question", ["What does Sergey Lavrov say?", "Lavrov Sergey said", "sergey lavrov's"])
def test_a_first_name_gives_way_to_the_family_name(question: str) -> None:
    """Which may stand alone in an article, in any spelling; so may the other spellings of the first name."""
    first = ("Sergei", "Сергей", "Lavrov", "Лавров")
    assert first in found(question).values()
    assert ("Лавров",) in found(question).values()
    assert len(found(question)) == 2


def test_the_family_name_may_be_any_of_its_group() -> None:
    """Also one in another script than the first name's."""
    assert found("Nikol Pashinyan")["Nikol"] == ("Pashinian", "Pashinyan", "Пашинян")
    assert found("Что сказал Никол? Сергею Лаврову", "ru")["Сергею"] == ("Sergei", "Sergey", "Lavrov", "Лавров")


@pytest.mark.parametrize("question", ["Sergei said", "Sergei and Lavrov", "Sergei Pashinyan", "Nikol, son of Lavrov"])
def test_a_first_name_without_its_family_name_is_somebody_else(question: str) -> None:
    """Only words side by side are one person's."""
    assert not {"Sergei", "Nikol"} & found(question).keys()


def test_a_family_name_inside_another_name_is_nobody() -> None:
    """The longer name counts as a whole; a name that is only a person's first one is not torn from it either."""
    aliases = Aliases((("Aliyev Center", "Centre"), ("Ilham", "Ильхам")), (Person("Aliyev", ("Ilham", "Ilhom")),))
    assert found("Ilham Aliyev Center", aliases=aliases) == {"Ilham": ("Ильхам",), "Aliyev Center": ("Centre",)}
    assert found("Ilham Aliyev", aliases=aliases) == {"Ilham": ("Ilhom", "Aliyev")}


def test_no_aliases_have_no_alternatives() -> None:
    """And are false."""
    assert Aliases().alternatives("Where is Artsakh?", "en") == ()
    assert Aliases((("UN", "U.N."),)).alternatives("What is the UN?", "en") == ()
    assert not Aliases()
    assert ALIASES


WORDS = [
    *(
        "Artsakh",
        "nagorno-karabakh",
        "Карабаха",
        "Foreign",
        "ministry",
        "of",
        "affairs",
        "U.N.",
        "US",
        "us",
        "who",
        "IS",
    ),
    *("Sergey", "LAVROV", "Лаврову", "Nikol", "Pashinian", "Russian", "İ", "ﬁ", "-", ".", ",", "’s", "\n"),
]


@given(
    st.text() | st.lists(st.sampled_from(WORDS)).map(" ".join),
    st.sampled_from(["en", "ru", "tr", "az", "hy", "fr", "ar", "zh", "xx", ""]),
)
def test_places_are_slices_in_order_without_overlaps(question: str, language: str) -> None:
    """Whatever the question; each has an alternative, and what is sliced is the name again."""
    position = 0
    for each in ALIASES.alternatives(question, language):
        assert position <= each.span.start < each.span.end <= len(question)
        assert len(set(each.phrases)) == len(each.phrases) > 0
        position = each.span.end


NAMES = st.lists(st.text("abcdeабв", min_size=3, max_size=5), min_size=1, max_size=3).map(" ".join)


@given(st.lists(st.lists(NAMES, min_size=2, max_size=4, unique=True), max_size=5), st.data())
def test_every_name_is_found_where_it_stands(groups: list[list[str]], data: st.DataObject) -> None:
    """In any language, whatever stands around it; no alternative is what was written."""
    aliases = Aliases(tuple(map(tuple, groups)))
    for group in groups:
        name = data.draw(st.sampled_from(group))
        for each in aliases.alternatives(f"zzz {name} zzz", "xx"):
            assert each.span.of(f"zzz {name} zzz") in name
            assert each.span.of(f"zzz {name} zzz") not in each.phrases
        assert aliases.alternatives(f"zzz {name} zzz", "xx")


def test_threads_share_aliases() -> None:
    """An index that is built when it is first asked for is the same for all."""
    aliases = Aliases(ALIASES.groups, ALIASES.people)
    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(lambda _: aliases.alternatives("Sergey Lavrov on Artsakh", "tr"), range(64)))
    assert answers == {ALIASES.alternatives("Sergey Lavrov on Artsakh", "tr")}


def test_many_groups_are_read_in_time() -> None:
    """Fifty thousand, all of which begin alike, and as many with one name; the bounds are generous."""
    begin = time.process_time()
    alike = ((f"ministry of place{number}", f"M{number}") for number in range(25_000))
    ambiguous = (("AB", f"name{number}") for number in range(25_000))
    aliases = Aliases((*alike, *ambiguous))
    assert found("What did the Ministry of Place7 say?", aliases=aliases) == {"Ministry of Place7": ("M7",)}
    assert len(found("AB", aliases=aliases)["AB"]) == 25_000
    assert time.process_time() - begin < 20
