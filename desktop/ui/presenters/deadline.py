"""By when it must be public, in words: short for a row of the list, whole with its clause for the checks."""

from collections.abc import Mapping
from datetime import date, datetime

from desktop.application.records import Document
from desktop.application.shown import changed_at
from desktop.domain.deadlines import Due, due
from desktop.domain.digest import Json
from desktop.domain.entry import Phase
from desktop.domain.profile import Profile
from desktop.ui.presenters.checks import Check, Weight
from desktop.ui.presenters.times import Now, full
from desktop.ui.presenters.words import Translate, label

_DAY = len("2024-05-06")


def due_short(by: str, now: Now, translate: Translate) -> tuple[str, bool]:
    """("due 06/05", late) for a row; ("", False) for nothing."""
    if not by:
        return "", False
    local = now.moment.astimezone(now.zone)
    if len(by) == _DAY:
        day = date.fromisoformat(by)
        told, late = f"{day:%d/%m}" if day.year == local.year else f"{day:%d/%m/%Y}", local.date() > day
    else:
        told, late = full(by, now), now.moment > datetime.fromisoformat(by)
    words = translate("Deadline", "was due {when}") if late else translate("Deadline", "due {when}")
    return words.format(when=told), late


def deadline_checks(
    profile: Profile, document: Document, fields: Mapping[str, Json], *, lang: str, now: Now, translate: Translate
) -> tuple[Check, ...]:
    """One line: by when, by which rule, and whether that is past or uncertain; nothing where nothing is asked."""
    if document.facts.state.phase not in {Phase.DRAFT, Phase.WAITING}:
        return ()
    public = document.facts.published_rid is not None
    changed = changed_at(document.history, ()) if public else ""
    found = due(profile.raw, document.kind, fields=fields, public=public, changed_at=changed)
    if found is None:
        return ()
    late = found.is_late(now.moment.astimezone(now.zone))
    return (
        Check(
            Weight.NOTE if late or not found.certain else Weight.OK,
            _said(found, lang, now, translate),
            found.rule.clause,
        ),
    )


def _said(found: Due, lang: str, now: Now, translate: Translate) -> str:
    when = f"{date.fromisoformat(found.by):%d/%m/%Y}" if len(found.by) == _DAY else full(found.by, now)
    late = found.is_late(now.moment.astimezone(now.zone))
    words = (
        translate("Deadline", "Late, it was due {when}: {rule}")
        if late
        else translate("Deadline", "Due {when}: {rule}")
    )
    said = words.format(when=when, rule=label(found.rule.label, lang))
    if found.certain:
        return said
    return said + translate("Deadline", " (the days off of that year are not told by the portal)")
