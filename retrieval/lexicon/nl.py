"""Dutch."""

from typing import Final

from retrieval.languages import Language, moments, months, phrases, words

LANGUAGE: Final = Language(
    name="Dutch",
    snowball="dutch",
    stop_words=words("""
        de het een van en in op te met voor aan bij uit naar is zijn was niet dat die ook als maar of door er om
    """),
    question_words=words("""
        wie wat welke welk wanneer waar waarom hoe hoeveel heeft hebben werd werden
    """),
    thousands=".",
    decimal=",",
    ordinals=words("e ste de"),
    months=months("""
        januari; februari; maart; april; mei; juni; juli; augustus; september; oktober; november; december
    """),
    short_months=months("jan; feb; mrt; apr; ; jun; jul; aug; sep sept; okt; nov; dec"),
    weekdays=words("maandag dinsdag woensdag donderdag vrijdag zaterdag zondag"),
    number_words=words("""
        nul twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien twintig dertig veertig
        vijftig zestig zeventig tachtig negentig honderd honderden duizend duizenden miljoen miljard helft half dozijn
    """),
    asks_number=phrases("""
        hoeveel, hoe veel, hoe oud, hoe lang, hoe ver, hoe groot, hoe hoog, hoe vaak, hoe snel, welk percentage, welk
        aantal
    """),
    asks_date=phrases("""
        wanneer, in welk jaar, welk jaar, welke dag, op welke dag, welke datum, op welke datum, welke maand, in welke
        maand, welke eeuw, in welke eeuw, sinds wanneer
    """),
    asks_name=phrases("wie, wiens, door wie, van wie, aan wie, welke persoon"),
    moments=moments(
        {
            2: "vandaag, gisteren, vanavond, gisteravond, vanochtend",
            8: """
                deze week, vorige week, afgelopen week, dit weekend, afgelopen weekend, vorig weekend, onlangs,
                recent, laatste nieuws, de laatste dagen
            """,
            35: "deze maand, vorige maand, afgelopen maand, de laatste weken",
        }
    ),
)
