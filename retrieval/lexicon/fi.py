"""Finnish."""

from typing import Final

from retrieval.languages import Language, moments, months, phrases, words

LANGUAGE: Final = Language(
    name="Finnish",
    snowball="finnish",
    stop_words=words("""
        ja on ei se että oli kun niin mutta tai sekä ovat olivat joka jotka myös ole hän ne
    """),
    question_words=words("""
        kuka kenen ketä kenelle keneltä ketkä mikä mitä mitkä millä missä mistä mihin minne milloin koska miksi miten
        kuinka montako paljonko monta moni
    """),
    thousands=" .",
    decimal=",",
    months=months("""
        tammikuu tammiku tammikuussa tammikuuta; helmikuu helmiku helmikuussa helmikuuta; maaliskuu maalisku
        maaliskuussa maaliskuuta; huhtikuu huhtiku huhtikuussa huhtikuuta; toukokuu toukoku toukokuussa toukokuuta;
        kesäkuu kesäku kesäkuussa kesäkuuta; heinäkuu heinäku heinäkuussa heinäkuuta; elokuu eloku elokuussa elokuuta;
        syyskuu syysku syyskuussa syyskuuta; lokakuu lokaku lokakuussa lokakuuta; marraskuu marrasku marraskuussa
        marraskuuta; joulukuu jouluku joulukuussa joulukuuta
    """),
    weekdays=words("""
        maanantai maanantaina tiistai tiistaina keskiviikko keskiviikkona torstai torstaina perjantai perjantaina
        lauantai lauantaina sunnuntai sunnuntaina
    """),
    number_words=words("""
        nolla yksi kaksi kolme neljä viisi kuusi seitsemän kahdeksan yhdeksän kymmenen yksitoista kaksitoista
        kaksikymmentä kolmekymmentä sata satoja tuhat tuhatta tuhansia miljoona miljoonaa miljardi miljardia puolet
    """),
    asks_number=phrases("""
        kuinka monta, kuinka moni, kuinka paljon, montako, monta, paljonko, kuinka vanha, kuinka kauan, kuinka pitkä,
        kuinka suuri, kuinka usein, mikä osuus, minkä ikäinen
    """),
    asks_date=phrases("""
        milloin, koska, minä vuonna, mikä vuosi, minä päivänä, mikä päivä, missä kuussa, millä vuosisadalla, mistä
        lähtien
    """),
    asks_name=phrases("kuka, kenen, ketä, kenelle, keneltä, keneen, ketkä, keitä"),
    moments=moments(
        {
            2: "tänään, eilen, tänä iltana, viime yönä, eilen illalla",
            8: """
                tällä viikolla, viime viikolla, tänä viikonloppuna, viime viikonloppuna, viikonloppuna, äskettäin,
                hiljattain, viime päivinä, uusimmat
            """,
            35: "tässä kuussa, viime kuussa, viime viikkoina",
        }
    ),
)
