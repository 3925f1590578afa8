"""Bengali. There is no Snowball for it: the endings of nouns are cut."""

from typing import Final

from retrieval.languages import Language, endings, moments, months, phrases, words

LANGUAGE: Final = Language(
    name="Bengali",
    endings=endings("গুলোর গুলির গুলো গুলি দেরকে দের টির টিকে টি টা কে এর তে ের রা র ে"),
    stop_words=words("""
        ও এবং এই সেই একটি এক থেকে জন্য করে করা হয় হয়ে ছিল ছিলেন আছে না যে তার তাঁর সঙ্গে সাথে মধ্যে হিসেবে কিন্তু বা
    """),
    question_words=words("""
        কে কার কাকে কারা কি কী কোন কোনটি কখন কবে কোথায় কেন কীভাবে কিভাবে কত কতজন কয়টি কেমন
    """),
    months=months("""
        জানুয়ারি জানুয়ারী; ফেব্রুয়ারি ফেব্রুয়ারী; মার্চ; এপ্রিল; মে; জুন; জুলাই; আগস্ট; সেপ্টেম্বর; অক্টোবর;
        নভেম্বর; ডিসেম্বর
    """),
    asks_number=phrases("কত, কতজন, কতটি, কয়টি, কত শতাংশ, কতগুলো"),
    asks_date=phrases("কবে, কখন, কত সালে, কোন সালে, কোন বছর, কোন তারিখে, কোন মাসে, কোন দিন"),
    asks_name=phrases("কে, কার, কাকে, কারা, কে ছিলেন"),
    moments=moments(
        {
            2: "আজ, গতকাল, গত রাতে",
            8: "এই সপ্তাহে, গত সপ্তাহে, সম্প্রতি",
            35: "এই মাসে, গত মাসে",
        }
    ),
)
