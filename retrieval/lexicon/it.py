"""Italian."""

from typing import Final

from retrieval.languages import Language, moments, months, phrases, words

_WEEKDAYS: Final = words("lunedì martedì mercoledì giovedì venerdì sabato domenica")

LANGUAGE: Final = Language(
    name="Italian",
    snowball="italian",
    stop_words=words("""
        il lo la le gli i una un di della delle dei del degli nel nella al alla da dal dalla a in e o è con che per su
        sono non si anche
    """),
    question_words=words("chi che qual quale quali quando dove perché come quanto quanti quanta quante cosa cos"),
    thousands=".",
    decimal=",",
    ordinals=words("o a"),
    months=months("""
        gennaio; febbraio; marzo; aprile; maggio; giugno; luglio; agosto; settembre; ottobre; novembre; dicembre
    """),
    short_months=months("gen; feb; mar; apr; mag; giu; lug; ago; set sett; ott; nov; dic"),
    weekdays=_WEEKDAYS,
    number_words=words("""
        zero due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici
        diciassette diciotto diciannove venti trenta quaranta cinquanta sessanta settanta ottanta
        novanta cento centinaia
        duecento trecento mille mila migliaia milione milioni miliardo miliardi dozzina decine metà mezzo
    """),
    asks_number=phrases("""
        quanto, quanti, quanta, quante, quant'è, che età, quale età, quale percentuale, che percentuale, quale numero,
        ogni quanto, con quale frequenza
    """),
    asks_date=phrases("""
        quando, in che anno, in quale anno, che anno, quale anno, che giorno, quale giorno, in che data, in
        quale data,
        quale data, in che mese, quale mese, in quale secolo, quale secolo, da quando, quanto tempo fa
    """),
    asks_name=phrases("chi, di chi, a chi, da chi, con chi, quale persona"),
    moments=moments(
        {
            2: "oggi, ieri, ieri sera, stamattina, stasera, stanotte, ieri notte, questa mattina",
            8: """
                questa settimana, la settimana scorsa, settimana scorsa, scorsa settimana, questo fine settimana,
                lo scorso fine settimana, questo weekend, scorso weekend, recentemente, di recente, ultimamente,
                ultimi giorni, negli ultimi giorni, ultime notizie, {day} scorso, scorso {day}, questo {day}
            """,
            35: "questo mese, il mese scorso, mese scorso, scorso mese, ultime settimane, nelle ultime settimane",
        },
        _WEEKDAYS,
    ),
)
