"""Which questions were handed over, answered and logged, how often, and by which life of the bot?"""

import re
import sqlite3
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from tests.bot_api.records import Call

_NUMBER: Final = re.compile(r"\bn(\d{3})\b\W+(?:or\W+)?\bk(\d{3})\b")
_REFUSED: Final = 400
_TOO_MANY: Final = 429
_DELIVERED: Final = (0, 200)  # a dropped connection counts as well, if the call took effect


def question_text(number: int) -> str:
    """A cheap question that is asked once, at most a million of them.

    Its answer names the words that no article contains: the number, in two halves, so that there are few such words.
    """
    return f"Who is Galuzin? n{number // 1000:03} k{number % 1000:03}"


def number_in(text: str) -> int | None:
    """Which question a text is, or answers; None for any other text."""
    found = _NUMBER.search(text)
    return int(found[1] + found[2]) if found else None


@dataclass(slots=True)
class Asked:
    """A question.

    Attributes:
        chat_id: where it was asked.
        handed: how often the server gave it to the bot.
        answered_by: the lives of the bot that answered, in order; empty while nobody has.
        answered_at: when the first answer came.
        failed: whether the server failed at its answer or refused it, so that there will be none.
    """

    chat_id: int
    handed: int = 0
    answered_by: list[int] = field(default_factory=list)
    answered_at: float = 0.0
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Account:
    """What became of the questions; `wrong` says in words what must not be, and is empty where all is well.

    Attributes:
        failed: questions without an answer because the server failed at it or refused it; the others are `lost`.
        doubled: questions with more than one answer; `doubled_within` of them by one and the same life of the bot.
        longest_gap: seconds at most between the first answer to one of them and the death of who gave it.
        unlogged: answered questions without a row in the log; `logged_twice` those with more than one.
        disordered: first answers that came after the answer to a later question of the same chat.
        waiting: updates that stand open in the inbox.
        damage: what SQLite finds wrong with the file; "ok" for nothing.
    """

    asked: int
    handed: int
    failed: int
    lost: int
    doubled: int
    doubled_within: int
    longest_gap: float
    unlogged: int
    logged_twice: int
    disordered: int
    waiting: int
    damage: str
    invalid_calls: int

    @property
    def wrong(self) -> list[str]:
        """What must not be, in words."""
        faults = {
            "not answered": self.lost,
            "answered twice though nothing died in between": self.doubled_within,
            "answered but not logged": self.unlogged,
            "logged twice": self.logged_twice,
            "answered out of order": self.disordered,
            "still open in the inbox": self.waiting,
            "calls that Telegram refuses": self.invalid_calls,
        }
        said = [f"{count} {what}" for what, count in faults.items() if count]
        return said if self.damage == "ok" else [*said, f"the database: {self.damage}"]

    def lines(self) -> list[str]:
        """A table for people."""
        return [
            f"{name:<40}{value:>10}"
            for name, value in {
                "questions asked": self.asked,
                "handed over to the bot": self.handed,
                "answer refused by the server": self.failed,
                "lost (no answer)": self.lost,
                "answered twice": self.doubled,
                "  of these without a death between": self.doubled_within,
                "  seconds from answer to death at most": f"{self.longest_gap:.3f}",
                "answered but not logged": self.unlogged,
                "logged more than once": self.logged_twice,
                "answered out of order in their chat": self.disordered,
                "open in the inbox at the end": self.waiting,
                "calls that Telegram refuses": self.invalid_calls,
                "SQLite's integrity check": self.damage,
            }.items()
        ]


class Ledger:
    """Keeps account while the bot lives and dies.

    Attributes:
        life: which life of the bot is the present one; whoever starts the bot counts it up.
        open: how many questions have no answer yet.
        calls: how often each life has called the server.
        died_at: when each life that was ended by a signal was, by the monotonic clock.
    """

    def __init__(self) -> None:
        self.life = 0
        self.open = 0
        self.calls: Counter[int] = Counter()
        self.disordered = 0
        self.died_at: dict[int, float] = {}
        self._asked: dict[int, Asked] = {}
        self._newest_answer: Counter[int] = Counter()

    def ask(self, chat_id: int) -> str:
        """A new question for a chat."""
        number = len(self._asked) + 1
        self._asked[number] = Asked(chat_id)
        self.open += 1
        return question_text(number)

    def on_handed(self, update: Mapping[str, Any]) -> None:
        """The server has given an update to the bot."""
        asked = self._find(update.get("message", {}).get("text", ""))
        if asked:
            asked.handed += 1

    def on_call(self, call: Call) -> None:
        """The bot has called; messages that arrived are answers."""
        self.calls[self.life] += 1
        number = number_in(call.params["text"]) if call.method == "sendMessage" and "text" in call.params else None
        asked = self._asked.get(number or 0)
        if asked is None or number is None or asked.chat_id != call.params["chat_id"]:
            return
        settled = bool(asked.answered_by) or asked.failed
        if call.status in _DELIVERED and call.error is None:
            asked.answered_at = asked.answered_at or call.at
            if not asked.answered_by:
                self._keep_order(asked.chat_id, number)
            asked.answered_by.append(self.life)
        elif call.status >= _REFUSED and call.status != _TOO_MANY:
            asked.failed = True
        self.open -= not settled and (bool(asked.answered_by) or asked.failed)

    def _keep_order(self, chat_id: int, number: int) -> None:
        self.disordered += number < self._newest_answer[chat_id]
        self._newest_answer[chat_id] = max(number, self._newest_answer[chat_id])

    def unanswered(self) -> list[str]:
        """The questions that have no answer."""
        return [question_text(number) for number, asked in self._asked.items() if not asked.answered_by]

    def account(self, database: Path, invalid_calls: int) -> Account:
        """What became of everything, by the server's records and by the file that the bot leaves."""
        logged, waiting, damage = _read(database)
        asked = self._asked
        twice = [each for each in asked.values() if len(each.answered_by) > 1]
        gaps = [self.died_at.get(each.answered_by[0], each.answered_at) - each.answered_at for each in twice]
        return Account(
            asked=len(asked),
            handed=sum(each.handed > 0 for each in asked.values()),
            failed=sum(each.failed and not each.answered_by for each in asked.values()),
            lost=sum(not each.answered_by and not each.failed for each in asked.values()),
            doubled=len(twice),
            doubled_within=sum(len(set(each.answered_by)) < len(each.answered_by) for each in twice),
            longest_gap=max(gaps, default=0.0),
            unlogged=sum(
                bool(each.answered_by or each.failed) and not logged[number] for number, each in asked.items()
            ),
            logged_twice=sum(count > 1 for count in logged.values()),
            disordered=self.disordered,
            waiting=waiting,
            damage=damage,
            invalid_calls=invalid_calls,
        )

    def _find(self, text: str) -> Asked | None:
        number = number_in(text)
        return None if number is None else self._asked.get(number)


def _read(database: Path) -> tuple[Counter[int], int, str]:
    """How often each question is logged, how many updates stand open, and whether the file is whole."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        texts = connection.execute("select text from question").fetchall()
        has_inbox = connection.execute("select count(*) from sqlite_master where name = 'inbox'").fetchone()[0]
        waiting = has_inbox and connection.execute("select count(*) from inbox where closed_at is null").fetchone()[0]
        damage = connection.execute("pragma integrity_check").fetchone()[0]
    return Counter(number for (text,) in texts if (number := number_in(text)) is not None), int(waiting), damage
