"""``python -m bot`` as a person runs it: what it prints, where, and what it ends with."""

import asyncio
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.telegram import texts
from retrieval.store.environment import Environment
from tests.bot_api import BotApiServer
from tests.builders import SEEDS, write_corpus
from tests.e2e.running import ROOT, Program, run_program

QUESTION = "What road links Armenia to Karabakh?"
KEYS = {
    "question", "band", "corpus_version", "latency_ms", "missing_terms", "did_you_mean", "passages",
}  # fmt: skip
PASSAGE_KEYS = {
    "rank", "quote", "article_id", "path", "start", "end", "title", "publisher", "published", "url", "link", "score",
    "highlights", "also_in",
}  # fmt: skip


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A log, versions and added files of its own."""
    kept = {"DATA": str(tmp_path / "loaded"), "ADDED": str(tmp_path / "added")}
    return {"DATABASE_URL": f"sqlite:///{tmp_path}/log.db", **kept}


@pytest.fixture
async def server() -> AsyncIterator[BotApiServer]:
    """The Bot API server on loopback."""
    async with BotApiServer() as server:
        yield server


def test_ask_prints_an_answer_for_people(environment: dict[str, str]) -> None:
    """Quote, source, link; nothing on standard error."""
    code, out, err = run_program("ask", "What", "road", "links Armenia to Karabakh?", **environment)
    assert (code, err) == (0, "")
    assert "Azerbaijan on Sunday established a checkpoint" in out
    assert "Daily Sabah, 26 April 2023 (date inferred)" in out
    assert "#:~:text=Azerbaijan%20on%20Sunday,the%20two%20sides\n" in out


def test_ask_prints_json_for_programs(environment: dict[str, str]) -> None:
    """One object, with every key, whose offsets lead back into the file."""
    code, out, err = run_program("ask", "--json", QUESTION, **environment)
    assert (code, err) == (0, "")
    answer = json.loads(out)
    assert set(answer) >= KEYS
    assert answer["band"] == "found"
    for rank, passage in enumerate(answer["passages"], start=1):
        assert set(passage) >= PASSAGE_KEYS
        body = (SEEDS / passage["path"]).read_bytes().decode()
        assert passage["rank"] == rank
        assert body[passage["start"] : passage["end"]] == passage["quote"]
        assert passage["link"].startswith(passage["url"] + "#:~:text=")
        marked = [body[start:end] for start, end in passage["highlights"]]
        assert {word.lower() for word in marked} & {"road", "linking", "link", "armenia", "karabakh"}


def test_stdin_answers_line_by_line(environment: dict[str, str]) -> None:
    """One object a line and nothing else on standard output, whatever the lines hold."""
    lines = [QUESTION, "", "🎉", "x" * 5000, '{"a": "b"}', "Who is Galuzin?\r"]
    code, out, err = run_program("ask", "--stdin", stdin="\n".join(lines), **environment)
    assert (code, err) == (0, "")
    answers = [json.loads(line) for line in out.splitlines()]
    assert [answer["question"] for answer in answers] == [line.rstrip() for line in lines]
    assert [answer["band"] for answer in answers] == ["found", "none", "none", "none", "none", "found"]


def test_what_was_asked_is_in_the_log_and_every_quote_is_exact(environment: dict[str, str]) -> None:
    """The loop of a reviewer: list, filter, show, verify."""
    run_program("ask", QUESTION, **environment)
    run_program("ask", "Who won the Champions League?", **environment)
    code, out, _ = run_program("log", **environment)
    assert code == 0
    assert "Champions" in out
    assert "found" in out
    code, out, _ = run_program("log", "--band", "none", "--contains", "champions", **environment)
    assert "Champions" in out
    assert "found" not in out
    code, out, _ = run_program("log", "1", **environment)
    assert QUESTION in out
    assert "Azerbaijan on Sunday established" in out
    code, out, err = run_program("log", "7", **environment)
    assert (code, out) == (74, "")
    assert "the log has no question 7" in err
    assert run_program("log", "--contains", "\udcff", **environment)[0] == 0
    code, out, _ = run_program("verify", **environment)
    assert (code, out) == (0, "3 quotes, 3 exact\n")


def test_verify_ends_with_an_error_when_a_quote_is_not_exact(environment: dict[str, str], tmp_path: Path) -> None:
    """The log was tampered with, or the program is wrong; both must be seen."""
    run_program("ask", QUESTION, **environment)
    connection = sqlite3.connect(tmp_path / "log.db")
    connection.execute("UPDATE shown_passage SET text = text || '!' WHERE rank = 2")
    connection.commit()
    connection.close()
    code, out, _ = run_program("verify", **environment)
    assert code == 1
    assert out.startswith("3 quotes, 2 exact\nNOT EXACT: question 1, passage 2")


def test_chat_answers_again_and_again(environment: dict[str, str]) -> None:
    """Until an empty line, or the end of the input."""
    code, out, err = run_program("chat", stdin="Who is Galuzin?\nWho won?\n\nnot read\n", **environment)
    assert (code, err) == (0, "")
    assert "Mikhail Galuzin met" in out
    assert "The articles do not answer this" in out
    assert "not read" not in out


def test_corpus_lists_articles_and_everything_rejected(environment: dict[str, str], tmp_path: Path) -> None:
    """With file, line and reason."""
    files: dict[str, str | bytes] = {
        "good.txt": "The road is open.\n\nIt was shut.\n\nNow look.",
        "bad.txt": b"\xff",
        "notes.doc": b"x",
    }
    folder = write_corpus(tmp_path / "corpus", files, '[[article]]\nfile = "gone.txt"\n')
    code, out, _ = run_program("corpus", "--corpus", str(folder), "--blocks", **environment)
    assert code == 0
    assert "1 articles, 3 paragraphs, 3 rejected" in out
    assert "rejected: bad.txt:1: not UTF-8" in out
    assert "rejected: manifest.toml:1: no such file: gone.txt" in out
    assert "    1 paragraph     The road is open." in out
    assert "    3 paragraph     It was shut." in out
    assert "    5 paragraph     Now look." in out


def test_control_characters_do_nothing_to_the_terminal(environment: dict[str, str], tmp_path: Path) -> None:
    """An article is no program."""
    manifest = '[[article]]\nfile = "a.txt"\nid = "i\\u001b[2J"\ntitle = "t\\u001b[2J"\n'
    folder = write_corpus(tmp_path / "corpus", {"a.txt": "The road \x1b[2J is \x07 open."}, manifest)
    said = ""
    for arguments in (["ask", "road"], ["corpus", "--blocks"]):
        said += run_program(*arguments, "--corpus", str(folder), **environment)[1]
    for arguments in (["log"], ["log", "1"]):
        said += run_program(*arguments, **environment)[1]
    assert said.count("road") >= 4
    assert "\x1b" not in said
    assert "\x07" not in said


@pytest.mark.parametrize(
    ("arguments", "settings", "code", "said"),
    [
        (["ask"], {}, 2, "give a question, or --stdin"),
        (["ask", "x", "--stdin"], {}, 2, "give a question, or --stdin"),
        (["ask", "x", "--corpus", "/nowhere"], {}, 66, "no such corpus folder: /nowhere"),
        (["ask", "x"], {"PASSAGES": "0", "ADMIN_IDS": "ada"}, 78, "  ADMIN_IDS: must be numbers"),
        (["serve"], {}, 78, "TELEGRAM_BOT_TOKEN: must be set"),
        (["serve"], {"TELEGRAM_BOT_TOKEN": "nonsense"}, 78, "TELEGRAM_BOT_TOKEN: must look like"),
        (["serve"], {"PASSAGES": "0"}, 78, "  PASSAGES: must"),
        (
            ["serve"],
            {"TELEGRAM_BOT_TOKEN": "42:nonsense", "HASH_KEY": "short"},
            78,
            "  HASH_KEY: must have at least 16",
        ),
        (["log"], {}, 74, "there is no query log at"),
        (["verify"], {}, 74, "there is no query log at"),
        (["log", "9" * 20], {}, 2, "Invalid value"),
        (["log", "--limit", "9" * 20], {}, 2, "Invalid value"),
        (["log"], {"DATABASE_URL": "sqlite:////nowhere/log.db"}, 74, "there is no query log at"),
        (["nonsense"], {}, 2, "No such command"),
    ],
)
def test_errors_are_a_sentence_and_an_exit_code(
    environment: dict[str, str], arguments: list[str], settings: dict[str, str], code: int, said: str
) -> None:
    """On standard error, without a traceback, all settings' problems together."""
    ended, out, err = run_program(*arguments, **{**environment, **settings})
    assert ended == code
    assert said in err
    assert out == ""
    assert "Traceback" not in err
    assert "nonsense" not in err or arguments == ["nonsense"]


