"""Telugu. There is no stemmer for it here."""

from typing import Final

from retrieval.languages import Language, months, phrases, words

LANGUAGE: Final = Language(
    name="Telugu",
    stop_words=words("మరియు ఒక ఈ ఆ అని కి కు లో నుండి నుంచి తో గా ఉంది ఉన్న కానీ లేదా"),
    question_words=words("""
        ఎవరు ఎవరి ఎవరికి ఏమి ఏమిటి ఏది ఏ ఎప్పుడు ఎక్కడ ఎందుకు ఎలా ఎంత ఎన్ని ఎంతమంది
    """),
    months=months("""
        జనవరి; ఫిబ్రవరి; మార్చి; ఏప్రిల్; మే; జూన్; జూలై; ఆగస్టు; సెప్టెంబర్; అక్టోబర్; నవంబర్; డిసెంబర్
    """),
    asks_number=phrases("ఎంత, ఎన్ని, ఎంతమంది"),
    asks_date=phrases("ఎప్పుడు, ఏ సంవత్సరం, ఏ సంవత్సరంలో, ఏ రోజు, ఏ నెల"),
    asks_name=phrases("ఎవరు, ఎవరి, ఎవరికి, ఎవరిని"),
)
