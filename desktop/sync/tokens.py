"""The pair of tokens in the vault, as one secret, so that a power cut never leaves half a pair."""

import json
from dataclasses import asdict, dataclass, replace

from desktop.application.ports import Vault

NAME = "tokens"


@dataclass(frozen=True)
class Tokens:
    """`refresh_id` names a refresh that was asked for and not answered yet: asking again with it is harmless."""

    access: str
    refresh: str
    refresh_id: str = ""

    def asking(self, refresh_id: str) -> "Tokens":
        return replace(self, refresh_id=refresh_id)


class TokenBox:
    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def read(self) -> Tokens | None:
        secret = self._vault.read(NAME)
        try:
            value = json.loads(secret) if secret else None
        except ValueError:
            return None
        return _tokens(value) if isinstance(value, dict) else None

    def write(self, tokens: Tokens) -> None:
        self._vault.write(NAME, json.dumps(asdict(tokens), separators=(",", ":")))

    def clear(self) -> None:
        self._vault.remove(NAME)


def _tokens(value: dict[str, object]) -> Tokens | None:
    access, refresh, refresh_id = (value.get(key) for key in ("access", "refresh", "refresh_id"))
    if isinstance(access, str) and isinstance(refresh, str) and isinstance(refresh_id, str):
        return Tokens(access, refresh, refresh_id)
    return None
