"""The figures of an evaluation for people: tables."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.miss_tables import print_miss
from bot.wording import printable
from retrieval import Band
from retrieval.confidence import Model
from retrieval.evaluation import (
    ANSWERED,
    CONFIDENCE,
    MEASURES,
    PROJECT,
    SHARES,
    Difference,
    HeldOut,
    Report,
    System,
    Verdict,
    bands,
    overall,
    separation,
)

_COEFFICIENT_DIGITS: Final = 2
_SHORTEST_P: Final = 0.001
_HELD_OUT: Final = f"""answered: by the articles. misspelt: the same with slips. near: by articles that are gone.
far: by other sets. Of each, the share that was found/weak.
refused: share of near/far, while {ANSWERED:.0%} of the answered are answered."""
_HURRY: Final = """two slips: of the keyboard, in two words.
plain letters: without diacritics, in Latin letters; where half of the questions have others.
±: the difference from the questions as they are."""
_HURRIED: Final = ("R@1", "MRR@10")  # measures that are shown of questions typed in a hurry


def print_reports(console: Console, reports: tuple[Report, ...]) -> None:
    """One table a matter, with the sets below each other; what went wrong comes last."""
    console.print(_measures(reports))
    if compared := any(report.peers for report in reports):
        _print_below(console, _differences(reports))
    if kinds := [report for report in reports if report.kinds()]:
        _print_below(console, _kinds(kinds))
    if any(report.mistyped for report in reports):
        _print_below(console, _mistyped(reports), _HURRY)
    _print_below(console, _abstention(reports), _legend(reports))
    _print_below(console, _latency(reports), f"{PROJECT}: a whole answer." + " The others: a search." * compared)
    for report in reports:
        for what, count in report.judged.left_out.items():
            console.print(Text(f"{printable(report.judged.name)}: {count} {what} left out", style="yellow"))
    for report in reports:
        for miss in report.misses:
            print_miss(console, report, miss)


def _print_below(console: Console, table: Table, legend: str = "") -> None:
    console.print()
    console.print(table)
    if legend:
        console.print(Text(legend, style="dim"))


def _table(title: str, *columns: str, texts: int = 2) -> Table:
    """A table whose first columns are texts and the others figures."""
    table = Table(title=title, title_justify="left", title_style="bold")
    for at, column in enumerate(columns):
        table.add_column(column, justify="left" if at < texts else "right", no_wrap=at > 0, overflow="fold")
    return table


def _measures(reports: tuple[Report, ...]) -> Table:
    table = _table("Is a right paragraph found?", "set", "system", "questions", *MEASURES, "sentence")
    for report in reports:
        sentences = report.sentences
        share = _share(sentences.right / sentences.questions) if sentences else "–"
        name, count = printable(report.judged.name), str(len(report.judged.answerable))
        table.add_row(Text(name, style="bold"), PROJECT, count, *_shares(report.means(report.project)), share)
        for peer in report.peers:
            table.add_row("", peer.name, "", *_shares(report.means(peer)))
        table.add_section()
    if len(reports) > 1:
        table.add_row(Text("mean", style="bold"), PROJECT, "", *_shares(overall(reports)))
    return table


def _differences(reports: tuple[Report, ...]) -> Table:
    title = f"Is {PROJECT} better, or was it luck? (MRR@10, question by question)"
    table = _table(title, "set", f"{PROJECT} ahead of", "by", f"{CONFIDENCE:.0%} interval", "p")
    for report in reports:
        for at, peer in enumerate(report.peers):
            name = Text("" if at else printable(report.judged.name), style="bold")
            table.add_row(name, peer.name, *(_difference(peer.ahead) if peer.ahead else ["–"] * 3))
        table.add_section()
    return table


def _difference(found: Difference) -> tuple[str, str, str]:
    chance = f"<{_SHORTEST_P}" if found.p_value < _SHORTEST_P else f"{found.p_value:.3f}"
    return f"{found.mean:+.3f}", f"{found.low:+.3f} … {found.high:+.3f}", chance


def _kinds(reports: Sequence[Report]) -> Table:
    table = _table("By kind of question", "set", "kind", "questions", *MEASURES)
    for report in reports:
        name = Text(printable(report.judged.name), style="bold")
        kinds = [question.kind for question in report.judged.answerable]
        for at, (kind, means) in enumerate(report.kinds().items()):
            table.add_row("" if at else name, Text(printable(kind)), str(kinds.count(kind)), *_shares(means))
        table.add_section()
    return table


def _mistyped(reports: tuple[Report, ...]) -> Table:
    columns = [column for name in _HURRIED for column in (name, "±")]
    table = _table("What if the questions are typed in a hurry?", "set", "typed", "questions", *columns)
    for report in reports:
        plain = report.means(report.project)
        name, count = Text(printable(report.judged.name), style="bold"), str(len(report.judged.answerable))
        table.add_row(name, "as they are", count, *(cell for each in _HURRIED for cell in (_share(plain[each]), "")))
        for typed, means in report.mistyped_means().items():
            cells = [(_share(means[each]), f"{means[each] - plain[each]:+.3f}") for each in _HURRIED]
            table.add_row("", typed, "", *(cell for pair in cells for cell in pair))
        table.add_section()
    return table


def _abstention(reports: tuple[Report, ...]) -> Table:
    table = _table("Is it silent where it should be?", "set", "questions", "number", "AUROC", "refused", *Band)
    for report in reports:
        answerable = report.abstention.answerable
        name = Text(printable(report.judged.name), style="bold")
        table.add_row(name, "with an answer", str(len(answerable)), "", "", *_shares(bands(answerable)))
        for sort, negatives in report.abstention.negatives.items():
            found = separation(answerable, negatives)
            figures = _share(found.auroc), _share(found.refused), *_shares(bands(negatives))
            table.add_row("", Text(printable(sort)), str(len(negatives)), *figures)
        table.add_section()
    return table


def _legend(reports: tuple[Report, ...]) -> str:
    """What the rows and columns of the table of abstention are, as far as it has them."""
    silence = [report.abstention for report in reports]
    any_negatives = any(each.negatives for each in silence)
    lines = (
        ("no answer: questions that nothing in the set answers, by kind.", any(each.unanswerable for each in silence)),
        ("another topic: questions of the other sets in the same language.", any(each.off_topic for each in silence)),
        (
            "right article removed: the set's own, asked of the articles without those that answer.",
            any(each.removed for each in silence),
        ),
        ("AUROC: how probable it is that one with an answer gets more confidence than one of these.", any_negatives),
        (f"refused: share of these, while {ANSWERED:.0%} of those with an answer are answered.", any_negatives),
        ("found, weak, none: share of the questions of which each was said.", True),
    )
    return "\n".join(line for line, there in lines if there)


def _latency(reports: tuple[Report, ...]) -> Table:
    spans = [f"{clock} p50/p90/p99" for clock in ("cpu", "wall")]
    title = "How many milliseconds does it take?"
    table = _table(title, "set", "system", "paragraphs", *spans, "build, s")
    for report in reports:
        name, count = printable(report.judged.name), str(report.judged.corpus.paragraph_count)
        table.add_row(Text(name, style="bold"), PROJECT, count, *_times(report.project))
        for peer in report.peers:
            table.add_row("", peer.name, "", *_times(peer))
        table.add_section()
    return table


def _times(system: System) -> list[str]:
    spans = (system.latency.cpu, system.latency.wall)
    return [*(f"{each.p50:.2f}/{each.p90:.2f}/{each.p99:.2f}" for each in spans), f"{system.build_seconds:.2f}"]


def _shares(values: dict[Any, float]) -> list[str]:
    return [_share(value) for value in values.values()]


def _share(value: float) -> str:
    return f"{value:.3f}"


def print_calibration(console: Console, model: Model, held: Sequence[HeldOut]) -> None:
    """What was fitted, and how well models that were fitted to the other sets do on each."""
    if held:
        title = "Each set judged by a model that was fitted to the others"
        table = _table(title, "set", "paragraphs", *SHARES, "refused", texts=1)
        names: set[str] = set()
        for each in held:
            if each.name not in names:
                table.add_section()
            name = Text("" if each.name in names else printable(each.name), style="bold")
            names.add(each.name)
            shares = [_found_and_weak(each.verdicts[sort]) for sort in SHARES]
            table.add_row(name, str(each.size or "nearly all"), *shares, _refused(each.verdicts))
        console.print(table)
        console.print(Text(_HELD_OUT, style="dim"))
        console.print()
    weights = ", ".join(f"{weight:.{_COEFFICIENT_DIGITS}f}" for weight in model.weights)
    console.print("For retrieval/confidence.py:")
    console.print(Text(f"FITTED: Final = Model({model.intercept:.{_COEFFICIENT_DIGITS}f}, ({weights}))", style="bold"))


def _found_and_weak(verdicts: Sequence[Verdict]) -> str:
    if not verdicts:
        return "–"
    shares = bands(verdicts)
    return f"{shares[Band.FOUND]:.2f}/{shares[Band.WEAK]:.2f}"


def _refused(verdicts: Mapping[str, Sequence[Verdict]]) -> str:
    answered = verdicts["answered"]
    near, far = (
        f"{separation(answered, verdicts[sort]).refused:.2f}" if answered and verdicts[sort] else "–"
        for sort in ("near", "far")
    )
    return f"{near}/{far}"
