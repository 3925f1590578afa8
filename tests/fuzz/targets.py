"""All that is fuzzed."""

from typing import Final

from tests.fuzz import file_targets, telegram_targets, text_targets
from tests.fuzz.target import Target

TARGETS: Final[tuple[Target, ...]] = (*text_targets.TARGETS, *file_targets.TARGETS, *telegram_targets.TARGETS)
