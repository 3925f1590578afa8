"""A conversation with the bot as it is read on a screen, in plain text."""

import asyncio
import textwrap
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from tests.bot_api import BotApiServer, SentMessage
from tests.e2e.running import ADA

WIDTH: Final = 100
_FOLDED_LINES: Final = 3  # as many as Telegram shows of a folded quote
_QUOTES: Final = {"blockquote": "│ ", "expandable_blockquote": "┆ "}
_MARKS: Final = {
    "bold": ("*", "*"),
    "code": ("`", "`"),
    "text_link": ("", " ↗"),
    "strikethrough": ("~", "~"),
    "changed": ("_", "_"),
}


_Span = tuple[int, int, str]


class Stage:
    """Plays what people do, and writes down what they see.

    Args:
        server: on which the bot runs.
        folder: where it keeps what it keeps.
        articles: what it quotes from.

    Attributes:
        lines: what was said and seen so far.
    """

    def __init__(self, server: BotApiServer, folder: Path, articles: Path) -> None:
        self.lines: list[str] = []
        self.folder = folder
        self.articles = articles
        self._server = server
        self._seen: dict[int, int] = {}

    def tell(self, what: str) -> None:
        """Write down what happens beside the words."""
        self.lines += ["", f"({what})"]

    async def say(
        self, text: str, *, name: str = "Ada", user_id: int = ADA, quiet: bool = False, **where: Any
    ) -> SentMessage:
        """Let somebody write, and wait for the reply; the reply. Quiet is what is not written down."""
        kept = len(self.lines)
        chat = where.get("chat_id", user_id)
        self._speak(name, text)
        self._server.send_text(text, user_id=user_id, first_name=name, **where)
        sent = await self._next(chat)
        if quiet:
            del self.lines[kept:]
        return sent

    async def silence(self, text: str, *, name: str, user_id: int, **where: Any) -> None:
        """Let somebody write what the bot is not to hear."""
        self._speak(name, text)
        if self._server.send_text(text, user_id=user_id, first_name=name, **where):
            raise AssertionError("the bot hears this")

    async def edit(self, text: str, *, chat: int = ADA) -> SentMessage:
        """Let somebody change the question that they wrote last; the changed reply."""
        heard = list(self._server.state.chats[chat].heard)[-1]
        sent = self._server.messages(chat)[-1]
        self.tell("she edits her question")
        self._speak("Ada", text)
        before = len(sent.edits)
        self._server.edit_text(chat, heard, text)
        await self._server.wait_until(lambda: len(sent.edits) > before, 20, "edit")
        self._show(sent)
        return sent

    async def press(self, label: str, *, name: str = "Ada", user_id: int = ADA, chat: int = ADA) -> SentMessage:
        """Let somebody press the first button whose label holds this, and wait for what comes of it."""
        server, sent = self._server, self._server.messages(chat)[-1]
        rows = (sent.reply_markup or {"inline_keyboard": []})["inline_keyboard"]
        button = next(each for row in rows for each in row if label in each["text"])
        self.lines += ["", f"{name} presses [{button['text']}]"]
        before, answers = self._look(chat), len(server.calls_of("answerCallbackQuery"))
        words = [message.text for message in server.messages(chat)]
        server.press_button(chat, sent.message_id, button["callback_data"], user_id=user_id)
        answer = await server.wait_for_call("answerCallbackQuery", count=answers + 1)
        said = answer.params.get("text")
        await server.wait_until(lambda: bool(said) or self._look(chat) != before, 20, "change")
        await asyncio.sleep(0.1)  # the rest of it, if any
        if said:
            self.lines += ["", f"  ({said})"]
        shown = server.messages(chat)[-1]
        if [message.text for message in server.messages(chat)] != words:
            self._show(shown)
        elif self._look(chat) != before:
            self.lines += ["", *(f"  {line}".rstrip() for line in buttons(shown))]
        self._seen[chat] = len(server.messages(chat))
        return shown

    def shared(self, *, chat: int = ADA) -> str:
        """The link that the "Share" button of the last answer hands on."""
        sent = self._server.messages(chat)[-1]
        urls = [button.get("url", "") for row in (sent.reply_markup or {})["inline_keyboard"] for button in row]
        [share] = [url for url in urls if url.startswith("https://t.me/share/url?")]
        link: str
        [link] = parse_qs(urlsplit(share).query)["url"]
        return link

    async def open(self, url: str, *, name: str = "Bob", user_id: int = 1002) -> SentMessage:
        """Let somebody open a link into the private chat with the bot."""
        self.lines += ["", f"{name} opens the link"]
        self._server.open_link(url, user_id=user_id)
        return await self._next(user_id)

    async def offer(self, query: str, *, name: str = "Ada") -> list[dict[str, Any]]:
        """Let somebody type the bot's name and a query in another chat; the results."""
        self._speak(f"{name}, in another chat", f"@verbatim_bot {query}".strip())
        count = len(self._server.calls_of("answerInlineQuery"))
        self._server.send_inline_query(query)
        answer = await self._server.wait_for_call("answerInlineQuery", count=count + 1)
        results: list[dict[str, Any]] = answer.params["results"]
        for result in results:
            self.lines += ["", *_wrapped(result["title"], "  ▤ ")]
            for line in result.get("description", "").splitlines():
                self.lines += _wrapped(line, "    ")
        return results

    async def choose(self, result_id: str, *, name: str = "Ada") -> SentMessage:
        """Let her choose one of them: it then stands in that chat, in her name."""
        self.lines += ["", f"{name} taps the first"]
        self._server.choose_result(result_id)
        message = self._server.inline_messages[-1]
        self._show(message)
        return message

    async def reload(self) -> None:
        """Let the bot quote from the articles as they are now; nobody sees that."""
        server = self._server
        server.send_text("/reload")
        await server.wait_until(lambda: "serves now" in server.messages(ADA)[-1].text, 20, "reload")
        self._seen[ADA] = len(server.messages(ADA))

    async def _next(self, chat: int) -> SentMessage:
        count = self._seen.get(chat, 0) + 1
        messages = await self._server.wait_for_messages(chat, count)
        await asyncio.sleep(0.1)  # its buttons may follow
        for message in messages[count - 1 :]:
            self._show(message)
        self._seen[chat] = len(messages)
        return messages[-1]

    def _look(self, chat: int) -> Any:
        return [(m.text, m.reply_markup, m.entities) for m in self._server.messages(chat)]

    def _speak(self, name: str, text: str) -> None:
        self.lines += ["", *_wrapped(f"{name}: {text}", "")]

    def _show(self, message: SentMessage) -> None:
        self.lines += ["", *(f"  {line}".rstrip() for line in rendered(message))]


