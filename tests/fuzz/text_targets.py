"""What reads words: questions, paragraphs, links, what is said and shown."""

import datetime as dt
import tomllib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Final

from telegram.constants import MessageLimit

from bot.telegram.buttons import Action, Press
from bot.wording import attribution, harmless, printable, title_of
from retrieval import (
    Answer,
    Corpus,
    Fate,
    MemoryCatalog,
    Published,
    Retriever,
    Span,
    link_to,
    read_corpus,
)
from retrieval.acronyms import acronyms_in, keys_in, keys_of
from retrieval.analysis import Analyzer, question_words, same_words
from retrieval.detection import detect
from retrieval.formats.dates import read_date
from retrieval.formats.decoding import is_garbled
from retrieval.kinds import asking_phrase
from retrieval.likeness import distinct_grams
from retrieval.moments import moments_in
from retrieval.numerals import read_number
from retrieval.paragraphs import read_layout
from retrieval.phrases import phrase_key
from retrieval.sentences import sentences
from retrieval.standing import standing
from retrieval.transliteration import bare, sound
from tests.bot.pages import to_messages
from tests.bot_api import utf16_length
from tests.builders import SEEDS, make_article
from tests.fuzz.mutating import bytes_of, text_of
from tests.fuzz.target import Run, Target

_TODAY: Final = dt.date(2024, 2, 29)
_LANGUAGES: Final = ("en", "ru", "tr", "fr", "de", "zh", "ja", "ko", "th", "ar", "hy", "hi", "xx")
_JUDGED: Final = tomllib.loads((SEEDS / "questions.toml").read_text(encoding="utf-8"))["question"]
_QUESTIONS: Final = (
    *(each["ask"] for each in _JUDGED[:40]),
    *(
        "Что сказал Лавров на этой неделе?",
        "Kaç kişi öldü?",
        "谁在2023年4月签署了协议？",
        "누가 3월에 말했습니까?",
        "ใครพูด",
    ),
    *(
        "Ո՞վ ասաց",
        "من قال ذلك؟",
        "किसने कहा?",
        "How many U.N. (UN) peacekeepers by 24.04.2023 or 2,000 on 1 May?",
        "a" * 600,
    ),
)
_ARTICLES: Final = tuple(path.read_text(encoding="utf-8")[:1500] for path in sorted(SEEDS.glob("*.txt")))
_NUMBERS: Final = (
    "2023-04-24",
    "24.04.2023",
    "1,000,000.5",
    "1 000",
    "1.2.3.4",
    "3月",
    "12th",
    "Mon, 24 Apr 2023 10:00",
)


def of_text(read: Callable[[str], object]) -> Callable[[Path], AbstractContextManager[Run]]:
    """Opens a target that reads a text and needs nothing else."""

    @contextmanager
    def opened(_: Path) -> Iterator[Run]:
        yield lambda data: read(text_of(data))

    return opened


def _language(text: str) -> str:
    return _LANGUAGES[len(text) % len(_LANGUAGES)]


def _analysed(text: str) -> None:
    language = _language(text)
    for token in Analyzer(language).tokens(text):
        assert 0 <= token.start < token.end <= len(text)
        assert token.term
    Analyzer(language).read(text)
    for word in question_words(text[:500], ("en", "ru", "zh"), language):
        assert word.terms
    same_words(text[:2_000])  # a paragraph


def _asked(text: str) -> None:
    language = detect(text, "en")
    for moment in moments_in(text, language):
        assert moment.span.of(text)
    asking_phrase(text, _language(text))
    keys_in(text[:500])
    phrase_key(text)
    for acronym, words in acronyms_in(text):
        assert words in text
        keys_of(acronym, words)


def _numbered(text: str) -> None:
    for token in Analyzer(_language(text)).tokens(text):
        if token.term[:1].isdecimal():
            read_number(text[token.start : token.end], _language(text))
    read_date(text)


def _spelt(text: str) -> None:
    bare(text[:500])
    sound(text[:500])
    for token in Analyzer("en").tokens(text[:500]):
        distinct_grams(token.form)


def _parted(text: str) -> None:
    text, end = text.encode("utf-8", "replace").decode(), 0  # bodies of articles hold no halves of characters
    for span in sentences(text, _language(text)):
        assert span.start >= end
        assert all(each.isspace() or each in "\ufeff\u200b" for each in text[end : span.start])
        end = span.end


