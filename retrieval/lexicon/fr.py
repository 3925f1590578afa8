"""French."""

from typing import Final

from retrieval.languages import Language, moments, months, phrases, words

_WEEKDAYS: Final = words("lundi mardi mercredi jeudi vendredi samedi dimanche")

LANGUAGE: Final = Language(
    name="French",
    snowball="french",
    stop_words=words("""
        le la les un une des de du d l et ou mais à au aux en dans par pour sur avec est sont était ne pas ce
        cet cette
        ces se s il elle qu
    """),
    question_words=words("""
        qui que quoi quel quelle quels quelles quand où ou pourquoi comment combien lequel laquelle lesquels
        lesquelles
        a ont fait
    """),
    thousands=" .",
    decimal=",",
    ordinals=words("er re ère e ème eme nd nde ers ères"),
    months=months("""
        janvier; février fevrier; ; avril; mai; juin; juillet; août aout; septembre; octobre;
        novembre; décembre decembre
    """),
    short_months=months("janv; févr fevr fév; mars; avr; ; ; juil; ; sept; oct; nov; déc dec"),
    weekdays=_WEEKDAYS,
    number_words=words("""
        zéro deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt trente
        quarante
        cinquante soixante cent cents centaine centaines mille millier milliers million millions milliard milliards
        douzaine moitié demi
    """),
    asks_number=phrases("""
        combien, combien de, combien d, quel âge, quel pourcentage, quel nombre, quelle proportion, quelle quantité,
        à quelle fréquence, pendant combien de temps, quelle distance, quelle hauteur, quelle taille
    """),
    asks_date=phrases("""
        quand, en quelle année, quelle année, quel jour, quelle date, à quelle date, quel mois, en
        quel mois, quel siècle,
        à quel siècle, depuis quand, depuis combien de temps, quelle décennie
    """),
    asks_name=phrases("qui, à qui, de qui, par qui, quelle personne"),
    moments=moments(
        {
            2: "aujourd'hui, aujourd’hui, hier, ce matin, ce soir, hier soir, cette nuit, la nuit dernière",
            8: """
                cette semaine, la semaine dernière, semaine dernière, la semaine passée, ce week-end, le
                week-end dernier,
                ce weekend, récemment, dernièrement, ces derniers jours, dernières nouvelles, {day} dernier, ce {day}
            """,
            35: "ce mois-ci, ce mois, le mois dernier, mois dernier, le mois passé, ces dernières semaines",
        },
        _WEEKDAYS,
    ),
    credits=phrases("selon, d'après, d’après"),
    bounds=words("depuis après avant jusqu'en jusque dès entre"),
    referring=words("il elle ils elles lui leur le la les ça cela ce ceci celui celle y en son sa ses"),
    linking=words("et mais ou puis alors"),
    light=words("était est sont passé passe arrivé dit disait exactement commencé fini"),
)
