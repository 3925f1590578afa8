"""Turkish."""

from typing import Final

from retrieval.languages import Language, moments, months, phrases, words

_WEEKDAYS: Final = words("pazartesi salı çarşamba perşembe cuma cumartesi pazar")

LANGUAGE: Final = Language(
    name="Turkish",
    snowball="turkish",
    stop_words=words("""
        ve bir bu şu o da de ki ile için gibi ama veya ya ise en çok daha kadar olarak olan olduğu ne her mi mı mu mü
        değil
    """),
    question_words=words("""
        kim kimi kime kimde kimden kimin kimle kimler kimleri kimlere kimdir kimdi kimlerdir ne neyi neye neden neyin
        neyle neler neleri nedir neydi nelerdir nerede nereye nereden nereyi neresi nerenin nereli nerededir nerelidir
        hangi hangisi hangileri hangisidir kaç kaçı kaça kaçta kaçtır kaçıncı niçin niye nasıl nasıldır midir mıdır
        mudur müdür miydi mıydı muydu müydü zaman
    """),
    thousands=".",
    decimal=",",
    ordinals=words("inci ıncı uncu üncü nci ncı ncu ncü"),
    months=months("""
        ; şubat; mart; nisan; mayıs; haziran; temmuz; ağustos; eylül; ; kasım; aralık
    """),
    capital_months=months("ocak; ; ; ; ; ; ; ; ; ekim"),
    short_months=months("oca; şub; mar; nis; may; haz; tem; ağu; eyl; eki; kas; ara"),
    weekdays=_WEEKDAYS,
    number_words=words("""
        sıfır iki üç dört beş altı yedi sekiz dokuz on yirmi otuz kırk elli altmış yetmiş seksen doksan yüz
        yüzlerce bin
        binlerce milyon milyonlarca milyar trilyon düzine yarım yarısı çeyrek
    """),
    asks_number=phrases("""
        kaç, kaç tane, kaç kişi, kaçı, kaça, ne kadar, ne kadarı, yüzde kaç, kaç yaşında, kaç kez, kaç kere,
        ne sıklıkla, kaç adet
    """),
    asks_date=phrases("""
        ne zaman, hangi yıl, hangi yılda, hangi yılında, hangi yıllarda, kaç yılında, kaçıncı yılında, hangi tarih,
        hangi tarihte, hangi gün, hangi günde, hangi ay, hangi ayda, hangi yüzyılda, kaçıncı yüzyılda, hangi sene,
        hangi senede, kaç senesinde, ne zamandan beri, hangi yıla, hangi yıldan
    """),
    asks_name=phrases("kim, kimi, kime, kimin, kimler, kimdir, kimlerdir, kimden, kimle, kiminle, kim tarafından"),
    moments=moments(
        {
            2: "bugün, bugünkü, dün, dünkü, bu gece, dün gece, bu sabah, dün akşam, bu akşam",
            8: """
                bu hafta, geçen hafta, bu haftaki, geçen haftaki, geçtiğimiz hafta, bu hafta sonu, geçen hafta sonu,
                hafta sonu, yakın zamanda, yakınlarda, geçenlerde, son zamanlarda, son günlerde, son
                haber, son haberler,
                en son, geçen {day}, bu {day}, geçtiğimiz {day}
            """,
            35: "bu ay, geçen ay, geçtiğimiz ay, bu ayki, geçen ayki, son haftalarda",
        },
        _WEEKDAYS,
    ),
    credits_behind=phrases("""
        göre, haberine göre, bildirdiğine göre, yazdığına göre, aktardığına göre, verilerine göre
    """),
    bounds=words("önce sonra beri kadar dek itibaren"),
    referring=words("""
        o onu ona onun onda ondan onlar onları onlara onların bu bunu buna bunun bunda bundan bunlar bunları
        şu şunu şuna orada oraya oradan kendisi
    """),
    linking=words("peki ve ya ama veya de da"),
    light=words("""
        oldu olur oluyor olmuş olacak dedi diyor söyledi söylüyor söylemiş yaptı yapıyor yapıldı başladı
        bitti tam
    """),
)
