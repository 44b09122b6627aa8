"""``python -m povdata``."""

import sys

from povdata.cli import main

if __name__ == "__main__":
    sys.exit(main())
