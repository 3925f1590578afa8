"""Chinese."""

from typing import Final

from retrieval.languages import Language, moments, phrases, words

LANGUAGE: Final = Language(
    name="Chinese",
    stop_words=words("的 是 了 吗 呢 吧 以及 并且 一个 这个 那个 或者"),
    question_words=words("""
        谁 誰 什么 什麼 甚麼 什么时候 什麼時候 何时 何時 哪 哪里 哪裡 哪儿 哪个 哪個 哪些 哪一 哪位 怎么 怎麼
        怎样 怎樣 如何 为什么 為什麼 为何 為何 多少 几 幾
        几个 多久 是否 请问 請問 告诉我
    """),
    number_words=words("零 二 三 四 五 六 七 八 九 十 百 千 万 萬 亿 億 两 兩"),
    asks_number=phrases("多少, 几个, 幾個, 几名, 几位, 几次, 几年, 多大, 多久, 多长, 多長, 多高, 多远, 百分之几, 几"),
    asks_date=phrases("""
        什么时候, 什麼時候, 何时, 何時, 哪一年, 哪年, 哪一天, 哪天, 几月, 哪个月, 几号, 幾號, 哪个世纪,
        哪個世紀, 什么年份
    """),
    asks_name=phrases("谁, 誰, 哪位, 何人, 哪个人, 什么人"),
    moments=moments(
        {
            2: "今天, 昨天, 今日, 昨日, 今晚, 昨晚, 今早",
            8: """
                这周, 這週, 本周, 本週, 上周, 上週, 这个星期, 上个星期, 上星期, 本星期, 这个周末, 上个周末,
                周末, 最近, 近日, 最新
            """,
            35: "这个月, 這個月, 本月, 上个月, 上個月, 上月, 近几周",
        }
    ),
    unspaced=True,
)
