"""What does a person see of an answer: a page of it, a passage with what stands around it, the whole article?

Whatever is seen is drawn anew from what the log knows of the answer and from the articles as they are now. Where the
two differ, that is said: an answer is searched for again, a quote is looked for in its article.
"""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.answering import AnswerService, shown_passage
from bot.speech import Speech
from bot.telegram import button_texts, keyboards
from bot.telegram.drafts import Message
from bot.telegram.keyboards import Shown, below_answer, copyable
from bot.telegram.messages import to_page
from bot.telegram.pressing import Listing, Reading, View, Whole
from bot.telegram.reading import pages_of, read_around, read_change, read_page
from bot.wording import attribution, suggestion
from db import LoggedQuestion, ShownPassage
from retrieval import Answer, Article, Fate, Passage, Retriever, Span, Standing, Surroundings, link_to

_AROUND: Final = frozenset({"around", "article"})  # of what was shown, that no button leads to


@dataclass(frozen=True, slots=True)
class Screen:
    """What is seen.

    Attributes:
        messages: the last one bears the buttons; there are others only before the first page of an answer.
        shown: the passages that are quoted there, as the log keeps them.
    """

    messages: tuple[Message, ...]
    shown: tuple[ShownPassage, ...] = ()


def first_page(answer: Answer, key: str, say: Speech, *, username: str, page_size: int, first: str = "") -> Screen:
    """How an answer looks that is new.

    Args:
        answer: to a question.
        key: of the answer.
        say: in these words.
        username: of the bot, for the link that shares it.
        page_size: how many passages stand on a page at most.
        first: what is to be said before it.
    """
    page = to_page(answer, say, first=[first] if first else [])
    ranked = [shown_passage(passage) for passage in page.passages]
    shown = _shown(answer, key, ranked, Listing(), page_size)
    return Screen((*page.ahead, page.draft.finished(below_answer(shown, username, say))), tuple(ranked))


class Views:
    """Draws what buttons lead to.

    Args:
        service: knows what was answered, and what the articles say.
        whole_articles: whether whole articles may be read.
    """

    def __init__(self, service: AnswerService, *, whole_articles: bool = False) -> None:
        self._service = service
        self._whole_articles = whole_articles

    async def of(self, entry: LoggedQuestion, view: View, say: Speech, username: str) -> Screen | None:
        """What is seen of an answer; None where there is no such passage.

        Args:
            entry: the question and what was shown for it.
            view: what is wanted.
            say: in these words.
            username: of the bot.
        """
        if isinstance(view, Listing):
            return await self._listing(entry, view, say, username)
        shown = passage_with(entry, view.rank)
        if shown is None:
            return None
        if isinstance(view, Reading):
            best = await self._best_sentence(entry, shown, view.listing)
            return await asyncio.to_thread(self._reading, entry.key or "", shown, view, best, say)
        return await asyncio.to_thread(self._whole, entry.key or "", shown, view, say)

    async def _listing(self, entry: LoggedQuestion, listing: Listing, say: Speech, username: str) -> Screen:
        answer = await self._service.page(entry, listing.offset, listing.order)
        if not answer.passages and listing.offset:  # of an answer that has become shorter
            return await self._listing(entry, replace(listing, offset=0), say, username)
        first = [] if answer.corpus_version == entry.corpus_version else [say(button_texts.CHANGED_SINCE)]
        page = to_page(answer, say, first=first, offset=listing.offset, beside=listing.offset == 0)
        ranked = _ranked(entry, page.passages)
        shown = _shown(answer, entry.key or "", ranked, listing, self._service.page_size)
        return Screen((*page.ahead, page.draft.finished(below_answer(shown, username, say))), tuple(ranked))

    async def _best_sentence(self, entry: LoggedQuestion, shown: ShownPassage, listing: Listing) -> Span | None:
        """The sentence that answers best, where the search still finds the passage."""
        answer = await self._service.page(entry, listing.offset, listing.order)
        return next((each.sentence for each in answer.passages if _is(each, shown)), None)

    def _reading(self, key: str, shown: ShownPassage, view: Reading, best: Span | None, say: Speech) -> Screen:
        found, quote, first = _looked_up(self._service.retriever, shown, max(0, view.before), max(0, view.after))
        if found is None:
            return self._words(key, shown, view.listing, say)
        excerpt = read_around(found, view, quote, say, best=None if first else best, first=say(first) if first else "")
        copied = _copied(found.article, quote, None if first else best, say)
        keyboard = keyboards.below_excerpt(key, view, excerpt, copied, say, whole=self._whole_articles)
        return Screen(
            (excerpt.draft.finished(keyboard),),
            _kept(shown, found.article, [each for each in excerpt.pieces if each not in quote], "around"),
        )

    def _whole(self, key: str, shown: ShownPassage, view: Whole, say: Speech) -> Screen | None:
        if not self._whole_articles:
            return None
        found, quote, _ = _looked_up(self._service.retriever, shown, 0, 0)
        if found is None:
            return self._words(key, shown, view.listing, say)
        pages = pages_of(found.article, quote, say)
        here = replace(view, page=min(view.page, len(pages)))
        pieces = pages[here.page - 1]
        draft = read_page(found.article, pieces, quote, say)
        keyboard = keyboards.below_page(key, here, len(pages), say)
        return Screen(
            (draft.finished(keyboard),),
            _kept(shown, found.article, pieces, "article"),
        )

    def _words(self, key: str, shown: ShownPassage, listing: Listing, say: Speech) -> Screen:
        """A quote that its article does not hold any more."""
        standing = _standing(self._service.retriever, shown)
        keyboard = keyboards.below_words(key, shown.rank, listing, say)
        now = _kept(shown, standing.article, [standing.span], "around") if standing.article and standing.span else ()
        return Screen((read_change(standing, shown.text, say).finished(keyboard),), now)


