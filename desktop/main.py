"""The window's entry point, `toasoan-desktop`."""

import sys

from desktop.bootstrap import run


def main() -> int:
    """Run until the window is closed; the exit code is returned."""
    return run(sys.argv)


if __name__ == "__main__":
    sys.exit(main())
