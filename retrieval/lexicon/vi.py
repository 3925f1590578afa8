"""Vietnamese. Its words are written syllable by syllable and have no endings."""

from typing import Final

from retrieval.languages import Language, moments, phrases, words

LANGUAGE: Final = Language(
    name="Vietnamese",
    stop_words=words("""
        và của là các những một cho với trong được có không này đó từ đến khi bị do tại ở về cũng đã sẽ thì mà như
        trên để
    """),
    question_words=words("ai gì nào đâu sao thế bao nhiêu giờ mấy hỏi"),
    thousands=".",
    decimal=",",
    number_words=words("một hai ba bốn năm sáu bảy tám chín mười trăm nghìn ngàn triệu tỷ nửa"),
    asks_number=phrases("bao nhiêu, mấy, bao lâu, bao xa, bao nhiêu tuổi, tỷ lệ bao nhiêu"),
    asks_date=phrases("""
        khi nào, năm nào, bao giờ, ngày nào, tháng nào, lúc nào, thế kỷ nào, từ khi nào
    """),
    asks_name=phrases("ai, của ai, bởi ai, người nào"),
    moments=moments(
        {
            2: "hôm nay, hôm qua, tối qua, sáng nay",
            8: "tuần này, tuần trước, tuần qua, cuối tuần này, cuối tuần qua, gần đây, mới đây, mới nhất",
            35: "tháng này, tháng trước, tháng qua",
        }
    ),
)
