"""Polish."""

from typing import Final

from retrieval.languages import Language, moments, months, phrases, words

LANGUAGE: Final = Language(
    name="Polish",
    snowball="polish",
    stop_words=words("""
        i w z na do od za po przez dla nie się jest są był była było że oraz jak ale to przy o a u ze we lub
    """),
    question_words=words("""
        kto kogo komu kim co czego czym który która które którym której jaki jaka jakie jakim jakiej kiedy gdzie
        dlaczego jak ile ilu czy skąd dokąd
    """),
    thousands=" .",
    decimal=",",
    months=months("""
        styczeń stycznia styczniu; luty lutego lutym; marzec marca marcu; kwiecień kwietnia kwietniu; maj maja maju;
        czerwiec czerwca czerwcu; lipiec lipca lipcu; sierpień sierpnia sierpniu; wrzesień września wrześniu;
        październik października październiku; listopad listopada listopadzie; grudzień grudnia grudniu
    """),
    short_months=months("sty; lut; mar; kwi; ; cze; lip; sie; wrz; paź; lis; gru"),
    weekdays=words("""
        poniedziałek poniedziałku wtorek wtorku środa środę czwartek czwartku piątek piątku sobota sobotę niedziela
        niedzielę
    """),
    number_words=words("""
        zero jeden jedna jedno dwa dwie dwóch trzy trzech cztery czterech pięć pięciu sześć siedem osiem dziewięć
        dziesięć jedenaście dwanaście piętnaście dwadzieścia trzydzieści czterdzieści pięćdziesiąt sto dwieście tysiąc
        tysiące tysięcy milion miliony milionów miliard miliardy miliardów połowa
    """),
    asks_number=phrases("""
        ile, ilu, jak długo, jak często, jak daleko, jak wysoki, jak duży, jaki procent, jaka liczba, ile lat, w jakim
        wieku
    """),
    asks_date=phrases("""
        kiedy, w którym roku, w jakim roku, którego roku, jakiego roku, którego dnia, jakiego dnia, w jakim dniu, w
        którym miesiącu, w jakim miesiącu, jaka data, w którym wieku, od kiedy
    """),
    asks_name=phrases("kto, kogo, komu, kim, czyj, czyja, czyje, przez kogo, z kim"),
    moments=moments(
        {
            2: "dzisiaj, dziś, wczoraj, dziś rano, wczoraj wieczorem, wczorajszy",
            8: """
                w tym tygodniu, w zeszłym tygodniu, w ubiegłym tygodniu, w ten weekend, w zeszły weekend, niedawno,
                ostatnio, w ostatnich dniach
            """,
            35: "w tym miesiącu, w zeszłym miesiącu, w ubiegłym miesiącu, w ostatnich tygodniach",
        }
    ),
)
