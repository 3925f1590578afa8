"""The Bot API over HTTP on loopback: reading calls, judging them, answering and recording."""

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from tests.bot_api import limits, memberships, profile, queries, schemas, sending
from tests.bot_api.errors import ApiError, conflict, not_simulated
from tests.bot_api.faults import Fault, Faults
from tests.bot_api.parameters import read_parameters
from tests.bot_api.records import Call, Records, SentMessage
from tests.bot_api.state import TelegramState
from tests.bot_api.updates import OTHER_POLLER, WEBHOOK_ACTIVE, UpdateQueue
from tests.bot_api.users import Users
from tests.bot_api.webhook import Delivery, WebhookSender

Play = Callable[[TelegramState, Mapping[str, Any]], Any]

PLAYED: Mapping[str, Play] = {
    "getMe": profile.get_me,
    "logOut": profile.say_true,
    "close": profile.say_true,
    "setWebhook": profile.set_webhook,
    "deleteWebhook": profile.delete_webhook,
    "getWebhookInfo": profile.get_webhook_info,
    "setMyCommands": profile.set_my_commands,
    "getMyCommands": profile.get_my_commands,
    "deleteMyCommands": profile.delete_my_commands,
    "setMyName": profile.set_my_name,
    "getMyName": profile.get_my_name,
    "setMyDescription": profile.set_my_description,
    "getMyDescription": profile.get_my_description,
    "setMyShortDescription": profile.set_my_short_description,
    "getMyShortDescription": profile.get_my_short_description,
    "getChat": profile.get_chat,
    "getChatMember": profile.get_chat_member,
    "getFile": profile.get_file,
    "sendMessage": sending.send_message,
    "sendDocument": sending.send_document,
    "sendPhoto": sending.send_photo,
    "sendChatAction": sending.send_chat_action,
    "editMessageText": sending.edit_message_text,
    "editMessageReplyMarkup": sending.edit_message_reply_markup,
    "deleteMessage": sending.delete_message,
    "setMessageReaction": sending.set_message_reaction,
    "answerCallbackQuery": queries.answer_callback_query,
    "answerInlineQuery": queries.answer_inline_query,
    "answerGuestQuery": queries.answer_guest_query,
    "leaveChat": memberships.leave_chat,
}
_HTML_502 = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"
_WRONG_TOKEN = ApiError(401, "Unauthorized")
_NO_METHOD = ApiError(404, "Not Found")


