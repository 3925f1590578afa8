"""Answers, articles and log rows for a terminal, and answers as JSON."""

from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.answering import Answered
from bot.spreadsheet import Table as SpreadsheetTable
from bot.verifying import Verification
from bot.wording import attribution, harmless, printable, remarks, title_of
from db import Backup, LoggedQuestion, Unanswered
from retrieval import Article, Band, Catalog, Paragraph, Passage, link_to

_BAND_STYLE: Final = {"found": "green", "weak": "yellow", "none": "red"}
_COLUMN: Final = 60


def as_json(answered: Answered) -> dict[str, Any]:
    """An answer for programs.

    Offsets and highlights count code points of the article's body, and ``body[start:end] == quote``; of a text file
    that is the file decoded as UTF-8. ``path`` is relative to the corpus folder.
    """
    answer = answered.answer
    return {
        "question": answer.question,
        "band": str(answer.band),
        "corpus_version": answer.corpus_version,
        "latency_ms": answered.latency_ms,
        "language": answer.language,
        "confidence": round(answer.confidence, 4),
        "missing_terms": list(answer.missing_terms),
        "lacking_terms": list(answer.lacking_terms),
        "did_you_mean": answer.did_you_mean,
        "nearest": [_source_as_json(article) for article in answer.nearest],
        "remarks": remarks(answer),
        "passages": [_passage_as_json(rank, each) for rank, each in enumerate(answer.passages, start=1)],
    }


def _passage_as_json(rank: int, passage: Passage) -> dict[str, Any]:
    return {
        "rank": rank,
        "quote": passage.quote,
        **_source_as_json(passage.article),
        "start": passage.span.start,
        "end": passage.span.end,
        "page": passage.article.page_of(passage.sentence.start),
        "link": link_to(passage.article, passage.sentence),
        "score": passage.score,
        "coverage": round(passage.coverage, 4),
        "sentence": [passage.sentence.start, passage.sentence.end],
        "highlights": [[span.start, span.end] for span in passage.highlights],
        "also_in": [_copy_as_json(copy) for copy in passage.also_in],
    }


def _copy_as_json(copy: Paragraph) -> dict[str, Any]:
    return {
        **_source_as_json(copy.article),
        "start": copy.span.start,
        "end": copy.span.end,
        "page": copy.article.page_of(copy.span.start),
        "link": link_to(copy.article, copy.span),
    }


def _source_as_json(article: Article) -> dict[str, Any]:
    published = article.published
    return {
        "article_id": article.id,
        "path": article.path,
        "title": article.title,
        "publisher": article.publisher,
        "published": published.iso if published else None,
        "published_approximate": published.approximate if published else None,
        "url": article.url,
    }


def print_answer(console: Console, answered: Answered) -> None:
    """An answer for people: remarks, then each quote and where it comes from; the best sentence and words marked."""
    answer = answered.answer
    for remark in remarks(answer):
        console.print(Text(harmless(remark), style=_BAND_STYLE[answer.band] if answer.band is not Band.FOUND else ""))
    for rank, passage in enumerate(answer.passages, start=1):
        console.print()
        console.print(Padding(_marked(passage), (0, 0, 0, 2)))
        console.print(_credit(rank, passage), soft_wrap=True)  # a link that is wrapped cannot be followed
    console.print(Text(f"\n{answer.band}, {answered.latency_ms:.1f} ms, corpus {answer.corpus_version}", style="dim"))


def _marked(passage: Passage) -> Text:
    text = Text(harmless(passage.quote))
    text.stylize("bold", passage.sentence.start - passage.span.start, passage.sentence.end - passage.span.start)
    for span in passage.highlights:
        text.stylize("yellow", span.start - passage.span.start, span.end - passage.span.start)
    return text


def _credit(rank: int, passage: Passage) -> Text:
    article = passage.article
    text = Text(f"  [{rank}] {attribution(article, passage.sentence)}", style="cyan")
    title = title_of(article)
    text.append(f": {title}" if title else "", style="not bold")
    if passage.also_in:
        text.append("\n      also in " + "; ".join(attribution(copy.article, copy.span) for copy in passage.also_in))
    text.append(f"\n      {printable(link_to(article, passage.sentence) or 'no link is known')}", style="dim")
    return text


