"""Norwegian; Bokmål first."""

from typing import Final

from retrieval.languages import Language, moments, months, phrases, words

LANGUAGE: Final = Language(
    name="Norwegian",
    snowball="norwegian",
    stop_words=words("""
        og i at det som en et på er av for med til den har de ikke om var fra eller men ved ei
    """),
    question_words=words("""
        hvem hvis hva hvilken hvilket hvilke når hvor hvorfor hvordan mange mye hadde ble kven kva korleis
    """),
    thousands=" .",
    decimal=",",
    months=months("""
        januar; februar; ; april; mai; juni; juli; august; september; oktober; november; desember
    """),
    short_months=months("jan; feb; mars mar; apr; ; jun; jul; aug; sep sept; okt; nov; des"),
    weekdays=words("mandag tirsdag onsdag torsdag fredag lørdag søndag"),
    number_words=words("""
        null to tre fire fem seks sju syv åtte ni ti elleve tolv tretten fjorten femten seksten tjue tretti førti
        femti seksti sytti åtti nitti hundre hundrevis tusen tusenvis million millioner milliard milliarder halvparten
    """),
    asks_number=phrases("""
        hvor mange, hvor mye, hvor gammel, hvor lenge, hvor lang, hvor langt, hvor stor, hvor høy, hvor ofte, hvor
        stor andel
    """),
    asks_date=phrases("""
        når, hvilket år, i hvilket år, hvilken dag, hvilken dato, hvilken måned, hvilket århundre, siden når
    """),
    asks_name=phrases("hvem, av hvem, hvilken person, kven"),
    moments=moments(
        {
            2: "i dag, i går, i kveld, i morges, i natt, i går kveld",
            8: """
                denne uken, denne uka, forrige uke, i helgen, i helga, forrige helg, nylig, siste nytt, de siste
                dagene
            """,
            35: "denne måneden, forrige måned, de siste ukene",
        }
    ),
)