class BotApiServer(Users, Faults, Records):
    """Telegram's side of the Bot API, strict: what Telegram refuses or drops is an invalid call.

    An async context manager; `start` and `stop` also work one by one, so that a test can take
    Telegram away and bring it back at the same address with everything that it knows.

    Args:
        token: The only token which is not answered by 401.
        bot_username: Name of the bot, without the at sign.
        can_read_all_group_messages: Whether privacy mode is off.
        port: TCP port on 127.0.0.1; 0 takes a free one at the first start.
        longest_poll: Cap on long polls in seconds.
        keep: How many calls, and messages of a chat, are remembered at least (1 or more); None for all. Without
            forgetting, the server grows by every message.
        local: Whether webhooks may have any address, http ones included, as with `telegram-bot-api --local`.
        webhook_unit: Seconds that stand for one between two attempts to reach a webhook.

    Attributes:
        url: Address such as "http://127.0.0.1:12345"; base_url of a bot is url + "/bot".
        updates: The queue behind getUpdates; `updates.pending` are the unconfirmed ones.
        state: Chats, users, commands and files.
        webhook: Sends updates to the webhook, where one is set.
    """

    def __init__(
        self,
        token: str = "42:TEST-token",  # noqa: S107 -- made up for tests
        *,
        bot_username: str = "verbatim_bot",
        can_read_all_group_messages: bool = False,
        port: int = 0,
        longest_poll: float = 2.0,
        keep: int | None = None,
        local: bool = False,
        webhook_unit: float = 1.0,
    ) -> None:
        self.token = token
        self.state = TelegramState(
            bot_username, longest_poll, can_read_all_group_messages=can_read_all_group_messages, keep=keep, local=local
        )
        self.webhook = WebhookSender(self.state, webhook_unit)
        self.webhook.on_delivery = self._delivered
        Users.__init__(self, self.state)
        Faults.__init__(self)
        Records.__init__(self, keep)
        self._port = port
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        """Answer the address of the server; it has none before the first start."""
        if not self._port:
            raise RuntimeError("the server has not been started: use `async with` or `await start()`")
        return f"http://127.0.0.1:{self._port}"

    @property
    def updates(self) -> UpdateQueue:
        """Answer the queue behind getUpdates."""
        return self.state.updates

    @property
    def conflict(self) -> bool:
        """Answer whether every getUpdates is answered by 409."""
        return self.updates.conflict

    @conflict.setter
    def conflict(self, on: bool) -> None:
        self.updates.conflict = on
        if on:
            self.updates.end_poll(OTHER_POLLER)

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def start(self) -> None:
        """Listen; after `stop`, at the same port as before."""
        # Room for a file above the limit, so that it is refused in Telegram's words.
        app = web.Application(client_max_size=limits.DOCUMENT_BYTES + 4 * 1024 * 1024)
        app.router.add_get("/file/bot{token}/{path:.+}", self._download)
        app.router.add_route("*", "/bot{token}/{method}", self._answer)
        # No access log: it would write the token.
        self._runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port, reuse_address=True).start()
        self._port = self._runner.addresses[0][1]
        await self.webhook.start()

    async def stop(self) -> None:
        """Close all connections and stop listening; what is known is kept."""
        self.updates.end_poll()
        await self.webhook.stop()
        runner, self._runner = self._runner, None
        if runner is not None:
            await runner.cleanup()
            await asyncio.sleep(0)  # transports close one turn of the loop later

    def messages(self, chat_id: int) -> list[SentMessage]:
        """Answer what the bot has sent to a chat, oldest first, without what it has deleted."""
        chat = self.state.chats.get(chat_id)
        return [sent for sent in chat.sent.values() if not sent.deleted] if chat else []

    async def wait_for_messages(self, chat_id: int, count: int, timeout: float = 20.0) -> list[SentMessage]:  # noqa: ASYNC109
        """Answer the messages of a chat as soon as there are `count` of them.

        Raises:
            TimeoutError: There were fewer in the end; the message tells the last calls.
        """
        what = f"{count} messages in chat {chat_id}"
        await self.wait_until(lambda: len(self.messages(chat_id)) >= count, timeout, what)
        return self.messages(chat_id)

    async def wait_for_poll(self, timeout: float = 20.0) -> None:  # noqa: ASYNC109
        """Wait until the bot has called getUpdates at least once, answered or not."""
        await self.wait_until(lambda: self.updates.polls > 0, timeout, "getUpdates")

    def _delivered(self, delivery: Delivery, reply: str) -> None:
        """Telegram would carry out a method that an answer names; this server cannot, so none may be named."""
        if reply:
            error = "an answer to a webhook must be empty here"
            self._record(Call("webhook", {"reply": reply}, time.monotonic(), delivery.status, error), invalid=True)
        if self._keep is not None:
            del self.webhook.deliveries[: -self._keep]
        self._wake()

    async def _download(self, request: web.Request) -> web.Response:
        if request.match_info["token"] != self.token:
            return web.json_response(_WRONG_TOKEN.as_json(), status=401)
        wanted = [file for file in self.state.files.values() if file.path == request.match_info["path"]]
        if not wanted:
            return web.json_response(_NO_METHOD.as_json(), status=404)
        return web.Response(body=wanted[0].content, content_type="application/octet-stream")

    async def _answer(self, request: web.Request) -> web.Response:
        at = time.monotonic()
        name, params = request.match_info["method"], {}
        try:
            method = self._method(request)
            name = schemas.name_of(method)
            params = await read_parameters(request)
            params = schemas.decode(method, params)
        except ApiError as error:
            return self._respond(Call(name, params, at, error.status, error.description), error)
        fault = self._take_fault(name, params)
        if fault is None:
            return await self._play(method, Call(name, params, at, 200))
        return await self._play_fault(fault, method, Call(name, params, at, 200), request)

    def _method(self, request: web.Request) -> schemas.Method:
        if request.match_info["token"] != self.token:
            raise _WRONG_TOKEN
        method = schemas.methods().get(request.match_info["method"].lower())
        if method is None:
            raise _NO_METHOD
        return method

    async def _play(self, method: schemas.Method, call: Call) -> web.Response:
        try:
            result = await self._result(method, call.params)
        except ApiError as error:
            return self._respond(replace(call, status=error.status, error=error.description), error)
        self._record(call, invalid=False)
        return web.json_response({"ok": True, "result": result})

    async def _play_fault(self, fault: Fault, method: schemas.Method, call: Call, request: web.Request) -> web.Response:
        call = replace(call, fault=fault.kind)
        if fault.error is not None:
            return self._respond(replace(call, status=fault.error.status, error=fault.error.description), fault.error)
        if fault.kind == "drop":
            call = replace(call, status=0)
        if fault.processed:
            answer = await self._play(method, call)
        else:
            self._record(call, invalid=False)
            answer = web.Response(status=500)
        await asyncio.sleep(fault.seconds)
        if fault.kind == "drop" and request.transport is not None:
            request.transport.abort()
        if fault.kind == "garbage":
            return web.Response(text='{"ok": true, "result": {"mess', content_type="application/json")
        return answer

    async def _result(self, method: schemas.Method, params: dict[str, Any]) -> Any:
        name = schemas.name_of(method)
        if name == "getUpdates":
            self.updates.polls += 1
            self._wake()
            if self.state.webhook:
                raise conflict(WEBHOOK_ACTIVE)
            return await self.updates.get(**params)
        if name in PLAYED:
            return PLAYED[name](self.state, params)
        if schemas.returns_true(method):
            return True
        raise not_simulated(name)

    def _respond(self, call: Call, error: ApiError) -> web.Response:
        self._record(call, invalid=error.fault_of_bot)
        if error.status == 502:
            return web.Response(status=502, text=_HTML_502, content_type="text/html")
        return web.json_response(error.as_json(), status=error.status)
