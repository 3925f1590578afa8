"""What are the sentences of a language? Read from its catalog, as translators write it."""

import gettext
import io
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent / "catalogs"
"""Where the catalogs are, each named by the code of its language: ``ru.po``."""


def read_catalog(language: str) -> gettext.NullTranslations:
    """The translations of a language. They are compiled in memory: there is no file that could be out of date.

    Args:
        language: ISO 639 code of one that has a catalog.

    Raises:
        OSError: it cannot be read.
        ValueError: it is damaged.
    """
    from babel.messages.mofile import write_mo  # noqa: PLC0415 - only those who speak another language wait for it
    from babel.messages.pofile import read_po  # noqa: PLC0415 - as above

    with (FOLDER / f"{language}.po").open("rb") as file:
        catalog = read_po(file, locale=language, abort_invalid=True)
    compiled = io.BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
