"""`aliases.toml`: what is right is used, what is wrong is named with its line, and stops nothing else."""

import os
import time
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import Corpus, read_corpus
from retrieval.alias_file import ALIASES, read_aliases
from retrieval.aliases import Aliases, Person
from tests.builders import SEEDS, write_corpus

GOOD = 'same = [["Artsakh", "Karabakh"]]\n\n[names]\nLavrov = ["Sergei"]\n'
PROSE: dict[str, str | bytes] = {"a.txt": "The ministry said on Monday that the road would stay open for everybody."}


def read(folder: Path, content: str | bytes) -> tuple[Aliases, dict[int | None, str]]:
    """The aliases of a file with this content, and what was rejected, by line."""
    path = folder / ALIASES
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    aliases, rejections = read_aliases(path)
    assert {rejection.path for rejection in rejections} <= {ALIASES}
    reasons: dict[int | None, str] = defaultdict(str)
    for rejection in rejections:
        reasons[rejection.line] += rejection.reason + "\n"
    return aliases, reasons


def with_aliases(folder: Path, content: str) -> Corpus:
    """A corpus with this file beside the article."""
    write_corpus(folder, PROSE)
    (folder / ALIASES).write_text(content, encoding="utf-8")
    return read_corpus(folder)


def test_groups_and_people_are_read(tmp_path: Path) -> None:
    """In order, in any script; white space is no part of a name. A byte order mark and CRLF are no fault."""
    content = """\
same = [
    ["Artsakh", " Nagorno-Karabakh\t", "Карабах"], # a comment
    ["MFA", "Foreign  Ministry"],
]

[names]
Lavrov = ["Sergei", "Sergey"]
"Пашинян" = ["Никол"]
"""
    aliases = Aliases(
        (("Artsakh", "Nagorno-Karabakh", "Карабах"), ("MFA", "Foreign Ministry")),
        (Person("Lavrov", ("Sergei", "Sergey")), Person("Пашинян", ("Никол",))),
    )
    assert read(tmp_path, content) == (aliases, {})
    assert read(tmp_path, "\ufeff" + content.replace("\n", "\r\n")) == (aliases, {})


def test_without_a_file_there_are_no_aliases(tmp_path: Path) -> None:
    """Nor is anything wrong; the same with an empty one."""
    assert read_aliases(tmp_path / ALIASES) == (Aliases(), ())
    assert read(tmp_path, "# nothing yet\n") == (Aliases(), {})