def rendered(message: SentMessage) -> Iterator[str]:
    """A message, line by line: quotes behind a bar, their best sentence between asterisks, buttons in brackets."""
    places = _places(message.text)
    spans = _joined((places[e["offset"]], places[e["offset"] + e["length"]], e["type"]) for e in message.entities)
    if any(kind == "strikethrough" for _, _, kind in spans):  # beside what went, what is underlined is what came
        spans = [(start, end, "changed" if kind == "underline" else kind) for start, end, kind in spans]
    at = 0
    for start, end, kind in sorted(span for span in spans if span[2] in _QUOTES):
        yield from _plain(_marked(message.text, at, start, spans))
        quote = list(_plain(_marked(message.text, start, end, spans), _QUOTES[kind]))
        hidden = kind == "expandable_blockquote" and len(quote) > _FOLDED_LINES
        yield from [*quote[: _FOLDED_LINES - 1], quote[_FOLDED_LINES - 1][: WIDTH - 4] + " …"] if hidden else quote
        at = end
    yield from _plain(_marked(message.text, at, len(message.text), spans))
    yield from buttons(message)


def buttons(message: SentMessage) -> Iterator[str]:
    """The buttons below a message, row by row."""
    for row in (message.reply_markup or {}).get("inline_keyboard", []):
        yield "".join(f"[{button['text']}] " for button in row)


def _plain(text: str, prefix: str = "") -> Iterator[str]:
    for line in text.strip("\n").split("\n") if text.strip("\n") else []:
        yield from _wrapped(line, prefix)
    if not prefix and text.endswith("\n\n"):
        yield ""


def _wrapped(text: str, prefix: str) -> list[str]:
    later = prefix if prefix in _QUOTES.values() else " " * len(prefix)
    return textwrap.wrap(text, WIDTH - 4, initial_indent=prefix, subsequent_indent=later) or [prefix.rstrip()]


def _marked(text: str, start: int, end: int, spans: list[_Span]) -> str:
    """A part of a text with signs where bold, code and links begin and end."""
    signs: dict[int, str] = {}
    for first, last, kind in spans:
        if kind in _MARKS and start <= first and last <= end:
            signs[first] = signs.get(first, "") + _MARKS[kind][0]
            signs[last] = _MARKS[kind][1] + signs.get(last, "")
    return "".join(signs.get(at, "") + text[at : at + 1] for at in range(start, end)) + signs.get(end, "")


def _joined(spans: Iterable[_Span]) -> list[_Span]:
    """Entities of one kind that touch as one: Telegram parts them where others begin and end."""
    joined: list[_Span] = []
    for kind, start, end in sorted((kind, start, end) for start, end, kind in spans):
        if joined and (joined[-1][2], joined[-1][1]) == (kind, start):
            joined[-1] = (joined[-1][0], end, kind)
        else:
            joined.append((start, end, kind))
    return joined


def _places(text: str) -> dict[int, int]:
    """Which code point begins at which UTF-16 unit."""
    places, unit = {}, 0
    for at, character in enumerate(text):
        places[unit] = at
        unit += 2 if ord(character) > 0xFFFF else 1
    return places | {unit: len(text)}
