"""The figures of an evaluation for programs: one object."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Final

from retrieval.evaluation import (
    Abstention,
    Explained,
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
        "mistyped": _mistyped_as_json(report),
        "sentence": sentences and {**asdict(sentences), "share": round(sentences.right / sentences.questions, _DIGITS)},
        "abstention": _abstention_as_json(report.abstention),
        "latency": _latency_as_json(report.project),
        "comparison": {peer.name: _peer_as_json(report, peer) for peer in report.peers},
        "misses": [_miss_as_json(miss) for miss in report.misses],
    }


def _mistyped_as_json(report: Report) -> dict[str, Any]:
    """By how the questions were typed; the differences are from the questions as they are."""
    plain = report.means(report.project)
    return {
        typed.replace(" ", "_"): {
            **_rounded(means),
            "difference": _rounded({name: value - plain[name] for name, value in means.items()}),
        }
        for typed, means in report.mistyped_means().items()
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
        "asked_on": miss.question.asked_on and miss.question.asked_on.isoformat(),
        "right": _explained_as_json(miss.right),
        "first": miss.first and _explained_as_json(miss.first),
    }


def _explained_as_json(explained: Explained) -> dict[str, Any]:
    paragraph = explained.paragraph
    return {
        "article_id": paragraph.article.id,
        "title": paragraph.article.title,
        "published": paragraph.article.published and paragraph.article.published.iso,
        "text": paragraph.text,
        "rank": explained.rank,
        "score": explained.score,
        "contributions": [asdict(each) for each in explained.contributions],
    }


def _rounded(values: dict[str, float]) -> dict[str, float]:
    return {name: round(value, _DIGITS) for name, value in values.items()}
