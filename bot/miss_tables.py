"""What went wrong in an evaluation, for people: two paragraphs beside each other."""

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from bot.wording import harmless, printable
from retrieval.answers import Contribution
from retrieval.evaluation import Explained, Miss, Report
from retrieval.model import Article


def print_miss(console: Console, report: Report, miss: Miss) -> None:
    """The question, then the right paragraph beside the one that came first, then what either scored, word by word."""
    question = miss.question
    day = f", asked on {question.asked_on}" if question.asked_on else ""
    about = f"\n{printable(report.judged.name)}, {printable(question.kind)}{day}: "
    console.print(Text(about, style="dim").append(harmless(question.text), style="bold not dim"))
    table = Table(show_lines=True, expand=True)
    table.add_column(f"right: {_place(miss.right)}", style="green", ratio=1)
    table.add_column(f"first: {_place(miss.first)}" if miss.first else "nothing was found", ratio=1)
    sides = (miss.right, miss.first) if miss.first else (miss.right,)
    if any(map(_heading, sides)):
        table.add_row(*(Text(_heading(each), style="bold") for each in sides))
    table.add_row(*(Text(harmless(each.paragraph.text)) for each in sides))
    table.add_row(*map(_sum, sides))
    console.print(table)


def _place(explained: Explained) -> str:
    return f"rank {explained.rank}, score {explained.score:.3f}" if explained.rank else "not ranked"


def _heading(explained: Explained) -> str:
    """The title, whose words count as the paragraph's, and the date, as far as they are known."""
    article: Article = explained.paragraph.article
    date = article.published.iso if article.published else ""
    return ", ".join(filter(None, (printable(article.title), date)))


def _sum(explained: Explained) -> RenderableType:
    """What a score is made of, a line a part, the heaviest first."""
    if not explained.contributions:
        return "no word of the question"
    parts = Table.grid(padding=(0, 1))
    parts.add_column(justify="right", no_wrap=True)
    parts.add_column()
    for each in sorted(explained.contributions, key=lambda each: -each.score):
        parts.add_row(f"{each.score:+.3f}", Text(_what(each)))
    return parts


def _what(part: Contribution) -> str:
    """The word of the question and where it was found; what was looked up for it, where that reads otherwise."""
    term = "" if part.term == part.word.lower() else part.term
    where = " ".join(filter(None, (part.field, printable(term))))
    return f"{printable(part.word)} ({where})" if part.word else where
