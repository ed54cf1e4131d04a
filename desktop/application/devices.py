"""Which device this home is to the portal. A home that was copied or moved takes a new id, so that no two share one."""

from dataclasses import replace

from desktop.application import notices
from desktop.application.freezing import Tools
from desktop.application.ports import Store, Work
from desktop.domain.errors import Rule

CODE = "device-cloned"
_SEAT = "seat"


def take_new_device(work: Work, device_id: str, *, at: str) -> None:
    """From the next sign-in on this home is another device; what waits keeps its ids, so that nothing is done twice."""
    account = work.feed.account()
    work.feed.set_value("device_id", device_id)
    if account is not None:
        work.feed.set_account(replace(account, device_id=device_id))
    notices.tell(work, Rule(CODE), at=at)


def settle_in(store: Store, seat: str, tools: Tools) -> bool:
    """`seat` names this machine and this folder; True when the home was elsewhere the last time."""
    with store.read() as work:
        known, started = work.feed.value(_SEAT), work.feed.value("device_id") is not None
    if known == seat:
        return False
    with store.write() as work:
        work.feed.set_value(_SEAT, seat)
        if known is None or not started:
            return False
        take_new_device(work, tools.new_id(), at=tools.clock.now())
    return True
