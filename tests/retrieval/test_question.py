"""What is asked for?"""

import datetime as dt
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import OkapiIndex
from retrieval.aliases import Aliases
from retrieval.analysis import Analyzer
from retrieval.answers import Match, QuestionWord
from retrieval.bm25 import idf
from retrieval.kinds import Kind
from retrieval.lookup import Lookup
from retrieval.memory.dictionary import MemoryDictionary
from retrieval.question import QUESTION_LIMIT, Question, QuestionReader
from retrieval.sources import Sources, publisher_tokens
from retrieval.vocabulary import Vocabulary
from tests.builders import make_article

TEXTS = (
    "The Foreign Ministry said that the road to Lachin is open.",
    "Peacekeepers of the ministry closed the bridge in 2020.",
    "Lavrov spoke of trade with foreign guests.",
)
TODAY = dt.date(2023, 4, 24)
GROUPS = (("MFA", "Foreign Ministry"), ("Artsakh", "Karabakh"), ("WHO", "World Health Organisation"))


def reader(
    *texts: str,
    languages: Sequence[str] = ("en",),
    groups: Sequence[Sequence[str]] = (),
    publishers: Sequence[str] = (),
) -> QuestionReader:
    """Over paragraphs of articles in the first of these languages, each by one of the publishers, the last by none."""
    analyzer = Analyzer(languages[0])
    articles = [
        make_article(text, publisher=name) for text, name in zip(texts, [*publishers, *[None] * 99], strict=False)
    ]
    vocabulary = Vocabulary((analyzer.tokens(each.body), publisher_tokens(each)) for each in articles)
    aliases = Aliases(tuple(map(tuple, groups)))
    return QuestionReader(
        OkapiIndex(vocabulary.terms()), Lookup(MemoryDictionary(vocabulary)), languages, aliases, Sources(publishers)
    )


def searched(question: Question) -> list[str]:
    """Its words as they were typed."""
    return [word.text for word in question.words]


def word_of(question: Question, text: str) -> QuestionWord:
    """The word that was typed so."""
    [found] = [word for word in question.words if word.text == text]
    return found


def looked_up(word: QuestionWord) -> dict[str, tuple[Match, float]]:
    """By term, why and how much."""
    return {each.term: (each.match, each.likeness) for each in word.terms}


def test_function_words_are_not_searched_for() -> None:
    """What is left stands in the order of the question, each once."""
    read = reader(*TEXTS).read("What did the ministry say about the bridge, and who closed the Bridge?")
    assert searched(read) == ["ministry", "bridge", "closed"]
    assert read.language == "en"
    assert read.terms == {"ministri", "bridg", "close"}


@pytest.mark.parametrize("slip", ["wat", "hwo", "wich", "whta", "wehn", "whoo", "dose", "whn"])
def test_a_misspelt_question_word_is_not_searched_for(slip: str) -> None:
    """With a letter lost, doubled or swapped; unless an article holds it."""
    asked = f"{slip} closed the bridge"
    assert searched(reader(*TEXTS).read(asked)) == ["closed", "bridge"]
    assert searched(reader(*TEXTS, f"He wrote {slip} here.").read(asked)) == [slip, "closed", "bridge"]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("chto skazal Lavrov", ["skazal", "Lavrov"]),
        ("kogda zakryli most", ["zakryli", "most"]),
        ("кто закрыл мост", ["закрыл", "мост"]),
    ],
)
def test_function_words_of_the_articles_are_known_in_latin_letters(question: str, words: list[str]) -> None:
    """As they are typed where the keyboard has no others."""
    read = reader("Лавров сказал, что мост закрыли.", languages=("ru",)).read(question)
    assert searched(read) == words


def test_function_words_are_known_without_diacritics() -> None:
    """Of the question's language and of the articles'."""
    turkish = reader("Laçın yolu dün açıldı.", languages=("tr",))
    assert searched(turkish.read("Lacin yolu nicin acildi")) == ["Lacin", "yolu", "acildi"]


def test_a_word_weighs_what_finding_it_tells() -> None:
    """Its idf; of a word that no article holds the highest."""
    read = reader(*TEXTS).read("ministry bridge zebra")
    assert [word.weight for word in read.words] == pytest.approx([idf(2, 3), idf(1, 3), idf(0, 3)])
    assert [word.is_known for word in read.words] == [True, True, False]


