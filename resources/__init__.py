"""The data that client and portal share: contract, profiles, themes, texts.

Both sides find a file with `path("contract", "kinds", "article.json")`, from a checkout and from an installed wheel.
"""

from pathlib import Path

_ROOT = Path(__file__).resolve().parent


def path(*parts: str) -> Path:
    """The place of a resource file or folder; it need not exist. Parts are relative names without `..`."""
    return _ROOT.joinpath(*parts)
