"""Estonian."""

from typing import Final

from retrieval.languages import Language, moments, months, phrases, words

LANGUAGE: Final = Language(
    name="Estonian",
    snowball="estonian",
    stop_words=words("ja on ei see et oli kui aga või ning ka oma ta nad selle mis kes"),
    question_words=words("""
        kes kelle keda kellele mis mille mida milline millised millal kus kuhu kust miks kuidas mitu palju kas
    """),
    thousands=" .",
    decimal=",",
    months=months("""
        jaanuar jaanuari jaanuaris; veebruar veebruari veebruaris; märts märtsi märtsis; aprill aprilli aprillis; mai
        mais; juuni juunis; juuli juulis; august augusti augustis; september septembri septembris; oktoober oktoobri
        oktoobris; november novembri novembris; detsember detsembri detsembris
    """),
    asks_number=phrases("mitu, kui palju, kui vana, kui kaua, kui pikk, kui suur, kui tihti"),
    asks_date=phrases("""
        millal, mis aastal, millisel aastal, mis päeval, mis kuul, mis kuupäeval, mis sajandil
    """),
    asks_name=phrases("kes, kelle, keda, kellele, kellega"),
    moments=moments(
        {
            2: "täna, eile",
            8: "sel nädalal, eelmisel nädalal, hiljuti, nädalavahetusel, viimastel päevadel",
            35: "sel kuul, eelmisel kuul",
        }
    ),
)
