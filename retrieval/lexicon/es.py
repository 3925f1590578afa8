"""Spanish."""

from typing import Final

from retrieval.languages import Language, moments, months, phrases, words

_WEEKDAYS: Final = words("lunes martes miércoles jueves viernes sábado domingo")

LANGUAGE: Final = Language(
    name="Spanish",
    snowball="spanish",
    stop_words=words("""
        el la los las un una unos unas y o pero de del a al en por para con sin es son era no se su sus lo que
    """),
    question_words=words("""
        quién quiénes qué cuál cuáles cuándo dónde adónde por cómo cuánto cuántos cuánta cuántas ha han fue fueron
    """),
    thousands=".",
    decimal=",",
    ordinals=words("o a os as er"),
    months=months("""
        enero; febrero; marzo; abril; mayo; junio; julio; agosto; septiembre setiembre; octubre; noviembre; diciembre
    """),
    short_months=months("ene; feb; mar; abr; may; jun; jul; ago; sep sept; oct; nov; dic"),
    weekdays=_WEEKDAYS,
    number_words=words("""
        cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete
        dieciocho diecinueve veinte veintiuno treinta cuarenta cincuenta sesenta setenta ochenta noventa cien ciento
        cientos doscientos trescientos quinientos mil miles millón millones billón docena docenas mitad medio
    """),
    asks_number=phrases("""
        cuánto, cuántos, cuánta, cuántas, qué edad, qué porcentaje, qué número, qué cantidad, qué proporción,
        con qué frecuencia, cada cuánto, qué tan
    """),
    asks_date=phrases("""
        cuándo, en qué año, qué año, qué día, qué fecha, en qué fecha, qué mes, en qué mes, qué siglo, en qué siglo,
        desde cuándo, qué década, cuánto tiempo hace, hace cuánto
    """),
    asks_name=phrases("quién, quiénes, de quién, a quién, por quién, con quién, qué persona"),
    moments=moments(
        {
            2: "hoy, ayer, anoche, esta mañana, esta tarde, esta noche",
            8: """
                esta semana, la semana pasada, semana pasada, este fin de semana, el fin de semana pasado,
                fin de semana pasado, recientemente, hace poco, últimamente, últimos días, en los últimos días,
                últimas noticias, el {day} pasado, este {day}, pasado {day}
            """,
            35: "este mes, el mes pasado, mes pasado, últimas semanas, en las últimas semanas",
        },
        _WEEKDAYS,
    ),
    credits=phrases("según, de acuerdo con"),
    bounds=words("desde después antes hasta entre"),
    referring=words("él ella ello ellos ellas lo la los las le les eso esto ese esa esos esas este esta su sus allí"),
    linking=words("y e pero o entonces"),
    light=words("fue es son era pasó ocurrió sucedió dijo dice exactamente empezó terminó"),
)
