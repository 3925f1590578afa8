"""Indonesian and Malay."""

from typing import Final

from retrieval.languages import Language, moments, months, phrases, words

LANGUAGE: Final = Language(
    name="Indonesian",
    snowball="indonesian",
    stop_words=words("""
        yang dan di ke dari pada untuk dengan adalah ini itu dalam oleh sebagai atau juga tidak akan telah para ia
    """),
    question_words=words("""
        siapa siapakah apa apakah mana manakah kapan kapankah mengapa kenapa bagaimana berapa berapakah dimana di
        dimanakah
    """),
    thousands=".",
    decimal=",",
    months=months("""
        januari; februari; maret; april; mei; juni; juli; agustus; september; oktober; november; desember
    """),
    weekdays=words("senin selasa rabu kamis jumat sabtu minggu"),
    number_words=words("""
        nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas belas puluh puluhan ratus ratusan
        ribu ribuan juta jutaan miliar triliun setengah
    """),
    asks_number=phrases("""
        berapa, berapakah, berapa banyak, berapa lama, berapa jumlah, berapa usia, seberapa
    """),
    asks_date=phrases("""
        kapan, kapankah, tahun berapa, pada tahun berapa, tanggal berapa, hari apa, bulan apa, abad berapa, sejak
        kapan
    """),
    asks_name=phrases("siapa, siapakah, oleh siapa, milik siapa"),
    moments=moments(
        {
            2: "hari ini, kemarin, tadi malam, tadi pagi",
            8: """
                minggu ini, minggu lalu, pekan ini, pekan lalu, akhir pekan ini, akhir pekan lalu, baru-baru ini,
                belakangan ini, terbaru, beberapa hari terakhir
            """,
            35: "bulan ini, bulan lalu, beberapa minggu terakhir",
        }
    ),
)
