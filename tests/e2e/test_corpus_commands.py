"""``python -m bot corpus …``: what a reload would change, whether it may, and doing it."""

import asyncio
import json
import re
from pathlib import Path

import pytest

from tests.bot_api import BotApiServer
from tests.builders import write_corpus
from tests.e2e.running import ADA, BOB, run_program, running_bot, settings_for

ROAD = "The mountain road was opened by the army on Sunday. " * 3
RIVER = "The river ferry was sunk by a storm on Monday. " * 3
BRIDGE = "The old bridge was painted green by volunteers. " * 3


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A folder with two articles."""
    return write_corpus(tmp_path / "articles", {"road.txt": ROAD, "river.txt": RIVER})


@pytest.fixture
def environment(tmp_path: Path, articles: Path) -> dict[str, str]:
    """Everything below a folder of its own."""
    return {
        "CORPUS": str(articles),
        "DATA": str(tmp_path / "corpus"),
        "ADDED": str(tmp_path / "added"),
        "DATABASE_URL": f"sqlite:///{tmp_path}/log.db",
    }


def corpus(environment: dict[str, str], *arguments: str) -> tuple[int, str]:
    """Exit code and standard output of a command, which says nothing on standard error."""
    code, out, err = run_program("corpus", *arguments, **environment)
    assert err == ""
    return code, out


def test_a_reload_is_looked_at_done_and_taken_back(environment: dict[str, str], articles: Path) -> None:
    """The loop of an admin; what is only looked at changes nothing."""
    assert corpus(environment, "reload")[0] == 0
    write_corpus(articles, {"bridge.txt": BRIDGE, "bad.txt": b"\xff"})
    for _ in range(2):
        code, out = corpus(environment, "diff")
        assert code == 0
        assert "+ bridge.txt\n! bad.txt:1: not UTF-8" in out
        code, out = corpus(environment, "check")
        assert (code, "passes the gates" in out) == (0, True)
    code, out = corpus(environment, "reload")
    assert (code, "serves now, after" in out) == (0, True)
    assert "1 added, 0 changed, 0 removed, 2 unchanged, 1 rejected." in out
    code, out = corpus(environment, "rollback")
    assert (code, "serves again" in out) == (0, True)
    _, out = corpus(environment, "log")
    said = re.findall(r"cli: (rollback )?(\w+)", out)
    assert said == [("rollback ", "applied"), ("", "applied"), ("", "applied")]


def test_diff_for_programs(environment: dict[str, str], articles: Path) -> None:
    """One object, with all names."""
    corpus(environment, "reload")
    write_corpus(articles, {"road.txt": BRIDGE, "bad.txt": b"\xff"})
    (articles / "river.txt").unlink()
    report = json.loads(corpus(environment, "diff", "--json")[1])
    assert (report["added"], report["changed"], report["removed"]) == ([], ["road.txt"], ["river.txt"])
    assert (report["unchanged"], report["paragraphs_before"], report["paragraphs"]) == (0, 2, 1)
    assert report["before"] != report["after"]
    (rejection,) = report["rejections"]
    assert (rejection["path"], rejection["line"]) == ("bad.txt", 1)


def test_what_a_gate_holds_needs_a_word(environment: dict[str, str], articles: Path) -> None:
    """Without it the old version serves, and questions are answered from it, with a warning."""
    corpus(environment, "reload")
    (articles / "river.txt").unlink()
    code, out = corpus(environment, "check")
    assert (code, "does not pass the gates" in out) == (1, True)
    code, out = corpus(environment, "reload")
    assert (code, "was not let through" in out) == (3, True)
    version = re.search(r"--accept (\w+)", out)
    assert version
    code, out, err = run_program("ask", "--json", "Who sank the ferry?", **environment)
    assert json.loads(out)["band"] == "found"
    assert "warning: Version" in err
    assert "was not let through" in err
    assert corpus(environment, "reload", "--accept", "0" * 12)[0] == 3
    code, out = corpus(environment, "reload", "--accept", version[1])
    assert (code, "serves now" in out) == (0, True)
    code, out, err = run_program("ask", "--json", "Who sank the ferry?", **environment)
    assert (json.loads(out)["band"], err) == ("none", "")


def test_questions_are_answered_from_what_the_folder_holds_now(environment: dict[str, str], articles: Path) -> None:
    """Nobody has to reload first."""
    assert json.loads(run_program("ask", "--json", "Who painted the bridge?", **environment)[1])["band"] != "found"
    write_corpus(articles, {"bridge.txt": BRIDGE})
    code, out, err = run_program("ask", "--json", "Who painted the bridge?", **environment)
    assert (code, json.loads(out)["band"], err) == (0, "found", "")


@pytest.mark.parametrize("index", ["memory", "disk"])
def test_what_is_rejected_is_listed_though_no_article_changed(
    environment: dict[str, str], articles: Path, index: str
) -> None:
    """It is what the folder holds now that is listed, wherever the index lies."""
    corpus(environment | {"INDEX": index}, "reload")
    write_corpus(articles, {"bad.txt": b"\xff"})
    assert "rejected: bad.txt:1" in corpus(environment | {"INDEX": index})[1]


def test_a_file_that_is_called_like_an_added_one_is_not_lost_in_silence(
    environment: dict[str, str], articles: Path, tmp_path: Path
) -> None:
    """The one of the admin's folder counts; what is left out is named."""
    write_corpus(articles, {"added/bridge.txt": BRIDGE})
    write_corpus(tmp_path / "added", {"bridge.txt": "Whales sing under the ice of the northern sea."})
    _, out = corpus(environment, "reload")
    assert "3 added, 0 changed, 0 removed, 0 unchanged, 1 rejected." in out
    assert f"added/bridge.txt: {tmp_path}/added/bridge.txt was left out" in out
    assert "volunteers" in run_program("ask", "Who painted the bridge green?", **environment)[1]