def test_an_unknown_word_of_a_foreign_language_weighs_less() -> None:
    """That it is unknown says little where no article is in its language; a word that is found weighs the same."""
    foreign, own = reader(*TEXTS), reader(*TEXTS, languages=("en", "ru"))
    asked = "кто закрыл мост Lavrov"
    assert word_of(foreign.read(asked), "мост").weight < word_of(own.read(asked), "мост").weight
    assert word_of(foreign.read(asked), "Lavrov").weight == word_of(own.read(asked), "Lavrov").weight


def test_a_word_that_is_there_weighs_as_itself() -> None:
    """Not as the more frequent one that it may stand for as well."""
    made = reader("Olu road.", "Ölü road.", "Ölü bridge.", "Ölü mine.", languages=("xx",))
    assert word_of(made.read("olu"), "olu").weight == pytest.approx(idf(1, 4))
    assert set(looked_up(word_of(made.read("olu"), "olu"))) == {"olu", "ölü"}


def test_the_words_of_a_moment_are_not_searched_for() -> None:
    """They are a time: so many days before the day of asking, the farthest counts."""
    made = reader(*TEXTS, "This week was long.")
    read = made.read("Who closed the bridge this week, today?", TODAY)
    assert searched(read) == ["closed", "bridge"]
    assert (read.since, read.asked_on) == (dt.date(2023, 4, 16), TODAY)
    undated = made.read("Who closed the bridge this week?")
    assert (searched(undated), undated.since, undated.asked_on) == (["closed", "bridge"], None, None)
    timeless = made.read("Who closed the bridge?", TODAY)
    assert (timeless.since, timeless.asked_on) == (None, TODAY)


def test_a_question_shows_what_kind_of_answer_it_asks_for() -> None:
    """In its own language."""
    made = reader(*TEXTS)
    assert made.read("How many peacekeepers closed the road?").kind is Kind.NUMBER
    assert made.read("When was the bridge closed?").kind is Kind.DATE
    assert made.read("Кто закрыл мост?").kind is Kind.NAME
    assert made.read("Why was the bridge closed?").kind is None


def test_another_name_is_looked_up_where_the_articles_hold_all_of_it() -> None:
    """Each of its words for its share of the name; the rarer, the more."""
    word = word_of(reader(*TEXTS, groups=GROUPS).read("What did the MFA say?"), "MFA")
    assert {term: match for term, (match, _) in looked_up(word).items()} == {
        "foreign": Match.ALIAS, "ministri": Match.ALIAS,
    }  # fmt: skip
    assert sum(each.likeness for each in word.terms) == pytest.approx(1)
    assert {each.together for each in word.terms} == {frozenset({"foreign", "ministri"})}
    assert word.share_in({"foreign"}) == 0
    half = reader(TEXTS[2], groups=GROUPS).read("What did the MFA say?")
    assert looked_up(word_of(half, "MFA")) == {}


def test_a_rarer_word_is_more_of_a_name() -> None:
    """Shares go by what each word tells."""
    made = reader(*TEXTS, "A ministry.", "The ministry.", groups=GROUPS)
    shares = {each.term: each.likeness for each in word_of(made.read("MFA"), "MFA").terms}
    foreign, ministry = idf(2, 5), idf(4, 5)
    assert shares == pytest.approx({
        "foreign": foreign / (foreign + ministry), "ministri": ministry / (foreign + ministry),
    })  # fmt: skip


def test_a_name_that_reads_like_a_function_word_is_searched_for() -> None:
    """In capitals, by its other names."""
    made = reader("The World Health Organisation sent help.", groups=GROUPS)
    assert searched(made.read("What did WHO say?")) == ["WHO"]
    assert set(looked_up(made.read("What did WHO say?").words[0])) == {"world", "health", "organis"}
    assert searched(made.read("who sent help?")) == ["sent", "help"]


def test_a_name_with_other_names_is_never_taken_for_a_slip() -> None:
    """What it stands for is certain; a word that is only written like it is not wanted."""
    made = reader("Karabakh is far.", "The artsach of old.", groups=GROUPS)
    assert looked_up(word_of(made.read("Where is Artsakh?"), "Artsakh")) == {"karabakh": (Match.ALIAS, 1.0)}
    assert set(looked_up(word_of(reader("The artsach of old.").read("Artsakh"), "Artsakh"))) == {"artsach"}


def test_a_name_that_only_adds_words_is_not_looked_up() -> None:
    """The shorter one is found by itself."""
    made = reader("Nagorno-Karabakh is far.", groups=[("Karabakh", "Nagorno-Karabakh")])
    assert looked_up(word_of(made.read("Where is Karabakh?"), "Karabakh")) == {"karabakh": (Match.SAME, 1.0)}


