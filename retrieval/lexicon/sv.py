"""Swedish."""

from typing import Final

from retrieval.languages import Language, moments, months, phrases, words

LANGUAGE: Final = Language(
    name="Swedish",
    snowball="swedish",
    stop_words=words("""
        och i att det som en ett på är av för med till den har de inte om var från eller men ett vid
    """),
    question_words=words("vem vems vad vilken vilket vilka när var varför hur många mycket hade"),
    thousands=" .",
    decimal=",",
    months=months("""
        januari; februari; ; april; maj; juni; juli; augusti; september; oktober; november; december
    """),
    short_months=months("jan; feb febr; mars mar; apr; ; ; ; aug; sep sept; okt; nov; dec"),
    weekdays=words("måndag tisdag onsdag torsdag fredag lördag söndag"),
    number_words=words("""
        noll två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton sexton tjugo trettio fyrtio femtio
        sextio sjuttio åttio nittio hundra hundratals tusen tusentals miljon miljoner miljard miljarder dussin hälften
    """),
    asks_number=phrases("""
        hur många, hur mycket, hur gammal, hur gamla, hur länge, hur lång, hur långt, hur stor, hur stort, hur hög,
        hur ofta, vilken procent, hur stor andel
    """),
    asks_date=phrases("""
        när, vilket år, vilken dag, vilket datum, vilken månad, vilket århundrade, sedan när
    """),
    asks_name=phrases("vem, vems, vilken person, av vem"),
    moments=moments(
        {
            2: "idag, i dag, igår, i går, ikväll, i morse, i natt, i går kväll",
            8: """
                denna vecka, den här veckan, förra veckan, i helgen, förra helgen, nyligen, senaste, de senaste
                dagarna, i veckan
            """,
            35: "denna månad, den här månaden, förra månaden, de senaste veckorna",
        }
    ),
)
