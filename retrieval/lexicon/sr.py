"""Serbian, in Cyrillic and in Latin letters."""

from typing import Final

from retrieval.languages import Language, moments, months, phrases, words

LANGUAGE: Final = Language(
    name="Serbian",
    snowball="serbian",
    stop_words=words("""
        i u na je se da su za od sa o do po iz ili ali a kao koji koja koje nije bio bila bilo bili и у на је се да су
        за од са о до по из или али а као који која које није био била било били
    """),
    question_words=words("""
        ko koga kome kim šta čega čemu koji koja koje kojim kojoj kakav kada kad gde zašto kako koliko kuda
        odakle li ко кога коме ким шта што чега чему који која које којим којој какав када кад где зашто како колико
        куда одакле ли
    """),
    thousands=".",
    decimal=",",
    months=months("""
        januar januara januaru јануар јануара јануару; februar februara februaru фебруар фебруара фебруару; mart marta
        martu март марта марту; april aprila aprilu април априла априлу; maj maja maju мај маја мају; jun juna junu
        јун јуна јуну; jul jula julu јул јула јулу; avgust avgusta avgustu август августа августу; septembar septembra
        septembru септембар септембра септембру; oktobar oktobra oktobru октобар октобра октобру; novembar novembra
        novembru новембар новембра новембру; decembar decembra decembru децембар децембра децембру
    """),
    asks_number=phrases("koliko, koliki, kolika, koliko godina, колико, колики, колика"),
    asks_date=phrases("""
        kada, kad, koje godine, kojeg dana, kog dana, kojeg datuma, u kojem mesecu, u kom veku, када, кад, које
        године, којег дана, ког датума
    """),
    asks_name=phrases("""
        ko, koga, kome, kim, čiji, čija, čije, ко, кога, коме, ким, чији, чија
    """),
    moments=moments(
        {
            2: "danas, juče, sinoć, данас, јуче, синоћ",
            8: """
                ove nedelje, prošle nedelje, nedavno, ovog vikenda, prošlog vikenda, ове недеље, прошле недеље,
                недавно
            """,
            35: "ovog meseca, prošlog meseca, овог месеца, прошлог месеца",
        }
    ),
)
