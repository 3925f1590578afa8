"""What all tests share."""

from hypothesis import settings

# Machines are noisy: an example that takes long once proves nothing. Speeds are measured in tests/bench.
settings.register_profile("project", deadline=None)
settings.load_profile("project")
