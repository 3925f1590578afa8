"""What can be evaluated in a folder?"""

from collections.abc import Sequence
from pathlib import Path

from retrieval.corpus import QUESTIONS
from retrieval.evaluation.judged_folder import CORPUS, QRELS, QUERIES, read_judged_folder
from retrieval.evaluation.judgments import JudgedSet
from retrieval.evaluation.question_file import read_question_file
from retrieval.rows import wrong


def read_sets(folders: Sequence[Path]) -> tuple[JudgedSet, ...]:
    """The judged sets of folders, in their order, named after them; a folder that is named twice is read once.

    Raises:
        CorpusError: the articles beside a `questions.toml` cannot be read.
        JudgmentsError: a folder holds no judged questions, or malformed ones.
    """
    distinct: dict[Path, Path] = {}
    for folder in folders:
        distinct.setdefault(folder.resolve(), folder)
    names = [path.name for path in distinct]
    return tuple(
        _read_set(folder, path.name if names.count(path.name) == 1 else str(folder))
        for path, folder in distinct.items()
    )


def _read_set(folder: Path, name: str) -> JudgedSet:
    if not folder.is_dir():
        raise wrong(folder, "no such folder: name one with judged questions")
    if any((folder / file).exists() for file in (CORPUS, QUERIES, QRELS)):
        return read_judged_folder(folder, name)
    if (folder / QUESTIONS).exists():
        return read_question_file(folder, name)
    way_out = f"put {CORPUS}, {QUERIES} and {QRELS} into it, or {QUESTIONS} beside its articles"
    raise wrong(folder, f"it holds no judged questions: {way_out}")
