"""Lao."""

from typing import Final

from retrieval.languages import Language, moments, phrases, words

LANGUAGE: Final = Language(
    name="Lao",
    stop_words=words("ແລະ ທີ່ ໃນ ຂອງ ເປັນ ແມ່ນ ມີ ໄດ້ ຈາກ ກັບ ຫຼື ໂດຍ ແຕ່ ນີ້ ວ່າ ບໍ່ ຈະ"),
    question_words=words("ໃຜ ຫຍັງ ເມື່ອໃດ ຢູ່ໃສ ໃສ ເປັນຫຍັງ ແນວໃດ ເທົ່າໃດ ຈັກ ໃດ ບໍ"),
    asks_number=phrases("ເທົ່າໃດ, ຈັກ"),
    asks_date=phrases("ເມື່ອໃດ, ປີໃດ, ວັນໃດ, ເດືອນໃດ"),
    asks_name=phrases("ໃຜ"),
    moments=moments(
        {
            2: "ມື້ນີ້, ມື້ວານນີ້, ມື້ວານ",
            8: "ອາທິດນີ້, ອາທິດແລ້ວ, ບໍ່ດົນມານີ້",
            35: "ເດືອນນີ້, ເດືອນແລ້ວ",
        }
    ),
    unspaced=True,
)
