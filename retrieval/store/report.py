"""What would a reload change, and how far is it?"""

from dataclasses import dataclass
from typing import Protocol

from retrieval.manifest import Rejection


@dataclass(frozen=True, slots=True)
class Report:
    """What a reload would change.

    Attributes:
        before: version that serves; None: nothing was loaded yet.
        after: version that was staged; equal to ``before`` when nothing changed.
        added: paths of articles, sorted.
        changed: the same, of those that were there with other content.
        removed: the same, of those that are no longer there.
        unchanged: how many articles stay as they are.
        rejections: what was not taken, and why.
        paragraphs_before: how many could be quoted; 0 when nothing was loaded.
        paragraphs: how many could be quoted then.
    """

    before: str | None
    after: str
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int
    rejections: tuple[Rejection, ...]
    paragraphs_before: int
    paragraphs: int


class Track(Protocol):
    """Progress of a reload: called now and then, from the thread that reloads."""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Take note.

        Args:
            stage: reading, analysing or asking.
            done: how much of the stage is done.
            total: of so much.
        """
