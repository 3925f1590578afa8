"""Nepali."""

from typing import Final

from retrieval.languages import Language, moments, months, phrases, words

LANGUAGE: Final = Language(
    name="Nepali",
    snowball="nepali",
    stop_words=words("""
        र को का की मा ले लाई बाट छ छन् हो थियो थिए यो त्यो एक पनि भने गरेको भएको लागि सँग
    """),
    question_words=words("को कसले कसलाई कसको के कुन कहिले कहाँ किन कसरी कति"),
    months=months("""
        जनवरी; फेब्रुअरी; मार्च; अप्रिल; मे; जुन; जुलाई; अगस्ट; सेप्टेम्बर; अक्टोबर; नोभेम्बर; डिसेम्बर
    """),
    asks_number=phrases("कति, कतिजना, कति वर्ष"),
    asks_date=phrases("कहिले, कुन साल, कुन वर्ष, कुन दिन, कुन महिना"),
    asks_name=phrases("कसले, कसलाई, कसको, को हो, को थिए"),
    moments=moments(
        {
            2: "आज, हिजो",
            8: "यस हप्ता, यो हप्ता, गत हप्ता, हालै, भर्खरै",
            35: "यो महिना, यस महिना, गत महिना",
        }
    ),
)
