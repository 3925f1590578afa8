"""How do updates lie in their table? All of this runs inside the transaction of a connection.

A statement is built once and takes any number of values in one parameter: it is compiled and prepared once.
"""

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from itertools import compress
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    Boolean,
    Connection,
    bindparam,
    case,
    delete,
    func,
    insert,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.orm import Session

from db.question_rows import insert_questions
from db.records import Arrival, Closing, InboxDepth, OpenUpdate
from db.tables import InboxRow, WorkerRow

KEPT: Final = dt.timedelta(days=7)
"""How much longer than others those are kept that were kept aside."""
_PRUNED_AT_ONCE: Final = 2_000  # rows; a longer transaction keeps others waiting

_OPEN: Final = InboxRow.closed_at.is_(None)
_THESE: Final = select(func.json_each(bindparam("these")).table_valued("value").c.value)
_UNDELIVERED: Final = select(func.json_each(bindparam("undelivered")).table_valued("value").c.value)
_OWNER: Final[BindParameter[str]] = bindparam("me")
_OURS: Final = _OPEN & (InboxRow.owner == _OWNER)

_KNOWN: Final = select(InboxRow.update_id).where(InboxRow.update_id.in_(_THESE))
_STILL_OPEN: Final = select(InboxRow.id).where(InboxRow.id.in_(_THESE), _OPEN)
_FOREIGN_LANES: Final = select(InboxRow.lane).where(
    InboxRow.lane.in_(_THESE), _OPEN, or_(InboxRow.owner.is_distinct_from(_OWNER), InboxRow.id.in_(_UNDELIVERED))
)
_LAST_ID: Final = text("SELECT seq FROM sqlite_sequence WHERE name = 'inbox'")
_INSERT: Final = insert(InboxRow)

_HELD: Final = InboxRow.owner.in_(select(WorkerRow.name)) & InboxRow.id.not_in(_UNDELIVERED)
_HELD_LANES: Final = select(InboxRow.lane).where(_OPEN, _HELD, InboxRow.owner != _OWNER, InboxRow.lane.is_not(None))
_FREE: Final = (
    select(
        InboxRow.id,
        InboxRow.update_id,
        func.coalesce(InboxRow.body, ""),
        InboxRow.lane,
        InboxRow.received_at,
        InboxRow.attempts,
    )
    .where(_OPEN, or_(InboxRow.owner.is_(None), ~_HELD))
    .where(or_(InboxRow.lane.is_(None), InboxRow.lane.not_in(_HELD_LANES)))
    .order_by(InboxRow.id)
)
_TAKE: Final = update(InboxRow).where(InboxRow.id.in_(_THESE)).values(owner=_OWNER)
_BEGUN: Final = select(func.json_each(bindparam("begun")).table_valued("value").c.value)
_FEWER: Final = case((InboxRow.id.in_(_BEGUN), func.max(InboxRow.attempts - 1, 0)), else_=InboxRow.attempts)
_RELEASE: Final = update(InboxRow).where(InboxRow.id.in_(_THESE), _OURS).values(owner=None, attempts=_FEWER)
_BEGIN: Final = update(InboxRow).where(InboxRow.id == bindparam("number"), _OURS).values(attempts=InboxRow.attempts + 1)
_ATTEMPTS: Final = select(InboxRow.attempts).where(InboxRow.id == bindparam("number"), _OURS)
_CLOSE: Final = (
    update(InboxRow)
    .where(InboxRow.id == bindparam("number"))
    .values(
        lane=None,  # it may be a person's number
        owner=None,
        closed_at=bindparam("now"),
        outcome=bindparam("what"),
        error=bindparam("why"),
        body=case((bindparam("kept", type_=Boolean), InboxRow.body)),
    )
)


def known(connection: Connection, arrivals: Sequence[Arrival]) -> set[int]:
    """Those of the arrivals' update_ids that arrived before."""
    return set(connection.scalars(_KNOWN, {"these": _list(arrival.update_id for arrival in arrivals)}))


