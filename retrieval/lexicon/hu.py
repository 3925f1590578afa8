"""Hungarian."""

from typing import Final

from retrieval.languages import Language, moments, months, phrases, words

LANGUAGE: Final = Language(
    name="Hungarian",
    snowball="hungarian",
    stop_words=words("""
        a az és hogy nem is egy meg volt van vagy de ha már csak mint el ki voltak ezt azt ez
    """),
    question_words=words("""
        ki kit kik kinek mi mit milyen melyik mikor hol hová honnan miért hogyan mennyi hány hányan
    """),
    thousands=" .",
    decimal=",",
    months=months("""
        január; február; március; április; május; június; július; augusztus; szeptember; október; november; december
    """),
    short_months=months("jan; febr; márc; ápr; máj; jún; júl; aug; szept; okt; nov; dec"),
    weekdays=words("""
        hétfő hétfőn kedd kedden szerda szerdán csütörtök csütörtökön péntek pénteken szombat szombaton vasárnap
    """),
    number_words=words("""
        nulla kettő két három négy öt hat hét nyolc kilenc tíz tizenegy tizenkét húsz harminc negyven ötven hatvan
        hetven nyolcvan kilencven száz ezer millió milliárd tucat fele
    """),
    asks_number=phrases("""
        hány, hányan, mennyi, mennyien, hány éves, milyen gyakran, hány százalék, milyen hosszú, milyen magas, mekkora
    """),
    asks_date=phrases("""
        mikor, melyik évben, milyen évben, hányban, melyik napon, milyen napon, melyik hónapban, milyen dátum, melyik
        században, mióta
    """),
    asks_name=phrases("ki, kit, kik, kinek, kinek a, kivel, kitől"),
    moments=moments(
        {
            2: "ma, tegnap, ma este, ma reggel, tegnap este",
            8: """
                ezen a héten, a héten, múlt héten, a múlt héten, hétvégén, a hétvégén, múlt hétvégén, nemrég,
                mostanában, legutóbb, az elmúlt napokban
            """,
            35: "ebben a hónapban, múlt hónapban, a múlt hónapban, az elmúlt hetekben",
        }
    ),
)
