"""The use case: the articles as they are now take the place of those that serve, if they pass the gates."""

import time
from dataclasses import dataclass

from retrieval.gates import Gates
from retrieval.store import CorpusStore, Report, Track


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a reload.

    Attributes:
        report: what the articles changed against the version that served.
        failures: which gates were not passed and why, a sentence each; empty when all were.
        applied: whether another version serves now. Without it and without failures, nothing had changed.
        seconds: how long it took.
    """

    report: Report
    failures: tuple[str, ...]
    applied: bool
    seconds: float


def reload(
    store: CorpusStore,
    gates: Gates,
    *,
    accept: str | None = None,
    automatic: bool = False,
    track: Track | None = None,
) -> Outcome:
    """Stage what the sources hold, hold it against the gates, and let it serve if it passes.

    Args:
        store: of the versions.
        gates: what the new version must keep of the one that serves.
        accept: name of a staged version that serves whatever the gates say, since a person saw what they said; of
            another version nothing is applied.
        automatic: whether no person asked for it. A version that was rolled back from is then not applied again.
        track: is told how far it has got, from this thread.

    Raises:
        CorpusError: a source is missing, nothing can be quoted, or the store cannot be used. What served serves on.
    """
    start = time.perf_counter()
    current = store.open()
    with store.staging(track) as staged:
        report = staged.report
        failures: tuple[str, ...] = ()
        if report.after != report.before:
            failures = _objections(store, accept, report, automatic=automatic)
            if not failures and accept is None:
                failures = gates.failures_beside(store.questions, report, current, staged.retriever, track)
        if not failures:
            staged.apply()
        return Outcome(report, failures, not failures and report.after != report.before, time.perf_counter() - start)


def check(store: CorpusStore, gates: Gates, track: Track | None = None) -> tuple[Report, tuple[str, ...]]:
    """What a reload would change, and which gates it would not pass, a sentence each; changes nothing.

    Args:
        store: of the versions.
        gates: what the new version must keep of the one that serves.
        track: is told how far it has got, from this thread.

    Raises:
        CorpusError: a source is missing, nothing can be quoted, or the store cannot be used.
    """
    current = store.open()
    with store.staging(track) as staged:
        report = staged.report
        if report.before == report.after:
            return report, ()
        return report, gates.failures_beside(store.questions, report, current, staged.retriever, track)


def _objections(store: CorpusStore, accept: str | None, report: Report, *, automatic: bool) -> tuple[str, ...]:
    """What speaks against a version before anything is asked of it."""
    if accept is not None and accept != report.after:
        return (f"The articles have changed since the report on version {accept}. Look at this one first.",)
    if automatic and report.after == store.refused:
        return (f"Version {report.after} was rolled back. A reload that is asked for loads it all the same.",)
    return ()
