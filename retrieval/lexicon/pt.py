"""Portuguese."""

from typing import Final

from retrieval.languages import Language, moments, months, phrases, words

_WEEKDAYS: Final = words("segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo")

LANGUAGE: Final = Language(
    name="Portuguese",
    snowball="portuguese",
    stop_words=words("""
        o a os as um uma uns umas e ou mas de do da dos das em no na nos nas por para com sem é são era não se seu sua
        que ao à
    """),
    question_words=words("""
        quem que qual quais quando onde aonde porquê porque como quanto quantos quanta quantas foi foram
    """),
    thousands=".",
    decimal=",",
    ordinals=words("o a os as"),
    months=months("""
        janeiro; fevereiro; março; abril; maio; junho; julho; agosto; setembro; outubro; novembro; dezembro
    """),
    short_months=months("jan; fev; mar; abr; mai; jun; jul; ago; set; out; nov; dez"),
    weekdays=_WEEKDAYS,
    number_words=words("""
        zero dois duas três quatro cinco seis sete oito nove dez onze doze treze catorze quatorze quinze dezesseis
        dezasseis dezessete dezoito dezenove vinte trinta quarenta cinquenta sessenta setenta oitenta noventa
        cem cento
        centenas duzentos trezentos quinhentos mil milhares milhão milhões bilhão bilhões bilião dúzia dezenas metade
    """),
    asks_number=phrases("""
        quanto, quantos, quanta, quantas, que idade, qual a idade, qual idade, que porcentagem, qual porcentagem,
        que percentagem, qual o número, qual é o número, com que frequência, que proporção, qual a quantidade
    """),
    asks_date=phrases("""
        quando, em que ano, que ano, qual ano, em qual ano, que dia, em que dia, qual dia, que data, qual data,
        em que data, em que mês, que mês, em que século, que século, desde quando, em que década, há quanto tempo
    """),
    asks_name=phrases("quem, de quem, a quem, por quem, com quem, que pessoa, qual pessoa"),
    moments=moments(
        {
            2: "hoje, ontem, ontem à noite, esta manhã, esta noite, hoje de manhã",
            8: """
                esta semana, essa semana, nesta semana, na semana passada, semana passada, este fim de semana,
                neste fim de semana, fim de semana passado, recentemente, há pouco, ultimamente, últimos dias,
                nos últimos dias, últimas notícias, na última {day}, nesta {day}, última {day}
            """,
            35: "este mês, neste mês, no mês passado, mês passado, últimas semanas, nas últimas semanas",
        },
        _WEEKDAYS,
    ),
)
