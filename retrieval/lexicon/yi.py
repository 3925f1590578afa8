"""Yiddish."""

from typing import Final

from retrieval.languages import Language, months, phrases, words

LANGUAGE: Final = Language(
    name="Yiddish",
    snowball="yiddish",
    stop_words=words("""
        דער די דאס דאָס און אין איז פון פֿון צו מיט אויף א אַ אן אַן דעם פאר פֿאַר ניט נישט זיך האט האָט וואס וואָס
    """),
    question_words=words("""
        ווער וועמען וועמענס וואס וואָס ווען וואו וווּ פארוואס פֿאַרוואָס ווי ווי אזוי וויפל וויפֿל וועלכער וועלכע
    """),
    months=months("""
        יאנואר יאַנואַר; פעברואר פֿעברואַר; מערץ; אפריל אַפּריל; מיי; יוני; יולי; אויגוסט; סעפטעמבער; אקטאבער
        אָקטאָבער; נאוועמבער נאָוועמבער; דעצעמבער
    """),
    asks_number=phrases("וויפל, וויפֿל, ווי פיל, ווי אלט"),
    asks_date=phrases("ווען, אין וועלכן יאר, וועלכן טאג"),
    asks_name=phrases("ווער, וועמען, וועמענס"),
)
