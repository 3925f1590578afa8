"""All pages of an answer at once, as a person sees them who turns them."""

from dataclasses import replace

from bot.speech import ENGLISH, Speech
from bot.telegram.drafts import Message
from bot.telegram.messages import to_page
from retrieval import Answer


def to_messages(answer: Answer, say: Speech = ENGLISH) -> list[Message]:
    """What is said ahead, then page by page."""
    page = to_page(answer, say)
    messages, offset = [*page.ahead, page.draft.finished()], len(page.passages)
    while offset < len(answer.passages):
        page = to_page(replace(answer, passages=answer.passages[offset:]), say, offset=offset, beside=False)
        messages.append(page.draft.finished())
        offset += len(page.passages)
    return messages
