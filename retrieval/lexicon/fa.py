"""Persian."""

from typing import Final

from retrieval.languages import Language, moments, months, phrases, words

LANGUAGE: Final = Language(
    name="Persian",
    snowball="persian",
    stop_words=words("""
        و در به از که این آن را با برای است بود شد یک تا بر هم نیز یا اما ها های می شده شود کرد بودند هستند خود
    """),
    question_words=words("چه چی کی کجا چرا چگونه چطور کدام کدامیک چند چقدر آیا کیست چیست کسی"),
    latin_words=words("""
        dar az keh baraye ast che chi koja chera chegune chetor kodam chand cheghadr aya kist chist
    """),
    months=months("""
        ژانویه; فوریه; مارس; آوریل; ; ژوئن; ژوئیه جولای; اوت آگوست; سپتامبر; اکتبر; نوامبر; دسامبر
    """),
    short_months=months("""
        ; ; ; ; مه
    """),
    weekdays=words("دوشنبه سه‌شنبه چهارشنبه پنجشنبه جمعه شنبه یکشنبه"),
    number_words=words("""
        صفر یک دو سه چهار پنج شش هفت هشت نه ده یازده دوازده پانزده بیست سی چهل پنجاه شصت هفتاد هشتاد نود صد دویست سیصد
        هزار هزاران میلیون میلیارد نیم نیمی
    """),
    asks_number=phrases("چند, چند نفر, چقدر, چه تعداد, چند ساله, چند درصد, چه مقدار, چند سال"),
    asks_date=phrases("""
        کی, چه زمانی, چه وقت, در چه سالی, چه سالی, کدام سال, در کدام سال, چه روزی, کدام روز, چه ماهی, چه تاریخی, کدام
        قرن, چه قرنی, از کی, از چه زمانی
    """),
    asks_name=phrases("چه کسی, چه کسانی, کیست, چه شخصی, توسط چه کسی, کدام شخص"),
    moments=moments(
        {
            2: "امروز, دیروز, امشب, دیشب, امروز صبح",
            8: """
                این هفته, هفته گذشته, هفته پیش, آخر هفته, اخیرا, به تازگی, تازه‌ترین, آخرین اخبار, روزهای اخیر, در
                روزهای اخیر
            """,
            35: "این ماه, ماه گذشته, ماه پیش, هفته‌های اخیر",
        }
    ),
)
