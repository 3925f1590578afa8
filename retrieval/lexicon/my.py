"""Burmese."""

from typing import Final

from retrieval.languages import Language, moments, phrases, words

LANGUAGE: Final = Language(
    name="Burmese",
    stop_words=words("နှင့် သည် များ မှာ တွင် ၏ ကို မှ နဲ့ တဲ့ သော ဖြင့် သို့"),
    question_words=words("""
        ဘယ်သူ မည်သူ ဘာ အဘယ် ဘယ်တော့ ဘယ်အချိန် ဘယ်မှာ ဘယ် ဘာကြောင့် ဘယ်လို မည်သည့် မည်သို့ ဘယ်လောက် ဘယ်နှစ် လဲ သလား
    """),
    asks_number=phrases("ဘယ်လောက်, ဘယ်နှစ်ယောက်, မည်မျှ"),
    asks_date=phrases("ဘယ်တော့, ဘယ်အချိန်, ဘယ်နှစ်ခုနှစ်, မည်သည့်နှစ်, ဘယ်နေ့"),
    asks_name=phrases("ဘယ်သူ, မည်သူ"),
    moments=moments(
        {
            2: "ဒီနေ့, ယနေ့, မနေ့က",
            8: "ဒီအပတ်, ယခုအပတ်, ပြီးခဲ့တဲ့အပတ်, မကြာသေးမီ",
            35: "ဒီလ, ယခုလ, ပြီးခဲ့တဲ့လ",
        }
    ),
    unspaced=True,
)
