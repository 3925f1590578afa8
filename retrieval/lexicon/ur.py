"""Urdu. There is no stemmer for it here."""

from typing import Final

from retrieval.languages import Language, moments, months, phrases, words

LANGUAGE: Final = Language(
    name="Urdu",
    stop_words=words("""
        اور میں کے کی کا کو سے پر ہے ہیں تھا تھی تھے نے یہ وہ اس ان کہ ایک بھی ہی تو یا کر لیے ساتھ
    """),
    question_words=words("کیا کون کس کسے کب کہاں کیوں کیسے کتنا کتنے کتنی کونسا کونسی کن"),
    months=months("""
        جنوری; فروری; مارچ; اپریل; مئی; جون; جولائی; اگست; ستمبر; اکتوبر; نومبر; دسمبر
    """),
    asks_number=phrases("کتنا, کتنے, کتنی, کتنے فیصد"),
    asks_date=phrases("کب, کس سال, کس دن, کس تاریخ, کس مہینے, کس صدی, کون سے سال"),
    asks_name=phrases("کون, کس نے, کس کو, کس کا, کس کی, کس کے"),
    moments=moments(
        {
            2: "آج, گزشتہ رات, گزشتہ روز",
            8: "اس ہفتے, گزشتہ ہفتے, پچھلے ہفتے, حال ہی میں, حالیہ دنوں",
            35: "اس ماہ, گزشتہ ماہ, پچھلے مہینے, اس مہینے",
        }
    ),
)
