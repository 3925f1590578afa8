"""Figures: counted when something happens, read off when somebody asks."""

import logging
import time

from bot.metrics import CountingHandler, Metrics


def test_what_happens_is_counted() -> None:
    """By what matters to those who watch."""
    metrics = Metrics()
    metrics.answered("private", "found", 0.02)
    metrics.answered("private", "found", 0.2)
    metrics.answered("group", "none", 0.002)
    metrics.closed("answered", 3.0, 0)
    metrics.closed("unsure", 30.0, 2)
    metrics.refused("limit")
    metrics.reloaded("held")
    page = metrics.page().decode()
    assert 'verbatim_questions_total{band="found",channel="private"} 2.0' in page
    assert 'verbatim_answer_seconds_bucket{le="0.025"} 2.0' in page
    assert "verbatim_answer_seconds_count 3.0" in page
    assert 'verbatim_updates_total{outcome="answered"} 1.0' in page
    assert 'verbatim_update_seconds_bucket{le="2.5"} 0.0' in page
    assert 'verbatim_update_seconds_bucket{le="5.0"} 1.0' in page
    assert 'verbatim_updates_refused_total{reason="limit"} 1.0' in page
    assert "verbatim_send_retries_total 2.0" in page
    assert 'verbatim_reloads_total{result="held"} 1.0' in page


def test_readings_are_taken_when_asked_for() -> None:
    """What cannot be told is no number."""
    metrics, value = Metrics(), iter([3, None])
    metrics.show("inbox_waiting", "Updates that wait.", lambda: next(value))
    assert "\nverbatim_inbox_waiting 3.0\n" in metrics.page().decode()
    assert "\nverbatim_inbox_waiting NaN\n" in metrics.page().decode()


def test_two_bots_in_one_process_count_for_themselves() -> None:
    """Nothing is global."""
    first, second = Metrics(), Metrics()
    first.answered("private", "found", 0.1)
    assert "verbatim_answer_seconds_count 0.0" in second.page().decode()


def test_warnings_and_errors_are_counted_wherever_they_come_from() -> None:
    """By their level; what is only told is not."""
    metrics = Metrics()
    handler, logger = CountingHandler(metrics), logging.getLogger("tests.metrics")
    logger.addHandler(handler)
    try:
        logger.info("fine")
        logger.warning("hm")
        logger.error("no")
        logger.error("no")
    finally:
        logger.removeHandler(handler)
    page = metrics.page().decode()
    assert 'verbatim_log_records_total{level="warning"} 1.0' in page
    assert 'verbatim_log_records_total{level="error"} 2.0' in page
    assert 'level="info"' not in page


def test_counting_costs_an_answer_next_to_nothing() -> None:
    """Some microseconds; the machines that run tests are slow and busy."""
    metrics, best = Metrics(), 1.0
    for _ in range(5):
        start = time.perf_counter()
        for _ in range(1000):
            metrics.answered("private", "found", 0.02)
            metrics.closed("answered", 0.1, 0)
            metrics.requested(200)
        best = min(best, (time.perf_counter() - start) / 1000)
    print(f"{best * 1e6:.1f} µs an answer")  # noqa: T201 - a figure for whoever asks with -s
    assert best < 100e-6
