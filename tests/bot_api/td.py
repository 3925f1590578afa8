"""Telegram's own text parser, offline: synchronous requests of TDLib through `tdjson`.

`parseTextEntities` parses HTML and Markdown, `getTextEntities` finds links, mentions and commands,
and `parseMarkdown` runs the same check of explicit entities as sending does (offsets, surrogates,
addresses, nesting, cleaning of characters) before it looks for markup.
"""

import functools
import json
from dataclasses import dataclass
from typing import Any

import tdjson

TYPES = {
    "bold": "Bold",
    "italic": "Italic",
    "underline": "Underline",
    "strikethrough": "Strikethrough",
    "spoiler": "Spoiler",
    "code": "Code",
    "pre": "Pre",
    "text_link": "TextUrl",
    "text_mention": "MentionName",
    "custom_emoji": "CustomEmoji",
    "blockquote": "BlockQuote",
    "expandable_blockquote": "ExpandableBlockQuote",
}
FOUND_TYPES = {
    "mention": "Mention",
    "hashtag": "Hashtag",
    "cashtag": "Cashtag",
    "bot_command": "BotCommand",
    "url": "Url",
    "email": "EmailAddress",
    "phone_number": "PhoneNumber",
}
_TD_ARGUMENT = {"PreCode": "language", "TextUrl": "url", "MentionName": "user_id", "CustomEmoji": "custom_emoji_id"}
_KIND_OF = {td: kind for kind, td in (TYPES | FOUND_TYPES).items()} | {"PreCode": "pre"}
_PREFIX = "textEntityType"
_MARKDOWN = "*_~`[|"
_PRIVATE_USE = range(0xE000, 0xF8FF)


@dataclass(frozen=True, slots=True)
class Entity:
    """A marked span of a text: offset and length in UTF-16 units, end excluded.

    `argument` is the address, language, user id or custom emoji id; empty where the kind has none.
    """

    kind: str
    offset: int
    length: int
    argument: str = ""

    @property
    def end(self) -> int:
        """Answer the first UTF-16 offset behind the entity."""
        return self.offset + self.length


@dataclass(frozen=True, slots=True)
class FormattedText:
    """A text and its entities, in Telegram's order."""

    text: str
    entities: tuple[Entity, ...] = ()


class ParserError(ValueError):
    """TDLib refuses a text; the message is TDLib's own."""


@functools.cache
def _silence() -> None:
    tdjson.td_execute(b'{"@type":"setLogVerbosityLevel","new_verbosity_level":0}')


def _execute(request: dict[str, Any]) -> dict[str, Any]:
    _silence()
    raw = tdjson.td_execute(json.dumps(request).encode())
    answer: dict[str, Any] = json.loads(raw or b'{"@type":"error","message":"no answer"}')
    if answer["@type"] == "error":
        raise ParserError(answer["message"])
    return answer


def _to_td(entity: Entity) -> dict[str, Any]:
    name = "PreCode" if entity.kind == "pre" and entity.argument else TYPES[entity.kind]
    kind: dict[str, Any] = {"@type": _PREFIX + name}
    if name in _TD_ARGUMENT:
        kind[_TD_ARGUMENT[name]] = entity.argument
    return {"@type": "textEntity", "offset": entity.offset, "length": entity.length, "type": kind}


def _from_td(raw: dict[str, Any]) -> Entity | None:
    name = raw["type"]["@type"].removeprefix(_PREFIX)
    if name not in _KIND_OF:  # bank cards and media timestamps: not part of the Bot API
        return None
    argument = str(raw["type"].get(_TD_ARGUMENT.get(name, ""), ""))
    return Entity(_KIND_OF[name], raw["offset"], raw["length"], argument)


def _entities(raw: list[dict[str, Any]]) -> tuple[Entity, ...]:
    return tuple(entity for entity in map(_from_td, raw) if entity is not None)


def parse(text: str, parse_mode: str) -> FormattedText:
    """Parse HTML, Markdown or MarkdownV2; raise ParserError when TDLib does."""
    modes = {
        "html": {"@type": "textParseModeHTML"},
        "markdown": {"@type": "textParseModeMarkdown", "version": 1},
        "markdownv2": {"@type": "textParseModeMarkdown", "version": 2},
    }
    if parse_mode.lower() not in modes:
        raise ParserError("unsupported parse_mode")
    mode = modes[parse_mode.lower()]
    answer = _execute({"@type": "parseTextEntities", "text": text, "parse_mode": mode})
    return FormattedText(answer["text"], _entities(answer["entities"]))


def normalise(text: str, entities: tuple[Entity, ...] = ()) -> FormattedText:
    """Clean a text and its explicit entities as TDLib does before sending; both ends stay untrimmed."""
    masks = _masks(text)  # markup in the text itself must not be parsed
    formatted = {
        "@type": "formattedText",
        "text": text.translate(masks),
        "entities": [_to_td(entity) for entity in entities],
    }
    answer = _execute({"@type": "parseMarkdown", "text": formatted})
    unmasked = answer["text"].translate({ord(mask): mark for mark, mask in masks.items()})
    return FormattedText(unmasked, _entities(answer["entities"]))


def _masks(text: str) -> dict[int, str]:
    used = set(text)
    free = (chr(code) for code in _PRIVATE_USE if chr(code) not in used)
    return {ord(mark): next(free) for mark in _MARKDOWN}


def find(text: str) -> tuple[Entity, ...]:
    """Find links, mentions, hashtags, commands, addresses and telephone numbers, as Telegram does."""
    return _entities(_execute({"@type": "getTextEntities", "text": text})["entities"])
