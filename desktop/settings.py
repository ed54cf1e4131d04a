"""Where things lie on this machine: the homes, the home of a (portal, member), and what is set for the network."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from platformdirs import site_config_path, user_config_path, user_data_path

from desktop.domain.errors import NetworkMisconfigured

NETWORK = "network.json"
_MEMBERS = frozenset({"proxy", "proxy_user", "certificates"})

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


@dataclass(frozen=True)
class NetworkSettings:
    """`proxy`, `proxy_user`: "" where nobody has set them; `certificates`: PEM files of authorities to trust as well."""

    proxy: str = ""
    proxy_user: str = ""
    certificates: tuple[Path, ...] = ()


def network(home: Path, *, places: Sequence[Path] | None = None) -> NetworkSettings:
    """What holds for `home`: its own `network.json`, else the user's, else the one that the administrator laid down for the
    machine; certificates of all three. NetworkMisconfigured names the file that cannot be read.
    """
    if places is None:
        places = [user_config_path("toasoan", appauthor=False), site_config_path("toasoan", appauthor=False)]
    found = [_settings(folder / NETWORK) for folder in (home, *places)]
    proxies = [item for item in found if item.proxy]
    return NetworkSettings(
        proxies[0].proxy if proxies else "",
        proxies[0].proxy_user if proxies else "",
        tuple(path for item in found for path in item.certificates),
    )


def own_network(home: Path) -> NetworkSettings:
    """Only what this home sets itself."""
    return _settings(home / NETWORK)


def set_network(home: Path, settings: NetworkSettings) -> None:
    """The home's own, for its next start; NetworkMisconfigured if the disk refuses."""
    value = {
        "proxy": settings.proxy,
        "proxy_user": settings.proxy_user,
        "certificates": [str(path) for path in settings.certificates],
    }
    path = home / NETWORK
    fresh = path.with_name(f".new-{NETWORK}")
    try:
        fresh.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")
        fresh.replace(path)
    except OSError as error:
        raise NetworkMisconfigured(type(error).__name__, file=str(path)) from error


def _settings(path: Path) -> NetworkSettings:
    try:
        value: Any = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return NetworkSettings()
    except (OSError, ValueError) as error:
        raise NetworkMisconfigured(type(error).__name__, file=str(path)) from error
    if not isinstance(value, dict) or not value.keys() <= _MEMBERS:
        raise NetworkMisconfigured("unknown members", file=str(path))
    proxy, user, files = value.get("proxy", ""), value.get("proxy_user", ""), value.get("certificates", [])
    if not isinstance(files, list) or not all(isinstance(item, str) for item in (proxy, user, *files)):
        raise NetworkMisconfigured("members of another kind", file=str(path))
    return NetworkSettings(proxy, user, tuple(path.parent / item for item in files))
