"""The status bar's sentences: online or since when not, how many operations wait, when the last sync was, who I am."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from desktop.application.records import SyncStatus
from desktop.domain.board import Member
from desktop.domain.profile import Profile
from desktop.ui.presenters.times import Now, full
from desktop.ui.presenters.words import QT_TRANSLATE_NOOP, Translate, label


class Light(StrEnum):
    """The colour of the dot."""

    ONLINE = "online"
    BUSY = "busy"
    OFFLINE = "offline"
    TROUBLE = "trouble"


# Why nothing is exchanged although the portal can be reached, by the problem's code.
_TROUBLES: Final = {
    "portal-restored": QT_TRANSLATE_NOOP("Status", "The portal was restored from a backup — nothing is being sent"),
    "mass-removal": QT_TRANSLATE_NOOP("Status", "Synchronising waits for your answer"),
    "client-too-old": QT_TRANSLATE_NOOP("Status", "This version is too old for the portal — everything is kept here"),
    "storage-full": QT_TRANSLATE_NOOP("Status", "The portal has no room left — every change is kept on this machine"),
    "maintenance": QT_TRANSLATE_NOOP("Status", "The portal is being maintained — every change is kept on this machine"),
    "clock-wrong": QT_TRANSLATE_NOOP("Status", "This computer's clock is wrong — nothing is being sent"),
    "network-settings": QT_TRANSLATE_NOOP("Status", "The network settings cannot be read — nothing is being sent"),
    "proxy-auth": QT_TRANSLATE_NOOP("Status", "The proxy asks for a password — every change is kept on this machine"),
    "proxy-gone": QT_TRANSLATE_NOOP("Status", "The proxy does not answer — every change is kept on this machine"),
    "proxy-no-way": QT_TRANSLATE_NOOP(
        "Status", "The proxy finds no way to the portal — every change is kept on this machine"
    ),
    "pac": QT_TRANSLATE_NOOP(
        "Status", "The proxy's configuration cannot be used — every change is kept on this machine"
    ),
    "tls": QT_TRANSLATE_NOOP("Status", "No secure connection to the portal — nothing is being sent"),
    "rate-limited": QT_TRANSLATE_NOOP("Status", "The portal asks to wait — every change is kept on this machine"),
}


@dataclass(frozen=True)
class StatusLine:
    light: Light
    network: str
    waiting: str
    last: str


def status_line(status: SyncStatus, now: Now, translate: Translate) -> StatusLine:
    """The left side of the status bar."""
    light, network = _network(status, now, translate)
    count, held = status.waiting, status.cards
    waiting = translate("Status", "To send: %n", None, count) if count else ""
    if held:
        cards = translate("Status", "To settle: %n", None, held)
        waiting = f"{waiting} · {cards}" if waiting else cards
    last = full(status.last_sync, now)
    synced = translate("Status", "Last synchronised {time}").format(time=last) if last else ""
    return StatusLine(light, network, waiting, synced or translate("Status", "Not synchronised yet"))


def _network(status: SyncStatus, now: Now, translate: Translate) -> tuple[Light, str]:
    if status.running:
        return Light.BUSY, translate("Status", "Synchronising…")
    if not status.signed_in:
        return Light.TROUBLE, translate("Status", "Not signed in — everything is kept on this machine")
    if status.problem.startswith("certificate"):
        return Light.TROUBLE, translate("Status", "The portal's certificate is not trusted — nothing is being sent")
    if status.problem in _TROUBLES:
        return Light.TROUBLE, translate("Status", _TROUBLES[status.problem])
    if status.online:
        return Light.ONLINE, translate("Status", "Online")
    since = full(status.since, now)
    if not since:
        return Light.OFFLINE, translate("Status", "Offline — every change is kept on this machine")
    text = translate("Status", "Offline since {time} — every change is kept on this machine")
    return Light.OFFLINE, text.format(time=since)


def who(me: Member, profile: Profile, lang: str, *, brief: bool = False) -> str:
    """The member and, unless it is everything or `brief`, the sections they work in."""
    if brief:
        return label(me.label, lang) or me.username
    sections: set[str] = set()
    for grant in me.grants:
        if grant.sections is None:
            return label(me.label, lang) or me.username
        sections |= grant.sections
    names = [label(section.label, lang) for section in profile.sections if section.id in sections]
    return " · ".join([label(me.label, lang) or me.username, *([", ".join(names)] if names else [])])