def test_groups_that_share_a_name_are_one_group(tmp_path: Path) -> None:
    """Whatever form it has, also by way of a third group; it stands where the first of them does."""
    groups = '["A1", "B1"], ["X1", "Y1"], ["C1", "D1"], ["b1", "E1", "d1"], ["F1", "y1"]'
    aliases, rejections = read(tmp_path, f"same = [{groups}]")
    assert aliases.groups == (("A1", "B1", "C1", "D1", "b1", "E1", "d1"), ("X1", "Y1", "F1", "y1"))
    assert rejections == {}
    assert aliases.alternatives("the E1", "en")[0].phrases == ("A1", "B1", "C1", "D1")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('["Baku"],', "two names that are not the same words; this one has Baku"),
        ('["UN", "U.N.", "un"],', "two names that are not the same words; this one has UN, U.N., un"),
        ("[],", "this one has nothing"),
        ('"Baku",', "a group must be a list of names"),
        ("{ Baku = 1 },", "not a table"),
        ("2023-04-24,", "not a date or a time"),
        ('["Baku", 1, "Bakı"],', "a name must be a text, not a number"),
        ('["Baku", ["Bakı"], "Баку"],', "a name must be a text, not a list"),
        ('["Baku", "", "Bakı"],', "a name is empty"),
        ('["Baku", " \\t", "Bakı"],', "a name is empty"),
        ('["Baku", "…", "Bakı"],', "without a word to look for"),
        ('["Baku", "the", "Bakı"],', "without a word to look for"),
        ('["Baku", "a\\u0000b", "Bakı"],', "control characters"),
        (str(["Baku", "x" * 121, "Bakı"]) + ",", "longer than 120 characters"),
        (f"{[f'N{number}' for number in range(201)]},", "201 names for one thing"),
    ],
)
def test_a_wrong_group_is_named_with_its_line_and_the_others_count(tmp_path: Path, line: str, reason: str) -> None:
    """So do the right names of a group that has two of them."""
    content = f'# same = [\nsame = [ # [\n    ["x]", "y,#"],\n    # [\n    {line}\n    ["c1",\n     "d1"], ["e1"]\n]\n'
    aliases, rejections = read(tmp_path, content)
    assert reason in rejections[5]
    assert "this one has e1" in rejections[7]
    assert aliases.groups[0] == ("x]", "y,#")
    assert aliases.groups[-1] == ("c1", "d1")
    right = [group for group in aliases.groups[1:-1] if group[0] == "Baku"]
    assert right in ([], [("Baku", "Bakı")], [("Baku", "Баку")])
    assert bool(right) == ("Bakı" in line or "Баку" in line)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('Aliyev = "Ilham"', "names.Aliyev must be a list of names"),
        ("Aliyev = []", "at least one first name"),
        ("Aliyev = [1]", "a name must be a text, not a number"),
        ('"" = ["Ilham"]', "a name is empty"),
        ('"?!" = ["Ilham"]', "without a word"),
        ('"Aliyev" = { first = "Ilham" }', "not a table"),
        (f"Aliyev = {[f'N{number}' for number in range(201)]}", "201 names"),
    ],
)
def test_a_wrong_person_is_named_with_the_line_and_the_others_count(tmp_path: Path, line: str, reason: str) -> None:
    """The line is that of the family name."""
    content = f'same = [["Aliyev", "Əliyev"]]\n[names]\nLavrov = ["Sergei"]\n{line}\nPeskov = ["Dmitry"]\n'
    aliases, rejections = read(tmp_path, content)
    assert reason in rejections[4]
    assert [person.family_name for person in aliases.people] == ["Lavrov", "Peskov"]


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        ('\nsmae = [["a1", "b1"]]\n', 2, "unknown key 'smae'; known are same, names"),
        ('\n[people]\nLavrov = ["Sergei"]\n', 2, "unknown key 'people'"),
        ("\nsame = 1\n", 2, "same must be a list of groups"),
        ('\n[same]\nLavrov = ["Sergei"]\n', 2, "same must be a list of groups"),
        ("\n[[names]]\n", 2, "names must be a table"),
        ("names = true\n", 1, "names must be a table"),
    ],
)
def test_a_wrong_key_is_named_with_its_line(tmp_path: Path, content: str, line: int, reason: str) -> None:
    """What else stands in the file counts."""
    assert reason in read(tmp_path, content)[1][line]
    more = '\n[names]\nPeskov = ["Dmitry"]\n' if "names" not in content else ""
    assert bool(read(tmp_path, content + more)[0]) == bool(more)


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        (GOOD + "x = [\n", 6, "not valid TOML"),
        (GOOD.replace("Lavrov", "Лавров"), 4, "other letters than A-Z needs quotes"),
        (GOOD + '"Lavrov" = ["Sergei"]\n', 5, "not valid TOML"),
        ("\nsame = [[" + "'a'" + "\n", 3, "not valid TOML"),
        (GOOD.encode() + b"# \xff\n", 5, "not UTF-8"),
        ("x = " + "[" * 20_000, 1, "nested too deep"),
        ("x = " + "1" * 5_000, 1, "not valid TOML"),
        ("#" * 5_000_000, None, "larger than 4 MiB"),
    ],
)
def test_of_a_broken_file_nothing_counts(tmp_path: Path, content: str | bytes, line: int | None, reason: str) -> None:
    """And what is wrong with it is said, with the line if there is one."""
    aliases, rejections = read(tmp_path, content)
    assert not aliases
    assert reason in rejections[line]
    assert "no aliases are used" in rejections[line]


