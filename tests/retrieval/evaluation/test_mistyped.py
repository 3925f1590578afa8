"""Questions as people type them in a hurry."""

from retrieval.evaluation.judgments import Question
from retrieval.evaluation.mistyped import mistyped


def asked(*texts: str) -> tuple[Question, ...]:
    """Questions with these texts, all answered by one paragraph."""
    return tuple(Question(str(at), text, "plain", {"key": 1}, ("May",)) for at, text in enumerate(texts))


def test_two_words_of_every_question_are_misspelt_the_same_in_every_run() -> None:
    """Nothing but the text is another."""
    questions = asked("Which bridge collapsed yesterday?", "When did winter begin?", "Who?")
    slips = mistyped(questions)["two slips"]
    for before, after in zip(questions, slips, strict=True):
        assert (after.id, after.kind, after.grades, after.answers) == (before.id, "plain", {"key": 1}, ("May",))
    changed = [
        sum(one != other for one, other in zip(before.text.split(), after.text.split(), strict=True))
        for before, after in zip(questions, slips, strict=True)
    ]
    assert changed[2] == 0
    assert all(1 <= count <= 2 for count in changed[:2])  # two neighbours that are the same may swap
    assert slips == mistyped(questions)["two slips"]


def test_other_letters_become_plain_ones_and_nothing_else_is_lost() -> None:
    """Spaces, marks and numbers stay where they are; a question that is plain already stays as it is."""
    texts = ("Laçın yolu 2023'te açıldı mı?", "Кто сказал «да»?", "Why?")
    plain = mistyped(asked(*texts))["plain letters"]
    assert [each.text for each in plain] == ["Lacin yolu 2023'te acildi mi?", "Kto skazal <<da>>?", "Why?"]
    assert [each.id for each in plain] == ["0", "1", "2"]


def test_plain_letters_are_asked_for_where_at_least_half_of_the_questions_have_others() -> None:
    """Quotation marks and dashes are no letters, and combining marks belong to theirs."""
    assert set(mistyped(asked("Açık mı?", "Why?"))) == {"two slips", "plain letters"}
    assert set(mistyped(asked("Ac\u0327ik mi?", "Why?"))) == {"two slips", "plain letters"}
    assert set(mistyped(asked("Açık mı?", "Why?", "Who?"))) == {"two slips"}
    assert set(mistyped(asked("Who’s “there” – 5 €?"))) == {"two slips"}
