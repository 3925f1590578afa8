"""Lithuanian."""

from typing import Final

from retrieval.languages import Language, moments, months, phrases, words

LANGUAGE: Final = Language(
    name="Lithuanian",
    snowball="lithuanian",
    stop_words=words("""
        ir yra į iš su kad tai buvo ar o bet nuo iki per už po dėl prie kaip ne jo jos
    """),
    question_words=words("""
        kas ko kam ką kuo kuris kuri kurie kurioje kokia koks kokie kada kur kodėl kaip kiek
    """),
    thousands=" .",
    decimal=",",
    months=months("""
        sausis sausio sausį; vasaris vasario vasarį; kovas kovo kovą; balandis balandžio balandį; gegužė gegužės
        gegužę; birželis birželio birželį; liepa liepos liepą; rugpjūtis rugpjūčio rugpjūtį; rugsėjis rugsėjo rugsėjį;
        spalis spalio spalį; lapkritis lapkričio lapkritį; gruodis gruodžio gruodį
    """),
    asks_number=phrases("kiek, kiek metų, kaip dažnai, kaip ilgai, koks procentas"),
    asks_date=phrases("""
        kada, kuriais metais, kokiais metais, kurią dieną, kokią dieną, kurį mėnesį, kokia data, nuo kada
    """),
    asks_name=phrases("kas, kam, ką, kuo, kieno"),
    moments=moments(
        {
            2: "šiandien, vakar",
            8: "šią savaitę, praėjusią savaitę, neseniai, šį savaitgalį, praėjusį savaitgalį",
            35: "šį mėnesį, praėjusį mėnesį",
        }
    ),
)
