"""The articles as they are now take the place of those that serve, if they pass the gates."""

import shutil
from pathlib import Path

import pytest

from retrieval import CorpusError, CorpusStore, Engine, Gates, Outcome, Source, StoreError, check, reload
from tests.builders import write_corpus

ROAD = "The road to Goris was reopened by engineers in November after heavy floods."
BREAD = "Bakers in the old town bake bread with rye flour and salt every morning."
MINE = "The copper mine at Kajaran employs nine hundred workers in three shifts."
FILES: dict[str, str | bytes] = {"bread.txt": BREAD, "mine.txt": MINE, "road.txt": ROAD}
QUESTIONS = '[[question]]\nask = "When was the road to Goris reopened?"\nright = ["in November"]\n'
CANARY = '[[question]]\nask = "How many workers does the copper mine at Kajaran employ?"\nkind = "canary"\n'
ANY_SIZE = Gates(shrink=1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three articles."""
    return write_corpus(tmp_path / "corpus", FILES)


@pytest.fixture(params=[Engine.MEMORY, Engine.DISK])
def store(folder: Path, tmp_path: Path, request: pytest.FixtureRequest) -> CorpusStore:
    """Of these, with nothing loaded."""
    return CorpusStore(tmp_path / "home", [Source(folder)], request.param)


def answering(store: CorpusStore, question: str) -> list[str]:
    """Paths of the articles that are quoted by what serves."""
    retriever = store.open()
    assert retriever
    return [passage.article.path for passage in retriever.answer(question).passages]


def facts(outcome: Outcome) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], int]:
    """What was added, changed, removed and left."""
    report = outcome.report
    return report.added, report.changed, report.removed, report.unchanged


def test_the_first_reload_loads_everything(store: CorpusStore) -> None:
    """There is nothing to be compared with."""
    outcome = reload(store, Gates(shrink=0))
    assert outcome.applied
    assert outcome.failures == ()
    assert outcome.seconds > 0
    assert facts(outcome) == (("bread.txt", "mine.txt", "road.txt"), (), (), 0)
    assert (outcome.report.before, outcome.report.after) == (None, store.version)
    assert (outcome.report.paragraphs_before, outcome.report.paragraphs) == (0, 3)
    assert answering(store, "Who bakes bread with rye flour?") == ["bread.txt"]


def test_nothing_changed(store: CorpusStore) -> None:
    """Then nothing is applied and nothing speaks against it."""
    reload(store, Gates())
    version = store.version
    outcome = reload(store, Gates())
    assert (outcome.applied, outcome.failures, store.version, store.previous) == (False, (), version, None)
    assert facts(outcome) == ((), (), (), 3)
    assert outcome.report.before == outcome.report.after == version


def test_what_changed_serves(store: CorpusStore, folder: Path) -> None:
    """Added, changed and removed articles are told by path; what served is kept."""
    reload(store, Gates())
    version = store.version
    write_corpus(folder, {"mine.txt": MINE.replace("copper", "silver"), "new/train.txt": "A night train runs."})
    (folder / "bread.txt").unlink()
    outcome = reload(store, ANY_SIZE)
    assert outcome.applied
    assert facts(outcome) == (("new/train.txt",), ("mine.txt",), ("bread.txt",), 1)
    assert (store.previous, store.version) == (version, outcome.report.after)
    assert answering(store, "Which silver mine is at Kajaran?") == ["mine.txt"]


def test_a_version_is_held_until_somebody_accepts_it(store: CorpusStore, folder: Path) -> None:
    """By the name that the report gave it; after another change the name means nothing."""
    reload(store, Gates())
    version = store.version
    (folder / "road.txt").unlink()
    held = reload(store, Gates())
    assert not held.applied
    assert "2 of 3 paragraphs" in held.failures[0]
    assert store.version == version
    assert answering(store, "When was the road to Goris reopened?") == ["road.txt"]
    (folder / "bread.txt").unlink()
    other = reload(store, Gates(), accept=held.report.after)
    assert not other.applied
    assert other.failures == (
        f"The articles have changed since the report on version {held.report.after}. Look at this one first.",
    )
    assert store.version == version
    accepted = reload(store, Gates(), accept=other.report.after)
    assert accepted.applied
    assert accepted.failures == ()
    assert store.version == other.report.after


def test_a_check_says_what_a_reload_would_do_and_does_nothing(store: CorpusStore, folder: Path) -> None:
    """With the same sentences; where nothing has changed, no gate is asked."""
    reload(store, Gates())
    assert check(store, Gates(shrink=0)) == (reload(store, Gates()).report, ())
    (folder / "mine.txt").unlink()
    served = store.version
    report, failures = check(store, Gates())
    assert (report.removed, store.version) == (("mine.txt",), served)
    assert failures
    assert reload(store, Gates()).failures == failures
    assert check(store, ANY_SIZE)[1] == ()


def test_what_serves_already_needs_no_acceptance(store: CorpusStore, folder: Path) -> None:
    """Two admins may press the same button."""
    reload(store, Gates())
    (folder / "road.txt").unlink()
    held = reload(store, Gates())
    assert reload(store, Gates(), accept=held.report.after).applied
    again = reload(store, Gates(), accept=held.report.after)
    assert (again.applied, again.failures) == (False, ())


def test_a_version_that_was_rolled_back_does_not_come_back_by_itself(store: CorpusStore, folder: Path) -> None:
    """A folder that is watched would bring it back at once; a person who asks for it gets it."""
    reload(store, Gates())
    first = store.version
    write_corpus(folder, {"wrong.txt": "A wrong article that nobody wanted to have here."})
    second = reload(store, Gates()).report.after
    report = store.roll_back()
    assert (report.before, report.after, report.removed) == (second, first, ("wrong.txt",))
    assert (store.version, store.previous, store.refused) == (first, second, second)
    held = reload(store, Gates(), automatic=True)
    assert not held.applied
    assert held.failures == (f"Version {second} was rolled back. A reload that is asked for loads it all the same.",)
    write_corpus(folder, {"other.txt": "Another article that everybody wanted to have here."})
    assert reload(store, Gates(), automatic=True).applied
    assert store.refused is None


def test_a_refusal_outlives_what_changes_nothing(store: CorpusStore, folder: Path) -> None:
    """Somebody takes the wrong article out and in again: it is still the version that was rolled back."""
    reload(store, Gates())
    write_corpus(folder, {"wrong.txt": "A wrong article that nobody wanted to have here."})
    reload(store, Gates())
    store.roll_back()
    (folder / "wrong.txt").unlink()
    assert not reload(store, Gates(), automatic=True).applied
    write_corpus(folder, {"wrong.txt": "A wrong article that nobody wanted to have here."})
    assert reload(store, Gates(), automatic=True).failures
    assert reload(store, Gates()).applied
    assert store.refused is None


def test_a_second_rollback_undoes_the_first(store: CorpusStore, folder: Path) -> None:
    """There and back again."""
    reload(store, Gates())
    with pytest.raises(CorpusError, match="no version to go back to"):
        store.roll_back()
    write_corpus(folder, {"train.txt": "A night train connects the harbour with the capital."})
    reload(store, Gates())
    first, second = store.previous, store.version
    store.roll_back()
    assert answering(store, "What connects the harbour with the capital?") == []
    store.roll_back()
    assert (store.version, store.previous) == (second, first)
    assert answering(store, "What connects the harbour with the capital?") == ["train.txt"]


def test_judged_questions_beside_the_articles_are_asked(store: CorpusStore, folder: Path) -> None:
    """Canaries in any case, the others as far as they were answered before; progress is told."""
    write_corpus(folder, {"questions.toml": QUESTIONS + CANARY})
    told: list[tuple[str, int, int]] = []
    assert reload(store, ANY_SIZE, track=lambda *step: told.append(step)).applied
    assert {stage for stage, _, _ in told} >= {"reading", "asking"}
    assert all(0 <= done <= total for _, done, total in told)
    (folder / "road.txt").unlink()
    [failure] = reload(store, ANY_SIZE).failures
    assert "When was the road to Goris reopened?" in failure
    (folder / "mine.txt").unlink()
    assert len(reload(store, ANY_SIZE).failures) == 2
    write_corpus(folder, {"road.txt": ROAD, "questions.toml": "[[question]]\nnonsense = 1\n" + CANARY})
    assert any("cannot be read" in failure for failure in reload(store, ANY_SIZE).failures)
    write_corpus(folder, {"mine.txt": MINE})
    shutil.rmtree(folder)
    write_corpus(folder, FILES | {"questions.toml": QUESTIONS + CANARY})
    assert reload(store, ANY_SIZE).report.after == store.version


def test_a_canary_holds_the_first_version_too(store: CorpusStore, folder: Path) -> None:
    """Nothing serves then."""
    write_corpus(folder, {"questions.toml": CANARY})
    (folder / "mine.txt").unlink()
    outcome = reload(store, Gates())
    assert not outcome.applied
    assert "canaries are not answered" in outcome.failures[0]
    assert (store.version, store.open()) == (None, None)


def test_a_failing_reload_changes_nothing(store: CorpusStore, folder: Path) -> None:
    """Whether the folder is gone, holds nothing, or somebody's progress bar breaks."""
    reload(store, Gates())
    version = store.version
    away = folder.rename(folder.with_name("away"))
    with pytest.raises(CorpusError, match="no such corpus folder"):
        reload(store, Gates())
    folder.mkdir()
    with pytest.raises(CorpusError, match="nothing to quote"):
        reload(store, Gates())
    folder.rmdir()
    away.rename(folder)
    write_corpus(folder, {"train.txt": "A night train connects the harbour with the capital."})

    def broken(stage: str, done: int, total: int) -> None:
        del stage, done, total
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        reload(store, Gates(), track=broken)
    assert (store.version, store.previous) == (version, None)
    assert answering(store, "Who bakes bread with rye flour?") == ["bread.txt"]
    assert reload(store, Gates()).applied


def test_what_is_rejected_is_told_though_no_article_changed(store: CorpusStore, folder: Path) -> None:
    """The version is the same, and says what was not taken."""
    reload(store, Gates())
    write_corpus(folder, {"bad.txt": b"\xff"})
    outcome = reload(store, Gates())
    assert not outcome.applied
    assert [str(each).split(":")[0] for each in outcome.report.rejections] == ["bad.txt"]
    retriever = store.open()
    assert retriever
    assert retriever.catalog.rejections == outcome.report.rejections


def test_a_lost_store_is_told(store: CorpusStore, tmp_path: Path) -> None:
    """Not written into a file that nobody will find again."""
    reload(store, Gates())
    shutil.rmtree(tmp_path / "home")
    with pytest.raises(StoreError, match="start the program anew"):
        reload(store, Gates())
