"""Passwords: argon2id hashes, the rules for a new one, and one-time passwords.

Source: QĐ 2567/2007/QĐ-UBND Điều 11.2 (the initial password is changed at first use).
"""

import unicodedata
from collections.abc import Callable
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

Chance = Callable[[int], bytes]
"""`n` random bytes."""

MAX_LENGTH: Final = 256
_MIN_DIFFERENT: Final = 5
_READABLE: Final = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that is mistaken for another on paper


class Passwords:
    """Hashing with the parameters of one portal; the default is argon2id with argon2-cffi's own choice."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._nobody = self._hasher.hash("nobody has this password")

    def hash(self, password: str) -> str:
        return self._hasher.hash(_plain(password))

    def matches(self, password: str, stored: str | None) -> bool:
        """Whether the password is the stored one; an unknown account takes as long as a known one."""
        try:
            self._hasher.verify(stored or self._nobody, _plain(password))
        except (VerificationError, InvalidHashError):
            return False
        return stored is not None


def weakness(new: str, *, old: str, username: str, minimum: int) -> str | None:
    """Why `new` may not become the password, or None: too-short, too-long, unchanged, username, too-simple."""
    plain = _plain(new)
    if len(plain) < minimum:
        return "too-short"
    if len(plain) > MAX_LENGTH:
        return "too-long"
    if plain == _plain(old):
        return "unchanged"
    if plain.casefold() == username.casefold():
        return "username"
    return "too-simple" if len(set(plain)) < _MIN_DIFFERENT else None


def one_time(chance: Chance) -> str:
    """A password to be said once and changed at first use, e.g. `k7fm-q2xd-9rht-w4bn`."""
    letters: list[str] = []
    limit = 256 - 256 % len(_READABLE)
    while len(letters) < 16:  # noqa: PLR2004 - four groups of four
        letters += [_READABLE[byte % len(_READABLE)] for byte in chance(16) if byte < limit]
    return "-".join("".join(letters[start : start + 4]) for start in range(0, 16, 4))


def _plain(password: str) -> str:
    # The same letters typed with another input method must be the same password.
    return unicodedata.normalize("NFC", password)
