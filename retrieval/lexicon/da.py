"""Danish."""

from typing import Final

from retrieval.languages import Language, moments, months, phrases, words

LANGUAGE: Final = Language(
    name="Danish",
    snowball="danish",
    stop_words=words("""
        og i at det som en et på er af for med til den har de ikke om var fra eller men der ved
    """),
    question_words=words("""
        hvem hvis hvad hvilken hvilket hvilke hvornår hvor hvorfor hvordan mange meget havde blev
    """),
    thousands=".",
    decimal=",",
    months=months("""
        januar; februar; ; april; maj; juni; juli; august; september; oktober; november; december
    """),
    short_months=months("jan; feb; marts mar; apr; ; jun; jul; aug; sep sept; okt; nov; dec"),
    weekdays=words("mandag tirsdag onsdag torsdag fredag lørdag søndag"),
    number_words=words("""
        nul to tre fire fem seks syv otte ni ti elleve tolv tretten fjorten femten seksten tyve tredive fyrre
        halvtreds tres halvfjerds firs halvfems hundrede hundreder tusind tusinder million millioner milliard
        milliarder halvdelen
    """),
    asks_number=phrases("""
        hvor mange, hvor meget, hvor gammel, hvor længe, hvor lang, hvor langt, hvor stor, hvor høj, hvor ofte, hvor
        stor en andel, hvilken procentdel
    """),
    asks_date=phrases("""
        hvornår, hvilket år, i hvilket år, hvilken dag, hvilken dato, hvilken måned, hvilket århundrede, siden hvornår
    """),
    asks_name=phrases("hvem, hvis, af hvem, hvilken person"),
    moments=moments(
        {
            2: "i dag, i går, i aften, i morges, i nat, i går aftes",
            8: """
                denne uge, i denne uge, sidste uge, i sidste uge, i weekenden, sidste weekend, for nylig, seneste, de
                seneste dage
            """,
            35: "denne måned, sidste måned, de seneste uger",
        }
    ),
)
