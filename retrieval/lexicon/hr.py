"""Croatian and Bosnian: Serbian words, with months of their own."""

from dataclasses import replace
from typing import Final

from retrieval.languages import Language, months, words
from retrieval.lexicon import sr

LANGUAGE: Final[Language] = replace(
    sr.LANGUAGE,
    name="Croatian",
    question_words=sr.LANGUAGE.question_words - words("ko šta gde") | words("tko što gdje"),
    months=months("""
        siječanj siječnja siječnju; veljača veljače veljači; ožujak ožujka ožujku; travanj travnja travnju;
        svibanj svibnja svibnju; lipanj lipnja lipnju; srpanj srpnja srpnju; kolovoz kolovoza kolovozu;
        rujan rujna rujnu; listopad listopada listopadu; studeni studenog studenom; prosinac prosinca prosincu
    """),
)
