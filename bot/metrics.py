"""Which figures does the bot give to those who watch over it? In Prometheus's words, and nothing global."""

import logging
from collections.abc import Callable
from typing import Final

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)

_PREFIX: Final = "verbatim"
_ANSWER_SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
# From a question's arrival to the end of its answer; what waited while the bot was away takes hours.
_UPDATE_SECONDS: Final = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 600, 3600, 86_400)


class Metrics:
    """Counts what happens, and reads off how things stand when it is asked for a page."""

    def __init__(self) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call] # figures beside the figures, which tell nothing
        self._registry = registry = CollectorRegistry()
        self._readings: list[Callable[[], None]] = []
        ProcessCollector(registry=registry)

        def counter(name: str, says: str, *labels: str) -> Counter:
            return Counter(name, says, labels, namespace=_PREFIX, registry=registry)

        self._questions = counter("questions", "Questions answered.", "channel", "band")
        self._updates = counter("updates", "Updates closed.", "outcome")
        self._refused = counter("updates_refused", "Updates that were not let in.", "reason")
        self._retries = counter("send_retries", "Messages that were sent again.")
        self._requests = counter("webhook_requests", "Requests to the webhook.", "status")
        self._reloads = counter("reloads", "Reloads of the articles.", "result")
        self._records = counter("log_records", "Warnings and errors said.", "level")
        self._answer_seconds = Histogram(
            "answer_seconds",
            "From a question to its answer, without Telegram.",
            namespace=_PREFIX,
            buckets=_ANSWER_SECONDS,
            registry=registry,
        )
        self._update_seconds = Histogram(
            "update_seconds",
            "From an update's arrival until it is closed.",
            namespace=_PREFIX,
            buckets=_UPDATE_SECONDS,
            registry=registry,
        )

    def answered(self, channel: str, band: str, seconds: float) -> None:
        """A question was answered.

        Args:
            channel: where it came from.
            band: how sure the answer is.
            seconds: that it took to find.
        """
        self._questions.labels(channel, band).inc()
        self._answer_seconds.observe(seconds)

    def closed(self, outcome: str, seconds: float, retries: int) -> None:
        """An update was closed.

        Args:
            outcome: what became of it.
            seconds: since it arrived.
            retries: how often something was sent again for it.
        """
        self._updates.labels(outcome).inc()
        self._update_seconds.observe(seconds)
        self._retries.inc(retries)

    def refused(self, reason: str) -> None:
        """An update was not let in, for this reason."""
        self._refused.labels(reason).inc()

    def requested(self, status: int) -> None:
        """A request to the webhook was answered with this HTTP status."""
        self._requests.labels(str(status)).inc()

    def reloaded(self, result: str) -> None:
        """A reload ended so."""
        self._reloads.labels(result).inc()

    def said(self, level: str) -> None:
        """A warning or an error was logged."""
        self._records.labels(level).inc()

    def show(self, name: str, says: str, read: Callable[[], float | None]) -> None:
        """From now on, a page tells what this reads.

        Args:
            name: of the figure, without the prefix.
            says: what it is.
            read: reads it, at once; None where there is nothing to read, which shows as NaN.
        """
        gauge = Gauge(name, says, namespace=_PREFIX, registry=self._registry)

        def take_reading() -> None:
            found = read()
            gauge.set(float("nan") if found is None else found)

        self._readings.append(take_reading)

    def page(self) -> bytes:
        """All figures as they are now, in Prometheus's text format."""
        for take_reading in self._readings:
            take_reading()
        return generate_latest(self._registry)


class CountingHandler(logging.Handler):
    """Counts the warnings and errors that are said."""

    def __init__(self, metrics: Metrics) -> None:
        super().__init__(logging.WARNING)
        self._metrics = metrics

    def emit(self, record: logging.LogRecord) -> None:
        """Count one."""
        self._metrics.said(record.levelname.lower())
