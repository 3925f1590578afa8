"""Tamil."""

from typing import Final

from retrieval.languages import Language, months, phrases, words

LANGUAGE: Final = Language(
    name="Tamil",
    snowball="tamil",
    stop_words=words("""
        ஒரு இந்த அந்த மற்றும் என்று என்ற இது அது உள்ள ஆகும் இருந்து போன்ற ஆனால் அல்லது
    """),
    question_words=words("""
        யார் யாரால் யாருக்கு என்ன எது எந்த எப்போது எங்கு எங்கே ஏன் எப்படி எத்தனை எவ்வளவு
    """),
    months=months("""
        ஜனவரி; பிப்ரவரி; மார்ச்; ஏப்ரல்; மே; ஜூன்; ஜூலை; ஆகஸ்ட்; செப்டம்பர்; அக்டோபர்; நவம்பர்; டிசம்பர்
    """),
    asks_number=phrases("எத்தனை, எவ்வளவு, எத்தனை பேர்"),
    asks_date=phrases("எப்போது, எந்த ஆண்டு, எந்த ஆண்டில், எந்த நாள், எந்த மாதம்"),
    asks_name=phrases("யார், யாரால், யாருக்கு, யாருடைய"),
)
