"""Where things lie on this machine: the folder that holds the homes, and the home of a (portal, member)."""

import re
from pathlib import Path
from urllib.parse import urlsplit

from platformdirs import user_data_path

_UNSAFE = re.compile(r"[^a-z0-9.-]+")


def homes_folder() -> Path:
    """The folder of this user's homes, by the system's rule for application data."""
    return user_data_path("toasoan", appauthor=False) / "homes"


def default_home() -> Path:
    """The home used when none is named."""
    return homes_folder() / "default"


def home_for(portal_url: str, username: str) -> Path:
    """The home of one (portal, member)."""
    parts = urlsplit(portal_url)
    host = f"{parts.hostname or 'portal'}-{parts.port}" if parts.port else parts.hostname or "portal"
    return homes_folder() / _UNSAFE.sub("-", f"{host}-{username}".lower())
