"""Czech."""

from typing import Final

from retrieval.languages import Language, moments, months, phrases, words

LANGUAGE: Final = Language(
    name="Czech",
    snowball="czech",
    stop_words=words("""
        a v ve na je s se si z ze do o k ke za od po při pro i ale nebo že to jsou byl byla bylo byli jako u
    """),
    question_words=words("""
        kdo koho komu kým co čeho čemu čím který která které kterého kterém jaký jaká jaké jakém kdy kde proč jak
        kolik kam odkud
    """),
    thousands=" .",
    decimal=",",
    months=months("""
        leden ledna lednu; únor února únoru; březen března březnu; duben dubna dubnu; květen května květnu; červen
        června červnu; červenec července červenci; srpen srpna srpnu; září; říjen října říjnu; listopad listopadu;
        prosinec prosince prosinci
    """),
    weekdays=words("pondělí úterý středa středu čtvrtek pátek sobota sobotu neděle neděli"),
    number_words=words("""
        nula jeden jedna jedno dva dvě dvou tři tří čtyři pět šest sedm osm devět deset jedenáct dvanáct patnáct
        dvacet třicet čtyřicet padesát šedesát sto dvě stě tisíc tisíce tisíců milion miliony milionů miliarda
        miliardy miliard polovina
    """),
    asks_number=phrases("""
        kolik, jak dlouho, jak starý, jak často, jak daleko, jak velký, kolik procent, jaký podíl, jaký počet, v jakém
        věku
    """),
    asks_date=phrases("""
        kdy, v kterém roce, ve kterém roce, v jakém roce, který rok, kterého dne, v jaký den, v kterém měsíci, jaké
        datum, ve kterém století, v jakém století, od kdy
    """),
    asks_name=phrases("kdo, koho, komu, kým, o kom, čí, s kým"),
    moments=moments(
        {
            2: "dnes, včera, dnes ráno, včera večer, dneska",
            8: """
                tento týden, minulý týden, tento víkend, minulý víkend, o víkendu, nedávno, v poslední době, v
                posledních dnech
            """,
            35: "tento měsíc, minulý měsíc, v posledních týdnech",
        }
    ),
)
