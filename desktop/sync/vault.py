"""The OS keyring as a vault. Only backends known to encrypt are used; without one, secrets live in this process.

The one module that imports keyring.
"""

import logging

import keyring
from keyring.backend import KeyringBackend
from keyring.backends.chainer import ChainerBackend

SERVICE = "toasoan"
SECURE_BACKENDS = frozenset(
    {
        ("keyring.backends.SecretService", "Keyring"),
        ("keyring.backends.libsecret", "Keyring"),
        ("keyring.backends.Windows", "WinVaultKeyring"),
        ("keyring.backends.macOS", "Keyring"),
    }
)
_log = logging.getLogger(__name__)


def system_backend() -> KeyringBackend | None:
    """The secure backend of this machine, out of a chain if need be; None when there is none."""
    try:
        return secure_among(keyring.get_keyring())
    except Exception as error:  # noqa: BLE001  foreign plug-ins, D-Bus, COM: whatever fails means "no keyring"
        _log.info("no keyring: %s", error)
        return None


def secure_among(found: KeyringBackend) -> KeyringBackend | None:
    """`found` if it is on the allow-list, or the first such member of a chain.

    A chain is never used as a whole: it would read and write through a plaintext member when the secure one is locked.
    """
    candidates = list(found.backends) if isinstance(found, ChainerBackend) else [found]
    return next((backend for backend in candidates if _is_secure(backend)), None)


class KeyringVault:
    """Secrets of one home. Every value is read from the backend once and then kept in memory (one process per home)."""

    def __init__(self, home_id: str, backend: KeyringBackend | None) -> None:
        """`backend`: `system_backend()`, or what a test injects; None keeps everything in this process."""
        self._service = f"{SERVICE}:{home_id}"
        self._backend = backend
        self._session: dict[str, str | None] = {}

    @property
    def secure(self) -> bool:
        return self._backend is not None

    def read(self, name: str) -> str | None:
        if name not in self._session:
            self._session[name] = self._from_backend(name)
        return self._session[name]

    def write(self, name: str, secret: str) -> None:
        self._session[name] = secret
        if self._backend is not None:
            try:
                self._backend.set_password(self._service, name, secret)
            except Exception as error:  # noqa: BLE001  see system_backend
                self._give_up(error)

    def remove(self, name: str) -> None:
        self._session[name] = None
        if self._backend is not None:
            try:
                if self._backend.get_password(self._service, name) is not None:
                    self._backend.delete_password(self._service, name)
            except Exception as error:  # noqa: BLE001  see system_backend
                self._give_up(error)

    def _from_backend(self, name: str) -> str | None:
        if self._backend is None:
            return None
        try:
            return self._backend.get_password(self._service, name)
        except Exception as error:  # noqa: BLE001  see system_backend
            self._give_up(error)
            return None

    def _give_up(self, error: Exception) -> None:
        """The keyring is locked or gone: from here on this session only, and the window says so."""
        _log.info("the keyring refuses: %s", type(error).__name__)
        self._backend = None


def _is_secure(backend: KeyringBackend) -> bool:
    kind = type(backend)
    return (kind.__module__, kind.__qualname__) in SECURE_BACKENDS
