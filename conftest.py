"""For the examples in ``src`` and for the tests alike: the release of the real facts, built once.

Building is skipped when the published release has the same inputs.
"""

from __future__ import annotations

import pytest

from kgraph.ingest.build import build
from kgraph.release import Release


@pytest.fixture(scope="session", autouse=True)
def release() -> Release:
    """The release of the facts in this checkout."""
    return build().release
