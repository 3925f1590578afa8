"""What did people choose for themselves?"""

import datetime as dt

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from db.database import Database
from db.tables import PreferenceRow


class Preferences:
    """What each person chose, by the keyed hash that stands for them.

    Args:
        database: where it is written.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def language_of(self, person: str) -> str | None:
        """In which language the bot is to speak to them, ISO 639-1; None if they did not choose.

        Raises:
            LogError: it cannot be read.
        """
        query = select(PreferenceRow.language).where(PreferenceRow.person == person)
        found = await self._database.read(lambda session: session.scalar(query))
        return found if isinstance(found, str) else None

    async def set_language(self, person: str, language: str | None) -> None:
        """Remember what they chose; None forgets it, and that they ever chose.

        Raises:
            LogError: it was not written.
        """
        await self._database.write(_put, (person, language))


def _put(connection: Connection, choices: list[tuple[str, str | None]]) -> list[None]:
    for person, language in choices:
        if language is None:
            connection.execute(delete(PreferenceRow).where(PreferenceRow.person == person))
        else:
            values = {"language": language, "set_at": dt.datetime.now(dt.UTC)}
            row = insert(PreferenceRow).values(person=person, **values)
            connection.execute(row.on_conflict_do_update(index_elements=[PreferenceRow.person], set_=values))
    return [None] * len(choices)
