"""Basque."""

from typing import Final

from retrieval.languages import Language, months, phrases, words

LANGUAGE: Final = Language(
    name="Basque",
    snowball="basque",
    stop_words=words("eta da du ez bat edo baina ere zen dira ziren izan dute zuen zuten"),
    question_words=words("""
        nor nork nori noren zer zerk zein zeintzuk noiz non nora nondik zergatik nola zenbat
    """),
    thousands=".",
    decimal=",",
    months=months("""
        urtarril urtarrila urtarrilaren; otsail otsaila otsailaren; martxo martxoa martxoaren; apiril apirila
        apirilaren; maiatz maiatza maiatzaren; ekain ekaina ekainaren; uztail uztaila uztailaren; abuztu abuztua
        abuztuaren; irail iraila irailaren; urri urria urriaren; azaro azaroa azaroaren; abendu abendua abenduaren
    """),
    asks_number=phrases("zenbat, zenbateko, zer ehuneko"),
    asks_date=phrases("noiz, zein urtetan, zer urtetan, zein egunetan, noiztik"),
    asks_name=phrases("nor, nork, nori, noren, zeinek"),
)