def test_a_publisher_is_looked_up_for_each_word_of_its_name() -> None:
    """Beside the words themselves; a part of the name is only a word."""
    made = reader(*TEXTS, "The press asks.", publishers=["Press TV", "Asbarez"])
    read = made.read("What did Press TV say about the road?")
    assert looked_up(word_of(read, "Press"))["publisher:press tv"] == (Match.PUBLISHER, 1.0)
    assert looked_up(word_of(read, "TV")) == {"publisher:press tv": (Match.PUBLISHER, 1.0)}
    assert looked_up(word_of(read, "Press"))["press"] == (Match.SAME, 1.0)
    assert "publisher:press tv" not in made.read("What did the press say?").terms
    assert searched(made.read("according to Asbarez")) == ["Asbarez"]


def test_a_long_question_is_read_from_its_beginning() -> None:
    """Whole words, as many as fit; a single endless one is cut."""
    made = reader(*TEXTS)
    text = ("road " * 200) + "bridge"
    assert made.read(text).text == ("road " * 100).strip()
    assert len(made.read("x" * 900).text) == QUESTION_LIMIT
    exact = "road " * 99 + "roads"
    assert made.read(exact).text == exact
    assert "bridg" not in made.read(text).terms


@given(
    st.lists(
        st.sampled_from(
            ["MFA", "Press", "TV", "Lavrov", "road", "raod", "this", "week", "who", "WHO", "2020", "?", "в"]
        )
        | st.text(max_size=4),
        max_size=9,
    )
)
def test_any_question_is_read(parts: list[str]) -> None:
    """Words stand in it as typed, each form once; a weight is above 0; terms are those of all words."""
    made = reader(*TEXTS, groups=GROUPS, publishers=["Press TV"], languages=("en", "ru"))
    question = " ".join(parts)
    read = made.read(question, TODAY)
    assert read.text == question
    assert all(word.text in question for word in read.words)
    assert len({word.form for word in read.words}) == len(read.words)
    assert all(word.weight > 0 for word in read.words)
    assert read.terms == {each.term for word in read.words for each in word.terms}
    assert all(len({each.term for each in word.terms}) == len(word.terms) for word in read.words)


def test_a_question_that_goes_on_asks_for_what_it_asks_for() -> None:
    """The words are those of the question before, without what only points to it; the kind is its own, if it asks."""
    before = "How many peacekeepers closed the bridge this week?"
    own = reader(*TEXTS).read
    when = own("and when was that?", TODAY, before)
    assert (searched(when), when.kind, when.follows) == (["peacekeepers", "closed", "bridge"], Kind.DATE, before)
    assert when.since == own(before, TODAY).since
    ago = own("how long ago?", TODAY, before)
    assert (searched(ago), ago.kind) == (["peacekeepers", "closed", "bridge"], Kind.DATE)
    added = own("and the road?", TODAY, before)
    assert (searched(added), added.kind) == (["road", "peacekeepers", "closed", "bridge"], Kind.NUMBER)
    alone = own("Who closed the road to Lachin?", TODAY, before)
    assert alone == own("Who closed the road to Lachin?", TODAY)
    assert own("and when?", TODAY, "of the") == own("and when?", TODAY)


@given(st.lists(st.sampled_from(["ministry", "bridge", "road", "Lavrov", "trade"]), unique=True), st.data())
def test_filters_are_not_searched_for(words: list[str], data: st.DataObject) -> None:
    """Wherever they stand, the words are those of the question without them, and the text is what was typed."""
    signs = ["since:2023-04", "source:Asbarez", "-guests", "before:foo", 'source:"Press TV"']
    typed = data.draw(st.permutations([*words, *data.draw(st.lists(st.sampled_from(signs)))]))
    read = reader(*TEXTS, publishers=["Asbarez", "Press TV"]).read(" ".join(typed))
    assert searched(read) == [word for word in typed if word in words]
    assert read.text == " ".join(typed)


@pytest.mark.parametrize(
    ("question", "language", "words"),
    [
        ("war", "en", ["war"]),
        ("war Armenia", "en", ["war", "Armenia"]),
        ("war -Asbarez", "en", ["war"]),
        ("was ist das", "de", []),
        ("Wie war das Wetter?", "de", ["Wetter"]),
    ],
)
def test_what_the_articles_hold_is_said_in_their_language(question: str, language: str, words: list[str]) -> None:
    """One word alone may be one without meaning elsewhere; a question in another language holds others as well."""
    asked = reader("The war in Armenia ended.", publishers=["Asbarez"]).read(question)
    assert asked.language == language
    assert searched(asked) == words