def _laid_out(text: str) -> None:
    first, _, body = text.encode("utf-8", "replace").decode().partition("\n")
    for title in (None, first):
        end = 0
        for block in read_layout(body, _language(text), title).blocks:
            assert block.span.start >= end
            end = block.span.end
        assert end <= len(body)


def _decoded(text: str) -> None:
    is_garbled(text)


def _linked(text: str) -> None:
    first, _, body = text.encode("utf-8", "replace").decode().partition("\n")
    article = make_article(body, title=first, url="https://example.org/a#b", published=Published("2023-04"))
    for paragraph in list(article.paragraphs())[:4]:
        for sentence in sentences(paragraph.text, "en")[:4]:
            link = link_to(article, sentence.shifted(paragraph.span.start))
            assert link is not None
            assert link.isascii()
            assert link.isprintable()


def _stood(text: str) -> None:
    """Quotes of an article that reads so now: of its own words, of those before the change, and of both."""
    body = text.encode("utf-8", "replace").decode()
    article = make_article(body)
    catalog, third = MemoryCatalog(Corpus((article,), (), "made by hand")), len(body) // 3
    before = _ARTICLES[len(body) % len(_ARTICLES)][700:1300]
    for quote in (body[third : third + 600], before, body[third : third + 300] + before[:300]):
        found = standing(catalog, article.id, "0" * 64, Span(third, third + 1), quote)
        assert (found.fate is Fate.CHANGED) == bool(found.differences)
        assert all(each.new is None or (found.span and each.new in found.span) for each in found.differences)
        assert all(each.old is None or each.old.end <= len(quote) for each in found.differences)


def _said(text: str) -> None:
    for shown in (printable(text), harmless(text)):
        assert not any(character in shown for character in "\x1b\x00\x9b\u202e\u2066\ud83d\ude00\u2028")
    assert len(harmless(text)) == len(text)
    article = make_article("x", title=text, publisher=text[::-1])
    assert "\n" not in (title_of(article) or "") + attribution(article)


@contextmanager
def answering(_: Path) -> Iterator[Run]:
    """Questions to the articles in `seeds/`, and what is sent for their answers."""
    retriever = Retriever(read_corpus(SEEDS))

    def ask(data: bytes) -> None:
        question = text_of(data).encode("utf-8", "replace").decode()  # as AnswerService does
        _check(retriever.answer(question, 3, _TODAY))

    yield ask


def _check(answer: Answer) -> None:
    for passage in answer.passages:
        assert passage.quote == passage.article.body[passage.span.start : passage.span.end]
    for message in to_messages(answer):
        assert 0 < utf16_length(message.text) <= MessageLimit.MAX_TEXT_LENGTH
        assert all(entity.offset + entity.length <= utf16_length(message.text) for entity in message.entities)
        message.text.encode()


def _pressed(text: str) -> None:
    press = Press.read(text)
    assert press is None or (press.data == text and press.action in list(Action))


_TEXTS: Final = tuple(map(bytes_of, (*_QUESTIONS, *_ARTICLES)))
TARGETS: Final = (
    Target("questions", answering, tuple(map(bytes_of, _QUESTIONS)), longest=16_384, grows=True, share=0.3),
    Target("analysis", of_text(_analysed), _TEXTS, grows=True, share=0.4),
    Target("asking phrases and acronyms", of_text(_asked), _TEXTS, grows=True, share=0.4),
    Target("numbers and dates", of_text(_numbered), tuple(map(bytes_of, _NUMBERS)), grows=True, share=0.5),
    Target("spelling", of_text(_spelt), _TEXTS[:20], grows=True),
    Target("language", of_text(lambda text: detect(text, "en")), _TEXTS, grows=True),
    Target("sentences", of_text(_parted), _TEXTS, grows=True, share=0.4),
    Target("layout", of_text(_laid_out), tuple(map(bytes_of, _ARTICLES)), grows=True, share=0.6),
    Target("wrong encodings", of_text(_decoded), _TEXTS, grows=True, share=0.6),
    Target("links", of_text(_linked), tuple(map(bytes_of, _ARTICLES)), grows=True, share=0.2),
    Target("standing", of_text(_stood), tuple(map(bytes_of, _ARTICLES)), grows=True, share=0.2),
    Target("wording", of_text(_said), _TEXTS, grows=True, share=0.4),
    Target(
        "button presses", of_text(_pressed), tuple(f"{a}:abcdef012345:{'0' * 16}".encode() for a in Action), share=4
    ),
)