def passage_with(entry: LoggedQuestion, rank: int) -> ShownPassage | None:
    """The passage with this rank among those that an answer has shown; None where there is none."""
    return next((each for each in entry.passages if each.rank == rank and each.via not in _AROUND), None)


def _shown(answer: Answer, key: str, ranked: Sequence[ShownPassage], listing: Listing, page_size: int) -> Shown:
    days = {passage.article.published for passage in answer.passages}
    return Shown(
        key=key,
        question=answer.question,
        band=answer.band,
        ranks=tuple(each.rank for each in ranked),
        found=max(answer.found, listing.offset + len(ranked)),
        page_size=page_size,
        listing=listing,
        meant=suggestion(answer),
        searched=bool(answer.searched_words),
        sortable=answer.found > len(answer.passages) or len(days) > 1,
    )


def _ranked(entry: LoggedQuestion, passages: Iterable[Passage]) -> list[ShownPassage]:
    """The passages of a page as the log keeps them.

    A rank means one passage for ever: those shown before keep theirs, also when the articles, and with them the order,
    have changed; others get ranks that are free.
    """
    known = [each for each in entry.passages if each.via not in _AROUND]
    taken = {each.rank for each in known}
    ranked = []
    for passage in passages:
        before = next((each.rank for each in known if _is(passage, each)), None)
        rank = before or (passage.rank if passage.rank not in taken else max(taken) + 1)
        taken.add(rank)
        ranked.append(replace(shown_passage(passage), rank=rank, via="more"))
    return ranked


def _is(passage: Passage, shown: ShownPassage) -> bool:
    same = passage.article.sha256 == shown.sha256 and passage.article.id == shown.article_id
    return same and passage.span == Span(shown.start, shown.end)


def _looked_up(
    retriever: Retriever, shown: ShownPassage, before: int, after: int
) -> tuple[Surroundings | None, Span, str]:
    """What stands around a quote now; where its words are there; what is to be said of its article."""
    span = Span(shown.start, shown.end)
    found = retriever.around(shown.sha256, span, before, after, article_id=shown.article_id)
    if found is not None:
        return found, span, ""
    standing = _standing(retriever, shown)
    if standing.fate is not Fate.STANDS or standing.article is None or standing.span is None:
        return None, span, ""
    article, place = standing.article, standing.span
    return (
        retriever.around(article.sha256, place, before, after, article_id=article.id),
        place,
        button_texts.WORDS_STAND,
    )


def _standing(retriever: Retriever, shown: ShownPassage) -> Standing:
    return retriever.standing(shown.article_id, shown.sha256, Span(shown.start, shown.end), shown.text)


def _copied(article: Article, quote: Span, best: Span | None, say: Speech) -> str | None:
    """What can be copied of a quote: with who said it, if there is room; its best sentence, if there is none."""
    said, link = attribution(article, quote, say), link_to(article, best or quote)
    texts = []
    for span in (quote, best or quote):
        words = span.of(article.body)
        texts += [f"{words}\n— {said}\n{link}"] if link else []
        texts += [f"{words}\n— {said}", words]
    return copyable(texts)


def _kept(shown: ShownPassage, article: Article, spans: Iterable[Span], via: str) -> tuple[ShownPassage, ...]:
    """Parts of an article that are shown because of one of its passages."""
    return tuple(
        ShownPassage(
            rank=shown.rank,
            article_id=article.id,
            sha256=article.sha256,
            start=span.start,
            end=span.end,
            score=None,
            text=span.of(article.body),
            via=via,
        )
        for span in spans
    )
