"""`python -m desktop.cli`, where no console script is installed."""

import sys

from desktop.cli import main

sys.exit(main())
