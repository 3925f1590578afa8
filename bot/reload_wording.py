"""What is said of a reload, in words that do not depend on where they are read."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from bot.reload_records import Status, result_of
from bot.speech import ENGLISH
from bot.wording import printable
from db import LoggedReload
from retrieval import Outcome, Rejection, Report

if TYPE_CHECKING:
    from bot.gathering.pages import Preview  # it takes longer to load than an answer

_NAMED: Final = 5
_HASH_CHARACTERS: Final = 8
_LINE_CHARACTERS: Final = 300
GATE_WAY_OUT: Final = "`python -m bot corpus check` shows the report, `corpus reload --accept VERSION` loads it anyway."


def headline(outcome: Outcome) -> str:
    """What came of a reload, in one sentence."""
    report = outcome.report
    match result_of(outcome):
        case "applied":
            return f"Version {report.after} serves now" + (f", after {report.before}." if report.before else ".")
        case "unchanged":
            return f"Nothing has changed: version {report.before} serves."
        case _:
            serves = f"version {report.before} still serves" if report.before else "nothing serves yet"
            return f"Version {report.after} was not let through; {serves}."


def report_lines(report: Report) -> list[str]:
    """What a reload changes, a line each: articles by name as far as there are few, and what was not taken."""
    counts = f"{len(report.added)} added, {len(report.changed)} changed, {len(report.removed)} removed"
    lines = [f"{counts}, {report.unchanged} unchanged, {len(report.rejections)} rejected."]
    lines.append(f"Paragraphs: {report.paragraphs_before} → {report.paragraphs}.")
    for word, paths in (("added", report.added), ("changed", report.changed), ("removed", report.removed)):
        lines += _named(word, paths)
    return lines + rejection_lines(report.rejections)


def rejection_lines(rejections: Sequence[Rejection]) -> list[str]:
    """The first of what was not taken, with file, line and reason, and how many more there are."""
    return _named("rejected", [str(rejection) for rejection in rejections])


def outcome_lines(outcome: Outcome) -> list[str]:
    """All that is said of a reload: what came of it, which gates it did not pass, and what it changes."""
    lines = [headline(outcome), *(f"• {printable(failure)}" for failure in outcome.failures)]
    if result_of(outcome) == "unchanged":
        lines += rejection_lines(outcome.report.rejections)
    else:
        lines += report_lines(outcome.report)
    return [*lines, f"It took {outcome.seconds:.1f} s."]


def rolled_back(report: Report) -> str:
    """What came of a rollback, in one sentence."""
    return f"Version {report.after} serves again, after {report.before}."


def status_lines(status: Status) -> list[str]:
    """What serves, and what came of the last reloads."""
    catalog = status.catalog
    since = f", since {status.since:%Y-%m-%d %H:%M} UTC" if status.since else ""
    lines = [f"Version {catalog.version}{since}."]
    lines.append(
        f"{catalog.article_count} articles, {catalog.paragraph_count} paragraphs, {len(catalog.rejections)} rejected; "
        f"languages: {', '.join(catalog.languages)}."
    )
    lines += rejection_lines(catalog.rejections)
    if status.previous:
        lines.append(f"Before it: version {status.previous}; /rollback brings it back.")
    if status.refused:
        lines.append(f"Version {status.refused} was rolled back from; only /reload brings it back.")
    if status.progress:
        lines.append(f"A reload is running: {status.progress}.")
    if isinstance(status.latest, str):
        return [*lines, f"The last reloads cannot be told: {status.latest}"]
    return [*lines, *(["The last reloads:"] if status.latest else []), *map(reload_line, status.latest)]


def reload_line(entry: LoggedReload) -> str:
    """One reload that was remembered, on one line."""
    by = f" by {entry.by[:_HASH_CHARACTERS]}" if entry.by else ""
    what = entry.result if entry.action == "reload" else f"{entry.action} {entry.result}"
    said = f"{entry.started_at:%Y-%m-%d %H:%M} {entry.channel}{by}: {what}"
    if entry.result == "failed":
        return _shortened(f"{said}: {printable(entry.error or '')}")
    counts = f"+{entry.added} ~{entry.changed} −{entry.removed}, {entry.rejected} rejected"
    return f"{said}, version {entry.version_after} ({counts}), {entry.seconds:.1f} s"


def preview_lines(seen: "Preview") -> list[str]:
    """A web page before it is added, a line each: what it is called, who published it when, how it begins."""
    published = ENGLISH.date(seen.published) if seen.published else "no date is known"
    about = f"{printable(seen.publisher or 'no publisher is known')}, {published}"
    lines = [printable(seen.title or "No title is known"), about]
    lines.append(f"Language {seen.language}, paragraphs: {seen.paragraphs}. The first begins:")
    lines.append(_shortened(f"“{printable(seen.first)}”"))
    lines += [f"• {printable(warning)}" for warning in seen.warnings]
    return [*lines, printable(seen.url)]


def _named(word: str, things: Sequence[str]) -> list[str]:
    lines = [_shortened(f"{word}: {printable(each)}") for each in things[:_NAMED]]
    more = len(things) - _NAMED
    return [*lines, f"… and {more} more {word}"] if more > 0 else lines


def _shortened(text: str) -> str:
    return text if len(text) <= _LINE_CHARACTERS else text[: _LINE_CHARACTERS - 1] + "…"
