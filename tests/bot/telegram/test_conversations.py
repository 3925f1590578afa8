"""What was asked before: the last question of the same person in the same chat, or the one that is replied to."""

import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from telegram import Chat, Message, User

from bot.answering import AnswerService, Channel
from bot.telegram.conversations import Conversations
from db import Place, QueryLog
from retrieval import Retriever
from tests.builders import make_corpus

NOON = dt.datetime(2026, 5, 1, 12, tzinfo=dt.UTC)
ADA, BOB = User(1, "Ada", is_bot=False), User(2, "Bob", is_bot=False)


def written(
    number: int, user: User = ADA, *, chat: int = 1, minute: float = 0, topic: int | None = None, to: int | None = None
) -> Message:
    """A message, so many minutes past noon."""
    at, where = NOON + dt.timedelta(minutes=minute), Chat(chat, Chat.SUPERGROUP)
    replied = Message(to, at, where) if to else None
    return Message(
        number, at, where, from_user=user, message_thread_id=topic, is_topic_message=topic is not None,
        reply_to_message=replied,
    )  # fmt: skip


@pytest.fixture
async def service(tmp_path: Path) -> AsyncIterator[AnswerService]:
    """Answers from one article."""
    corpus = make_corpus(tmp_path / "corpus", {"a.txt": "The mountain road was closed by the army on Friday."})
    async with AnswerService(Retriever(corpus), QueryLog(f"sqlite:///{tmp_path}/log.db"), b"k" * 16) as service:
        yield service


async def test_the_last_question_is_the_one_before(service: AnswerService) -> None:
    """Of this person, in this chat and topic, and no longer than half an hour ago."""
    talks = Conversations(service)
    assert await talks.before(written(1)) is None
    talks.note(written(1), "Who closed the road?")
    talks.note(written(2, minute=1), "Who is Galuzin?")
    assert await talks.before(written(3, minute=30)) == "Who is Galuzin?"
    assert await talks.before(written(3, minute=32)) is None
    assert await talks.before(written(3, user=BOB)) is None
    assert await talks.before(written(3, chat=2)) is None
    assert await talks.before(written(3, topic=7)) is None


async def test_an_edited_question_follows_what_was_asked_before_it(service: AnswerService) -> None:
    """Not itself, and however often it is edited; and nothing that was asked later."""
    talks = Conversations(service)
    talks.note(written(1), "Who closed the road?")
    for _ in range(3):
        assert await talks.before(written(2, minute=1)) == "Who closed the road?"
        talks.note(written(2, minute=1), "Who is Galuzin?")
    assert await talks.before(written(1)) is None


async def test_a_reply_follows_what_it_replies_to(service: AnswerService) -> None:
    """Whoever asked that, however long ago, also where the log has to be asked."""
    place = Place(service.place(1, 10), "answer", 10)
    await service.answer("Who closed the road?", Channel.GROUP, 2, places=[place])
    talks = Conversations(service)
    talks.note(written(11), "Who is Galuzin?")
    assert await talks.before(written(12, to=10)) == "Who closed the road?"
    assert await talks.before(written(12, to=9)) == "Who is Galuzin?"
    place = Place(service.place(1, 20), "answer", 20)
    await service.answer("And when?", Channel.GROUP, 2, places=[place], previous="Who closed the road?")
    assert await talks.before(written(22, to=20)) == "Who closed the road?"


async def test_what_is_remembered_has_an_end(service: AnswerService) -> None:
    """Whoever asked first is forgotten first; those who speak for a chat are nobody."""
    talks = Conversations(service, known=2)
    for chat in (1, 2, 3):
        talks.note(written(1, chat=chat), "Who closed the road?")
    assert [await talks.before(written(2, chat=chat)) is None for chat in (1, 2, 3)] == [True, False, False]
    group = Chat(5, Chat.SUPERGROUP)
    spoken = Message(1, NOON, group, from_user=ADA, sender_chat=group)
    talks.note(spoken, "Who closed the road?")
    assert await talks.before(spoken) is None


async def test_a_conversation_moves_with_its_group(service: AnswerService) -> None:
    """In which messages are counted anew; others stay."""
    talks = Conversations(service)
    talks.note(written(500, chat=-5), "Who closed the road?")
    talks.note(written(501, chat=-5, topic=7), "Who is Galuzin?")
    talks.note(written(502, chat=-6), "Who is Peskov?")
    talks.move(-5, -1005)
    assert await talks.before(written(3, chat=-1005)) == "Who closed the road?"
    assert await talks.before(written(4, chat=-1005, topic=7)) == "Who is Galuzin?"
    assert await talks.before(written(600, chat=-5)) is None
    assert await talks.before(written(600, chat=-6)) == "Who is Peskov?"


async def test_a_log_that_cannot_be_read_is_no_hindrance(tmp_path: Path) -> None:
    """Then nothing was asked before."""
    corpus = make_corpus(tmp_path / "corpus", {"a.txt": "The mountain road was closed by the army on Friday."})
    (tmp_path / "log.db").write_text("no database " * 100)
    async with AnswerService(Retriever(corpus), QueryLog(f"sqlite:///{tmp_path}/log.db"), b"k" * 16) as service:
        assert await Conversations(service).before(written(2, to=1)) is None
