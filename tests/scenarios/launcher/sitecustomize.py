"""Seeds a bug into a process that a test starts: this folder comes first in its PYTHONPATH, and the bug's name beside it."""

import os
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[3]))

from tests.scenarios.seeding import VARIABLE, seed_for_good

seed_for_good(os.environ[VARIABLE])