def shell(line: str, environment: dict[str, str]) -> tuple[int, str]:
    """Run a line of shell in which $BOT is the program: its exit code, and what it said on standard error."""
    bot = f"{sys.executable} -W error::ResourceWarning -m bot"
    settings = {"PATH": os.environ["PATH"], "CORPUS": str(SEEDS), "BOT": bot, **environment}
    done = subprocess.run(  # noqa: S602 - our own line
        line, shell=True, cwd=ROOT, env=settings, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL, encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip
    return done.returncode, done.stderr


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("$BOT ask road > /dev/full", 74, "error: the output cannot be written: No space left on device\n"),
        (
            "echo road | $BOT ask --stdin > /dev/full",
            74,
            "error: the output cannot be written: No space left on device\n",
        ),
        ("$BOT ask road >&-", 0, ""),
        ("$BOT ask --stdin <&-", 0, ""),
        ("$BOT chat <&- >&-", 0, ""),
    ],
)
def test_a_stream_that_is_missing_or_full_is_survived(
    environment: dict[str, str], line: str, code: int, said: str
) -> None:
    """In silence or with a sentence, never with a traceback."""
    assert shell(line, environment) == (code, said)


@pytest.fixture
def heeding_ctrl_c() -> Iterator[None]:
    """Programs heed it, although the tests may run in the background of a shell, where all that is begun ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize("arguments", [["chat"], ["ask", "--stdin"]])
@pytest.mark.usefixtures("heeding_ctrl_c")
def test_ctrl_c_ends_at_once(environment: dict[str, str], arguments: list[str]) -> None:
    """While it waits for a person, and with what was answered in the log."""
    with subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "bot", *arguments], cwd=ROOT, env={**os.environ, "CORPUS": str(SEEDS), **environment},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
    ) as program:  # fmt: skip
        assert program.stdin is not None
        assert program.stdout is not None
        program.stdin.write(f"{QUESTION}\n")
        program.stdin.flush()
        while QUESTION not in program.stdout.readline():
            pass
        time.sleep(0.5)
        program.send_signal(signal.SIGINT)
        code = program.wait(30)
        assert program.stderr is not None
        assert (code, program.stderr.read()) == (130, "")
    assert QUESTION in run_program("log", "1", **environment)[1]


def serving(server: BotApiServer, environment: dict[str, str], folder: Path, **changes: str) -> Program:
    """The bot in a process of its own, saying all that it can say."""
    known = {"TELEGRAM_BOT_TOKEN": server.token, "TELEGRAM_API_URL": server.url, "LOG_LEVEL": "DEBUG"}
    return Program(folder / "stderr", "serve", **{**environment, **known, **changes})


async def test_a_wrong_token_ends_the_program(
    server: BotApiServer, environment: dict[str, str], tmp_path: Path
) -> None:
    """With the way out, without the token."""
    with serving(server, environment, tmp_path, TELEGRAM_BOT_TOKEN="42:wrong-token") as program:
        code, err = await program.ended()
    assert code == 77
    assert "does not know this TELEGRAM_BOT_TOKEN" in err
    assert "wrong-token" not in err
    assert "Traceback" not in err


async def test_an_unreachable_server_ends_the_program_after_a_while(
    environment: dict[str, str], tmp_path: Path
) -> None:
    """It says so each time that it tries."""
    async with BotApiServer() as server:
        url = server.url
    with serving(server, environment, tmp_path, START_WAIT="2", LOG_LEVEL="INFO") as program:
        code, err = await program.ended()
    assert code == 69
    assert f"cannot reach the Bot API server at {url}" in err
    assert f"no answer from the Bot API server at {url} for 2 s" in err
    assert server.token not in err


async def test_a_second_poller_ends_the_program(
    server: BotApiServer, environment: dict[str, str], tmp_path: Path
) -> None:
    """Two bots on one token would each get half of the questions."""
    server.conflict = True
    with serving(server, environment, tmp_path) as program:
        code, err = await program.ended()
    assert code == 75
    assert "another program receives this bot's updates" in err
    assert server.token not in err


async def test_sigterm_finishes_what_was_begun(
    server: BotApiServer, environment: dict[str, str], tmp_path: Path
) -> None:
    """Answered, logged, and nothing of the token on standard error, at DEBUG, with faults on the way."""
    with serving(server, environment, tmp_path) as program:
        await server.wait_for_poll(timeout=20)
        server.fail_next("sendMessage", 500, chat_id=3001)
        server.drop_next("sendMessage", chat_id=3002)
        server.fail_next("getUpdates", 502)
        for number in range(30):
            server.send_text(QUESTION, user_id=3000 + number)
        await server.wait_for_call("sendMessage", timeout=20)
        program.signal(signal.SIGTERM)
        code, err = await program.ended()
    assert code == 0, err[-2000:]
    assert "stopping" in err
    assert len(err) > 10_000
    assert server.token not in err
    assert server.token.split(":")[1] not in err
    assert server.invalid == []
    texts_sent = [[message.text for message in server.messages(3000 + number)] for number in range(30)]
    assert all(len(sent) == 1 for sent in texts_sent)
    assert sum(sent == [texts.UNSURE] for sent in texts_sent) == 2
    _, out, _ = run_program("log", "--limit", "100", **environment)
    assert out.count("private") == 30
    _, out, _ = run_program("verify", **environment)
    assert out == "90 quotes, 90 exact\n"


async def test_a_bot_ends_though_another_program_does_not_let_it_reload(
    server: BotApiServer, environment: dict[str, str], tmp_path: Path
) -> None:
    """Which may go on for hours; the bot waits for it only as long as a person waits for a program's end."""
    serving = {"TELEGRAM_BOT_TOKEN": server.token, "TELEGRAM_API_URL": server.url, "ADMIN_IDS": "1001"}
    with Program(tmp_path / "err", "serve", **environment, **serving, WATCH="false") as program:
        await server.wait_for_poll(20)
        (home,) = await asyncio.to_thread(lambda: list(Path(environment["DATA"]).iterdir()))
        with Environment.at(home).writing():
            server.send_text("/reload", user_id=1001)
            await server.wait_for_messages(1001, 1)
            program.signal(signal.SIGTERM)
            code, said = await program.ended(60)
    assert code == 0
    assert "is left behind; it changes nothing" in said


