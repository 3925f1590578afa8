"""The figures of an evaluation: tables for people, one object for programs."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.wording import harmless, printable
from retrieval import Band
from retrieval.confidence import Model
from retrieval.evaluation import (
    ANSWERED,
    CONFIDENCE,
    MEASURES,
    PROJECT,
    SHARES,
    Abstention,
    Difference,
    Explained,
    HeldOut,
    Latency,
    Miss,
    Report,
    System,
    Verdict,
    bands,
    overall,
    separation,
)

_DIGITS: Final = 6
_COEFFICIENT_DIGITS: Final = 2
_SHORTEST_P: Final = 0.001


def as_json(reports: tuple[Report, ...]) -> dict[str, Any]:
    """The measures over all sets, each counting the same, and below `sets` all that is known of each."""
    return {**_rounded(overall(reports)), "sets": {each.judged.name: _set_as_json(each) for each in reports}}


def _set_as_json(report: Report) -> dict[str, Any]:
    judged, sentences = report.judged, report.sentences
    return {
        **_rounded(report.means(report.project)),
        "questions": len(judged.answerable),
        "paragraphs": judged.corpus.paragraph_count,
        "language": judged.language,
        "left_out": dict(judged.left_out),
        "kinds": {kind: _rounded(means) for kind, means in report.kinds().items()},
        "sentence": sentences and {**asdict(sentences), "share": round(sentences.right / sentences.questions, _DIGITS)},
        "abstention": _abstention_as_json(report.abstention),
        "latency": _latency_as_json(report.project),
        "comparison": {peer.name: _peer_as_json(report, peer) for peer in report.peers},
        "misses": [_miss_as_json(miss) for miss in report.misses],
    }


def _peer_as_json(report: Report, peer: System) -> dict[str, Any]:
    ahead = peer.ahead and _rounded(asdict(peer.ahead))
    return {**_rounded(report.means(peer)), "latency": _latency_as_json(peer), "ahead": ahead}


def _latency_as_json(system: System) -> dict[str, Any]:
    latency: Latency = system.latency
    return {
        "cpu_ms": _rounded(asdict(latency.cpu)),
        "wall_ms": _rounded(asdict(latency.wall)),
        "build_seconds": round(system.build_seconds, _DIGITS),
    }


def _abstention_as_json(abstention: Abstention) -> dict[str, Any]:
    answerable = abstention.answerable
    return {
        "answerable": _bands_as_json(answerable),
        "unanswerable": {kind: _negatives_as_json(answerable, each) for kind, each in abstention.unanswerable.items()},
        "off_topic": _negatives_as_json(answerable, abstention.off_topic),
        "removed": _negatives_as_json(answerable, abstention.removed),
    }


def _negatives_as_json(answerable: Sequence[Verdict], negatives: Sequence[Verdict]) -> dict[str, Any] | None:
    if not negatives:
        return None
    found = separation(answerable, negatives)
    return {"auroc": round(found.auroc, _DIGITS), "refused": round(found.refused, _DIGITS), **_bands_as_json(negatives)}


def _bands_as_json(verdicts: Sequence[Verdict]) -> dict[str, Any]:
    return {"questions": len(verdicts), **_rounded({str(band): share for band, share in bands(verdicts).items()})}


def _miss_as_json(miss: Miss) -> dict[str, Any]:
    return {
        "id": miss.question.id,
        "question": miss.question.text,
        "kind": miss.question.kind,
        "right": _explained_as_json(miss.right),
        "first": miss.first and _explained_as_json(miss.first),
    }


def _explained_as_json(explained: Explained) -> dict[str, Any]:
    paragraph = explained.paragraph
    return {
        "article_id": paragraph.article.id,
        "text": paragraph.text,
        "rank": explained.rank,
        "score": explained.score,
        "contributions": [asdict(each) for each in explained.contributions],
    }


def _rounded(values: dict[str, float]) -> dict[str, float]:
    return {name: round(value, _DIGITS) for name, value in values.items()}


def print_reports(console: Console, reports: tuple[Report, ...]) -> None:
    """One table a matter, with the sets below each other; what went wrong comes last."""
    console.print(_measures(reports))
    if any(report.peers for report in reports):
        console.print(_differences(reports))
    if kinds := [report for report in reports if report.kinds()]:
        console.print(_kinds(kinds))
    console.print(_abstention(reports))
    console.print(_latency(reports))
    for report in reports:
        for what, count in report.judged.left_out.items():
            console.print(Text(f"{printable(report.judged.name)}: {count} {what} left out", style="yellow"))
        for miss in report.misses:
            _print_miss(console, report, miss)


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


def _abstention(reports: tuple[Report, ...]) -> Table:
    title = f"Is it silent where it should be? (refused: while {ANSWERED:.0%} of the answerable are answered)"
    table = _table(title, "set", "answer", "questions", "AUROC", "refused", *Band)
    for report in reports:
        answerable = report.abstention.answerable
        name = Text(printable(report.judged.name), style="bold")
        table.add_row(name, "in the articles", str(len(answerable)), "", "", *_shares(bands(answerable)))
        for kind, negatives in report.abstention.negatives.items():
            found = separation(answerable, negatives)
            figures = _share(found.auroc), _share(found.refused), *_shares(bands(negatives))
            table.add_row("", Text(printable(kind)), str(len(negatives)), *figures)
        table.add_section()
    return table


def _latency(reports: tuple[Report, ...]) -> Table:
    spans = [f"{clock} p50/p90/p99" for clock in ("cpu", "wall")]
    title = "How many milliseconds does it take? (verbatim: a whole answer; the others: a search)"
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


def _print_miss(console: Console, report: Report, miss: Miss) -> None:
    """The question, then the right paragraph beside the one that came first, then what either scored, word by word."""
    question = miss.question
    about = f"\n{printable(report.judged.name)}, {printable(question.kind)}: "
    console.print(Text(about, style="dim").append(harmless(question.text), style="bold not dim"))
    table = Table(show_lines=True, expand=True)
    table.add_column(f"right: {_place(miss.right)}", style="green", ratio=1)
    table.add_column(f"first: {_place(miss.first)}" if miss.first else "nothing was found", ratio=1)
    sides = (miss.right, miss.first) if miss.first else (miss.right,)
    table.add_row(*(Text(harmless(each.paragraph.text)) for each in sides))
    table.add_row(*(Text(_sum(each)) for each in sides))
    console.print(table)


def _place(explained: Explained) -> str:
    return f"rank {explained.rank}, score {explained.score:.3f}" if explained.rank else "not ranked"


def _sum(explained: Explained) -> str:
    """What a score is made of, a line a part, the heaviest first."""
    parts = sorted(explained.contributions, key=lambda each: -each.score)
    words = [(printable(each.word), f"{each.field} {printable(each.term)}", each.score) for each in parts]
    return "\n".join(f"{score:+8.3f}  {word} ({where})" for word, where, score in words) or "no word of the question"


def print_calibration(console: Console, model: Model, held: Sequence[HeldOut]) -> None:
    """What was fitted, and how well models that were fitted to the other sets do on each."""
    if held:
        table = Table(
            "set", "paragraphs", *(f"{sort}: found, weak" for sort in SHARES), "near refused", "far refused",
            title="Each set judged by a model that was fitted to the others",
        )  # fmt: skip
        for each in held:
            size = str(each.size) if each.size else "nearly all"
            answered = each.verdicts["answered"]
            shares = [_found_and_weak(each.verdicts[sort]) for sort in SHARES]
            refused = [_refused(answered, each.verdicts[sort]) for sort in ("near", "far")]
            table.add_row(Text(printable(each.name)), size, *shares, *refused)
        console.print(table)
        console.print(f"Refused: while {ANSWERED:.0%} of the answered are answered.", style="dim")
    weights = ", ".join(f"{weight:.{_COEFFICIENT_DIGITS}f}" for weight in model.weights)
    console.print("For retrieval/confidence.py:")
    console.print(Text(f"FITTED: Final = Model({model.intercept:.{_COEFFICIENT_DIGITS}f}, ({weights}))", style="bold"))


def _found_and_weak(verdicts: Sequence[Verdict]) -> str:
    if not verdicts:
        return "–"
    shares = bands(verdicts)
    return f"{shares[Band.FOUND]:.2f}, {shares[Band.WEAK]:.2f}"


def _refused(answered: Sequence[Verdict], negatives: Sequence[Verdict]) -> str:
    return f"{separation(answered, negatives).refused:.2f}" if answered and negatives else "–"