def foreign_lanes(
    connection: Connection, arrivals: Sequence[Arrival], owner: str, undelivered: Iterable[int]
) -> set[str | None]:
    """Those of the arrivals' lanes in which updates are open that the owner does not hold, or that are undelivered."""
    lanes = {arrival.lane for arrival in arrivals if arrival.lane is not None}
    values = {"these": _list(lanes), "me": owner, "undelivered": _list(undelivered)}
    return set(connection.scalars(_FOREIGN_LANES, values)) if lanes else set()


def last_id(connection: Connection) -> int:
    """The largest id that was ever given; its row may have gone since."""
    return connection.scalar(_LAST_ID) or 0


def insert_open(connection: Connection, new: list[tuple[OpenUpdate, str | None]]) -> None:
    """Write open updates, each with its owner."""
    if new:
        connection.execute(_INSERT, [_row(each, owner) for each, owner in new])


def take_free(connection: Connection, owner: str, undelivered: Iterable[int]) -> list[OpenUpdate]:
    """Give the owner what no living worker holds, in lanes where no other one holds any; oldest first.

    Args:
        connection: in a transaction that writes.
        owner: who takes it.
        undelivered: ids that nobody holds, whatever their rows say.
    """
    free = connection.execute(_FREE, {"me": owner, "undelivered": _list(undelivered)})
    taken = [OpenUpdate(*row) for row in free]
    if taken:
        connection.execute(_TAKE, {"me": owner, "these": _list(each.id for each in taken)})
    return taken


def begin(connection: Connection, owner: str, number: int) -> int:
    """Count an attempt; how many there were, 0 where the update is not open or not the owner's."""
    ours = {"me": owner, "number": number}
    connection.execute(_BEGIN, ours)
    return connection.scalar(_ATTEMPTS, ours) or 0


def release(connection: Connection, owner: str, numbers: Iterable[int], begun: Iterable[int]) -> None:
    """Take from the owner those of the updates that are open and its own; of those begun, uncount an attempt."""
    connection.execute(_RELEASE, {"me": owner, "these": _list(numbers), "begun": _list(begun)})


def close(connection: Connection, closings: list[Closing]) -> list[bool]:
    """Close those that are open, and log their questions; which were."""
    still_open = set(connection.scalars(_STILL_OPEN, {"these": _list(closing.id for closing in closings)}))
    first = {closing.id: number for number, closing in reversed(list(enumerate(closings)))}
    written = [closing.id in still_open and first[closing.id] == number for number, closing in enumerate(closings)]
    ours = list(compress(closings, written))
    now = dt.datetime.now(dt.UTC)
    if ours:
        rows = [{"number": c.id, "now": now, "what": c.outcome, "why": c.error, "kept": c.keep} for c in ours]
        connection.execute(_CLOSE, rows)
        insert_questions(connection, [closing.question for closing in ours if closing.question])
    return written


def prune(connection: Connection, befores: list[dt.datetime]) -> list[int]:
    """Remove some of what was closed earlier, a week later what was kept aside; how many, 0 when none is left."""
    before = max(befores)
    old = or_(InboxRow.closed_at < before - KEPT, (InboxRow.closed_at < before) & InboxRow.body.is_(None))
    some = select(InboxRow.id).where(InboxRow.closed_at.is_not(None), old).limit(_PRUNED_AT_ONCE)
    removed = connection.execute(delete(InboxRow).where(InboxRow.id.in_(some))).rowcount
    return [removed] + [0] * (len(befores) - 1)


def depth(session: Session) -> InboxDepth:
    """How many are open, since when, and how many were kept aside."""
    waiting, oldest = session.execute(select(func.count(), func.min(InboxRow.received_at)).where(_OPEN)).one()
    aside = select(func.count()).select_from(InboxRow).where(~_OPEN, InboxRow.body.is_not(None))
    return InboxDepth(waiting, oldest, session.scalar(aside) or 0)


def _row(new: OpenUpdate, owner: str | None) -> dict[str, Any]:
    return {
        "id": new.id,
        "update_id": new.update_id,
        "lane": new.lane,
        "body": new.body,
        "received_at": new.received_at,
        "owner": owner,
        "attempts": 0,
    }


def _list(values: Iterable[int | str]) -> str:
    return json.dumps(list(values))
