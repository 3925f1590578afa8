"""English. Its stop list is that of Lucene's StandardAnalyzer; the others match it in kind and size."""

from typing import Final

from retrieval.languages import Language, moments, months, phrases, words

_WEEKDAYS: Final = words("monday tuesday wednesday thursday friday saturday sunday")

LANGUAGE: Final = Language(
    name="English",
    snowball="english",
    stop_words=words("""
        a an and are as at be but by for if in into is it no not of on or such that the their then there these they
        this to was will with
    """),
    question_words=words("""
        what which who whom whose when where why how do does did done has have had can could would should were been am
        i you he she we me my your please tell say about many much happen happens happened according
    """),
    ordinals=words("st nd rd th"),
    months=months("""
        january; february; ; april; ; june; july; august; september; october; november; december
    """),
    capital_months=months("; ; march; ; may"),
    short_months=months("jan; feb; mar; apr; ; jun; jul; aug; sep sept; oct; nov; dec"),
    weekdays=_WEEKDAYS,
    number_words=words("""
        zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
        seventeen
        eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands
        million millions billion billions trillion dozen dozens half once twice
    """),
    asks_number=phrases("""
        how many, how much, how old, how long, how far, how tall, how high, how big, how large, how often, how fast,
        how deep, how wide, how heavy, what percentage, what percent, what proportion, what share,
        what number, what age,
        at what age
    """),
    asks_date=phrases("""
        when, what year, which year, what month, which month, what day, which day, what date, which date, what
        century,
        which century, what decade, which decade, how long ago, since when
    """),
    asks_name=phrases("who, whom, whose, who's, which person, what person, by whom"),
    moments=moments(
        {
            2: "today, yesterday, tonight, last night, this morning, this afternoon, this evening",
            8: """
                this week, last week, past week, this past week, this weekend, last weekend, recently, latest, lately,
                most recent, in recent days, these days, this {day}, last {day}, past {day}, earlier this week
            """,
            35: "this month, last month, past month, in recent weeks, earlier this month",
        },
        _WEEKDAYS,
    ),
    credits=phrases("according to, as reported by, reported by, as told by, published by, as per"),
    bounds=words("since after before until till by from to through between"),
    referring=words("it its he him his she her hers they them their theirs this that these those"),
    linking=words("and but so or then"),
    light=words("""
        happen happens happened happening occur occurs occurred say says said saying tell tells told do does
        did done go goes went come comes came mean means meant exactly long else more take takes took place
        start started begin began end ended
    """),
)
