"""What tests of several files share."""

from __future__ import annotations

import pytest

from coach.listening.inprocess import InProcessListener
from tests import models


@pytest.fixture(scope="session")
def listener() -> InProcessListener:
    """The shipped models, loaded once for the whole run."""
    return models.listener()
