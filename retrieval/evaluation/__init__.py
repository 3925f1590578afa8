"""How well are questions answered? Judged sets -> rankings, confidences, times -> reports.

Heavy libraries are imported here and nowhere else in `retrieval`; nothing that answers questions imports this package.
"""

from retrieval.errors import JudgmentsError
from retrieval.evaluation.abstention import ANSWERED, Separation, Verdict, bands, curve, separation
from retrieval.evaluation.calibration import SHARES, HeldOut, Situation, fit, held_out, situations
from retrieval.evaluation.evaluator import PROJECT, Track, Wanted, evaluate
from retrieval.evaluation.judgments import JudgedSet, Question
from retrieval.evaluation.latency import Clock, Latency, Percentiles
from retrieval.evaluation.measures import MEASURES
from retrieval.evaluation.misses import Explained, Miss
from retrieval.evaluation.reports import Abstention, Report, Sentences, System, overall
from retrieval.evaluation.sets import read_sets
from retrieval.evaluation.significance import CONFIDENCE, Difference

__all__ = [
    "ANSWERED",
    "CONFIDENCE",
    "MEASURES",
    "PROJECT",
    "SHARES",
    "Abstention",
    "Clock",
    "Difference",
    "Explained",
    "HeldOut",
    "JudgedSet",
    "JudgmentsError",
    "Latency",
    "Miss",
    "Percentiles",
    "Question",
    "Report",
    "Sentences",
    "Separation",
    "Situation",
    "System",
    "Track",
    "Verdict",
    "Wanted",
    "bands",
    "curve",
    "evaluate",
    "fit",
    "held_out",
    "overall",
    "read_sets",
    "separation",
    "situations",
]
