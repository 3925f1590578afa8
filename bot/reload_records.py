"""What is remembered of a reload, and what can be known of the articles that serve."""

import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.tracking import Progress
from db import LoggedReload
from retrieval import Catalog, Outcome, Report


class Origin(StrEnum):
    """Where a reload was asked for."""

    TELEGRAM = "telegram"
    CLI = "cli"
    FOLDER = "folder"
    FEED = "feed"
    START = "start"


@dataclass(frozen=True, slots=True)
class Status:
    """What serves, and what came of the last reloads.

    Attributes:
        catalog: of the version that serves.
        previous: the version that a rollback would bring back, None if there is none.
        refused: the version that was rolled back from, None if there is none.
        progress: of the reload that runs, None if none does.
        latest: the last reloads, the newest first; or why they cannot be told.
    """

    catalog: Catalog
    previous: str | None
    refused: str | None
    progress: Progress | None
    latest: tuple[LoggedReload, ...] | str

    @property
    def since(self) -> dt.datetime | None:
        """When the version that serves began to; None where the last reloads do not tell."""
        if isinstance(self.latest, str):
            return None
        for entry in self.latest:
            if entry.result == "applied":
                same = entry.version_after == self.catalog.version
                return entry.started_at + dt.timedelta(seconds=entry.seconds) if same else None
        return None


def result_of(outcome: Outcome) -> str:
    """One word: applied, unchanged or held."""
    if outcome.applied:
        return "applied"
    return "unchanged" if outcome.report.before == outcome.report.after else "held"


def entry_of_reload(started: dt.datetime, by: str | None, origin: Origin, outcome: Outcome) -> LoggedReload:
    """A reload that came to an end, applied or not."""
    result = result_of(outcome)
    entry = LoggedReload(started, outcome.seconds, origin, "reload", result, failures=outcome.failures, by=by)
    return _with_counts(entry, outcome.report)


def entry_of_rollback(
    started: dt.datetime, seconds: float, by: str | None, origin: Origin, report: Report
) -> LoggedReload:
    """A rollback that was done."""
    return _with_counts(LoggedReload(started, seconds, origin, "rollback", "applied", by=by), report)


def _with_counts(entry: LoggedReload, report: Report) -> LoggedReload:
    return replace(
        entry,
        version_before=report.before,
        version_after=report.after,
        added=len(report.added),
        changed=len(report.changed),
        removed=len(report.removed),
        unchanged=report.unchanged,
        rejected=len(report.rejections),
        rejections=tuple(map(str, report.rejections)),
    )