def print_corpus(console: Console, catalog: Catalog, *, blocks: bool) -> None:
    """The articles in a table, what was rejected, and on demand what each body was parted into."""
    table = Table("id", "publisher, date", "title", "language", "paragraphs", title=f"Corpus {catalog.version}")
    for article in catalog.articles():
        title = Text(title_of(article) or "–")
        count = sum(1 for _ in article.paragraphs())
        about = Text(printable(article.id)), Text(attribution(article)), title, Text(printable(article.language))
        table.add_row(*about, str(count))
    console.print(table)
    if blocks:
        for article in catalog.articles():
            _print_blocks(console, article)
    rejected = len(catalog.rejections)
    console.print(f"{catalog.article_count} articles, {catalog.paragraph_count} paragraphs, {rejected} rejected")
    for rejection in catalog.rejections:
        console.print(Text(f"rejected: {printable(str(rejection))}", style="red"))


def _print_blocks(console: Console, article: Article) -> None:
    console.print(Text(f"\n{printable(article.path)}", style="bold"))
    line, position = 1, 0
    for block in article.blocks:
        text = printable(block.span.of(article.body))
        line += article.body.count("\n", position, block.span.start)
        position = block.span.start
        console.print(Text(f"{line:>5} {block.kind:<13} {text[:_COLUMN]}{'…' if len(text) > _COLUMN else ''}"))


def print_questions(console: Console, questions: list[LoggedQuestion]) -> None:
    """Logged questions, one a row."""
    table = Table("no.", "asked (UTC)", "where", "band", "question", "quoted from")
    for question in questions:
        sources = ", ".join(dict.fromkeys(shown.article_id for shown in question.passages))
        table.add_row(
            str(question.id),
            f"{question.asked_at:%Y-%m-%d %H:%M:%S}",
            Text(printable(question.channel)),
            Text(printable(question.band), style=_BAND_STYLE.get(question.band, "")),
            Text(printable(question.text)[:200]),
            Text(printable(sources) or "–"),
        )
    console.print(table)


def print_question(console: Console, question: LoggedQuestion) -> None:
    """One logged question with everything that is kept of it."""
    facts = {
        "question": question.text,
        "asked": f"{question.asked_at:%Y-%m-%d %H:%M:%S} UTC, {question.channel}, language {question.language}",
        "asker": question.asker or "–",
        "answered": f"{question.band} in {question.latency_ms:.1f} ms from corpus {question.corpus_version}",
        "missing": ", ".join(question.missing_terms) or "–",
        "suggested": question.did_you_mean or "–",
        "follows": question.follows or "–",
    }
    for name, value in facts.items():
        console.print(Text(f"{name:>10}  {harmless(value)}"))
    for shown in question.passages:
        how = f"score {shown.score:.3f}" if shown.score is not None else "no score"
        how += "" if shown.via == "answer" else f", shown by {shown.via}"
        place = f"{shown.article_id} [{shown.start}, {shown.end}) sha256 {shown.sha256[:12]}…, {how}"
        console.print(Text(f"\n{shown.rank:>10}  {printable(place)}", style="cyan"))
        console.print(Padding(Text(harmless(shown.text)), (0, 0, 0, 12)))


def print_unanswered(console: Console, found: list[Unanswered]) -> None:
    """What was not answered well, one group of questions a row, with what people wish for below it."""
    table = Table("asked", "last (UTC)", "band", "👎", "wishes", "question", "in no article")
    for each in found:
        question = Text(printable(each.text)[:200])
        for note in each.notes:
            question.append(f"\nwish: {printable(note)}", style="italic")
        table.add_row(
            str(each.times),
            f"{each.last_asked:%Y-%m-%d %H:%M}",
            Text(printable(each.band), style=_BAND_STYLE.get(each.band, "")),
            str(each.downs),
            str(each.wishes),
            question,
            Text(printable(", ".join(each.missing_terms)) or "–"),
        )
    console.print(table)


def print_table_written(console: Console, path: Path, made: SpreadsheetTable) -> None:
    """How many questions are in a file now."""
    console.print(Text(f"questions written to {printable(str(path))}: {made.questions}"), soft_wrap=True)


def print_backup(console: Console, path: Path, made: Backup) -> None:
    """What is in a copy of the query log, and that it can be trusted."""
    held = f"{made.questions} questions, {made.waiting} updates not yet dealt with, {made.size / 1e6:.1f} MB"
    console.print(Text(f"copied to {printable(str(path))} and checked: {held}"), soft_wrap=True)


def print_verification(console: Console, result: Verification) -> None:
    """How many quotes are exact, and those that are not."""
    gone = f", {result.gone} from articles that the corpus no longer holds" if result.gone else ""
    console.print(f"{result.quotes} quotes, {result.exact} exact{gone}")
    for question_id, shown in result.mismatches:
        what = f"passage {shown.rank}" + ("" if shown.via == "answer" else f" ({shown.via})")
        place = f"question {question_id}, {what}: {shown.article_id} [{shown.start}, {shown.end})"
        console.print(Text(f"NOT EXACT: {printable(place)}", style="red"))
