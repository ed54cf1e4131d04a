"""Every text of an entry that is stored here, the newest first: whose it is, of when, and which were kept on this machine only."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.application.library import Version
from desktop.domain.ids import MemberId, Rid
from desktop.ui.presenters.people import People
from desktop.ui.presenters.times import Now, full
from desktop.ui.presenters.words import Translate, label


@dataclass(frozen=True)
class VersionLine:
    key: Rid | int
    text: str


def version_lines(
    versions: Sequence[Version], people: People, *, lang: str, now: Now, translate: Translate
) -> tuple[VersionLine, ...]:
    lines = []
    for version in versions:
        member = people.get(MemberId(version.by))
        who = (label(member.label, lang) if member else "") or version.by_label
        if version.rev_no:
            name = translate("Versions", "revision {number}").format(number=version.rev_no)
        elif isinstance(version.key, int):
            name = translate("Versions", "as it was left")
        elif version.waiting:
            name = translate("Versions", "waits to be sent")
        else:
            name = translate("Versions", "kept on this machine")
        when = full(version.at, now)
        lines.append(VersionLine(version.key, " · ".join(part for part in (name, who, when) if part)))
    return tuple(lines)
