"""What a new version of the articles must keep, and what is said when it does not."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from retrieval import Corpus, Gates, Rejection, Retriever, read_corpus
from retrieval.store import Report
from retrieval.wordings import Judged, read_questions
from tests.builders import SEEDS, make_corpus

ROAD = "The road to Goris was reopened by engineers in November after heavy floods."
BREAD = "Bakers in the old town bake bread with rye flour and salt every morning."
MINE = "The copper mine at Kajaran employs nine hundred workers in three shifts."
TRAIN = "A night train connects the harbour with the capital twice a week."
ARTICLES: dict[str, str | bytes] = {"road.txt": ROAD, "bread.txt": BREAD, "mine.txt": MINE, "train.txt": TRAIN}
QUESTIONS = (
    Judged("When was the road to Goris reopened?", right=("in November",)),
    Judged("Which flour do bakers use for bread?", right=("rye flour",)),
    Judged("How many workers does the copper mine at Kajaran employ?", right=("nine hundred", "many people")),
    Judged("Who painted the ceiling?"),
)
[GORIS, *_] = QUESTIONS
CANARY = replace(GORIS, kind="canary")
NO_LIMIT = Gates(shrink=1)


def corpus_of(folder: Path, **changes: str | None) -> Corpus:
    """The articles with some changed, added, or removed where None is given."""
    files = ARTICLES | {f"{name}.txt": text for name, text in changes.items() if text is not None}
    return make_corpus(folder, {name: text for name, text in files.items() if changes.get(name[:-4], "") is not None})


def report_of(before: Corpus, after: Corpus) -> Report:
    """What the store would say of the two."""
    old, new = ({article.path: article.sha256 for article in corpus.articles} for corpus in (before, after))
    return Report(
        before=before.version,
        after=after.version,
        added=tuple(sorted(new.keys() - old.keys())),
        changed=tuple(sorted(path for path in new.keys() & old.keys() if new[path] != old[path])),
        removed=tuple(sorted(old.keys() - new.keys())),
        unchanged=sum(new.get(path) == sha256 for path, sha256 in old.items()),
        rejections=after.rejections,
        paragraphs_before=before.paragraph_count,
        paragraphs=after.paragraph_count,
    )


def failures(gates: Gates, before: Corpus, after: Corpus, judged: tuple[Judged, ...] = QUESTIONS) -> tuple[str, ...]:
    """What the gates say of a change from one to the other."""
    return gates.failures(report_of(before, after), Retriever(before), Retriever(after), judged)


def sized(before: int, after: int) -> Report:
    """A report on so many paragraphs."""
    return Report("a", "b", (), (), (), 0, (Rejection("x.txt", 1, "empty"),), before, after)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """Four articles."""
    return corpus_of(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="module")
def retriever(small: Corpus) -> Retriever:
    """Of the four articles."""
    return Retriever(small)


def test_the_same_articles_pass(small: Corpus) -> None:
    """With every gate as narrow as it can be; and more articles do no harm."""
    assert failures(Gates(shrink=0), small, small, (*QUESTIONS, CANARY)) == ()


def test_more_articles_pass(small: Corpus, tmp_path: Path) -> None:
    """They take nothing away."""
    assert failures(Gates(shrink=0), small, corpus_of(tmp_path, plane="Planes fly to Gyumri."), QUESTIONS) == ()


@example(hundreds=1, rest=0, percent=29, off=-1)
@given(st.integers(0, 10**4), st.integers(0, 99), st.integers(0, 100), st.integers(-1, 1) | st.integers())
def test_so_much_may_go_and_no_paragraph_more(
    retriever: Retriever, hundreds: int, rest: int, percent: int, off: int
) -> None:
    """Exactly, whatever the numbers are; growth is no loss."""
    before = 100 * hundreds + rest
    may_go = percent * before // 100
    after = max(0, before - may_go + off)
    found = Gates(shrink=percent / 100).failures(sized(before, after), retriever, retriever, ())
    assert bool(found) == (before - after > may_go)
    if found:
        assert f"has {after} of {before} paragraphs, {before - after} fewer" in found[0]
        assert f"; at most {may_go} ({percent}%) may go. If that is meant, apply it" in found[0]


def test_the_sentence_about_the_size_says_all(retriever: Retriever) -> None:
    """As an admin reads it."""
    [said] = Gates().failures(sized(400, 120), retriever, retriever, ())
    counts = "The new version has 120 of 400 paragraphs, 280 fewer (70%); at most 80 (20%) may go."
    assert said == f"{counts} If that is meant, apply it all the same."


@pytest.mark.parametrize("share", [-0.01, 1.01, float("nan")])
def test_a_share_is_between_nothing_and_all(share: float) -> None:
    """20 would mean twenty times as much."""
    with pytest.raises(ValueError, match="shrink must be 0 to 1"):
        Gates(shrink=share)


def test_an_article_that_answered_is_missed(small: Corpus, tmp_path: Path) -> None:
    """The sentence names the question, and the article that is gone."""
    [said] = failures(NO_LIMIT, small, corpus_of(tmp_path, road=None))
    counts = "2 of 3 judged questions find a right paragraph first, 3 did before."
    lost = "Lost: “When was the road to Goris reopened?” (road.txt, which answered it, was removed)."
    assert said == f"{counts} {lost} If that is meant, apply it all the same."


def test_an_article_that_says_something_else_now_is_missed(small: Corpus, tmp_path: Path) -> None:
    """Though it still comes first."""
    [said] = failures(NO_LIMIT, small, corpus_of(tmp_path, road=ROAD.replace("in November", "in May")))
    assert "Lost: “When was the road to Goris reopened?” (road.txt, which answered it, was changed)." in said


def test_an_article_that_pushes_the_right_one_away_is_noticed(small: Corpus, tmp_path: Path) -> None:
    """It is nobody's fault but the ranking's: no article is blamed."""
    more = "In June 2020 the road to Goris was reopened."
    [said] = failures(NO_LIMIT, small, corpus_of(tmp_path, more=more))
    assert "Lost: “When was the road to Goris reopened?”. If" in said


def test_what_is_won_makes_up_for_what_is_lost(small: Corpus, tmp_path: Path) -> None:
    """The number counts; a question that was never answered is not lost."""
    train = Judged("How often does the night bus connect the harbour?", right=("three times a week",))
    before = (*QUESTIONS, train)
    after = TRAIN.replace("train", "bus").replace("twice", "three times")
    assert failures(NO_LIMIT, small, corpus_of(tmp_path / "1", road=None, train=after), before) == ()
    [said] = failures(NO_LIMIT, small, corpus_of(tmp_path / "2", road=None), before)
    assert said.startswith("2 of 4 judged questions")
    assert "night bus" not in said


def test_a_wording_may_stand_in_a_copy(small: Corpus, tmp_path: Path) -> None:
    """Of several articles with the same words only one is ever found, and their signs may differ."""
    copy = ROAD.replace("in November", "in “November”")
    both = corpus_of(tmp_path, copy=copy)
    judged = (Judged(GORIS.ask, right=("in “November”",)), Judged(GORIS.ask, right=("in November",)))
    assert failures(NO_LIMIT, both, both, tuple(replace(each, kind="canary") for each in judged)) == ()
    assert failures(NO_LIMIT, both, both, judged) == ()
    [said] = failures(NO_LIMIT, both, small, judged)
    assert said.startswith("1 of 2 judged questions find a right paragraph first, 2 did before.")


def test_the_judged_questions_can_be_switched_off(small: Corpus, tmp_path: Path) -> None:
    """The canaries cannot."""
    after = corpus_of(tmp_path, road=None)
    gates = Gates(shrink=1, judged=False)
    assert failures(gates, small, after) == ()
    [said] = failures(gates, small, after, (*QUESTIONS, CANARY))
    assert said.startswith("1 of 1 canaries are not answered")


def test_a_canary_must_be_answered(small: Corpus, tmp_path: Path) -> None:
    """By any paragraph, or by one with its wordings."""
    bare = replace(CANARY, right=())
    assert failures(NO_LIMIT, small, small, (bare, CANARY)) == ()
    changed = corpus_of(tmp_path, road=ROAD.replace("in November", "in May"))
    assert failures(NO_LIMIT, small, changed, (bare,)) == ()
    [said] = failures(NO_LIMIT, small, changed, (bare, CANARY))
    canary = "“When was the road to Goris reopened?”"
    reason = "the paragraph that answers, in road.txt, has none of the wordings"
    way_out = "Put back the articles that answer, or change the questions in questions.toml."
    assert said == f"1 of 2 canaries are not answered: {canary} ({reason}). {way_out}"


def test_a_canary_that_gets_no_sure_answer_is_not_answered(small: Corpus) -> None:
    """Whether something comes near it or nothing does; even if it has never been answered."""
    near = Judged("Who reopened the road to Yerevan for tourists?", "canary")
    far = Judged("Who painted the ceiling?", "canary")
    [said] = failures(NO_LIMIT, small, small, (near, far))
    assert "“Who reopened the road to Yerevan for tourists?” (the articles may not answer)" in said
    assert "“Who painted the ceiling?” (no article answers)" in said


def test_the_first_version_is_held_by_canaries_only(small: Corpus, tmp_path: Path) -> None:
    """There is nothing to compare it with."""
    report = replace(report_of(small, small), before=None, paragraphs_before=0)
    staged = Retriever(corpus_of(tmp_path, road=None))
    told: list[int] = []
    assert Gates().failures(report, None, staged, QUESTIONS) == ()
    assert len(Gates().failures(report, None, staged, (*QUESTIONS, CANARY), lambda _, __, of: told.append(of))) == 1
    assert told == [1]


def test_the_gates_are_told_one_by_one(small: Corpus, tmp_path: Path) -> None:
    """Size, canaries, judged questions; of many that were lost a few are named, shortened."""
    long = Judged(f"When was\n the road to Goris reopened {'and again ' * 20}?", right=("in November",))
    after = corpus_of(tmp_path, road=None, mine=None)
    size, canaries, judged = failures(Gates(), small, after, (*[long] * 3, *[GORIS] * 5, CANARY))
    assert size.startswith("The new version has 2 of 4 paragraphs")
    assert canaries.startswith("1 of 1 canaries")
    assert judged.startswith("0 of 8 judged questions")
    assert judged.count("“") == 5
    assert " and 3 more. If that is meant" in judged
    assert "\n" not in judged
    assert judged.count("…” (road.txt, which answered it, was removed)") == 3
    assert len(judged) < 900


def test_progress_is_told(small: Corpus, retriever: Retriever) -> None:
    """Of the questions that are asked: those that have no answer are not."""
    told: list[tuple[str, int, int]] = []
    judged = (*QUESTIONS, CANARY)

    def track(stage: str, done: int, total: int) -> None:
        told.append((stage, done, total))

    NO_LIMIT.failures(report_of(small, small), retriever, retriever, judged, track)
    assert told == [("asking", done, 4) for done in (1, 2, 3, 4)]


def test_a_file_of_questions_that_cannot_be_read_is_a_failure(
    small: Corpus, retriever: Retriever, tmp_path: Path
) -> None:
    """The size counts none the less; a file that is not there asks nothing."""
    file, report = tmp_path / "questions.toml", report_of(small, small)
    assert Gates().failures_beside(file, report, retriever, retriever) == ()
    file.write_text('\n[[question]]\nask = ""\n', encoding="utf-8")
    unread, size = Gates().failures_beside(file, sized(4, 2), retriever, retriever)
    assert unread == (
        f"The judged questions cannot be read. {file}:2: ask is missing or empty: give it a text, or remove the entry. "
        "Mend the file, or remove it."
    )
    assert size.startswith("The new version has 2 of 4")
    file.unlink()
    file.symlink_to("away.toml")
    [said] = Gates(judged=False).failures_beside(file, report, retriever, retriever)
    assert "there is no such file" in said


def test_the_questions_of_a_file_are_asked(small: Corpus, retriever: Retriever, tmp_path: Path) -> None:
    """As they stand in it."""
    file = tmp_path / "questions.toml"
    file.write_text('[[question]]\nask = "Who painted the ceiling?"\nkind = "canary"\n', encoding="utf-8")
    [said] = Gates().failures_beside(file, report_of(small, small), retriever, retriever)
    assert said.startswith("1 of 1 canaries are not answered: “Who painted the ceiling?”")


def test_the_articles_that_ship_pass_against_themselves() -> None:
    """Every question of theirs is asked, twice; without one article they do not pass."""
    corpus = read_corpus(SEEDS)
    judged = read_questions(SEEDS / "questions.toml")
    assert failures(Gates(shrink=0), corpus, corpus, judged) == ()
    fewer = replace(corpus, articles=corpus.articles[1:])
    [said] = failures(NO_LIMIT, corpus, fewer, judged)
    assert f"({corpus.articles[0].path}, which answered it, was removed)" in said


def test_nothing_that_measures_is_loaded() -> None:
    """A bot that reloads needs no statistics."""
    program = "import retrieval.gates, sys; print([m for m in ('scipy', 'bm25s', 'matplotlib') if m in sys.modules])"
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", program], cwd=SEEDS.parent, capture_output=True, check=True, encoding="utf-8"
    )
    assert done.stdout == "[]\n"
