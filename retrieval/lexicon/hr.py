"""Croatian and Bosnian: Serbian words, with months of their own."""

from dataclasses import replace
from typing import Final

from retrieval.languages import Language, months
from retrieval.lexicon import sr

LANGUAGE: Final[Language] = replace(
    sr.LANGUAGE,
    name="Croatian",
    months=months("""
        siječanj siječnja siječnju; veljača veljače veljači; ožujak ožujka ožujku; travanj travnja travnju;
        svibanj svibnja svibnju; lipanj lipnja lipnju; srpanj srpnja srpnju; kolovoz kolovoza kolovozu;
        rujan rujna rujnu; listopad listopada listopadu; studeni studenog studenom; prosinac prosinca prosincu
    """),
)
