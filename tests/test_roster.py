"""The national roster and the article's numbers beside it."""

from collections import Counter

import pytest
from gb2260 import Division  # noqa: F401  # the oracle must be there

import povdata
