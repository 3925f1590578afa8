"""How do the questions beside the articles of a corpus become a judged set?"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from retrieval.corpus import QUESTIONS, read_corpus
from retrieval.evaluation.judgments import PLAIN, UNANSWERABLE, JudgedSet, Question, graded
from retrieval.model import Paragraph
from retrieval.rows import wrong
from retrieval.wordings import Judged, read_questions

_BARE_CANARIES: Final = "canaries without wordings"


def read_question_file(folder: Path, name: str) -> JudgedSet:
    """The set of a corpus folder with a file `questions.toml` beside the articles.

    A paragraph is right if it contains one of a question's wordings, letter by letter. A canary without wordings tells
    nothing about paragraphs: it is left out and counted.

    Raises:
        CorpusError: nothing in the folder can be quoted.
        JudgmentsError: the file is malformed, a wording stands in no paragraph, or no question has an answer.
    """
    path = folder / QUESTIONS
    corpus = read_corpus(folder)
    paragraphs = list(corpus.paragraphs())
    judged = read_questions(path)
    kept = [(number, each) for number, each in enumerate(judged, start=1) if each.right or not each.is_canary]
    questions = tuple(_question(path, each, str(number), paragraphs) for number, each in kept)
    if not any(question.answerable for question in questions):
        raise wrong(path, "no question has right = […], wordings of a paragraph that answers it: judge at least one")
    bare = len(judged) - len(kept)
    return JudgedSet(name, corpus, questions, {_BARE_CANARIES: bare} if bare else {})


def _question(path: Path, judged: Judged, number: str, paragraphs: Sequence[Paragraph]) -> Question:
    right = []
    for wording in judged.right:
        found = [paragraph for paragraph in paragraphs if wording in paragraph.text]
        if not found:
            reason = f"no paragraph contains {wording!r}: copy the words from an article, letter by letter"
            raise wrong(path, reason, judged.line)
        right += found
    kind = judged.kind or (PLAIN if right else UNANSWERABLE)
    return Question(number, judged.ask, kind, graded((paragraph, 1) for paragraph in right))
