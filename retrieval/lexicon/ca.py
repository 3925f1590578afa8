"""Catalan."""

from typing import Final

from retrieval.languages import Language, moments, months, phrases, words

LANGUAGE: Final = Language(
    name="Catalan",
    snowball="catalan",
    stop_words=words("""
        el la els les un una uns unes i o però de del dels d l a al als en per amb sense és són era no es s que
    """),
    question_words=words("""
        qui què quin quina quins quines quan on com quant quants quanta quantes perquè ha han
    """),
    thousands=".",
    decimal=",",
    ordinals=words("r n t è a"),
    months=months("""
        gener; febrer; març; abril; maig; juny; juliol; agost; setembre; octubre; novembre; desembre
    """),
    asks_number=phrases("""
        quants, quantes, quant, quanta, quina edat, quin percentatge, quin nombre
    """),
    asks_date=phrases("""
        quan, en quin any, quin any, quin dia, quina data, quin mes, quin segle, des de quan
    """),
    asks_name=phrases("qui, de qui, a qui, per qui, quina persona"),
    moments=moments(
        {
            2: "avui, ahir, ahir a la nit",
            8: "aquesta setmana, la setmana passada, aquest cap de setmana, recentment, fa poc",
            35: "aquest mes, el mes passat",
        }
    ),
)
