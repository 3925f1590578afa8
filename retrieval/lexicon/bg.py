"""Bulgarian. There is no Snowball for it: the articles behind its nouns are cut."""

from typing import Final

from retrieval.languages import Language, endings, moments, months, phrases, words

LANGUAGE: Final = Language(
    name="Bulgarian",
    endings=endings("ията ията ята ите ето ата ът ят та то те"),
    stop_words=words("""
        и в във на с със за от до по при не е са да се че като или но ще беше бяха който която което които
    """),
    question_words=words("""
        кой кого кому какво каква какъв какви коя кое кои кога къде защо как колко откъде чий чия ли
    """),
    thousands=" .",
    decimal=",",
    ordinals=words("-ви -ри -ти -ми -ва -ра -та -ма -во -то"),
    months=months("""
        януари; февруари; март; април; май; юни; юли; август; септември; октомври; ноември; декември
    """),
    asks_number=phrases("""
        колко, какъв брой, какъв процент, на колко години, на каква възраст, колко често
    """),
    asks_date=phrases("""
        кога, през коя година, коя година, в коя година, на коя дата, кой ден, през кой месец, през кой век, откога
    """),
    asks_name=phrases("кой, кого, кому, чий, чия, чие, на кого"),
    moments=moments(
        {
            2: "днес, вчера, снощи",
            8: "тази седмица, миналата седмица, този уикенд, миналия уикенд, наскоро, напоследък, последните дни",
            35: "този месец, миналия месец",
        }
    ),
)
