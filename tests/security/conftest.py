"""What the tests of attacks share: a strict server, and the program as it is run."""

from tests.e2e.conftest import page, server

__all__ = ["page", "server"]
