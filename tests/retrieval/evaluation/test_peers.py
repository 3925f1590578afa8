"""Other libraries, asked in their own words."""

import pytest

from retrieval.evaluation.peers import PEERS

TEXTS = [
    "The bridge opened in May", "a tunnel collapsed below the mountain", "Bread needs flour", "the bridge fell", "Salt",
]  # fmt: skip


@pytest.mark.parametrize("name", list(PEERS))
def test_a_peer_ranks_the_texts_with_the_words_first(name: str) -> None:
    """By position; at most so many, and no more than there are."""
    search = PEERS[name](TEXTS)
    assert search("tunnel mountain", 1) == [1]
    assert set(search("bridge", 2)) == {0, 3}
    assert len(search("bridge", 10)) == 5


@pytest.mark.parametrize("name", list(PEERS))
@pytest.mark.parametrize("question", ["", "the", "zebra", "?!"])
def test_a_peer_survives_a_question_without_a_known_word(name: str, question: str) -> None:
    """It returns something or nothing."""
    assert len(PEERS[name](TEXTS)(question, 2)) <= 2


@pytest.mark.parametrize("name", list(PEERS))
@pytest.mark.parametrize("texts", [["x"], ["the"], ["我 你", "他"]])
def test_a_peer_survives_texts_without_a_word_that_it_knows(name: str, texts: list[str]) -> None:
    """Single letters, stop words, other scripts."""
    assert len(PEERS[name](texts)("x", 2)) <= len(texts)