def test_a_backup_is_made_and_restored(environment: dict[str, str], tmp_path: Path) -> None:
    """It says what is in it, overwrites nothing, and `log` reads it as it reads the original."""
    run_program("ask", QUESTION, **environment)
    copy = tmp_path / "copy.db"
    code, out, err = run_program("backup", str(copy), **environment)
    assert (code, err) == (0, "")
    assert "and checked: 1 questions, 0 updates not yet dealt with, 0." in out
    code, out, err = run_program("backup", str(copy), **environment)
    assert (code, out) == (74, "")
    assert "copy.db is there already, and a backup overwrites nothing: name another file" in err
    code, out, _ = run_program("log", **{**environment, "DATABASE_URL": f"sqlite:///{copy}"})
    assert (code, "Armenia" in out) == (0, True)


def test_what_was_asked_becomes_a_table_and_what_was_not_answered_a_list(
    environment: dict[str, str], tmp_path: Path
) -> None:
    """For those who have no Telegram at hand; no file is overwritten, and none is left where there is no log."""
    path = tmp_path / "questions.csv"
    code, _, err = run_program("log", "--csv", str(path), **environment)
    assert (code, path.exists()) == (74, False)
    assert "there is no query log at" in err
    run_program("ask", QUESTION, **environment)
    run_program("ask", "Who won the Champions League?", **environment)
    code, out, _ = run_program("log", "--csv", str(path), "--band", "none", **environment)
    assert (code, out) == (0, f"questions written to {path}: 1\n")
    assert path.read_bytes().startswith(b"\xef\xbb\xbfnumber,asked_at_utc,")
    assert path.read_text().count("Champions League") == 1
    code, _, err = run_program("log", "--csv", str(path), **environment)
    assert code == 74
    assert "is there already, and nothing is overwritten" in err
    assert run_program("log", "--csv", str(path), "--limit", "3", **environment)[0] == 2
    code, out, _ = run_program("unanswered", COLUMNS="160", **environment)
    assert code == 0
    assert "Champions" in out
    assert "found" not in out
    assert run_program("unanswered", "--since", "2100-01-01", COLUMNS="160", **environment)[1].count("Champions") == 0
