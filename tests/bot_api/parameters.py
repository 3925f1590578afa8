"""Reading the parameters of a call out of a request."""

from typing import Any

from aiohttp import web

from tests.bot_api.errors import bad_request
from tests.bot_api.records import Upload


async def read_parameters(request: web.Request) -> dict[str, Any]:
    """Answer the parameters of the query and of the body: a form, a multipart form or a JSON object.

    Raises:
        ApiError: The body is neither of them, or names a parameter twice.
    """
    params: dict[str, Any] = {}
    for name, value in [*request.query.items(), *await _body(request)]:
        if name in params:
            raise bad_request(f"parameter {name} is given twice")
        params[name] = value
    return params


async def _body(request: web.Request) -> list[tuple[str, Any]]:
    if not request.body_exists:
        return []
    if request.content_type == "application/json":
        return await _json(request)
    if request.content_type in ("application/x-www-form-urlencoded", "multipart/form-data"):
        return [(name, _part(value)) for name, value in (await request.post()).items()]
    if await request.read():
        raise bad_request(f"unsupported content type {request.content_type}")
    return []


async def _json(request: web.Request) -> list[tuple[str, Any]]:
    try:
        body = await request.json()
    except ValueError as error:
        raise bad_request("can't parse request JSON object") from error
    if not isinstance(body, dict):
        raise bad_request("expected a JSON object")
    return list(body.items())


def _part(value: Any) -> Any:
    if not isinstance(value, web.FileField):
        return value
    return Upload(value.filename, value.content_type, value.file.read())
