"""Whatever happens to the articles, a store that followed it equals one that was filled at once."""

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from retrieval import CorpusError, CorpusStore, Engine, Retriever, Source, Staged, read_corpus
from tests.builders import IN_MEMORY, write_corpus
from tests.retrieval.store.contents import answers, assert_no_orphans, contents

TEXTS = (
    "The road to Goris was reopened by 40 engineers in November after heavy floods.",
    "The United Nations Development Programme (UNDP) paid for two bridges near Goris.",
    "The Union of Native Dairy Producers (UNDP) met in the old town on Monday morning.",
    "The copper mine at Kajaran employs nine hundred workers in three shifts.",
    "Bakers in the old town bake bread with rye flour every morning.",
    "Дорога в Горис открыта с ноября, сообщили в министерстве транспорта республики.",
    "A café opened beside it in 2023: nobody had expected that, naïve as they were.",
    "* * *",
)
NAMES = ("a.txt", "b.txt", "deep/c.txt", "d.txt")
BODIES = st.lists(st.sampled_from(TEXTS), min_size=1, max_size=3).map("\n\n".join)
ENTRIES = st.fixed_dictionaries(
    {},
    optional={
        "id": st.sampled_from(["one", "two"]),
        "title": st.sampled_from(["The road to Goris", "Bread"]),
        "publisher": st.sampled_from(["Asbarez", "Press TV", "Reuters/AFP"]),
        "published": st.sampled_from(["2023-05-01", "2023-05", "2022"]),
    },
)
ROWS = st.lists(st.tuples(st.sampled_from(["1", "2", "3"]), st.sampled_from(TEXTS[:5])), max_size=3)
ALIASES = st.sampled_from(["", 'same = [["Goris", "Gerusy"]]', 'same = [["bread", "loaf"]]\n[names]\nLavrov = ["S"]'])

_Folder = tuple[tuple[str, str], ...]  # what a corpus folder holds, file by file
_fresh: dict[_Folder, tuple[Any, ...]] = {}


def filled(files: _Folder) -> tuple[Any, ...]:
    """What a store holds, answers and tells that was filled with these files at once, and what memory answers."""
    if files not in _fresh:
        with tempfile.TemporaryDirectory(dir=IN_MEMORY) as place:
            folder, home = write_corpus(Path(place) / "corpus", dict(files)), Path(place) / "home"
            store = CorpusStore(home, [Source(folder)], Engine.DISK)
            with store.staging() as staged:
                staged.apply()
            retriever = store.open()
            assert retriever
            corpus = read_corpus(folder)
            assert tuple(retriever.catalog.articles()) == corpus.articles
            reasons = sorted(each.reason for each in retriever.catalog.rejections)
            assert reasons == sorted(each.reason for each in corpus.rejections)
            assert_no_orphans(home)
            _fresh[files] = (contents(home), answers(retriever), _told(retriever), answers(Retriever(corpus)))
    return _fresh[files]


def _told(retriever: Retriever) -> tuple[Any, ...]:
    catalog = retriever.catalog
    articles = tuple(catalog.articles())
    by_body = tuple(found and found.body for found in (catalog.with_sha256(each.sha256) for each in articles))
    assert by_body == tuple(article.body for article in articles)
    return (
        catalog.version,
        catalog.article_count,
        catalog.paragraph_count,
        catalog.languages,
        catalog.rejections,
        articles,
        catalog.newest(3),
    )


