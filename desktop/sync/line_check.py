"""One question to the portal over a line of its own, as it is set at this moment: how long the answer took, or why there is none."""

from collections.abc import Callable

from desktop.application.ports import Chance, Clock, Vault
from desktop.sync.client import HttpPortal
from desktop.sync.network import Way, WayOut


class LineCheck:
    """Implements `ports.OutwardLine`; may be asked while a sync is under way."""

    def __init__(
        self, address: str, way: Callable[[], Way], *, vault: Vault, clock: Clock, chance: Chance, version: str
    ) -> None:
        self._address = address
        self._way = way
        self._vault = vault
        self._clock = clock
        self._chance = chance
        self._version = version

    def proxy(self) -> str:
        """As it is set: "system", "none", an address, or "pac:" and a place. NetworkMisconfigured."""
        return self._way().proxy

    def address(self) -> str:
        return self._address

    def check(self) -> float:
        """Seconds until the portal had said what it can do; needs no sign-in."""
        began = self._clock.monotonic()
        with WayOut(self._way) as out:
            portal = HttpPortal(
                self._address, out, vault=self._vault, clock=self._clock, chance=self._chance, version=self._version
            )
            portal.limits()
        return self._clock.monotonic() - began
