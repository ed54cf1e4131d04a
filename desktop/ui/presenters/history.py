"""What happened to an entry, newest first: which revision, what was done, by whom, when, and the reason if one was given."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.application.records import Document, Step
from desktop.domain.ids import MemberId
from desktop.domain.profile import Profile
from desktop.ui.presenters.people import People, actor
from desktop.ui.presenters.times import Now, full
from desktop.ui.presenters.words import Translate, label


@dataclass(frozen=True)
class Event:
    """One line, and under it the reason in the person's own words."""

    text: str
    when: str
    reason: str = ""
    waiting: bool = False


def events(
    history: Sequence[Step], profile: Profile, people: People, *, lang: str, now: Now, translate: Translate
) -> tuple[Event, ...]:
    """The history for people; autosaved texts that no one acted on are left out when a named step follows."""
    lines = []
    passed = 0
    for step in history:
        verb, passed = _verb(step, profile, passed, lang=lang, translate=translate)
        revision = translate("History", "revision {number}").format(number=step.rev_no) if step.rev_no else ""
        when = full(step.server_time, now)
        text = " · ".join(part for part in (revision, verb, actor(step, people, lang)) if part)
        lines.append(Event(text, when or translate("History", "waits for network"), step.reason, waiting=not when))
    return tuple(reversed(lines))


def _verb(step: Step, profile: Profile, passed: int, *, lang: str, translate: Translate) -> tuple[str, int]:
    """The words for `step`, and how many gates are passed after it."""
    if step.type == "put":
        return translate("History", "text changed"), passed
    if step.name == "approve":
        number = min(passed, len(profile.steps) - 1)
        return label(profile.steps[number].label, lang).lower(), passed + 1
    rule = profile.commands.get(step.name)
    verb = label(rule.label, lang).lower() if rule else step.name
    return verb, 1 if step.name == "submit" else 0 if step.name in {"return", "recall", "revise"} else passed


@dataclass(frozen=True)
class Remark:
    """Why the text came back, and who said so."""

    by: str
    text: str


def remarks(document: Document, people: People, lang: str) -> tuple[Remark, ...]:
    """What was said about this text: the reason it was returned now, then earlier reasons, newest first."""
    said = [Remark(actor(step, people, lang), step.reason) for step in reversed(document.history) if step.reason]
    now = document.returned
    if now is not None and all(remark.text != now.reason for remark in said):
        by = people.get(MemberId(now.by))
        said.insert(0, Remark(label(by.label, lang) if by else now.by, now.reason))
    return tuple(said)
