"""What is known of all texts together is read as it was written."""

from pathlib import Path

import numpy as np
import pytest

from retrieval.disk.state import State
from retrieval.store.environment import Environment


@pytest.mark.parametrize("live", [[], [0], [3, 7, 8, 1999]])
def test_a_state_is_read_as_it_was_written(tmp_path: Path, live: list[int]) -> None:
    """Also one that has numbers to give, but no text that is live: as when postings were lost."""
    environment = Environment.at(tmp_path)
    state = State(version="a", documents=len(live), next_document=2000, dead=[1])
    for ordinal in live:
        state.mark_live(ordinal, live=True)
    np.full(4000, 255, np.uint8)  # memory that was used before is not taken for what was written
    with environment.writing() as tables:
        state.write(tables)
        tables.commit()
    found = State.read(environment.reading())
    assert np.flatnonzero(found.live).tolist() == live
    assert (found.version, found.documents, found.next_document, found.dead) == ("a", len(live), 2000, [1])