def test_what_cannot_be_read_is_reported(tmp_path: Path) -> None:
    """A pipe, a folder, a link to nowhere or to itself."""
    path = tmp_path / ALIASES
    path.mkdir()
    assert "not a file" in read_aliases(path)[1][0].reason
    path.rmdir()
    os.mkfifo(path)
    assert "not a file" in read_aliases(path)[1][0].reason
    path.unlink()
    for target in (tmp_path / "nowhere", path):
        path.symlink_to(target)
        assert read_aliases(path)[1][0].reason.endswith("no aliases are used")
        path.unlink()


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_no_content_raises(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    """Whatever stands in the file."""
    read(tmp_path_factory.mktemp("aliases"), content)


NAMES = st.text(max_size=9).map(lambda text: text.replace("\\", "").replace('"', ""))
VALUES = st.recursive(NAMES | st.integers() | st.booleans(), lambda inner: st.lists(inner, max_size=4), max_leaves=12)


@given(VALUES, VALUES, NAMES)
def test_no_values_raise(
    tmp_path_factory: pytest.TempPathFactory, same: object, first_names: object, family: str
) -> None:
    """What is taken is never less than two names a group and one a person."""
    content = f'same = {written(same)}\n[names]\n"{written(family)[1:-1]}" = {written(first_names)}\n'
    aliases, rejections = read(tmp_path_factory.mktemp("aliases"), content)
    assert all(len(group) > 1 for group in aliases.groups)
    assert all(person.first_names for person in aliases.people)
    assert all(line is not None and 1 <= line <= 3 for line in rejections)


def written(value: object) -> str:
    """A value as TOML writes it."""
    if isinstance(value, list):
        return f"[{', '.join(map(written, value))}]"
    if isinstance(value, str):
        return '"' + "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in value) + '"'
    return str(value).lower()


def test_large_files_are_read_in_time(tmp_path: Path) -> None:
    """Twenty thousand groups, all with a name in common, and twenty thousand faulty ones; the bound is generous."""
    chain = ",\n".join(f'["n{number}", "n{number + 1}"]' for number in range(20_000, 0, -1))
    faulty = ",\n".join(f'["m{number}"]' for number in range(20_000))
    begin = time.process_time()
    aliases, rejections = read(tmp_path, f"same = [\n{chain},\n{faulty}\n]\n")
    assert [len(group) for group in aliases.groups] == [20_001]
    assert sorted(line or 0 for line in rejections) == list(range(20_002, 40_002))
    assert time.process_time() - begin < 20


def test_a_corpus_has_the_aliases_beside_its_articles(tmp_path: Path) -> None:
    """The file is no article, and what is wrong with it is reported like all else."""
    corpus = with_aliases(tmp_path, GOOD + "Peskov = []\n")
    assert corpus.aliases == Aliases((("Artsakh", "Karabakh"),), (Person("Lavrov", ("Sergei",)),))
    assert [str(rejection) for rejection in corpus.rejections] == [
        "aliases.toml:5: Peskov: needs at least one first name"
    ]


def test_the_version_names_the_aliases(tmp_path: Path) -> None:
    """What is asked for with other names may have other answers; a comment changes none."""
    versions = [
        with_aliases(tmp_path, content).version
        for content in ("", GOOD, GOOD + "# more\n", GOOD.replace("Karabakh", "Karabağ"), GOOD.replace("Sergei", "S"))
    ]
    assert versions[1] == versions[2]
    assert len(set(versions)) == 4


def test_the_aliases_of_the_seeds_are_read_without_rejection() -> None:
    """Names of places, people and institutions of the topic, each in one group only."""
    aliases, rejections = read_aliases(SEEDS / ALIASES)
    assert rejections == ()
    assert len(aliases.groups) > 30
    assert len(aliases.people) > 8
    assert (SEEDS / ALIASES).read_text(encoding="utf-8").count("\n    [") == len(aliases.groups)


@pytest.mark.parametrize(
    ("question", "language", "place", "phrase"),
    [
        ("What happened in Laçın?", "en", "Laçın", "Lachin"),
        ("Что сказал Лавров?", "ru", "Лавров", "Lavrov"),
        ("Что в Карабахе?", "ru", "Карабахе", "Karabakh"),
        ("Dağlık Karabağ'da ne oldu?", "tr", "Dağlık Karabağ'da", "Nagorno-Karabakh"),
        ("Ի՞նչ է կատարվում Արցախում", "hy", "Արցախում", "Karabakh"),
        ("What did Maria Zakharova say?", "en", "Maria", "Zakharova"),
        ("Is Armenia in the ODKB?", "en", "ODKB", "CSTO"),
    ],
)
def test_the_seeds_know_what_an_editor_knows(question: str, language: str, place: str, phrase: str) -> None:
    """In the languages of the region."""
    aliases, _ = read_aliases(SEEDS / ALIASES)
    found = {each.span.of(question): each.phrases for each in aliases.alternatives(question, language)}
    assert phrase in found[place]
