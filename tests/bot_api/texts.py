"""What Telegram accepts as the text of a message, and what it keeps of it.

TDLib judges (see `td`): markup, offsets beyond the text or inside a surrogate pair, addresses of
links, cleaning of characters and the final list of entities. Rules of this module, because TDLib
repairs or the server drops silently: lengths and counts, empty and overlapping entities, a quote in
a quote, addresses without http, https or tg, and a comparison of what was sent with what is kept.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.bot_api import limits, td
from tests.bot_api.errors import ApiError, bad_request, dropped, not_simulated
from tests.bot_api.td import Entity, FormattedText

SPLITTABLE = frozenset({"bold", "italic", "underline", "strikethrough", "spoiler"})
QUOTES = frozenset({"blockquote", "expandable_blockquote"})
_LINKS = frozenset({"text_link", "text_mention"})
_REMOVED_MARKS = "\u030a\u0333\u033f"
_ARGUMENTS = {"text_link": "url", "pre": "language", "custom_emoji": "custom_emoji_id"}


def utf16_length(text: str) -> int:
    """Answer the length of a text in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def utf16_slice(text: str, offset: int, length: int) -> str:
    """Answer the span of a text which begins at a UTF-16 offset and has a length in UTF-16 units.

    Raises:
        UnicodeDecodeError: The span cuts a surrogate pair.
    """
    return text.encode("utf-16-le")[2 * offset : 2 * (offset + length)].decode("utf-16-le")


def accept(
    text: str,
    parse_mode: str | None = None,
    entities: Sequence[Mapping[str, Any]] | None = None,
    *,
    known_users: Collection[int] = (),
    longest: int = limits.MESSAGE_TEXT,
    subject: str = "message",
) -> FormattedText:
    """Answer a text as Telegram keeps it: parsed, cleaned, trimmed, links and mentions found.

    Args:
        text: Raw text of the call.
        parse_mode: HTML, Markdown or MarkdownV2; excludes `entities`.
        entities: Decoded `MessageEntity` objects.
        known_users: Users whom a text_mention may name.
        longest: Limit in code points after parsing.
        subject: "message", or "message caption", which may be empty.

    Raises:
        ApiError: A rule is broken, even where Telegram would only drop an entity.
    """
    _check_raw(text)
    if parse_mode and entities:
        raise dropped("entities given together with parse_mode")
    meant = _parse(text, parse_mode) if parse_mode else _explicit(text, entities or ())
    for check in (_check_counts, _check_spans, _check_nesting, _check_links):
        check(meant)
    kept = _keep(meant)
    if not kept.text and subject == "message":
        raise bad_request("message text is empty")
    if len(kept.text) > longest:
        raise bad_request(f"{subject} is too long")
    _check_users(kept, known_users)
    return FormattedText(kept.text, _with_found(kept))


