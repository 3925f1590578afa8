"""Japanese."""

from typing import Final

from retrieval.languages import Language, moments, phrases, words

LANGUAGE: Final = Language(
    name="Japanese",
    stop_words=words("""
        の に は を が と で も や へ から まで より です ます でした ました した して する いる ある この その
        あの という による において について また など
    """),
    question_words=words("""
        誰 だれ 何 なに なん いつ どこ どの どれ どちら どんな どう なぜ 何故 いくつ いくら どうやって
        どのように どのような か ですか ますか ましたか でしたか
        教えて ください
    """),
    number_words=words("零 二 三 四 五 六 七 八 九 十 百 千 万 億 兆"),
    asks_number=phrases("""
        いくつ, いくら, 何人, 何個, 何回, 何歳, 何パーセント, どのくらい, どれくらい, どれだけ, 何件, 何本,
        何名, 何年間, 何キロ, 何メートル, 何時間, 何台
    """),
    asks_date=phrases("いつ, 何年, 何年に, 何月, 何日, 何曜日, 何世紀, いつから, どの年, 何時代"),
    asks_name=phrases("誰, だれ, どなた, 何者, 何という人"),
    moments=moments(
        {
            2: "今日, 昨日, 本日, 今夜, 昨夜, 今朝",
            8: "今週, 先週, 今週末, 先週末, 週末, 最近, 最新, 先日, ここ数日, このほど",
            35: "今月, 先月, ここ数週間",
        }
    ),
    unspaced=True,
)