def test_what_admins_add_into_the_folder_with_the_articles_is_read_once(
    environment: dict[str, str], articles: Path
) -> None:
    """With what the manifest beside it says, wherever in the folder it lies."""
    entry = '[[article]]\nfile = "bridge.txt"\npublisher = "Example Times"\n'
    for name in ("added", "more"):
        write_corpus(articles / name, {"bridge.txt": BRIDGE}, entry)
        environment["ADDED"] = str(articles / name)
        assert "3 articles, 3 paragraphs, 0 rejected" in corpus(environment)[1]
        assert "Example Times" in run_program("ask", "Who painted the bridge green?", **environment)[1]
        (articles / name / "bridge.txt").unlink()
        (articles / name / "manifest.toml").unlink()


def test_a_folder_that_is_reached_by_a_link_is_the_same_wherever_it_leads(
    environment: dict[str, str], articles: Path, tmp_path: Path
) -> None:
    """So that a release that is switched by its link passes the gates, and can be rolled back from."""
    link = tmp_path / "current"
    link.symlink_to(articles)
    environment["CORPUS"] = str(link)
    corpus(environment, "reload")
    link.unlink()
    link.symlink_to(write_corpus(tmp_path / "release", {"bridge.txt": BRIDGE}))
    code, out = corpus(environment, "reload")
    assert (code, "1 of 2 paragraphs" in out) == (3, True)


def test_a_folder_that_went_away_leaves_what_serves(environment: dict[str, str], articles: Path) -> None:
    """It is said."""
    corpus(environment, "reload")
    articles.rename(articles.with_name("elsewhere"))
    code, out, err = run_program("ask", "--json", "Who sank the ferry?", **environment)
    assert (code, json.loads(out)["band"]) == (0, "found")
    assert "warning: the articles were not reloaded: no such corpus folder" in err
    assert run_program("corpus", "reload", **environment)[0] == 66


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["rollback"], 66, "no version to go back to"),
        (["log"], 74, "there is no query log"),
        (["reload", "--corpus", "/nowhere"], 66, "no such corpus folder: /nowhere"),
        (["--corpus", "/nowhere", "check"], 66, "no such corpus folder: /nowhere"),
        (["add", "https://example.org/"], 69, "WEB"),
        (["nonsense"], 2, "No such command"),
    ],
)
def test_errors_are_a_sentence_and_an_exit_code(
    environment: dict[str, str], arguments: list[str], code: int, said: str
) -> None:
    """Without a traceback."""
    ended, out, err = run_program("corpus", *arguments, **environment)
    assert (ended, out) == (code, "")
    assert said in err
    assert "Traceback" not in err


async def test_a_web_page_is_looked_at_and_added(environment: dict[str, str], page: str) -> None:
    """After a yes, or without asking; a no keeps nothing."""
    environment["WEB"] = "private"

    async def add(*arguments: str, stdin: str = "") -> tuple[int, str, str]:
        return await asyncio.to_thread(run_program, "corpus", "add", page, *arguments, stdin=stdin, **environment)

    code, out, err = await add(stdin="n\n")
    assert (code, "The ferry is back" in out, "Add it?" in err) == (0, True, True)
    assert "added/" not in out
    code, out, _ = await add("--yes")
    assert (code, "added: added/127.0.0.1-ferry" in out) == (0, True)


async def test_a_bot_that_serves_notices_a_reload_from_the_command_line(
    server: BotApiServer, tmp_path: Path, environment: dict[str, str], articles: Path
) -> None:
    """And a rollback."""
    settings = settings_for(server, tmp_path, corpus=articles, admin_ids=str(ADA), watch=False)
    async with running_bot(settings, server):
        write_corpus(articles, {"bridge.txt": BRIDGE})
        for command, answered in (("reload", True), ("rollback", False)):
            await asyncio.to_thread(corpus, environment, command)
            async with asyncio.timeout(20):
                while ("volunteers" in await _asked(server, "Who painted the bridge?")) is not answered:  # noqa: ASYNC110
                    await asyncio.sleep(0.3)


async def _asked(server: BotApiServer, question: str) -> str:
    """What Bob is told."""
    before = len(server.messages(BOB))
    server.send_text(question, user_id=BOB)
    return (await server.wait_for_messages(BOB, before + 1))[before].text
