"""German."""

from typing import Final

from retrieval.languages import Language, moments, months, phrases, words

_WEEKDAYS: Final = words("montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag")

LANGUAGE: Final = Language(
    name="German",
    snowball="german",
    stop_words=words("""
        der die das den dem des ein eine einer eines einem einen und oder aber in im an am auf aus bei mit von vom zu
        zum zur für ist sind war waren nicht es sich als auch
    """),
    question_words=words("""
        wer wen wem wessen was welche welcher welches welchen welchem wann wo woher wohin warum wieso weshalb
        wie viele
        viel hat haben hatte wird wurde wurden kann
    """),
    thousands=".",
    decimal=",",
    months=months("""
        januar jänner januars; februar februars; märz maerz; april aprils; mai; juni; juli; august augusts; september
        septembers; oktober oktobers; november novembers; dezember dezembers
    """),
    short_months=months("jan; feb; mrz mär; apr; ; jun; jul; aug; sep sept; okt; nov; dez"),
    weekdays=_WEEKDAYS | words("montags dienstags mittwochs donnerstags freitags samstags sonntags"),
    number_words=words("""
        null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn
        siebzehn
        achtzehn neunzehn zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig hundert hunderte tausend
        tausende million millionen milliarde milliarden dutzend dutzende hälfte halb
    """),
    asks_number=phrases("""
        wie viele, wie viel, wieviel, wieviele, wie alt, wie lange, wie lang, wie weit, wie groß, wie hoch, wie oft,
        wie schnell, wie schwer, wie tief, wie breit, wie teuer, welche anzahl, welcher anteil, welcher prozentsatz,
        wie viel prozent
    """),
    asks_date=phrases("""
        wann, in welchem jahr, welches jahr, welchem jahr, an welchem tag, welcher tag, welches datum, in
        welchem monat,
        welchem monat, in welchem jahrhundert, seit wann, bis wann, ab wann, wie lange ist es her
    """),
    asks_name=phrases("wer, wen, wem, wessen, welche person, von wem"),
    moments=moments(
        {
            2: "heute, gestern, heute morgen, heute abend, gestern abend, letzte nacht, heute nacht",
            8: """
                diese woche, dieser woche, letzte woche, letzter woche, vergangene woche, vergangener woche,
                dieses wochenende, letztes wochenende, am wochenende, am letzten wochenende, kürzlich, neulich,
                jüngst,
                neueste, neuesten, in den letzten tagen, letzten {day}, diesen {day}, vergangenen {day}
            """,
            35: """
                diesen monat, diesem monat, letzten monat, letztem monat, vergangenen monat, im letzten monat,
                in den letzten wochen
            """,
        },
        _WEEKDAYS,
    ),
    credits=phrases("laut, nach angaben von, nach angaben der, wie berichtet von, gemäß"),
    credits_behind=phrases("zufolge"),
    bounds=words("seit nach vor bis ab von zwischen"),
    referring=words("er sie es ihn ihm ihr ihnen sein seine ihre das dies dieser diese dieses dort damals"),
    linking=words("und aber oder dann"),
    light=words("war ist sind waren passierte passiert geschah geschehen sagte sagt gesagt genau begann endete"),
)
