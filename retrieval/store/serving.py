"""Which of the versions that are kept serves, which served before, and which was refused?"""

from typing import Final

from retrieval.store.environment import Reader, Table, Writer
from retrieval.store.report import Report
from retrieval.store.versions import Change, Version, forget, version_called

SERVING: Final = b"serving"
PREVIOUS: Final = b"previous"
REFUSED: Final = b"refused"


def named(tables: Reader, key: bytes) -> str | None:
    """The name of the version that has this part; None when none has."""
    found = tables.get(Table.STATE, key)
    return found.decode() if found else None


def serving_version(tables: Reader) -> Version | None:
    """The version that serves; None when nothing was ever loaded."""
    name = named(tables, SERVING)
    return version_called(name, tables) if name else None


def serve(version: Version, before: Version | None, tables: Writer) -> None:
    """Name the version that serves and the one before it, and forget all others."""
    if before is not None and before.name != version.name:
        tables.put(Table.STATE, PREVIOUS, before.name.encode())
    tables.put(Table.STATE, SERVING, version.name.encode())
    name = named(tables, PREVIOUS)
    previous = version_called(name, tables) if name else None
    kept = [each for each in (version, previous) if each]
    others = [before] if before else []  # it may have had other files, by the same name
    for other in tables.keys(Table.VERSIONS):
        if other.decode() not in {each.name for each in kept}:
            others += filter(None, [version_called(other.decode(), tables)])
    for each in others:
        forget(each, kept, tables)


def report_of(before: Version | None, after: Version, change: Change) -> Report:
    """What a change from one version to another is told as."""
    pairs = change.articles.values()
    added = [new.path for old, new in pairs if new and not old]
    changed = [new.path for old, new in pairs if new and old and old != new]
    removed = [old.path for old, new in pairs if old and not new]
    return Report(
        before=before.name if before else None,
        after=after.name,
        added=tuple(sorted(added)),
        changed=tuple(sorted(changed)),
        removed=tuple(sorted(removed)),
        unchanged=after.summary.articles - len(added) - len(changed),
        rejections=after.summary.all_rejections,
        paragraphs_before=before.summary.paragraphs if before else 0,
        paragraphs=after.summary.paragraphs,
    )
