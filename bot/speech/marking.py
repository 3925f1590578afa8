"""Which sentences are to be translated?"""


def N_(text: str) -> str:  # noqa: N802 - its name in every program that gettext translates
    """Mark a sentence that is translated where it is said; it stays as it is.

    Args:
        text: English, as it stands in the catalogs. What changes stands in braces: ``{count}``.
    """
    return text
