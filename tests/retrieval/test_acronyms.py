"""Acronyms that an article explains, and only those."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.acronyms import acronyms_in


@pytest.mark.parametrize(
    ("text", "acronym", "expansion"),
    [
        (
            "It is part of the Collective Security Treaty Organisation (CSTO).",
            "CSTO",
            "Collective Security Treaty Organisation",
        ),
        ("CSTO (Collective Security Treaty Organisation)", "CSTO", "Collective Security Treaty Organisation"),
        ("the U.N. (United Nations, of New York)", "U.N.", "United Nations"),
        ("the Ministry of Foreign Affairs (MFA) said", "MFA", "Ministry of Foreign Affairs"),
        ("the Ministry of Defence (MoD) said", "MoD", "Ministry of Defence"),
        ("some members of parliament (MPs)", "MP", "members of parliament"),
        ("the United Nations (U.N.)", "U.N.", "United Nations"),
        ("“Shanghai Cooperation Organisation” (“SCO”)", "SCO", "Shanghai Cooperation Organisation"),
        ("Commission of the Petroleum Exporters (CPE)", "CPE", "Commission of the Petroleum Exporters"),
        ("Organisation of Petroleum Exporters (OPE)", "OPE", "Organisation of Petroleum Exporters"),
        ("Treaty on the Trade of the Alps (TTA)", "TTA", "Treaty on the Trade of the Alps"),
        ("a prisoner of war (POW)", "POW", "prisoner of war"),
        ("non-governmental organisations (NGOs)", "NGO", "non-governmental organisations"),
        (
            "Organization for Security and Co-operation in Europe (OSCE)",
            "OSCE",
            "Organization for Security and Co-operation in Europe",
        ),
        ("artificial intelligence (AI)", "AI", "artificial intelligence"),
        (
            "Организация Договора о коллективной безопасности (ОДКБ)",
            "ОДКБ",
            "Организация Договора о коллективной безопасности",
        ),
        ("МИД (Министерство иностранных дел)", "МИД", "Министерство иностранных дел"),
        ("İnsan hakları derneği (İHD)", "İHD", "İnsan hakları derneği"),
        ("ışıklı yol derneği (IYD)", "IYD", "ışıklı yol derneği"),
        ("CSTO (– Collective Security Treaty Organisation)", "CSTO", "Collective Security Treaty Organisation"),
        ("de l’Organisation du traité collectif (OTC)", "OTC", "Organisation du traité collectif"),
        (
            "Հավաքական անվտանգության պայմանագրի կազմակերպություն (ՀԱՊԿ)",
            "ՀԱՊԿ",
            "Հավաքական անվտանգության պայմանագրի կազմակերպություն",
        ),
    ],
)  # fmt: skip
def test_an_acronym_stands_for_the_words_that_begin_with_its_letters(text: str, acronym: str, expansion: str) -> None:
    """Before or behind them, in any script that has capitals; the words are those of the text."""
    assert list(acronyms_in(text)) == [(acronym, expansion)]


@pytest.mark.parametrize(
    "text",
    [
        "The police said so on Friday (AFP).",
        "Peace came at last (2020).",
        "according to police (AP)",
        "Several people, all of them soldiers (SP)",
        "It ended.\n\nUnited\n\nNations (UN)",
        "United. Nations (UN)",
        "It met in the old town (Oslo).",
        "Treaty Organisation (CSTO)",
        "CSTO (the bloc that Russia leads)",
        "CSTO (or Collective Security Treaty Organisation)",
        "aUN (United Nations)",
        "b" * 50 + "u" + "a" * 70 + " nations (UN)",
        "United Nations of (UN)",
        "(CSTO)",
        "CSTO ()",
        "",
    ],
)
def test_an_acronym_after_other_words_is_not_explained(text: str) -> None:
    """An agency, a year, a place; words that begin with other letters, or that a full stop parts."""
    assert list(acronyms_in(text)) == []


def test_acronyms_come_in_the_order_of_the_text() -> None:
    """Each as often as it is explained."""
    text = "The United Nations (UN), the European Union (EU) and again the United Nations (UN)."
    assert list(acronyms_in(text)) == [("UN", "United Nations"), ("EU", "European Union"), ("UN", "United Nations")]


PIECES = [
    "a",
    "b",
    "o",
    "Aa",
    "Bb",
    "of",
    "о",
    "l’",
    "AB",
    "(AB)",
    "(A.B.)",
    "(BAs)",
    "(aa bb)",
    "(",
    ")",
    ". ",
    ", ",
    "-",
]


@given(st.text() | st.lists(st.sampled_from([*PIECES, *" " * 12, "\n"])).map("".join))
def test_an_expansion_is_a_slice_whose_initials_are_the_acronym(text: str) -> None:
    """Whatever the text is; the first letter is the first word's."""
    for acronym, expansion in acronyms_in(text):
        assert acronym in text
        assert expansion in text
        assert len(expansion) > len(acronym.replace(".", ""))
        assert acronym[0].casefold() == expansion[0].casefold()


LETTERS = st.text("ABCDEFGHKLMNPRSTUVW", min_size=3, max_size=8)


@given(LETTERS, st.sampled_from([" ", " of the ", "-"]), st.sampled_from(["{0} ({1})", "({1}) {1} ({0})"]))
def test_every_acronym_of_capitalised_words_is_found(letters: str, gap: str, form: str) -> None:
    """With small words between them or without."""
    words = gap.join(f"{letter}zzyx" for letter in letters)
    assert list(acronyms_in(f"Yesterday {form.format(words, letters)}."))[-1:] == [(letters, words)]


@pytest.mark.parametrize(
    "text",
    [
        "(" * 200_000,
        "(A" * 100_000,
        "(AB)" * 50_000,
        "A " * 99_000 + "(AB)",
        "of " * 60_000 + "(OF)",
        "A.B. (" * 30_000,
    ],
)
def test_long_texts_are_read_in_time(text: str) -> None:
    """Whatever is repeated in them; the bound is generous, a quadratic search takes minutes."""
    begin = time.process_time()
    assert len(list(acronyms_in(text))) <= 1
    assert time.process_time() - begin < 10
