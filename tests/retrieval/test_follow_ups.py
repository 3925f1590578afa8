"""Questions about what was asked before."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.follow_ups import goes_on
from retrieval.languages import CODES


@pytest.mark.parametrize(
    ("question", "language"),
    [
        *((q, "en") for q in ("when?", "and when was that?", "Who said it?", "and in Baku?", "What did he say?")),
        *((q, "en") for q in ("how long ago?", "Why did they do that?", "so who else?", "What happened next to them?")),
        *((q, "ru") for q in ("а когда?", "Когда это было?", "кто это сказал?", "а в Баку?", "почему он так сказал?")),
        *((q, "tr") for q in ("peki ne zaman?", "ne zaman oldu?", "bunu kim söyledi?", "peki ya Bakü'de?", "neden?")),
        *((q, "az") for q in ("bəs nə vaxt?", "bunu kim dedi?", "nə vaxt oldu?", "bəs Bakıda?")),
        *((q, "hy") for q in ("իսկ ե՞րբ", "ե՞րբ", "ո՞վ ասաց դա", "իսկ Բաքվո՞ւմ")),
        *((q, "de") for q in ("und wann?", "wer sagte das?")),
        *((q, "fr") for q in ("et quand ?",)),
        *((q, "es") for q in ("¿y cuándo?",)),
        *((q, "uk") for q in ("а коли?",)),
    ],
)
def test_a_question_without_a_subject_goes_on(question: str, language: str) -> None:
    """It asks, it points back, or it adds a word or two."""
    assert goes_on(question, language)


@pytest.mark.parametrize(
    ("question", "language"),
    [
        *((q, "en") for q in ("Who set up the checkpoint?", "What did Lavrov say about his trip?", "zebra", "")),
        *((q, "en") for q in ("Did Armenia sign it?", "And who set up the checkpoint on the road?", "2020", "🎉")),
        *((q, "ru") for q in ("Кто установил блокпост?", "Что сказал Лавров?", "Лачинский коридор")),
        *((q, "tr") for q in ("Kontrol noktasını kim kurdu?", "Laçın koridoru")),
        *((q, "az") for q in ("Laçın dəhlizini kim bağladı?",)),
        *((q, "hy") for q in ("Ո՞վ փակեց Լաչինի միջանցքը",)),
    ],
)
def test_a_question_with_a_subject_stands_alone(question: str, language: str) -> None:
    """A name, a number, or words enough."""
    assert not goes_on(question, language)


@given(st.text(max_size=80), st.sampled_from(CODES))
def test_any_text_goes_on_or_not(question: str, language: str) -> None:
    """Never an error, in any language."""
    assert goes_on(question, language) in (True, False)
