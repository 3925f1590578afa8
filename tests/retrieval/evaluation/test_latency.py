"""Times become percentiles."""

from retrieval.evaluation import Clock, Latency, Percentiles
from retrieval.evaluation.latency import Elapsed, latency


def test_both_clocks_run_in_milliseconds_while_the_call_lasts() -> None:
    """And stand still before and after."""
    cpu, wall = iter([1.0, 1.25]), iter([10.0, 10.5])
    result, elapsed = Clock(lambda: next(cpu), lambda: next(wall)).timed(lambda: "done")
    assert (result, elapsed) == ("done", Elapsed(250, 500))


def test_percentiles_are_of_all_calls() -> None:
    """Between two values, in proportion."""
    calls = [Elapsed(at, 2 * at) for at in range(101)]
    assert latency(calls) == Latency(Percentiles(50, 90, 99), Percentiles(100, 180, 198))
    assert latency(calls[3:4]) == Latency(Percentiles(3, 3, 3), Percentiles(6, 6, 6))
