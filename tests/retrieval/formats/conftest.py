"""One reading process for all these tests."""

from collections.abc import Iterator

import pytest

from retrieval.formats import shared_child


@pytest.fixture(autouse=True, scope="package")
def one_child() -> Iterator[None]:
    """As a reload has it."""
    with shared_child():
        yield
