"""Calls against the schema of the Bot API, which `aiogram` generates from its documentation.

Strict where Telegram is lenient: an unknown or deprecated parameter, also inside of an object, is
an error here, while Telegram ignores it.
"""

import functools
import inspect
import json
import re
import types
from collections.abc import Mapping
from typing import Annotated, Any, Union, get_args, get_origin

from aiogram import methods as api
from aiogram.client.default import Default
from aiogram.methods.base import TelegramMethod
from aiogram.types import InputFile
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from tests.bot_api.errors import ApiError, bad_request
from tests.bot_api.records import Upload

Method = type[TelegramMethod[Any]]
_ATTACH = "attach://"


@functools.cache
def methods() -> dict[str, Method]:
    """Answer all methods of the Bot API by their name in lower case."""
    return {name.lower(): cls for name in api.__all__ if (cls := _method(name)) is not None}


def _method(name: str) -> Method | None:
    found = getattr(api, name)
    real = inspect.isclass(found) and issubclass(found, TelegramMethod) and found is not TelegramMethod
    return found if real else None


def name_of(method: Method) -> str:
    """Answer the name of a method in Telegram's spelling."""
    return str(method.__api_method__)


def returns_true(method: Method) -> bool:
    """Answer whether success is the bare word true."""
    return getattr(method, "__returning__", None) is bool


def decode(method: Method, raw: Mapping[str, Any]) -> dict[str, Any]:
    """Decode and check the parameters of a call.

    Args:
        method: Schema of the method.
        raw: Strings of a form or a query, values of a JSON body, or `Upload`.

    Raises:
        ApiError: A parameter is unknown, deprecated, missing, or not of its type.
    """
    attached = {name: file for name, file in raw.items() if isinstance(file, Upload)}
    used: set[str] = set()
    params = {}
    for name, value in raw.items():
        if name in method.model_fields:
            params[name] = _decode_field(name, method.model_fields[name], value, attached, used)
    _refuse_strangers(method, raw, used)
    _refuse_missing(method, params)
    return params


def _refuse_strangers(method: Method, raw: Mapping[str, Any], used: set[str]) -> None:
    known = {name for name, field in method.model_fields.items() if not _deprecated(field)}
    if strangers := sorted(raw.keys() - known - used):
        raise bad_request(f"{name_of(method)} has no parameter {', '.join(strangers)}")


def _refuse_missing(method: Method, params: Mapping[str, Any]) -> None:
    required = {name for name, field in method.model_fields.items() if field.is_required()}
    if missing := sorted(required - params.keys()):
        raise bad_request(f"{name_of(method)} lacks the required parameter {', '.join(missing)}")


def _decode_field(name: str, field: FieldInfo, value: Any, attached: Mapping[str, Upload], used: set[str]) -> Any:
    members = _members(field.annotation)
    if InputFile in members and (file := _file(value, attached, used)):
        return file
    if isinstance(value, Upload):
        raise bad_request(f"parameter {name} does not take a file")
    decoded = _from_text(name, value, members) if isinstance(value, str) else value
    _check(name, field.annotation, decoded)
    used.update(_attachments(decoded))
    return decoded


def _file(value: Any, attached: Mapping[str, Upload], used: set[str]) -> Upload | None:
    if isinstance(value, Upload):
        return value
    if not isinstance(value, str) or not value.startswith(_ATTACH):
        return None
    name = value.removeprefix(_ATTACH)
    if name not in attached:
        raise bad_request(f"there is no attached file {name}")
    used.add(name)
    return attached[name]


def _attachments(value: Any) -> set[str]:
    return set(re.findall(r'"attach://([^"]+)"', json.dumps(value)))


def _from_text(name: str, value: str, members: set[Any]) -> Any:
    if int in members and re.fullmatch(r"-?\d+", value):
        return int(value)
    if str in members or any(inspect.isclass(member) and issubclass(member, str) for member in members):
        return value
    if bool in members and value in ("true", "True", "1", "false", "False", "0"):
        return value in ("true", "True", "1")
    try:
        return json.loads(value)
    except ValueError as error:
        raise bad_request(f"can't parse {name}: expected JSON, got {value[:60]!r}") from error


def _members(annotation: Any) -> set[Any]:
    if get_origin(annotation) is Annotated:
        return _members(get_args(annotation)[0])
    if get_origin(annotation) in (Union, types.UnionType):
        return set().union(*(_members(member) for member in get_args(annotation)))
    return {annotation} - {Default, type(None)}


@functools.cache
def _adapter(annotation: Any) -> TypeAdapter[Any]:
    if inspect.isclass(annotation) and issubclass(annotation, BaseModel):
        return TypeAdapter(annotation)
    return TypeAdapter(annotation, config=ConfigDict(arbitrary_types_allowed=True))


def _check(name: str, annotation: Any, value: Any) -> None:
    try:
        # JSON mode, strictly: no number in quotes, but dates and enumerations as JSON writes them.
        valid = _adapter(annotation).validate_json(json.dumps(value), strict=True)
    except ValidationError as error:
        raise _not_of_type(name, error) from error
    for place, stranger in _strangers(valid, name):
        raise bad_request(f"can't parse {name}: {place} has no field {stranger}")


def _not_of_type(name: str, error: ValidationError) -> ApiError:
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    return bad_request(f"can't parse {name}: {place} {first['msg']}".replace("  ", " "))


def _strangers(value: Any, place: str) -> list[tuple[str, str]]:
    if isinstance(value, list):
        return [found for index, item in enumerate(value) for found in _strangers(item, f"{place}[{index}]")]
    if not isinstance(value, BaseModel):
        return []
    fields = type(value).model_fields
    here = [(place, name) for name in value.model_extra or ()]
    here += [(place, name) for name in value.model_fields_set & fields.keys() if _deprecated(fields[name])]
    for name in value.model_fields_set & fields.keys():
        here += _strangers(getattr(value, name), f"{place}.{name}")
    return here


def _deprecated(field: FieldInfo) -> bool:
    extra = field.json_schema_extra
    return isinstance(extra, dict) and bool(extra.get("deprecated"))