def as_json(formatted: FormattedText, users: Mapping[int, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Answer the entities as the Bot API writes them."""
    return [_entity_json(entity, users) for entity in formatted.entities]


def _entity_json(entity: Entity, users: Mapping[int, Mapping[str, Any]]) -> dict[str, Any]:
    raw: dict[str, Any] = {"type": entity.kind, "offset": entity.offset, "length": entity.length}
    if entity.kind == "text_mention":
        raw["user"] = dict(users[int(entity.argument)])
    elif entity.argument:
        raw[_ARGUMENTS[entity.kind]] = entity.argument
    return raw


def _check_raw(text: str) -> None:
    try:
        size = len(text.encode())
    except UnicodeEncodeError as error:
        raise bad_request("strings must be encoded in UTF-8") from error
    if size > limits.RAW_TEXT_BYTES:
        raise bad_request("text is too long")


def _parse(text: str, parse_mode: str) -> FormattedText:
    try:
        return td.parse(text, parse_mode)
    except td.ParserError as error:
        raise _bad_text(error) from error


def _bad_text(error: td.ParserError) -> ApiError:
    message = str(error)
    return bad_request(message[:1].lower() + message[1:])


def _explicit(text: str, raw: Sequence[Mapping[str, Any]]) -> FormattedText:
    found = [entity for entity in raw if entity["type"] in td.FOUND_TYPES]
    if found:
        _check_found(text, found)
    given = (_entity(entity) for entity in raw if entity["type"] not in td.FOUND_TYPES)
    return FormattedText(text, tuple(given))


def _check_found(text: str, given: Sequence[Mapping[str, Any]]) -> None:
    # Telegram ignores entities of these types and finds them in the text itself.
    present = {(entity.kind, entity.offset, entity.length) for entity in td.find(text)}
    for entity in given:
        if (entity["type"], entity["offset"], entity["length"]) not in present:
            raise dropped(f"{entity['type']} at {entity['offset']}, where the text holds none")


def _entity(raw: Mapping[str, Any]) -> Entity:
    kind = raw["type"]
    if kind == "date_time":
        raise not_simulated("entity type date_time")
    if kind not in td.TYPES:
        raise dropped(f"unknown entity type {kind!r}")
    argument = (raw.get("user") or {}).get("id", "") if kind == "text_mention" else raw.get(_ARGUMENTS.get(kind, ""))
    if kind != "pre" and kind in _ARGUMENTS.keys() | {"text_mention"} and not argument:
        raise bad_request(f"can't parse MessageEntity: {kind} lacks its argument")
    return Entity(kind, raw["offset"], raw["length"], str(argument or ""))


def _check_counts(meant: FormattedText) -> None:
    if len(meant.entities) > limits.ENTITIES:
        raise dropped(f"{len(meant.entities)} entities, more than {limits.ENTITIES}")
    size = sum(limits.ENTITY_HEAD + len(entity.argument) for entity in meant.entities)
    if size > limits.ENTITIES_SIZE:
        raise bad_request("ENTITIES_TOO_LONG")


def _check_spans(meant: FormattedText) -> None:
    for entity in meant.entities:
        if entity.length <= 0:
            raise dropped(f"{entity.kind} at {entity.offset} of length {entity.length}")
    try:
        td.normalise(meant.text, meant.entities)
    except td.ParserError as error:
        raise _bad_text(error) from error
    for entity in meant.entities:
        if not utf16_slice(meant.text, entity.offset, entity.length).strip():
            raise dropped(f"{entity.kind} at {entity.offset} covers white space only")


def _check_nesting(meant: FormattedText) -> None:
    ordered = sorted(meant.entities, key=lambda entity: (entity.offset, -entity.length))
    for index, outer in enumerate(ordered):
        for inner in ordered[index + 1 :]:
            if inner.offset >= outer.end:
                break
            if inner.end > outer.end:
                raise dropped(f"{outer.kind} at {outer.offset} and {inner.kind} at {inner.offset} partly overlap")
            if outer.kind in QUOTES and inner.kind in QUOTES:
                raise dropped(f"{inner.kind} at {inner.offset} inside of a blockquote")


def _check_links(meant: FormattedText) -> None:
    for entity in meant.entities:
        if entity.kind == "text_link" and not has_scheme(entity.argument):
            raise bad_request(f"entity URL '{entity.argument}' is invalid: Unsupported URL protocol")
        if entity.kind == "text_link":
            _check_start(entity.argument)


def has_scheme(url: str) -> bool:
    """Answer whether an address names http, https or tg; TDLib would put http before a bare host."""
    return url.lower().startswith(("http://", "https://", "tg://"))


def check_url(url: str, subject: str) -> None:
    """Refuse an address which Telegram does not take as a link."""
    try:
        td.normalise("x", (Entity("text_link", 0, 1, url),))
    except td.ParserError as error:
        raise bad_request(f"{subject} {str(error).removeprefix('Entity ')}") from error
    if not has_scheme(url):
        raise bad_request(f"{subject} URL '{url}' is invalid: Unsupported URL protocol")
    _check_start(url)


def _check_start(url: str) -> None:
    """Refuse a deep link into a bot whose parameter Telegram would not hand over."""
    parts = urlsplit(url)
    if parts.hostname not in {"t.me", "telegram.me"}:
        return
    start = parse_qs(parts.query, keep_blank_values=True).get("start")
    if start is not None and not re.fullmatch(rf"[\w-]{{1,{limits.START_PARAMETER}}}", start[0], re.ASCII):
        raise dropped(f"the start parameter {start[0]!r} of a link")


def _keep(meant: FormattedText) -> FormattedText:
    normal = td.normalise(meant.text, meant.entities)
    kept = _trim(normal)
    if _continuous(meant) != _continuous(kept) or _covered(meant) != _covered(kept):
        lost = (_continuous(meant) - _continuous(kept)) or _covered(meant)
        raise dropped(f"entities which cannot stand together: {lost}")
    return kept


def _trim(formatted: FormattedText) -> FormattedText:
    # As TDLib's fix_formatted_text: the end first, then the beginning up to the first entity.
    text = formatted.text.rstrip(" \n")
    end = utf16_length(text)
    inside = [entity for entity in formatted.entities if entity.offset < end]
    first = min([end, *(entity.offset for entity in inside)])
    lead = min(len(text) - len(text.lstrip(" \n")), first)
    entities = (
        Entity(entity.kind, entity.offset - lead, min(entity.end, end) - entity.offset, entity.argument)
        for entity in inside
    )
    return FormattedText(text[lead:], tuple(entities))


def _continuous(formatted: FormattedText) -> Counter[tuple[str, str]]:
    return Counter(
        ("link" if entity.kind in _LINKS else entity.kind, _visible(formatted.text, entity.offset, entity.end))
        for entity in formatted.entities
        if entity.kind not in SPLITTABLE
    )


def _covered(formatted: FormattedText) -> dict[str, str]:
    # TDLib splits and joins bold, italic and the like: compare the characters, not the entities.
    kinds = {entity.kind for entity in formatted.entities} & SPLITTABLE
    return {kind: _covered_by(formatted, kind) for kind in sorted(kinds)}


def _covered_by(formatted: FormattedText, kind: str) -> str:
    spans = sorted((entity.offset, entity.end) for entity in formatted.entities if entity.kind == kind)
    pieces, reached = [], 0
    for begin, end in spans:
        pieces.append(_visible(formatted.text, max(begin, reached), max(end, reached)))
        reached = max(end, reached)
    return "".join(pieces)


def _visible(text: str, begin: int, end: int) -> str:
    # Telegram removes or replaces white space, controls and a few marks; the rest must survive.
    span = utf16_slice(text, begin, end - begin)
    return "".join(
        c for c in span if not c.isspace() and unicodedata.category(c) not in {"Cc", "Cf"} and c not in _REMOVED_MARKS
    )


def _check_users(kept: FormattedText, known_users: Collection[int]) -> None:
    for entity in kept.entities:
        if entity.kind == "text_mention" and int(entity.argument) not in known_users:
            raise dropped(f"text_mention of user {entity.argument}, who is unknown to the bot")


def _with_found(kept: FormattedText) -> tuple[Entity, ...]:
    solid = [entity for entity in kept.entities if entity.kind not in SPLITTABLE | QUOTES]
    found = [
        entity
        for entity in td.find(kept.text)
        if not any(entity.offset < other.end and other.offset < entity.end for other in solid)
    ]
    return tuple(sorted([*kept.entities, *found], key=lambda entity: (entity.offset, -entity.length)))
