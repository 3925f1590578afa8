"""Irish."""

from typing import Final

from retrieval.languages import Language, months, phrases, words

LANGUAGE: Final = Language(
    name="Irish",
    snowball="irish",
    stop_words=words("""
        an na agus is ar i le do de ó go a tá bhí ní sé sí nach faoi chun ag as
    """),
    question_words=words("cé cad céard cathain cá conas cén cérbh céin mar fáth"),
    months=months("""
        eanáir; feabhra; márta; aibreán; bealtaine; meitheamh mheitheamh; iúil; lúnasa; ; ; samhain samhna; nollaig
        nollag
    """),
    asks_number=phrases("cé mhéad, cá mhéad, cén aois, cá fhad"),
    asks_date=phrases("cathain, cén bhliain, cén lá, cén uair, cén dáta"),
    asks_name=phrases("cé, cén duine, cé leis"),
)
