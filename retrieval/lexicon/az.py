"""Azerbaijani; its endings are those of Turkish, whose stemmer serves it."""

from typing import Final

from retrieval.languages import Language, moments, months, phrases, words

LANGUAGE: Final = Language(
    name="Azerbaijani",
    snowball="turkish",
    stop_words=words("""
        və bir bu o da də ki ilə üçün kimi amma ya isə ən çox daha qədər olaraq olan hər mi mı mu mü deyil
    """),
    question_words=words("""
        kim kimi kimə kimdə kimdən kimin kimlər kimdir kimdi nə nəyi nəyə nədən nəyin nələr nədir nə idi niyə necə
        necədir hara harada haraya haradan haradadır haralıdır hansı hansıdır neçə neçədir neçənci zaman vaxt
    """),
    latin_words=words("ve ile ucun ise en cox qeder her kime ne niye nece hansi nedir"),
    thousands=". ",
    decimal=",",
    ordinals=words("-ci -cı -cu -cü -ci -inci -ıncı -uncu -üncü"),
    months=months("""
        yanvar; fevral; mart; aprel; ; iyun; iyul; avqust; sentyabr; oktyabr; noyabr; dekabr
    """),
    capital_months=months("; ; ; ; may"),
    weekdays=words("bazar şənbə cümə"),
    number_words=words("""
        sıfır iki üç dörd beş altı yeddi səkkiz doqquz on iyirmi otuz qırx əlli altmış yetmiş səksən doxsan yüz
        yüzlərlə
        min minlərlə milyon milyonlarla milyard yarısı
    """),
    asks_number=phrases("neçə, neçəsi, nə qədər, neçə nəfər, neçə yaşında, neçə dəfə, neçə faiz, faizi"),
    asks_date=phrases("""
        nə zaman, nə vaxt, haçan, hansı il, hansı ildə, neçənci il, neçənci ildə, hansı gün, hansı tarixdə,
        hansı ayda,
        hansı əsrdə, neçənci əsrdə, nə vaxtdan
    """),
    asks_name=phrases("kim, kimi, kimə, kimin, kimlər, kimdir, kimdən, kimlə, kim tərəfindən"),
    moments=moments(
        {
            2: "bu gün, bugünkü, dünən, dünənki, bu gecə, dünən gecə, bu səhər",
            8: """
            bu həftə, keçən həftə, ötən həftə, bu həftəsonu, ötən həftəsonu, bu yaxınlarda, son günlər, son günlərdə,
            son xəbərlər, ən son
        """,
            35: "bu ay, keçən ay, ötən ay, son həftələrdə",
        }
    ),
    credits_behind=phrases("görə, məlumatına görə, xəbərinə görə, yazdığına görə, bildirdiyinə görə, istinadən"),
    bounds=words("əvvəl sonra bəri qədər kimi etibarən"),
    referring=words("""
        o onu ona onun onda ondan onlar onları onlara onların bu bunu buna bunun bunda bundan bunlar bunları
        orada oraya oradan özü
    """),
    linking=words("bəs bes və ve amma ya da də yaxşı"),
    light=words("""
        oldu olur olub olmuşdu olacaq dedi deyir deyib söylədi bildirdi bildirib etdi edir edildi başladı
        başlayıb bitdi məhz
    """),
)
