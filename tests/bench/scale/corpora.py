"""What is asked, and of which articles? Corpora of any size in JSON lines, kept in `.bench` for the next run.

Real paragraphs come first. Where there are not enough of them, sentences of real ones are put together anew; how many
that are is kept beside the corpus and belongs beside every figure.
"""

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from sys import intern
from typing import Any, Final

import numpy as np
import regex

from retrieval.analysis import Analyzer
from tests.bench import made_text
from tests.bench.scale.real_text import prose, system_roots

HOME: Final = Path(__file__).parents[3] / ".bench"
A_PAGE: Final = 10  # paragraphs of an article, at most
A_FILE: Final = 10_000  # articles
WARMING: Final = 200  # questions before anything is timed
QUESTIONS: Final = WARMING + 300
SENT: Final = 50  # articles in the folder of those that were sent one by one
_FEWEST_REAL: Final = 20_000  # paragraphs; with fewer the words are made up too
_SHORTEST: Final = 200  # code points of a paragraph that is not joined with the next one
_SENTENCE_END: Final = regex.compile(r"(?<=[.!?])\s+(?=\p{Lu})")
_CONTENT: Final = regex.compile(r"\p{L}{5,}")

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question.

    Attributes:
        question: as it is asked.
        paragraph: that its words come from.
        ordinal: of this paragraph.
    """

    question: str
    paragraph: str
    ordinal: int


@dataclass(frozen=True)
class Scale:
    """The corpus of one size, in a folder of its own.

    Attributes:
        size: paragraphs.
    """

    size: int

    @property
    def folder(self) -> Path:
        """All that belongs to this size."""
        return HOME / str(self.size)

    @property
    def articles_folder(self) -> Path:
        """The corpus: JSON lines, `A_FILE` articles a file."""
        return self.folder / "articles"

    @property
    def sent_folder(self) -> Path:
        """A few further articles, a file each, as documents that were sent to the bot."""
        return self.folder / "sent"

    @property
    def files_folder(self) -> Path:
        """The same articles, a text file each, a thousand a folder; made by `make_files`."""
        return self.folder / "one_a_file"

    @cached_property
    def facts(self) -> dict[str, Any]:
        """What is known of the corpus: ``paragraphs``, ``articles``, ``real`` (share, 0 to 1), ``megabytes``."""
        facts: dict[str, Any] = json.loads((self.folder / "facts.json").read_text(encoding="utf-8"))
        return facts

    def rows(self) -> Iterator[Row]:
        """The articles as they are in the files."""
        for path in sorted(self.articles_folder.glob("*.jsonl")):
            with path.open(encoding="utf-8") as lines:
                yield from map(json.loads, lines)

    def terms(self) -> Iterator[list[str]]:
        """The terms of each paragraph and of its article's title, as the bot's own analysis has them."""
        with (self.folder / "terms.txt").open(encoding="utf-8") as lines:
            for line in lines:
                yield [intern(term) for term in line.split()]

    def asked(self) -> list[Asked]:
        """Known items: questions with content words of one sentence, and the paragraphs that the words come from."""
        rows = json.loads((self.folder / "questions.json").read_text(encoding="utf-8"))
        return [Asked(*row) for row in rows]

    def weights(self) -> list[dict[str, float]]:
        """The terms of the same questions for engines that do not analyse themselves, each as weighty as the others."""
        analyzer = Analyzer("en")
        return [dict.fromkeys(analyzer.terms(each.question.partition(" ")[2]), 1.0) for each in self.asked()]

    def make(self) -> None:
        """Write the corpus, unless a whole one is there."""
        if (self.folder / "facts.json").exists():
            return
        shutil.rmtree(self.folder, ignore_errors=True)
        for folder in (self.articles_folder, self.sent_folder):
            folder.mkdir(parents=True)
        texts = _Texts.of_this_machine()
        pages = list(texts.pages(self.size))
        _write(self.articles_folder, pages)
        for number, page in enumerate(_recombined(texts.sentences, SENT * A_PAGE, seed=77)):
            (self.sent_folder / f"sent_{number:03}.txt").write_text(_body(page), encoding="utf-8")
        self._write_terms(pages)
        paragraphs = [text for page in pages for text in page.paragraphs]
        asked = questions(paragraphs[: round(len(paragraphs) * texts.real_share(self.size))] or paragraphs, QUESTIONS)
        (self.folder / "questions.json").write_text(
            json.dumps([[each.question, each.paragraph, each.ordinal] for each in asked])
        )
        facts = {
            "paragraphs": len(paragraphs),
            "articles": len(pages),
            "real": texts.real_share(self.size),
            "megabytes": sum(map(len, paragraphs)) / 1e6,
            "text": texts.name,
        }
        (self.folder / "facts.json").write_text(json.dumps(facts), encoding="utf-8")

    def make_files(self) -> None:
        """Write every article into a file of its own, unless that is done."""
        if self.files_folder.exists():
            return
        unfinished = self.folder / "one_a_file.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        for number, row in enumerate(self.rows()):
            file = unfinished / f"{number // 1000:03}" / f"{number:06}.txt"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(f"{row['title']}\n\n{row['text']}\n", encoding="utf-8")
        unfinished.rename(self.files_folder)

    def _write_terms(self, pages: list["_Page"]) -> None:
        analyzer = Analyzer("en")
        with (self.folder / "terms.txt").open("w", encoding="utf-8") as file:
            for page in pages:
                title = analyzer.terms(page.title)
                file.writelines(" ".join([*title, *analyzer.terms(text)]) + "\n" for text in page.paragraphs)


def questions(paragraphs: list[str], count: int, seed: int = 8) -> list[Asked]:
    """Questions of four to eight content words of one sentence each, in their order; equal for equal paragraphs."""
    random = np.random.default_rng(seed)
    asked: list[Asked] = []
    for at in random.permutation(len(paragraphs)).tolist():
        sentences = _SENTENCE_END.split(paragraphs[at])
        words = list(dict.fromkeys(_CONTENT.findall(sentences[int(random.integers(len(sentences)))])))
        if len(words) >= 6:
            chosen = sorted(random.permutation(len(words))[: int(random.integers(4, 9))].tolist())
            asked.append(Asked("What " + " ".join(words[each] for each in chosen) + "?", paragraphs[at], at))
        if len(asked) == count:
            break
    return asked


@dataclass(frozen=True, slots=True)
class _Page:
    title: str
    paragraphs: list[str]


@dataclass(frozen=True)
class _Texts:
    """Real pages, and what further ones are made of."""

    name: str
    real: list[_Page]

    @classmethod
    def of_this_machine(cls) -> "_Texts":
        """All that is found, each paragraph once; made-up words where that is next to nothing."""
        kept = HOME / "real.jsonl"
        if not kept.exists():
            HOME.mkdir(exist_ok=True)
            pages = list(_distinct_pages())
            kept.write_text("".join(json.dumps([page.title, page.paragraphs]) + "\n" for page in pages), "utf-8")
        with kept.open(encoding="utf-8") as lines:
            pages = [_Page(*json.loads(line)) for line in lines]
        if sum(len(page.paragraphs) for page in pages) < _FEWEST_REAL:
            made = list(made_text.paragraphs(_FEWEST_REAL))
            return cls("made-up words", [_Page("Made", made[at : at + A_PAGE]) for at in range(0, len(made), A_PAGE)])
        return cls("documentation of this system", pages)

    @cached_property
    def sentences(self) -> list[str]:
        """Every sentence."""
        return [each for page in self.real for text in page.paragraphs for each in _SENTENCE_END.split(text)]

    def real_share(self, size: int) -> float:
        """How much of a corpus of this size is real, 0 to 1."""
        return min(sum(len(page.paragraphs) for page in self.real) / size, 1.0) if self.name[:4] != "made" else 0.0

    def pages(self, size: int) -> Iterator[_Page]:
        """Pages with so many paragraphs together, the real ones first, in an order that is always the same."""
        left = size
        for at in np.random.default_rng(5).permutation(len(self.real)).tolist():
            page = self.real[at]
            yield _Page(page.title, page.paragraphs[:left])
            left -= len(page.paragraphs)
            if left <= 0:
                return
        yield from _recombined(self.sentences, left)


def _distinct_pages() -> Iterator[_Page]:
    seen: set[str] = set()
    for path, paragraphs in prose(system_roots()):
        distinct = [text for text in dict.fromkeys(paragraphs) if text.lower() not in seen]
        seen.update(text.lower() for text in distinct)
        new = list(_joined(distinct))
        title = path.name.partition(".")[0].replace("_", " ").replace("-", " ")
        title = f"{title} of {path.parent.name}" if len(title) < 8 else title
        for at in range(0, len(new), A_PAGE):
            yield _Page(title, new[at : at + A_PAGE])


def _joined(paragraphs: list[str]) -> Iterator[str]:
    """Short ones together with those that follow: manuals have shorter paragraphs than newspapers."""
    held = ""
    for text in paragraphs:
        held = f"{held} {text}".lstrip()
        if len(held) >= _SHORTEST:
            yield held
            held = ""
    if held:
        yield held


def _recombined(sentences: list[str], count: int, seed: int = 6) -> Iterator[_Page]:
    """Pages of paragraphs of one to five sentences drawn from all."""
    random = np.random.default_rng(seed)
    for at in range(0, count, A_PAGE):
        lengths = random.integers(1, 6, min(A_PAGE, count - at))
        drawn = iter(random.integers(0, len(sentences), int(lengths.sum())).tolist())
        texts = [" ".join(sentences[next(drawn)] for _ in range(length)) for length in lengths.tolist()]
        yield _Page(" ".join(texts[0].split()[:6]), texts)


def _write(folder: Path, pages: list[_Page]) -> None:
    for first in range(0, len(pages), A_FILE):
        with (folder / f"part-{first // A_FILE:04}.jsonl").open("w", encoding="utf-8") as file:
            for number, page in enumerate(pages[first : first + A_FILE], first):
                file.write(json.dumps(_row(number, page), ensure_ascii=False) + "\n")


def _row(number: int, page: _Page) -> Row:
    return {
        "text": "\n\n".join(page.paragraphs),
        "title": page.title,
        "url": f"https://example.org/{number}",
        "published": f"20{number % 25:02}-{number % 12 + 1:02}-{number % 28 + 1:02}",
        "publisher": f"Handbook {'ABCDEFGHIJ'[number % 10]}",
        "language": "en",
    }


def _body(page: _Page) -> str:
    return "\n\n".join([page.title, *page.paragraphs]) + "\n"
