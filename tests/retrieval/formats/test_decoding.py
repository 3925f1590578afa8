"""What was decoded with the wrong encoding is told from what only looks foreign."""

import pytest

from retrieval.formats.decoding import is_garbled
from tests.builders import SEEDS

SENTENCES = {
    "ru": "Министерство сообщило в понедельник, что дорога останется открытой для всех жителей.",
    "tr": "Bakanlık pazartesi günü yolun herkese açık kalacağını, köprünün ise kapatıldığını söyledi.",
    "az": "Nazirlik bazar ertəsi yolun hamı üçün açıq qalacağını, körpünün isə bağlandığını bildirdi.",
    "fr": "Le ministère a déclaré lundi que « la route » resterait ouverte à tous, même à l’été prochain…",
    "de": "Das Ministerium erklärte am Montag, die Straße bleibe für alle geöffnet – „auch für Bürger“.",
    "pt": "O ministério disse que não há previsão: a ligação ficará aberta à população, às 10h00 (3ª feira).",
    "es": "¿Qué dijo el ministro? ¡Que la carretera seguirá abierta! Añadió: «mañana también».",
    "vi": "Bộ cho biết hôm thứ Hai rằng con đường sẽ vẫn mở cho tất cả mọi người trong khu vực này.",
    "pl": "Ministerstwo oświadczyło w poniedziałek, że droga pozostanie otwarta; żółć, gęś, jaźń.",
    "el": "Το υπουργείο ανακοίνωσε τη Δευτέρα ότι ο δρόμος θα παραμείνει ανοιχτός για όλους.",
    "hy": "Նախարարությունը երկուշաբթի հայտնեց, որ ճանապարհը բաց կմնա բոլորի համար։",
    "ka": "სამინისტრომ ორშაბათს განაცხადა, რომ გზა ყველასთვის ღია დარჩება.",
    "ar": "قالت الوزارة يوم الاثنين إن الطريق سيبقى مفتوحا للجميع.",
    "he": "המשרד הודיע ביום שני כי הכביש יישאר פתוח לכולם.",
    "zh": "该部周一表示，这条道路将继续向所有人开放。",
    "ja": "同省は月曜日、道路は全員に開放されたままになると述べた。",
    "hi": "मंत्रालय ने सोमवार को कहा कि सड़क सभी के लिए खुली रहेगी।",
    "th": "กระทรวงกล่าวเมื่อวันจันทร์ว่าถนนจะยังคงเปิดให้ทุกคน",
    "signs": "10 °C ± 2 µm, 5 × 10² £/m³ — §§ 12–14 ¶ © 2023 ® ™ ½ ¾ ÷ • “x” ‘y’ € 5,– 🙂 ✓ → α²",
}


@pytest.mark.parametrize("language", SENTENCES)
def test_no_language_is_taken_for_garbled(language: str) -> None:
    """Neither as it is nor in capitals, decomposed or many times over."""
    text = SENTENCES[language]
    assert not any(map(is_garbled, (text, text.upper(), f"{text}\n" * 50)))


def test_the_articles_that_ship_are_not_garbled() -> None:
    """All of them."""
    texts = [path.read_text(encoding="utf-8") for path in SEEDS.glob("*.txt")]
    assert len(texts) >= 5
    assert not any(map(is_garbled, texts))


@pytest.mark.parametrize("language", sorted(set(SENTENCES) - {"signs"}))
def test_what_was_decoded_with_the_wrong_encoding_is_garbled(language: str) -> None:
    """Latin-1 takes every byte for something; Windows' encoding lacks a few, which become controls as in browsers."""
    data = f"{SENTENCES[language]}\n{SENTENCES[language]}".encode()
    assert is_garbled(data.decode("latin-1"))
    pairs = ((bytes([byte]), chr(byte)) for byte in data)
    assert is_garbled("".join(pair.decode("cp1252", "ignore") or control for pair, control in pairs))


def test_one_garbled_word_that_is_quoted_is_no_proof() -> None:
    """An article may write about it."""
    assert not is_garbled("Programs that read “café” wrongly show “cafÃ©”, to the dismay of everybody in the café.")