class Changes(RuleBasedStateMachine):
    """A person changes a corpus folder and reloads it, goes back, and changes the engine."""

    def __init__(self) -> None:
        super().__init__()
        self.place = Path(tempfile.mkdtemp(dir=IN_MEMORY))
        self.folder, self.home = self.place / "corpus", self.place / "home"
        self.folder.mkdir()
        self.store = CorpusStore(self.home, [Source(self.folder)], Engine.DISK)
        self.serving: _Folder | None = None
        self.previous: _Folder | None = None
        self.entries: dict[str, dict[str, str]] = {}
        self.watched: list[tuple[Retriever, list[list[tuple[float, str, int]]]]] = []

    def teardown(self) -> None:
        """Nothing is left in the machine's memory."""
        self.watched.clear()
        self.store.close()
        shutil.rmtree(self.place)

    @initialize(bodies=st.lists(BODIES, min_size=len(NAMES), max_size=len(NAMES)))
    def begin(self, bodies: list[str]) -> None:
        """Some articles are there from the start."""
        for name, body in zip(NAMES, bodies, strict=True):
            self.write(name, body)

    @rule(name=st.sampled_from(NAMES), body=BODIES)
    def write(self, name: str, body: str) -> None:
        """A file is added, or another text stands in it."""
        write_corpus(self.folder, {name: body})

    @rule(name=st.sampled_from(NAMES), entry=ENTRIES)
    def describe(self, name: str, entry: dict[str, str]) -> None:
        """The manifest says something else of a file, perhaps an id that another has."""
        self.entries[name] = entry
        tables = (
            "\n".join(["[[article]]", f'file = "{file}"', *(f'{key} = "{value}"' for key, value in known.items())])
            for file, known in self.entries.items()
        )
        (self.folder / "manifest.toml").write_text("\n".join(tables))

    @rule(rows=ROWS)
    def fill_in(self, rows: list[tuple[str, str]]) -> None:
        """A file of several articles, perhaps with one id twice, or empty."""
        lines = (json.dumps({"id": known, "text": text, "title": "A row"}) for known, text in rows)
        write_corpus(self.folder, {"table.jsonl": "\n".join(lines)})

    @rule(name=st.sampled_from(NAMES))
    def remove(self, name: str) -> None:
        """A file goes."""
        (self.folder / name).unlink(missing_ok=True)

    @rule(one=st.sampled_from(NAMES), other=st.sampled_from(NAMES))
    def rename(self, one: str, other: str) -> None:
        """A file takes the place of another."""
        if (self.folder / one).exists():
            (self.folder / other).parent.mkdir(exist_ok=True)
            (self.folder / one).rename(self.folder / other)

    @rule(aliases=ALIASES)
    def call(self, aliases: str) -> None:
        """Things are called otherwise."""
        (self.folder / "aliases.toml").write_text(aliases)

    @rule()
    def go_back_in_the_folder(self) -> None:
        """The files are again those that serve, or served before."""
        wanted = self.previous or self.serving
        if wanted:
            shutil.rmtree(self.folder)
            write_corpus(self.folder, dict(wanted))

    @rule(engine=st.sampled_from([Engine.DISK, Engine.DISK, Engine.MEMORY]))
    def start_anew(self, engine: Engine) -> None:
        """The program is started again, perhaps with another engine."""
        self.store.close()
        self.store = CorpusStore(self.home, [Source(self.folder)], engine)

    @rule(applied=st.sampled_from([True, True, False]))
    def reload(self, applied: bool) -> None:
        """What was staged serves, or is given up."""
        files = self._files()
        try:
            with self.store.staging() as staged:
                self._check_staged(staged, files)
                if applied:
                    staged.apply()
        except CorpusError as error:
            assert "nothing to quote" in str(error)  # noqa: PT017  # it may or may not be raised
            return
        if applied:
            if self._name(files) != self._name(self.serving):
                self.previous = self.serving
            self.serving = files

    @precondition(lambda self: self.previous is not None)
    @rule()
    def roll_back(self) -> None:
        """The version before serves again."""
        report = self.store.roll_back()
        self.serving, self.previous = self.previous, self.serving
        assert report.after == self._name(self.serving)
        assert self.store.refused == report.before == self._name(self.previous)

    @precondition(lambda self: self.serving is not None)
    @rule()
    def ask_for_a_while(self) -> None:
        """Somebody holds on to the version that serves now."""
        retriever = self.store.open()
        assert retriever
        self.watched = [*self.watched[-3:], (retriever, answers(retriever))]

    @precondition(lambda self: self.watched)
    @rule()
    def ask_on(self) -> None:
        """Whoever holds on to a version gets its answers, whatever serves meanwhile."""
        for retriever, before in self.watched:
            assert answers(retriever) == before

    @precondition(lambda self: self.serving is not None)
    @rule()
    def compare(self) -> None:
        """What serves equals what is filled at once with the same files; so do its answers."""
        assert self.serving
        held, answered, told, in_memory = filled(self.serving)
        disk = CorpusStore(self.home, [Source(self.folder)], Engine.DISK).open()
        assert disk
        assert _told(disk) == told
        found = answers(disk)
        for mine, fresh, memory in zip(found, answered, in_memory, strict=True):
            assert [place[1:] for place in mine] == [place[1:] for place in fresh]
            assert [place[0] for place in mine] == pytest.approx([place[0] for place in fresh], abs=2e-9)
            assert {place[1:] for place in mine} == {place[1:] for place in memory}
        assert contents(self.home) == held
        self._check_quotes(disk)

    @invariant()
    def names_and_rows(self) -> None:
        """The store names what serves, and keeps nothing else."""
        assert self.store.version == self._name(self.serving)
        assert self.store.previous == self._name(self.previous)
        if self.serving is not None:
            assert_no_orphans(self.home)

    def _check_staged(self, staged: Staged, files: _Folder) -> None:
        held, answered, told, _ = filled(files)
        del held
        assert staged.report.before == self._name(self.serving)
        assert staged.report.after == told[0] == staged.retriever.catalog.version
        assert staged.report.rejections == told[4] == staged.retriever.catalog.rejections
        if self.store._engine is Engine.DISK:
            for mine, fresh in zip(answers(staged.retriever), answered, strict=True):
                assert [place[0] for place in mine] == pytest.approx([place[0] for place in fresh], abs=2e-9)
        self._check_quotes(staged.retriever)

    def _check_quotes(self, retriever: Retriever) -> None:
        answer = retriever.answer("When was the road to Goris reopened?")
        assert answer.corpus_version == retriever.catalog.version
        bodies = {article.sha256: article.body for article in retriever.catalog.articles()}
        assert all(passage.article.body == bodies[passage.article.sha256] for passage in answer.passages)

    def _files(self) -> _Folder:
        found = ((path.relative_to(self.folder).as_posix(), path) for path in self.folder.rglob("*") if path.is_file())
        return tuple(sorted((name, path.read_text()) for name, path in found))

    def _name(self, files: _Folder | None) -> str | None:
        return None if files is None else str(filled(files)[2][0])


Changes.TestCase.settings = settings(
    max_examples=40,
    stateful_step_count=30,
    phases=[Phase.reuse, Phase.generate, Phase.shrink],  # to explain takes minutes
    suppress_health_check=list(HealthCheck),
)
TestChanges = Changes.TestCase
