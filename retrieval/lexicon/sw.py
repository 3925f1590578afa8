"""Swahili. There is no stemmer for it here."""

from typing import Final

from retrieval.languages import Language, moments, months, phrases, words

LANGUAGE: Final = Language(
    name="Swahili",
    stop_words=words("na ya wa kwa ni katika la za cha vya hii hiyo kama au lakini pia"),
    question_words=words("nani nini gani lini wapi kwanini mbona vipi ngapi je"),
    months=months("""
        januari; februari; machi; aprili; mei; juni; julai; agosti; septemba; oktoba; novemba; desemba
    """),
    asks_number=phrases("ngapi, wangapi, mangapi, kiasi gani, mara ngapi"),
    asks_date=phrases("lini, mwaka gani, siku gani, tarehe gani, mwezi gani"),
    asks_name=phrases("nani, akina nani, na nani"),
    moments=moments(
        {
            2: "leo, jana",
            8: "wiki hii, wiki iliyopita, hivi karibuni",
            35: "mwezi huu, mwezi uliopita",
        }
    ),
)
