"""Romanian."""

from typing import Final

from retrieval.languages import Language, moments, months, phrases, words

LANGUAGE: Final = Language(
    name="Romanian",
    snowball="romanian",
    stop_words=words("""
        și în de la cu pe din pentru nu este sunt era care că un o ale al a ai prin dar sau se fost mai după lui cea
        cel
    """),
    question_words=words("cine cui ce care când unde cum cât câți câte câtă căror cărui"),
    thousands=".",
    decimal=",",
    months=months("""
        ianuarie; februarie; martie; aprilie; ; iunie; iulie; august; septembrie; octombrie; noiembrie; decembrie
    """),
    short_months=months("ian; feb; mar; apr; mai; iun; iul; aug; sep sept; oct; noi nov; dec"),
    weekdays=words("luni marți miercuri joi vineri sâmbătă duminică"),
    number_words=words("""
        zero unu doi două trei patru cinci șase șapte opt nouă zece unsprezece doisprezece douăsprezece cincisprezece
        douăzeci treizeci patruzeci cincizeci șaizeci șaptezeci optzeci nouăzeci sută sute mie mii milion milioane
        miliard miliarde jumătate
    """),
    asks_number=phrases("""
        câți, câte, cât, câtă, ce vârstă, ce procent, ce număr, cât de, la ce vârstă
    """),
    asks_date=phrases("""
        când, în ce an, ce an, în care an, ce dată, la ce dată, ce zi, în ce zi, în ce lună, în ce secol, de când
    """),
    asks_name=phrases("cine, cui, pe cine, al cui, a cui, de cine, de către cine, cu cine"),
    moments=moments(
        {
            2: "astăzi, azi, ieri, aseară, azi-noapte",
            8: """
                săptămâna aceasta, săptămâna asta, această săptămână, săptămâna trecută, weekendul acesta, weekendul
                trecut, recent, de curând, zilele trecute, ultimele zile
            """,
            35: "luna aceasta, luna asta, această lună, luna trecută, ultimele săptămâni",
        }
    ),
)
